"""The importance matrix: how large each input of each weight matrix is, on calibration text.

The mean square of a matrix's input, column by column, as llama.cpp's `imatrix` tool gathers it: the error of
a column's weights counts as much as what is multiplied by them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

import numpy as np

from second_me.models import ggml
from second_me.models.context import Context
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Tensor, operation, sources

MULTIPLIES = frozenset({"MUL_MAT", "MUL_MAT_ID"})


class Importance:
    """Observes the inputs of matrix products. Experts of one matrix share their columns' importance."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = {name.encode() for name in names}
        self._sums: dict[str, np.typing.NDArray[np.float64]] = {}
        self._rows: dict[str, int] = {}

    def wants(self, node: Tensor) -> bool:
        """Products of the named matrices with floats."""
        first = next(sources(node), None)
        return first is not None and first.name in self._names and operation(node) in MULTIPLIES

    def sees(self, node: Tensor) -> None:
        """Adds the squares of the product's input."""
        weights, inputs, *_ = sources(node)
        if inputs.type != ggml.F32:
            return
        name = weights.name.decode()
        values = _values(inputs)
        self._sums[name] = self._sums.get(name, 0.0) + np.square(values, dtype=np.float64).sum(axis=(0, 1, 2))
        self._rows[name] = self._rows.get(name, 0) + values[..., 0].size

    def means(self) -> dict[str, ggml.Floats]:
        """Mean squares by matrix, (columns,). A matrix that was only looked up has none."""
        return {name: (total / self._rows[name]).astype(np.float32) for name, total in self._sums.items()}


def gather(model: LoadedModel, names: Sequence[str], chunks: Sequence[Sequence[int]]) -> Iterator[Importance]:
    """Run the chunks of tokens through the model; yields what is gathered so far after each."""
    importance = Importance(names)
    length = max(len(chunk) for chunk in chunks)
    context = Context(model, length, length, observer=importance)
    try:
        for chunk in chunks:
            context.forget(0)
            context.decode(chunk, 0)
            yield importance
    finally:
        context.close()


def _values(tensor: Tensor) -> np.typing.NDArray[np.float32]:
    """The tensor's floats as they lie, slowest dimension first."""
    shape = tuple(reversed(tuple(tensor.ne)))
    strides = tuple(reversed(tuple(tensor.nb)))
    span = sum((length - 1) * stride for length, stride in zip(shape, strides, strict=True)) + 4
    memory = (ctypes.c_uint8 * span).from_address(tensor.data)
    flat = np.frombuffer(memory, np.uint8)
    return np.lib.stride_tricks.as_strided(flat[:4].view(np.float32), shape, strides)
