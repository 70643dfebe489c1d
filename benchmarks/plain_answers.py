"""What llama-cpp-python does by itself: `python plain_answers.py MODEL --context N --threads N`.

Answers the questions of `pressure_sides.py`, one after the other, until stdin ends. Prints `ready` once the
model is loaded (by mmap, as the library does unless told otherwise), then a line for every piece of text.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading

import llama_cpp
from pressure_sides import ANSWER, questions


def end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--context", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    chosen = parser.parse_args()
    llama = llama_cpp.Llama(chosen.model, n_ctx=chosen.context, n_threads=chosen.threads, verbose=False)
    print("ready", flush=True)
    threading.Thread(target=end_with_stdin, daemon=True).start()
    for question in questions():
        said = [{"role": "user", "content": question}]
        for piece in llama.create_chat_completion(said, stream=True, temperature=0.0, max_tokens=ANSWER):
            if piece["choices"][0]["delta"].get("content"):
                print(flush=True)


if __name__ == "__main__":
    main()
