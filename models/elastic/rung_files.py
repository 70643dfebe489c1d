"""Writing rungs: one file a type, tensor after tensor, going on where a stopped making was."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from second_me.models import ggml
from second_me.models.elastic.journal import Journal, disk_faults
from second_me.models.elastic.ladder import StoredRung
from second_me.models.elastic.material import Material, layout, rung_bytes, write_rung
from second_me.models.header import TensorInfo


def file_name(kind: int) -> str:
    """Of the rungs of a type."""
    return f"{ggml.type_name(kind)}.rungs"


def write_kind(
    journal: Journal, kind: int, tensors: Sequence[TensorInfo], material: Material
) -> Iterator[tuple[TensorInfo, StoredRung]]:
    """Write what is missing of a type's file; yields every rung in it. Raises EnvironmentFault.

    A rung counts as written when the journal has its error: the journal is written after the rung is on the
    disk. The file gets its name when it is whole.
    """
    target = journal.folder / file_name(kind)
    fresh = target.with_name(f"{target.name}.part")
    places = layout(list(tensors), kind)
    errors = journal.made.setdefault(f"{target.name} {places[-1]}", {})
    if target.is_file() and any(tensor.name not in errors for tensor in tensors):
        with disk_faults(journal.folder):
            target.unlink()  # of an earlier choice of tensors
    if not target.is_file():
        if not fresh.is_file() or fresh.stat().st_size != places[-1]:
            errors.clear()
        yield from _write(fresh, places, errors, journal, kind, tensors, material)
        with disk_faults(journal.folder):
            fresh.replace(target)
        return
    for tensor, at in zip(tensors, places, strict=False):
        yield tensor, StoredRung(kind, target.name, at, rung_bytes(tensor, kind), errors[tensor.name])


def _write(
    fresh: Path,
    places: list[int],
    errors: dict[str, float],
    journal: Journal,
    kind: int,
    tensors: Sequence[TensorInfo],
    material: Material,
) -> Iterator[tuple[TensorInfo, StoredRung]]:
    with disk_faults(journal.folder, fresh), fresh.open("r+b" if fresh.is_file() else "w+b") as file:
        file.truncate(places[-1])
        for tensor, at in zip(tensors, places, strict=False):
            if tensor.name not in errors:
                error = write_rung(material, tensor, kind, file, at)
                file.flush()
                os.fsync(file.fileno())
                errors[tensor.name] = error
                journal.keep()
            stored = StoredRung(kind, file_name(kind), at, rung_bytes(tensor, kind), errors[tensor.name])
            yield tensor, stored
