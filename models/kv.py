"""A context's KV costs what is used of it (the promise of vAttention, Prabhu et al. 2024).

llama.cpp writes zeros over the whole KV when a context is made: 32,768 tokens of the starter touch 720 MB before
the first word. It does so by a call into ggml, `ggml_backend_buffer_clear`, and that call comes to us: pages that
the system has just given read as zeros without being written, so they are given back instead, and each is in memory
from when a token needs it. When the KV is cleared, `Cache.give_back` does the same again.

Other buffers are cleared by the same call, and are made anew later. llama.cpp names the KV's in its log just before
it clears it: only a buffer of that very size is taken for it.

Linux only; elsewhere, or where the call cannot be taken over, the KV is what llama.cpp makes of it.
"""

from __future__ import annotations

import ctypes
import functools
import logging
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from llama_cpp._ggml import libggml
from llama_cpp.llama_cpp import _lib as libllama

from second_me.models import linkage, pages
from second_me.models.llama import said

log = logging.getLogger(__name__)

CLEAR = "ggml_backend_buffer_clear"

ROUNDING = 6 << 10
"""llama.cpp tells sizes in MiB with two digits."""


@dataclass(slots=True)
class Cache:
    """Where the KV of a context lies: whole pages [first, last), this context's alone; none where unknown."""

    stretches: list[tuple[int, int]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of address space."""
        return sum(last - first for first, last in self.stretches)

    @property
    def resident(self) -> int:
        """Bytes that are in memory now (2 ms for a GB of addresses)."""
        return sum(pages.resident_of(first, last - first) for first, last in self.stretches)

    def give_back(self) -> None:
        """Forget what stands in it: all zeros, and no memory. Only when the KV has been cleared."""
        for first, last in self.stretches:
            pages.give_back_anonymous(first, last - first)


_making: list[Cache] = []
"""The cache of the context that is being made, where one is."""


@contextmanager
def growing() -> Iterator[Cache]:
    """Make a context inside: buffers that it clears are not touched, and belong to the cache."""
    cache = Cache()
    if not grows():
        yield cache
        return
    _making.append(cache)
    try:
        yield cache
    finally:
        _making.remove(cache)


@functools.cache
def grows() -> bool:
    """Whether a KV costs what is used of it here."""
    if not pages.LINUX:
        return False
    address = ctypes.cast(_original(), ctypes.c_void_p).value or 0
    ours = ctypes.cast(_pointer(), ctypes.c_void_p).value or 0
    done = linkage.replace(libllama, CLEAR, address, ours)
    if not done:
        log.warning("llama.cpp's way of clearing is not as known: the KV takes all of its memory at once")
    return done


@functools.cache
def _original() -> Any:
    """ggml's own, and what describes a buffer (`ggml-backend.h`)."""
    library = libggml
    library.ggml_backend_buffer_get_base.restype = ctypes.c_void_p
    library.ggml_backend_buffer_get_base.argtypes = [ctypes.c_void_p]
    library.ggml_backend_buffer_get_size.restype = ctypes.c_size_t
    library.ggml_backend_buffer_get_size.argtypes = [ctypes.c_void_p]
    library.ggml_backend_buffer_is_host.restype = ctypes.c_bool
    library.ggml_backend_buffer_is_host.argtypes = [ctypes.c_void_p]
    clear = getattr(library, CLEAR)
    clear.restype, clear.argtypes = None, [ctypes.c_void_p, ctypes.c_uint8]
    return clear


@functools.cache
def _pointer() -> Any:
    """Ours, as C can call it. Kept for ever: the table points to it."""
    return ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint8)(_cleared)


def _cleared(buffer: int, value: int) -> None:
    """In the place of ggml's: the KV's zeros by giving pages back, while a context is made; else as ever."""
    base = int(libggml.ggml_backend_buffer_get_base(buffer) or 0)
    size = int(libggml.ggml_backend_buffer_get_size(buffer))
    first, last = -(-base // mmap.PAGESIZE) * mmap.PAGESIZE, (base + size) // mmap.PAGESIZE * mmap.PAGESIZE
    ours = _making and value == 0 and last > first and _is_kv(buffer, size)
    if not ours or not pages.give_back_anonymous(first, last - first):
        _original()(buffer, value)
        return
    pages.page_by_page(first, last - first)
    ctypes.memset(base, 0, first - base)
    ctypes.memset(last, 0, base + size - last)
    _making[-1].stretches.append((first, last))


def _is_kv(buffer: int, size: int) -> bool:
    """Whether it is in this process's own memory, and what llama.cpp has just named as the KV."""
    if not said or not libggml.ggml_backend_buffer_is_host(buffer):
        return False
    _device, purpose, mebibytes = said[-1].groups()
    return purpose == "KV" and abs(float(mebibytes) * (1 << 20) - size) <= ROUNDING
