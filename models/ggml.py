"""The door to ggml's own arithmetic of types: sizes, quantizing, dequantizing.

The functions are exported by the library that llama_cpp ships; their signatures are those of `ggml.h`.
"""

from __future__ import annotations

import ctypes
import functools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
from llama_cpp._ggml import libggml

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

F32, F16, BF16 = 0, 1, 30
PIECE = 1 << 22
"""Weights that are held as floats at once (16 MB): a vocabulary of a large model is 2 GB of floats."""


class _Traits(ctypes.Structure):
    """`struct ggml_type_traits`."""

    _fields_ = (
        ("type_name", ctypes.c_char_p),
        ("blck_size", ctypes.c_int64),
        ("blck_size_interleave", ctypes.c_int64),
        ("type_size", ctypes.c_size_t),
        ("is_quantized", ctypes.c_bool),
        ("to_float", ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)),
        ("from_float_ref", ctypes.c_void_p),
    )


def _declared() -> Any:
    library = libggml
    library.ggml_get_type_traits.restype = ctypes.POINTER(_Traits)
    library.ggml_get_type_traits.argtypes = [ctypes.c_int]
    library.ggml_quantize_requires_imatrix.restype = ctypes.c_bool
    library.ggml_quantize_requires_imatrix.argtypes = [ctypes.c_int]
    library.ggml_nbytes.restype = ctypes.c_size_t
    library.ggml_nbytes.argtypes = [ctypes.c_void_p]
    library.ggml_get_name.restype = ctypes.c_char_p
    library.ggml_get_name.argtypes = [ctypes.c_void_p]
    library.ggml_op_name.restype = ctypes.c_char_p
    library.ggml_op_name.argtypes = [ctypes.c_int]
    library.ggml_tensor_overhead.restype = ctypes.c_size_t
    library.ggml_tensor_overhead.argtypes = []
    library.ggml_quantize_chunk.restype = ctypes.c_size_t
    library.ggml_quantize_chunk.argtypes = [
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_int64,
        ctypes.c_int64,
        ctypes.c_int64,
        ctypes.c_void_p,
    ]
    return library


LIBRARY = _declared()


@functools.cache
def _traits(kind: int) -> Any:
    return LIBRARY.ggml_get_type_traits(kind).contents


def type_name(kind: int) -> str:
    """A type's name as people write it ("Q4_K")."""
    return str(_traits(kind).type_name.decode()).upper()


def block_length(kind: int) -> int:
    """Weights in one block of the type."""
    return int(_traits(kind).blck_size)


def row_bytes(kind: int, columns: int) -> int:
    """Bytes of a row. `columns` must be a multiple of the block length."""
    return columns // block_length(kind) * int(_traits(kind).type_size)


def bits(kind: int) -> float:
    """Bits a weight."""
    return 8 * int(_traits(kind).type_size) / block_length(kind)


def needs_importance(kind: int) -> bool:
    """Whether the type cannot be made without an importance matrix."""
    return bool(LIBRARY.ggml_quantize_requires_imatrix(kind))


def dequantized(data: Bytes, kind: int, columns: int) -> Floats:
    """Rows as floats, (rows, columns), from their bytes, (rows, bytes of a row) or flat, contiguous."""
    data = np.ascontiguousarray(data).reshape(-1)
    if kind == F32:
        return data.view(np.float32).reshape(-1, columns).copy()
    rows = data.size // row_bytes(kind, columns)
    values = np.empty((rows, columns), np.float32)
    _traits(kind).to_float(data.ctypes.data, values.ctypes.data, values.size)
    return values


def quantized(values: Floats, kind: int, importance: Floats | None, threads: int = 1) -> Bytes:
    """Rows in a type, (rows, bytes of a row).

    `values` (rows, columns); `importance` (columns,): how much a column's error counts, as llama.cpp's
    importance matrix has it (mean square of the input). Threads work on rows.
    """
    values = np.ascontiguousarray(values, np.float32)
    rows, columns = values.shape
    made = np.empty((rows, row_bytes(kind, columns)), np.uint8)
    if kind == F32:
        return values.view(np.uint8).reshape(made.shape)
    weights = None if importance is None else np.ascontiguousarray(importance, np.float32)
    pointer = None if weights is None else weights.ctypes.data

    def some(first: int, last: int) -> None:
        LIBRARY.ggml_quantize_chunk(
            kind, values.ctypes.data, made.ctypes.data, first * columns, last - first, columns, pointer
        )

    bounds = [rows * part // threads for part in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(some, bounds[:-1], bounds[1:]))
    return made
