"""Models that are on this computer already: ours, and what other apps left. Read only.

A file that lies in several places (hard or symbolic links, or copies) is one model: the same inode, or the
same size and the same fingerprint (heads and the first 4 kB of every tensor). Broken ones are found too,
with the reason, because a person wonders otherwise why a model is not there.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from second_me.core.ports import EnvironmentFault
from second_me.models.elastic.ladder import fingerprint
from second_me.models.header import PART, Header, read_header
from second_me.models.places import OWN, Place
from second_me.models.roles import ADAPTER, PROJECTOR, role_of

DEEPEST = 8
MOST_ENTRIES = 50_000
"""Files and folders of one place that are looked at."""
MOST_MODELS = 2_000
LARGEST_MANIFEST = 1 << 20
LAYERS = {
    "application/vnd.ollama.image.model": None,
    "application/vnd.ollama.image.projector": PROJECTOR,
    "application/vnd.ollama.image.adapter": ADAPTER,
}
"""Layers of an Ollama manifest that are GGUF files, and what is put behind the name."""


@dataclass(slots=True)
class Found:
    """One model. `why`: what is wrong with it, None when nothing is; `also`: other places of the same."""

    source: str
    name: str
    path: Path
    header: Header | None
    why: str | None
    size: int
    role: str | None = None
    also: list[Path] = field(default_factory=list)

    @property
    def own(self) -> bool:
        """Whether it lies in our own folder."""
        return self.source == OWN


def find_models(places: Sequence[Place], on_disk: Callable[[Path], Header] = read_header) -> list[Found]:
    """All models of the places, in their order, each once."""
    kept: list[Found] = []
    known: dict[tuple[int, int], Found] = {}
    for place in places:
        candidates = _manifested(place.folder) if place.manifests else _lying(place.folder)
        for name, path in candidates:
            mark = _mark(path)
            if mark is None or len(kept) >= MOST_MODELS:
                continue
            if mark in known:
                _add_place(known[mark], path)
                continue
            found = _look(place.source, name, path, on_disk)
            twin = next((other for other in kept if _same(found, other)), None)
            if twin is None:
                kept.append(found)
            else:
                _add_place(twin, path)
            known[mark] = twin or found
    return kept


def _look(source: str, name: str, path: Path, on_disk: Callable[[Path], Header]) -> Found:
    try:
        header = on_disk(path)
    except EnvironmentFault as fault:
        why = fault.what.partition(" cannot be used: ")[2] or fault.what
        return Found(source, name, path, None, why, _size(path))
    role = role_of(header)
    strange = None if role else "it is no language model."
    return Found(source, name, header.path, header, strange, header.size, role)


def _lying(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, file) of what lies in a folder and below; of a model in parts, the first that is there."""
    parts: set[tuple[Path, str, str]] = set()
    for path in sorted(_walk(folder)):
        named = PART.match(path.name)
        if named is None:
            yield _name(path), path
        elif (key := (path.parent, named["stem"], named["count"])) not in parts:
            parts.add(key)
            yield named["stem"], path


def _name(path: Path) -> str:
    """A file's name, or its folder's where all files are called the same."""
    return path.parent.name if path.stem.lower() in ("model", "ggml-model") else path.stem


def _walk(folder: Path, ending: str | None = ".gguf") -> Iterator[Path]:
    """Files below a folder; links to folders are followed, but none is entered twice."""
    entered: set[tuple[int, int]] = set()
    waiting, seen = [(folder, 0)], 0
    while waiting:
        current, depth = waiting.pop()
        mark = _mark(current)
        if mark is None or mark in entered:
            continue
        entered.add(mark)
        for entry in _entries(current):
            seen += 1
            if seen > MOST_ENTRIES:
                return
            if entry.name.startswith("."):
                continue
            with contextlib.suppress(OSError):
                if entry.is_dir():
                    waiting += [(Path(entry.path), depth + 1)] if depth < DEEPEST else []
                elif ending is None or entry.name.lower().endswith(ending):
                    yield Path(entry.path)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:  # not there, or not ours to read
        return


def _manifested(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, blob) of Ollama's models: manifests/<host>/<owner>/<model>/<tag> name the layers."""
    root = folder / "manifests"
    for manifest in sorted(_walk(root, None)):
        parts = manifest.relative_to(root).parts[1:]
        owner = parts[:-2] if parts[:-2] != ("library",) else ()
        name = f"{'/'.join((*owner, *parts[-2:-1]))}:{parts[-1]}" if parts else manifest.name
        for kind, digest in _layers(manifest):
            ending = LAYERS[kind]
            yield (
                name if ending is None else f"{name} ({ending})",
                folder / "blobs" / digest.replace(":", "-"),
            )


def _layers(manifest: Path) -> Iterator[tuple[str, str]]:
    try:
        if manifest.stat().st_size > LARGEST_MANIFEST:
            return
        content: Any = json.loads(manifest.read_text("utf-8"))
        layers = content["layers"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    for layer in layers if isinstance(layers, list) else ():
        if not isinstance(layer, dict):
            continue
        kind, digest = layer.get("mediaType"), layer.get("digest")
        if (
            kind in LAYERS
            and isinstance(digest, str)
            and digest.startswith("sha256:")
            and digest[7:].isalnum()
        ):
            yield kind, digest


def _mark(path: Path) -> tuple[int, int] | None:
    """What tells a file or folder from others, through links."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _same(one: Found, other: Found) -> bool:
    """Whether two files that are whole are copies."""
    if one.header is None or other.header is None or one.size != other.size:
        return False
    if len(one.header.tensors) != len(other.header.tensors):
        return False
    try:
        return fingerprint(one.header) == fingerprint(other.header)
    except OSError:
        return False


def _add_place(found: Found, path: Path) -> None:
    if path != found.path and path not in found.also:
        found.also.append(path)
