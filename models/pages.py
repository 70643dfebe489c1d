"""The process's own pages: which file is mapped where, what of it is resident, giving back, reading ahead.

Linux tells all of it through /proc/self. Elsewhere nothing is given back by force (the system takes clean
pages of mapped files when it needs them) and what is resident is the system's nearest figure.
"""

from __future__ import annotations

import ctypes
import functools
import mmap
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

MAPS, SMAPS = Path("/proc/self/maps"), Path("/proc/self/smaps")
NORMAL, RANDOM, WILLNEED, DONTNEED, NOHUGEPAGE = 0, 1, 3, 4, 15
"""Linux's numbers of `madvise(2)`."""

PIECE = 128 << 10
"""Bytes of one request to read ahead: the kernel reads at most its read-ahead size of each, and silently leaves
the rest (8 MB of 100 on the machine where it was measured)."""

LINUX = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A stretch of addresses that is a file's, [first, last). `resident` in bytes."""

    first: int
    last: int
    file: str
    resident: int = 0


@dataclass(frozen=True, slots=True)
class Resident:
    """Bytes of the process that are in memory: mapped files that were asked for, and anonymous memory."""

    files: int
    anonymous: int


def mapped(files: Iterable[Path]) -> list[Mapping]:
    """Where the files are mapped; empty where the system does not tell."""
    wanted = {os.path.realpath(file) for file in files}
    try:
        lines = MAPS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    return [found for line in lines if (found := _mapping(line)).file in wanted]


def resident(files: Iterable[Path]) -> Resident:
    """Rss of the files' mappings and of the process's anonymous memory, from smaps (about 2 ms)."""
    wanted = {os.path.realpath(file) for file in files}
    try:
        text = SMAPS.read_text("utf-8", "surrogateescape")
    except OSError:
        return Resident(0, int(psutil.Process().memory_info().rss))
    in_files = anonymous = 0
    for mapping in _with_rss(text.splitlines()):
        if mapping.file in wanted:
            in_files += mapping.resident
        elif not mapping.file.startswith("/"):
            anonymous += mapping.resident
    return Resident(in_files, anonymous)


def give_back(first: int, size: int) -> None:
    """Drop our mapping of the whole pages in a stretch of a mapped file; touching them reads them again.

    Only for read-only mappings of files: anonymous memory would be lost.
    """
    begin, end = _inside(first, size)
    if LINUX and end > begin:
        _libc().madvise(begin, end - begin, DONTNEED)


def give_back_anonymous(first: int, size: int) -> bool:
    """Forget what stands in whole pages of anonymous memory: they read as zeros again and take no room. False
    where the system refuses (locked pages); they hold what they held then."""
    return bool(LINUX and _libc().madvise(first, size, DONTNEED) == 0)


def resident_of(first: int, size: int) -> int:
    """Bytes of whole anonymous pages that are in memory; all of them where the system does not tell."""
    told = (ctypes.c_ubyte * (size // mmap.PAGESIZE))()
    if _libc().mincore(first, size, told):
        return size
    return sum(bytes(told)) * mmap.PAGESIZE


def page_by_page(first: int, size: int) -> None:
    """Let whole anonymous pages come one by one as they are written, and no huge ones."""
    _libc().madvise(first, size, NOHUGEPAGE)  # a kernel without huge pages does not know the advice


def drop_cached(descriptor: int, offset: int, size: int) -> None:
    """Let the system forget its clean copy of a stretch of a file, too; reading it again costs the disk."""
    if LINUX:
        os.posix_fadvise(descriptor, offset, size, os.POSIX_FADV_DONTNEED)


def read_ahead(first: int, size: int) -> None:
    """Ask the system to read a stretch of a mapped file soon, without waiting for it."""
    begin, end = first // mmap.PAGESIZE * mmap.PAGESIZE, first + size
    if LINUX:
        for at in range(begin, end, PIECE):
            _libc().madvise(at, min(PIECE, end - at), WILLNEED)


def read_alone(first: int, size: int) -> None:
    """A fault reads its own page and not the megabytes around it, which may be rungs that are not in use. What
    is in use is read ahead by name."""
    if LINUX:
        _libc().madvise(first // mmap.PAGESIZE * mmap.PAGESIZE, size, RANDOM)


def read_around(first: int, size: int) -> None:
    """The opposite: a fault reads what lies around it, too, as it does unless told otherwise."""
    if LINUX:
        _libc().madvise(first // mmap.PAGESIZE * mmap.PAGESIZE, size, NORMAL)


def joined(stretches: Iterable[tuple[int, int]], gap: int) -> Iterator[tuple[int, int]]:
    """Stretches (first, size) as fewer ones: neighbours less than `gap` bytes apart are one. One call for many
    tensors costs as much as for one."""
    first = last = -1
    for begin, size in sorted(stretches):
        if first >= 0 and begin - last < gap:
            last = max(last, begin + size)
            continue
        if first >= 0:
            yield first, last - first
        first, last = begin, begin + size
    if first >= 0:
        yield first, last - first


def _inside(first: int, size: int) -> tuple[int, int]:
    page = mmap.PAGESIZE
    return -(-first // page) * page, (first + size) // page * page


@functools.cache
def _libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    library.mincore.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
    return library


def _mapping(line: str) -> Mapping:
    """A line such as `7f0-7f1 r--s 00000000 fe:00 1234   /a/file`."""
    parts = line.split(maxsplit=5)
    first, _, last = parts[0].partition("-")
    return Mapping(int(first, 16), int(last, 16), parts[5] if len(parts) > 5 else "")


def _with_rss(lines: Iterable[str]) -> Iterator[Mapping]:
    current: Mapping | None = None
    for line in lines:
        if line.startswith("Rss:") and current:
            yield Mapping(current.first, current.last, current.file, int(line.split()[1]) * 1024)
        elif "-" in line.split(" ", 1)[0] and not line[0].isupper():
            current = _mapping(line)
