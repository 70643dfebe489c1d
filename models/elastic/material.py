"""A tensor's weights in pieces of rows: as floats from the model's file, and in another type into a file."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from second_me.models import ggml
from second_me.models.elastic.worth import weighted_error
from second_me.models.ggml import Bytes, Floats
from second_me.models.header import TensorInfo

Importances = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Material:
    """The tensors of a model's files and the importance of their columns."""

    importance: Importances
    threads: int

    def pieces(self, tensor: TensorInfo) -> Iterator[Floats]:
        """All rows as floats, (rows, columns), some at a time."""
        columns = tensor.shape[0]
        data = np.memmap(tensor.file, np.uint8, "r", tensor.offset, (tensor.size,))
        row = ggml.row_bytes(tensor.kind, columns)
        step = max(1, ggml.PIECE // columns) * row
        for start in range(0, tensor.size, step):
            yield ggml.dequantized(data[start : start + step], tensor.kind, columns)

    def sample(self, tensor: TensorInfo, rows: int) -> Floats:
        """Some rows, evenly spread, (rows, columns)."""
        columns = tensor.shape[0]
        row = ggml.row_bytes(tensor.kind, columns)
        data = np.memmap(tensor.file, np.uint8, "r", tensor.offset, (tensor.size // row, row))
        chosen = np.unique(np.linspace(0, len(data) - 1, rows).astype(int))
        return ggml.dequantized(np.asarray(data[chosen]), tensor.kind, columns)

    def made(self, tensor: TensorInfo, values: Floats, kind: int) -> Bytes:
        """Rows of the tensor in a type, (rows, bytes of a row)."""
        weights = self.importance.get(tensor.name)
        if weights is None and ggml.needs_importance(kind):
            weights = np.ones(tensor.shape[0], np.float32)
        return ggml.quantized(values, kind, weights, self.threads)

    def error(self, tensor: TensorInfo, values: Floats, kind: int) -> float:
        """Relative weighted squared error of some rows in a type."""
        made = ggml.dequantized(self.made(tensor, values, kind), kind, tensor.shape[0])
        lost, energy = weighted_error(values, made, self.importance.get(tensor.name))
        return lost / energy if energy > 0 else 0.0

    def whole(self, tensor: TensorInfo, kind: int, take: Callable[[Bytes], object]) -> float:
        """Make all rows, hand them to `take` in order; the relative weighted squared error of them."""
        errors, energies = 0.0, 0.0
        for values in self.pieces(tensor):
            rows = self.made(tensor, values, kind)
            take(rows)
            back = ggml.dequantized(rows, kind, tensor.shape[0])
            error, energy = weighted_error(values, back, self.importance.get(tensor.name))
            errors, energies = errors + error, energies + energy
        return errors / energies if energies > 0 else 0.0


def rung_bytes(tensor: TensorInfo, kind: int) -> int:
    """Bytes of the tensor in a type."""
    return tensor.weights // tensor.shape[0] * ggml.row_bytes(kind, tensor.shape[0])


def layout(tensors: list[TensorInfo], kind: int, page: int = 4096) -> list[int]:
    """Where each tensor begins in a file of rungs of one type, and where the file ends; on whole pages, so
    that giving one back never takes a neighbour's."""
    sizes = (-(-rung_bytes(tensor, kind) // page) * page for tensor in tensors)
    return list(itertools.accumulate(sizes, initial=0))


def write_rung(material: Material, tensor: TensorInfo, kind: int, file: BinaryIO, at: int) -> float:
    """Write the tensor in a type at a place of a file; its error. Raises OSError."""
    file.seek(at)
    return material.whole(tensor, kind, lambda rows: file.write(rows.tobytes()))
