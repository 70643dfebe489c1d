"""Making a ladder from one GGUF, in phases, each of which goes on where it was stopped.

    importance    read calibration text, gather how large each input of each matrix is
    errors        make some rows of every tensor in every type that it admits, and compare
    sensitivity   put one rung of each tensor into the live model, measure the divergence
    rungs         make the types that are worth their disk, whole
    quality       measure plans of several sizes on other text

What is known so far lies in `making.json` and `importance.npz` in the ladder's folder; `ladder.json` comes
last. Costs about the reading of `tensors * probe tokens` tokens and the quantizing of two or three copies of
the model; what it took is written into the ladder.
"""

from __future__ import annotations

import dataclasses
import shutil
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path

import filelock

from second_me.core.ports import EnvironmentFault
from second_me.models.elastic import phases
from second_me.models.elastic.adopt import Adopted, adopt
from second_me.models.elastic.journal import ROOM, Journal, disk_faults, disk_full
from second_me.models.elastic.ladder import (
    MANIFEST,
    Ladder,
    LadderTensor,
    StoredRung,
    fingerprint,
    folder_of,
    write_ladder,
)
from second_me.models.elastic.live import LiveModel
from second_me.models.elastic.material import Material, layout, rung_bytes
from second_me.models.elastic.phases import Chunks, Effort, Progress
from second_me.models.elastic.rung_files import file_name, write_kind
from second_me.models.elastic.selection import useful_kinds
from second_me.models.elastic.stack import Rung, hull
from second_me.models.elastic.worth import Text
from second_me.models.header import TensorInfo, read_header
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Mismatch

ANY_TYPE = frozenset({"MUL_MAT", "MUL_MAT_ID", "GET_ROWS"})
"""Operations that ggml computes with weights of every type."""

LEAST_BYTES = 1 << 16
"""Tensors under this are left as they are."""

LEAST_SAVING = 0.05
"""A ladder that makes the model smaller by less than this share is not made."""

ROUTER = "ffn_gate_inp"
"""Chooses the experts: some kilobytes whose rounding sends tokens to other experts. Left as it is."""

Stored = Mapping[int, Mapping[str, StoredRung]]


class Making:
    """One ladder in the making.

    Raises EnvironmentFault: "ladder_useless" (and why), "disk_full", "read_only", "ladder_unusable" (the live
    model cannot be changed), "model_failed", "in_use" (another process makes it).
    """

    def __init__(
        self,
        source: Path,
        ladders: Path,
        text: str,
        effort: Effort,
        threads: int,
        variants: Sequence[Path] = (),
    ) -> None:
        self._header = read_header(source)
        self._mark = fingerprint(self._header)
        self.folder = folder_of(ladders, self._header, self._mark)
        self._text, self._effort, self._threads = text, effort, threads
        self._variants = variants
        self._adopted: Adopted = {}

    def run(self) -> Iterator[Progress]:
        """Make it, a step at a time. The ladder is there when this ends; nothing to do when it is already."""
        with disk_faults(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with filelock.FileLock(self.folder / "making.lock", timeout=0):
                if not (self.folder / MANIFEST).is_file():
                    yield from self._make()
        except filelock.Timeout:
            raise EnvironmentFault(
                "in_use",
                "The size steps of this model are being made already.",
                "Wait for the other process, or end it.",
            ) from None

    def _make(self) -> Iterator[Progress]:
        journal = Journal(self.folder, self._mark)
        model = LoadedModel(self._header.path)
        try:
            live = self._live(model)
            tensors = self._tensors(live)
            chunks = phases.chunks_of(model, self._text, self._effort)
            material = yield from self._measure(journal, model, live, tensors, chunks)
            chosen = chosen_rungs(journal, tensors, self._adopted)
            self._check_disk(chosen)
            stored: dict[int, dict[str, StoredRung]] = {}
            yield from _timed(journal, "rungs", write_rungs(journal, chosen, material, stored))
            ladder = self._ladder(journal, tensors, stored)
            curve: list[tuple[int, float]] = []
            yield from _timed(journal, "quality", self._quality(model, ladder, chunks, curve))
        finally:
            model.close()
        cost = {"seconds": journal.seconds, "probe_tokens": sum(map(len, chunks["probe"]))}
        with disk_faults(self.folder):
            for file in self.folder.glob("*.rungs*"):  # of an earlier choice
                if file.name not in ladder.files:
                    file.unlink()
            write_ladder(dataclasses.replace(ladder, curve=tuple(sorted(set(curve))), cost=cost))

    def _measure(
        self,
        journal: Journal,
        model: LoadedModel,
        live: LiveModel,
        tensors: Sequence[TensorInfo],
        chunks: Chunks,
    ) -> Generator[Progress, None, Material]:
        yield from _timed(journal, "importance", phases.importance(self.folder, model, tensors, chunks))
        material = Material(phases.read_importance(self.folder), self._threads)
        yield from _timed(journal, "errors", phases.errors(journal, tensors, material, self._effort.rows))
        self._adopted = adopt(self._header, self._variants, tensors, material, self._effort.rows)
        for name, rungs in self._adopted.items():
            journal.errors[name].update({str(kind): rung.error for kind, rung in rungs.items()})
        self._check_use(journal, tensors)
        text = Text(model, chunks["probe"])
        try:
            steps = phases.sensitivity(journal, live, text, tensors, material)
            yield from _timed(journal, "sensitivity", steps)
        finally:
            text.close()
        return material

    def _quality(
        self, model: LoadedModel, ladder: Ladder, chunks: Chunks, curve: list[tuple[int, float]]
    ) -> Iterator[Progress]:
        text = Text(model, chunks["quality"])
        try:
            yield from phases.quality(model, self._header, ladder, text, self._effort.points, curve)
        finally:
            text.close()

    def _live(self, model: LoadedModel) -> LiveModel:
        try:
            return LiveModel(model, self._header)
        except Mismatch as problem:
            raise EnvironmentFault(
                "ladder_unusable",
                f"The live weights of {self._header.path.name} cannot be changed: {problem}.",
                "The model runs at its full size. Use the versions that Second Me was released with.",
            ) from problem

    def _tensors(self, live: LiveModel) -> list[TensorInfo]:
        return [
            tensor
            for tensor in self._header.tensors
            if tensor.name in live.source
            and live.live.uses(tensor.name) <= ANY_TYPE
            and tensor.size >= LEAST_BYTES
            and ROUTER not in tensor.name
        ]

    def _check_use(self, journal: Journal, tensors: Sequence[TensorInfo]) -> None:
        saved = 0
        for tensor in tensors:
            sizes = (rung_bytes(tensor, int(kind)) for kind in journal.errors[tensor.name])
            saved += tensor.size - min(sizes, default=tensor.size)
        share = saved / self._header.weight_bytes
        if share < LEAST_SAVING:
            raise EnvironmentFault(
                "ladder_useless",
                f"{self._header.path.name} cannot be made smaller in steps: it is already about as small as its "
                f"weights allow (only {share:.0%} could be saved), and steps above what it came with would add "
                "bytes and no quality.",
                "Use it as it is, or choose the same model in a larger file (Q8_0 or F16).",
            )

    def _check_disk(self, chosen: Mapping[int, Sequence[TensorInfo]]) -> None:
        needed = sum(layout(list(tensors), kind)[-1] for kind, tensors in chosen.items()) + ROOM
        there = sum(file.stat().st_size for file in self.folder.glob("*.rungs*"))
        free = shutil.disk_usage(self.folder).free
        if free + there < needed:
            raise disk_full(needed - there, free)

    def _ladder(self, journal: Journal, tensors: Sequence[TensorInfo], stored: Stored) -> Ladder:
        made = tuple(
            LadderTensor(
                tensor.name,
                tensor.shape,
                tensor.kind,
                tensor.size,
                journal.sensitivity.get(tensor.name, 0.0),
                (
                    *(rungs[tensor.name] for rungs in stored.values() if tensor.name in rungs),
                    *self._adopted.get(tensor.name, {}).values(),
                ),
            )
            for tensor in tensors
        )
        files = {file_name(kind): (self.folder / file_name(kind)).stat().st_size for kind in stored}
        for rungs in self._adopted.values():
            files.update({rung.file: Path(rung.file).stat().st_size for rung in rungs.values()})
        return Ladder(self.folder, self._header.path.name, self._mark, made, (), {}, files)


def chosen_rungs(
    journal: Journal, tensors: Sequence[TensorInfo], adopted: Adopted
) -> dict[int, list[TensorInfo]]:
    """The rungs to make: of each type that is worth its disk, the tensors on whose hull it is and that have it
    nowhere yet."""
    choices: dict[str, list[Rung]] = {}
    for tensor in tensors:
        price = journal.sensitivity.get(tensor.name, 0.0)
        below = [
            Rung(int(kind), rung_bytes(tensor, int(kind)), price * error)
            for kind, error in journal.errors[tensor.name].items()
        ]
        choices[tensor.name] = [*below, Rung(tensor.kind, tensor.size, 0.0)]
    kept = useful_kinds(choices) | {kind for rungs in adopted.values() for kind in rungs}
    chosen: dict[int, list[TensorInfo]] = {}
    for tensor in tensors:
        left = [rung for rung in choices[tensor.name] if rung.kind in kept or rung.size == tensor.size]
        for rung in (rung for rung in hull(left)[:-1] if rung.kind not in adopted.get(tensor.name, {})):
            chosen.setdefault(rung.kind, []).append(tensor)
    return chosen


def write_rungs(
    journal: Journal,
    chosen: Mapping[int, Sequence[TensorInfo]],
    material: Material,
    stored: dict[int, dict[str, StoredRung]],
) -> Iterator[Progress]:
    """Write all files of rungs; what lies where is added to `stored`. Progress in thousands of weights."""
    total = sum(tensor.weights for tensors in chosen.values() for tensor in tensors)
    done = 0
    for kind, tensors in chosen.items():
        stored[kind] = {}
        for tensor, rung in write_kind(journal, kind, tensors, material):
            stored[kind][tensor.name] = rung
            done += tensor.weights
            yield Progress("rungs", done // 1000, total // 1000)


def _timed(journal: Journal, phase: str, steps: Iterator[Progress]) -> Iterator[Progress]:
    began = time.monotonic()
    yield from steps
    journal.seconds[phase] = round(journal.seconds.get(phase, 0.0) + time.monotonic() - began, 1)
    journal.keep()
