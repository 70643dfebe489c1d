"""The bytes of experts: address space of a tensor's size of which only some slices are in memory.

The space is anonymous memory that nothing backs until it is written, at the same place within a page as the
tensor in its file, so that whole pages can be read past the page cache (direct I/O leaves no second copy there).
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

from second_me.models import pages
from second_me.models.faults import unusable
from second_me.models.header import TensorInfo

PAGE = mmap.PAGESIZE
PIECE = 1 << 20
"""Bytes of one read at most: longer runs are shared by the threads."""

THREADS = 8
"""Reads at once (`benchmarks/experts.py` prints the disk's bandwidth for 1 to 16)."""

DIRECT = getattr(os, "O_DIRECT", 0)
NORESERVE = getattr(mmap, "MAP_NORESERVE", 0x4000)
"""Linux's number, which Python names since 3.13."""


class Files:
    """Model files opened for reading experts, and the threads that read. Raises EnvironmentFault."""

    def __init__(self, paths: Iterable[Path], threads: int = THREADS) -> None:
        self._opened = {path: _opened(path) for path in set(paths)}
        self._stamps = self._current()
        self._pool = ThreadPoolExecutor(threads, "experts")

    def start(self, path: Path, offset: int, target: memoryview, needed: int) -> list[Future[None]]:
        """Read into `target` from a page's beginning at `offset`; `needed` bytes must be there (the file may
        end in the last page). The futures raise EnvironmentFault."""
        pieces = range(0, len(target), PIECE)
        return [
            self._pool.submit(
                self._read, path, offset + at, target[at : at + PIECE], min(PIECE, max(0, needed - at))
            )
            for at in pieces
        ]

    def changed(self) -> Path | None:
        """A file that was written to since it was last looked at (a file put in its place does not count: what
        is open is the old one); None when all are as they were."""
        now = self._current()
        found = next((path for path, stamp in now.items() if stamp != self._stamps[path]), None)
        self._stamps = now
        return found

    def size(self) -> int:
        """Bytes of all files now."""
        return sum(size for size, _ in self._current().values())

    def forget(self, path: Path, offset: int, size: int) -> None:
        """Let the system forget its copy of a stretch, too."""
        pages.drop_cached(self._opened[path], offset, size)

    def close(self) -> None:
        """Wait for the reads and close the files."""
        self._pool.shutdown()
        while self._opened:
            os.close(self._opened.popitem()[1])

    def _current(self) -> dict[Path, tuple[int, int]]:
        """Size and time of the last change (nanoseconds) of every file."""
        states = {path: os.fstat(descriptor) for path, descriptor in self._opened.items()}
        return {path: (state.st_size, state.st_mtime_ns) for path, state in states.items()}

    def _read(self, path: Path, offset: int, target: memoryview, needed: int) -> None:
        done = 0
        while done < needed:
            try:
                count = os.preadv(self._opened[path], [target[done:]], offset + done)
            except OSError as problem:
                raise unusable(path, f"it cannot be read any more ({problem.strerror})") from problem
            if count == 0:
                raise unusable(path, "it is shorter than it was when it was loaded")
            done += count


class TensorSlices:
    """One tensor's experts in memory. `address`: where the tensor's data is to point."""

    def __init__(self, tensor: TensorInfo, count: int) -> None:
        self._tensor = tensor
        self._stride = tensor.size // count
        self._shift = tensor.offset % PAGE
        self._first = tensor.offset - self._shift
        length = -(-(self._shift + tensor.size) // PAGE) * PAGE
        self._space = mmap.mmap(-1, length, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | NORESERVE)
        with contextlib.suppress(OSError):  # a kernel without huge pages does not know the advice
            self._space.madvise(mmap.MADV_NOHUGEPAGE)
        self._view = memoryview(self._space)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self._space)) + self._shift

    def start(self, files: Files, experts: npt.NDArray[np.intp]) -> list[Future[None]]:
        """Read these experts (ascending), neighbours in one run."""
        reads = []
        for first, last in runs(experts):
            begin = (self._shift + first * self._stride) // PAGE * PAGE
            end = self._shift + last * self._stride
            whole = min(-(-end // PAGE) * PAGE, len(self._view))
            reads += files.start(self._tensor.file, self._first + begin, self._view[begin:whole], end - begin)
        return reads

    def drop(self, experts: npt.NDArray[np.intp], resident: npt.NDArray[np.bool_]) -> None:
        """Give the memory of these experts (ascending) back. A page that is shared with a resident expert
        stays (small ones are many on a page); `resident` is after the drop."""
        for first, last in runs(experts):
            begin, end = self._shift + first * self._stride, self._shift + last * self._stride
            page, page_after = begin // PAGE * PAGE, -(-end // PAGE) * PAGE
            lowest = max(0, (page - self._shift) // self._stride)
            highest = -(-(page_after - self._shift) // self._stride)
            keeps_left, keeps_right = resident[lowest:first].any(), resident[last:highest].any()
            begin = -(-begin // PAGE) * PAGE if keeps_left else page
            end = end // PAGE * PAGE if keeps_right else min(page_after, len(self._view))
            if end > begin:
                self._space.madvise(mmap.MADV_DONTNEED, begin, end - begin)

    def drop_all(self) -> None:
        """Give all of it back."""
        self._space.madvise(mmap.MADV_DONTNEED)


def runs(ids: npt.NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as stretches [first, last)."""
    if len(ids):
        for part in np.split(ids, np.flatnonzero(np.diff(ids) != 1) + 1):
            yield int(part[0]), int(part[-1]) + 1


def _opened(path: Path) -> int:
    """For direct reads where the file system knows them, else for ordinary ones."""
    try:
        return os.open(path, os.O_RDONLY | DIRECT)
    except OSError:
        try:
            return os.open(path, os.O_RDONLY)
        except OSError as problem:
            raise unusable(path, f"it cannot be read ({problem.strerror})") from problem
