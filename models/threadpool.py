"""Threads of ggml that live as long as a context.

Without them ggml makes new threads for every graph that it computes. A graph that an observer stops at every layer
is many graphs, and a thread that has just been made while others read from the disk finds itself on their core:
with a window of half a mixture's experts, a token computed 0.25 s instead of 0.05 (`benchmarks/experts.py`).
"""

from __future__ import annotations

import ctypes
from typing import Any

from llama_cpp._ggml import libggml
from llama_cpp.llama_cpp import _lib as libllama

POLL = 50
"""How long a thread that waits for the next graph spins before it sleeps, from 0 to 100 (ggml's default). Not at
all is a quarter slower with a window of experts, 100 is no faster and busier."""

_MOST_CORES = 512
"""GGML_MAX_N_THREADS of ggml.h."""


class _Params(ctypes.Structure):
    """`struct ggml_threadpool_params`."""

    _fields_ = (
        ("cpumask", ctypes.c_bool * _MOST_CORES),
        ("n_threads", ctypes.c_int),
        ("prio", ctypes.c_int),
        ("poll", ctypes.c_uint32),
        ("strict_cpu", ctypes.c_bool),
        ("paused", ctypes.c_bool),
    )


def _declared() -> Any:
    library = libggml
    library.ggml_threadpool_params_default.restype = _Params
    library.ggml_threadpool_params_default.argtypes = [ctypes.c_int]
    library.ggml_threadpool_new.restype = ctypes.c_void_p
    library.ggml_threadpool_new.argtypes = [ctypes.POINTER(_Params)]
    library.ggml_threadpool_free.argtypes = [ctypes.c_void_p]
    return library


class Threadpool:
    """`threads` threads at most, attached to a context. Free the context before the pool."""

    def __init__(self, context: int, threads: int) -> None:
        self._library = _declared()
        params = self._library.ggml_threadpool_params_default(threads)
        params.poll = POLL
        self._handle = self._library.ggml_threadpool_new(ctypes.byref(params))
        attach = libllama.llama_attach_threadpool
        attach.argtypes = [ctypes.c_void_p] * 3
        attach(context, self._handle, self._handle)

    def close(self) -> None:
        """End the threads."""
        self._library.ggml_threadpool_free(self._handle)
