"""A ladder on the disk: one folder a model, `ladder.json` and one file of rungs for each type.

    <models>/ladders/<stem>-<fingerprint>/ladder.json     written last: where it is, the ladder is whole
                                          Q3_K.rungs      the tensors' rows one after another, page-aligned

Rungs may also lie in other GGUF files of the same model (an adopted ladder): then `file` is an absolute path.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from second_me.core.ports import EnvironmentFault
from second_me.models.elastic.stack import Rung, Stack
from second_me.models.header import Header

MANIFEST = "ladder.json"
VERSION = 1
SAMPLE = 4096
"""Bytes of each tensor that the fingerprint reads."""


@dataclass(frozen=True, slots=True)
class StoredRung:
    """Where one rung of one tensor lies. `error`: weighted squared error over weighted squared weights."""

    kind: int
    file: str
    offset: int
    size: int
    error: float


@dataclass(frozen=True, slots=True)
class LadderTensor:
    """A tensor with rungs. `sensitivity`: loss in nats a token for each unit of `error`, measured.

    `shape`: lengths, the fastest first; `source`, `size`: type and bytes in the model as it came.
    """

    name: str
    shape: tuple[int, ...]
    source: int
    size: int
    sensitivity: float
    rungs: tuple[StoredRung, ...]

    def choices(self) -> list[Rung]:
        """The rungs with their losses, the source's among them."""
        below = [Rung(rung.kind, rung.size, self.sensitivity * rung.error) for rung in self.rungs]
        return [*below, Rung(self.source, self.size, 0.0)]


@dataclass(frozen=True, slots=True)
class Ladder:
    """What `ladder.json` holds.

    `fingerprint` is of the model's file; `curve`: (bytes of a plan's weights, nats a token on calibration text
    that the worths were not measured on), measured; `cost`: what making it took; `files`: names and sizes.
    """

    folder: Path
    model: str
    fingerprint: str
    tensors: tuple[LadderTensor, ...]
    curve: tuple[tuple[int, float], ...]
    cost: dict[str, Any]
    files: dict[str, int]

    def stack(self, without: Collection[str] = ()) -> Stack:
        """All blocks in one order, those of some tensors left out."""
        return Stack({each.name: each.choices() for each in self.tensors if each.name not in without})

    def path(self, file: str) -> Path:
        """Where a file of the ladder lies."""
        return self.folder / file

    @property
    def size(self) -> int:
        """Bytes on the disk beside the model's own file."""
        return sum(size for file, size in self.files.items() if not Path(file).is_absolute())


def fingerprint(header: Header) -> str:
    """What a ladder belongs to: SHA-256 over the headers, the sizes and the beginning of every tensor."""
    digest = hashlib.sha256()
    for part in header.parts:
        tensors = [tensor for tensor in header.tensors if tensor.file == part]
        begin = min((tensor.offset for tensor in tensors), default=0)
        with part.open("rb") as file:
            digest.update(f"{part.stat().st_size} {len(tensors)}".encode())
            digest.update(file.read(begin))
            for tensor in sorted(tensors, key=lambda tensor: tensor.offset):
                file.seek(tensor.offset)
                digest.update(file.read(min(SAMPLE, tensor.size)))
    return digest.hexdigest()


def folder_of(ladders: Path, header: Header, mark: str) -> Path:
    """The folder of a model's ladder."""
    return ladders / f"{header.path.stem}-{mark[:12]}"


def has_ladder(ladders: Path, header: Header) -> bool:
    """Whether there is one, usable or not."""
    return (folder_of(ladders, header, fingerprint(header)) / MANIFEST).is_file()


def find_ladder(ladders: Path, header: Header) -> Ladder | None:
    """The model's ladder; None when there is none. Raises EnvironmentFault ("ladder_unusable")."""
    mark = fingerprint(header)
    folder = folder_of(ladders, header, mark)
    if not (folder / MANIFEST).is_file():
        return None
    ladder = read_ladder(folder)
    if ladder.fingerprint != mark:
        raise unusable(ladder.model, "it was made of another file")
    return ladder


def read_ladder(folder: Path) -> Ladder:
    """A ladder whose files are all there and whole. Raises EnvironmentFault ("ladder_unusable")."""
    try:
        kept = json.loads((folder / MANIFEST).read_text("utf-8"))
        if kept["version"] != VERSION:
            raise unusable(folder.name, "another version of Second Me made it")
        ladder = Ladder(
            folder,
            str(kept["model"]),
            str(kept["fingerprint"]),
            tuple(_tensor(entry) for entry in kept["tensors"]),
            tuple((int(size), float(loss)) for size, loss in kept["curve"]),
            dict(kept["cost"]),
            {str(file): int(size) for file, size in kept["files"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise unusable(folder.name, "its list cannot be read") from problem
    check_files(ladder)
    return ladder


def check_files(ladder: Ladder) -> None:
    """Raises EnvironmentFault ("ladder_unusable") when a rung is missing or cut off."""
    for file, size in ladder.files.items():
        try:
            found = ladder.path(file).stat().st_size
        except OSError:
            raise unusable(ladder.model, f"{Path(file).name} is missing") from None
        if found != size:
            raise unusable(ladder.model, f"{Path(file).name} has {found} bytes and not {size}")
    for tensor in ladder.tensors:
        for rung in tensor.rungs:
            if rung.offset < 0 or rung.size <= 0 or rung.offset + rung.size > ladder.files[rung.file]:
                raise unusable(ladder.model, f"{tensor.name} lies outside of {Path(rung.file).name}")


def write_ladder(ladder: Ladder) -> None:
    """Write the list, in one step, after all else is on the disk. Raises OSError."""
    shape = {
        "version": VERSION,
        "model": ladder.model,
        "fingerprint": ladder.fingerprint,
        "cost": ladder.cost,
        "curve": ladder.curve,
        "files": ladder.files,
        "tensors": [dataclasses.asdict(tensor) for tensor in ladder.tensors],
    }
    fresh = ladder.folder / f"{MANIFEST}.part"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(shape, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(ladder.folder / MANIFEST)


def unusable(model: str, why: str) -> EnvironmentFault:
    """A ladder that is there and cannot be used; the model then runs plainly."""
    return EnvironmentFault(
        "ladder_unusable",
        f"The size steps of {model} cannot be used: {why}. The model runs at its full size.",
        "Make it again: second-me model ladder",
    )


def _tensor(entry: dict[str, Any]) -> LadderTensor:
    return LadderTensor(
        str(entry["name"]),
        tuple(int(length) for length in entry["shape"]),
        int(entry["source"]),
        int(entry["size"]),
        float(entry["sensitivity"]),
        tuple(StoredRung(**rung) for rung in entry["rungs"]),
    )
