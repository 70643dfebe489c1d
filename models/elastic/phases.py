"""The phases that measure: importance, errors, sensitivity, quality. Each goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from second_me.models import ggml
from second_me.models.elastic import rungs
from second_me.models.elastic.importance import gather
from second_me.models.elastic.journal import Journal, disk_faults
from second_me.models.elastic.ladder import Ladder
from second_me.models.elastic.live import ElasticModel, LiveModel, Place
from second_me.models.elastic.material import Importances, Material
from second_me.models.elastic.worth import Text
from second_me.models.header import Header, TensorInfo
from second_me.models.llama import LoadedModel

Chunks = dict[str, list[list[int]]]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much calibration text each phase reads (tokens a chunk, chunks) and how many rows are compared."""

    chunk: int = 128
    importance: int = 40
    probe: int = 2
    quality: int = 10
    points: int = 9
    rows: int = 32


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the making is: a phase's name, steps done, steps in all."""

    phase: str
    done: int
    total: int


def chunks_of(model: LoadedModel, text: str, effort: Effort) -> Chunks:
    """Pieces of the text for each phase, evenly spread: no phase reads another's."""
    tokens = model.tokenize(text)
    begin = model.beginning()
    length = effort.chunk - len(begin)
    left = [begin + tokens[at : at + length] for at in range(0, len(tokens) - length + 1, length)]
    parts: Chunks = {}
    for name, count in {"probe": effort.probe, "quality": effort.quality}.items():
        places = set(np.linspace(0, len(left) - 1, count + 2)[1:-1].round().astype(int).tolist())
        parts[name] = [piece for place, piece in enumerate(left) if place in places]
        left = [piece for place, piece in enumerate(left) if place not in places]
    every = max(1, len(left) // effort.importance)
    return {**parts, "importance": left[::every][: effort.importance]}


def importance(
    folder: Path, model: LoadedModel, tensors: Sequence[TensorInfo], chunks: Chunks
) -> Iterator[Progress]:
    """Writes `importance.npz`."""
    kept = folder / "importance.npz"
    if kept.is_file():
        return
    means: Importances = {}
    names = [tensor.name for tensor in tensors]
    for done, found in enumerate(gather(model, names, chunks["importance"]), 1):
        means = found.means()
        yield Progress("importance", done, len(chunks["importance"]))
    with disk_faults(folder):
        fresh = folder / "importance.part.npz"
        np.savez(fresh, **means)  # type: ignore[arg-type]
        fresh.replace(kept)


def read_importance(folder: Path) -> Importances:
    """By tensor, (columns,)."""
    with np.load(folder / "importance.npz") as kept:
        return {name: kept[name] for name in kept.files}


def errors(
    journal: Journal, tensors: Sequence[TensorInfo], material: Material, rows: int
) -> Iterator[Progress]:
    """The error of some rows of every tensor in every type that it admits and that is bearable."""
    for done, tensor in enumerate(tensors, 1):
        if tensor.name not in journal.errors:
            sample = material.sample(tensor, rows)
            found = {
                kind: material.error(tensor, sample, kind)
                for kind in rungs.admitted(tensor.shape[0], tensor.kind)
            }
            journal.errors[tensor.name] = {
                str(kind): error for kind, error in found.items() if error <= rungs.WORST_ERROR
            }
        yield Progress("errors", done, len(tensors))
    journal.keep()


def sensitivity(
    journal: Journal, live: LiveModel, text: Text, tensors: Sequence[TensorInfo], material: Material
) -> Iterator[Progress]:
    """Divergence for each unit of error, tensor by tensor, in the live model."""
    wanted = [tensor for tensor in tensors if journal.errors[tensor.name]]
    waiting = [tensor for tensor in wanted if tensor.name not in journal.sensitivity]
    reference = text.reference() if waiting else []
    for done, tensor in enumerate(waiting, len(wanted) - len(waiting) + 1):
        kind = rungs.probe([int(kind) for kind in journal.errors[tensor.name]])
        pieces: list[ggml.Bytes] = []
        error = material.whole(tensor, kind, pieces.append)
        made = np.concatenate(pieces)
        live.set(tensor.name, Place(kind, made.ctypes.data, made.size))
        try:
            divergence = text.divergence(reference)
        finally:
            live.set(tensor.name, live.source[tensor.name])
        journal.sensitivity[tensor.name] = divergence / max(error, 1e-12)
        journal.keep()
        yield Progress("sensitivity", done, len(wanted))


def quality(
    model: LoadedModel,
    header: Header,
    ladder: Ladder,
    text: Text,
    points: int,
    curve: list[tuple[int, float]],
) -> Iterator[Progress]:
    """Adds (bytes, nats a token) of plans from the lowest to the full one to `curve`."""
    stack = ladder.stack()
    elastic = ElasticModel(model, header, ladder)
    try:
        for done, size in enumerate(np.linspace(stack.lowest, stack.full, points).astype(int), 1):
            plan = stack.plan(int(size))
            elastic.apply(plan.rungs)
            curve.append((plan.size, text.loss()))
            yield Progress("quality", done, points)
    finally:
        elastic.close()
