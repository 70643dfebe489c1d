"""Rungs from other GGUF files of the same model: what the person has already need not be made.

A file belongs to the model when its architecture, hyperparameters, tensors and shapes are the same, its norms
are the same bytes (no quantization touches them, every fine-tuning does), and its weights are as near to the
model's as their type allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from second_me.core.ports import EnvironmentFault
from second_me.models import ggml
from second_me.models.elastic.ladder import StoredRung
from second_me.models.elastic.material import Material
from second_me.models.elastic.worth import weighted_error
from second_me.models.header import Header, TensorInfo, read_header

WORSE = 3.0
"""A type may lose so many times what ours would: made without an importance matrix, or by another recipe."""

SAMPLED = 12
"""Tensors whose weights are compared before the file is believed."""

Adopted = dict[str, dict[int, StoredRung]]


def adopt(
    header: Header, files: Sequence[Path], tensors: Sequence[TensorInfo], material: Material, rows: int
) -> Adopted:
    """Rungs by tensor and type. Raises EnvironmentFault ("not_the_same_model") for a file that does not belong."""
    found: Adopted = {tensor.name: {} for tensor in tensors}
    for file in files:
        variant = read_header(file)
        theirs = {tensor.name: tensor for tensor in variant.tensors}
        _check_heads(header, variant, theirs)
        smaller = [tensor for tensor in tensors if theirs[tensor.name].size < tensor.size]
        _check_weights(file, smaller, theirs, material, rows)
        for tensor in smaller:
            other = theirs[tensor.name]
            error = compared(tensor, other, material, rows)
            rung = StoredRung(other.kind, str(other.file.resolve()), other.offset, other.size, error)
            found[tensor.name].setdefault(other.kind, rung)
    return found


def compared(tensor: TensorInfo, other: TensorInfo, material: Material, rows: int) -> float:
    """Relative weighted squared error of the other file's rows, sampled."""
    ours, theirs = material.sample(tensor, rows), material.sample(other, rows)
    lost, energy = weighted_error(ours, theirs, material.importance.get(tensor.name))
    return lost / energy if energy > 0 else 0.0


def _check_heads(header: Header, variant: Header, theirs: dict[str, TensorInfo]) -> None:
    prefix = f"{header.architecture}."
    ours = {key: value for key, value in header.metadata.items() if key.startswith(prefix)}
    if header.architecture != variant.architecture or any(
        variant.metadata.get(k) != v for k, v in ours.items()
    ):
        raise different(variant.path, "its architecture or its measures differ")
    shapes = {tensor.name: tensor.shape for tensor in header.tensors}
    if shapes != {name: tensor.shape for name, tensor in theirs.items()}:
        raise different(variant.path, "its tensors are others")
    for tensor in header.tensors:
        if len(tensor.shape) == 1 and _bytes(tensor) != _bytes(theirs[tensor.name]):
            raise different(variant.path, f"{tensor.name} differs: it was trained further, or otherwise")


def _check_weights(
    file: Path, tensors: Sequence[TensorInfo], theirs: dict[str, TensorInfo], material: Material, rows: int
) -> None:
    for tensor in tensors[:: max(1, len(tensors) // SAMPLED)]:
        other = theirs[tensor.name]
        made = material.error(tensor, material.sample(tensor, rows), other.kind)
        if not compared(tensor, other, material, rows) <= WORSE * made + 1e-4:  # nonsense may be no number
            raise different(file, f"the weights of {tensor.name} are too far away")


def _bytes(tensor: TensorInfo) -> bytes:
    data = np.memmap(tensor.file, np.uint8, "r", tensor.offset, (tensor.size,))
    return ggml.dequantized(np.asarray(data), tensor.kind, tensor.shape[0]).tobytes()


def different(file: Path, why: str) -> EnvironmentFault:
    """A file of another model."""
    return EnvironmentFault(
        "not_the_same_model",
        f"{file.name} is not the same model: {why}.",
        "Give files of the very same model that differ only in their quantization.",
    )
