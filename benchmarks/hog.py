"""A program that takes memory and gives it back: `python hog.py`, lines on stdin, one answer to each.

    take BYTES      takes so much more anonymous memory and touches every page of it
    give            gives all of it back

The answer is what it holds now, in bytes. It ends when stdin does.
"""

from __future__ import annotations

import mmap
import sys


def main() -> None:
    held: list[mmap.mmap] = []
    for line in sys.stdin:
        word, *number = line.split()
        if word == "take":
            block = mmap.mmap(-1, int(number[0]), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            for page in range(0, len(block), mmap.PAGESIZE):
                block[page] = 1
            held.append(block)
        else:
            while held:
                held.pop().close()
        print(sum(map(len, held)), flush=True)


if __name__ == "__main__":
    main()
