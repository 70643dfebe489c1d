"""Puts a function of ours in the place of one that a loaded library calls in another library.

A library calls through a table of addresses that the loader fills (the "global offset table" of the System V ABI),
all of it at once where Python loads the library.
One entry of that table is changed, in memory, for this process: stock files, no build of our own. Every step is
checked, and where something is not as it should be nothing is changed.
"""

from __future__ import annotations

import ctypes
import mmap
import platform
from collections.abc import Iterator, Mapping

from second_me.models.pages import LINUX

RELOCATIONS: Mapping[str, frozenset[int]] = {"x86_64": frozenset((6, 7)), "aarch64": frozenset((1025, 1026))}
"""GLOB_DAT and JUMP_SLOT: entries that hold a function's address, by machine."""

STRTAB, SYMTAB, RELA, RELASZ, JMPREL, PLTRELSZ = 5, 6, 7, 8, 23, 2
"""Tags of the dynamic section (ELF-64)."""

LINK_MAP = 2
"""RTLD_DI_LINKMAP of `dlinfo(3)`."""

READ, READ_WRITE = 1, 3


class _LinkMap(ctypes.Structure):
    """`struct link_map` of link.h."""

    _fields_ = (("base", ctypes.c_size_t), ("name", ctypes.c_char_p), ("dynamic", ctypes.c_size_t))


def replace(library: ctypes.CDLL, symbol: str, original: int, function: int) -> bool:
    """Let `library` call `function` where it calls `symbol`, whose address is `original`; whether it now does."""
    kinds = RELOCATIONS.get(platform.machine())
    if not LINUX or kinds is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    found = _link_map(library)
    if found is None:
        return False
    slots = list(_slots(found, symbol.encode(), kinds))
    if not slots or any(_number(slot) != original for slot in slots):
        return False
    return all([_write(slot, function) for slot in slots])


def _link_map(library: ctypes.CDLL) -> _LinkMap | None:
    pointer = ctypes.POINTER(_LinkMap)()
    told = _libc().dlinfo(ctypes.c_void_p(library._handle), LINK_MAP, ctypes.byref(pointer))
    return pointer.contents if told == 0 and pointer else None


def _slots(found: _LinkMap, symbol: bytes, kinds: frozenset[int]) -> Iterator[int]:
    """Addresses of the table's entries for a symbol."""
    dynamic = _dynamic(found.dynamic)
    if not {STRTAB, SYMTAB} <= dynamic.keys():
        return
    for table, length in ((JMPREL, PLTRELSZ), (RELA, RELASZ)):
        start, size = dynamic.get(table, 0), dynamic.get(length, 0)
        for at in range(start, start + size, 24):  # Elf64_Rela: offset, info, addend
            info = _number(at + 8)
            if info & 0xFFFFFFFF in kinds and _name(dynamic, info >> 32) == symbol:
                yield found.base + _number(at)


def _dynamic(address: int) -> dict[int, int]:
    """The dynamic section, {tag: value}; addresses in it are absolute, as glibc leaves them."""
    found: dict[int, int] = {}
    while tag := _number(address):
        found[tag] = _number(address + 8)
        address += 16
    return found


def _name(dynamic: Mapping[int, int], index: int) -> bytes:
    entry = dynamic[SYMTAB] + 24 * index  # Elf64_Sym begins with the name's place
    return ctypes.string_at(dynamic[STRTAB] + ctypes.c_uint32.from_address(entry).value)


def _write(slot: int, value: int) -> bool:
    """The loader may have made the table read-only."""
    page = slot // mmap.PAGESIZE * mmap.PAGESIZE
    if _libc().mprotect(ctypes.c_void_p(page), ctypes.c_size_t(mmap.PAGESIZE), READ_WRITE):
        return False
    ctypes.c_uint64.from_address(slot).value = value
    return True


def _number(address: int) -> int:
    return int(ctypes.c_uint64.from_address(address).value)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
