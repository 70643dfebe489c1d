"""The live model's tensors, found, checked, and set to other rungs between two tokens.

Everything here runs on the thread that decodes: a graph that is being computed must not see a tensor change.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from second_me.models import ggml, pages
from second_me.models.context import Context
from second_me.models.elastic.ladder import Ladder, check_files
from second_me.models.header import Header, TensorInfo
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Expected, Finder, Live, Mismatch, Tensor, check_library, check_live

ALIGNMENT = 64
"""Bytes between two tensors that are padding. A norm, which is always in use, is more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rung's bytes lie in this process, read-only. `file` and `offset`: of the mapped file that they
    are; None for other memory, which must never be given back."""

    kind: int
    address: int
    size: int
    file: Path | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """What a change did: tensors changed, bytes that will be read for it, and how long the swap took."""

    tensors: int
    bytes_new: int
    bytes_old: int
    swap_seconds: float
    advice_seconds: float


def elastic_tensors(header: Header) -> list[TensorInfo]:
    """The tensors that may have rungs: matrices, and stacks of them. How they are used decides in the end."""
    return [
        tensor
        for tensor in header.tensors
        if len(tensor.shape) >= 2 and tensor.name.endswith(".weight") and min(tensor.shape[:2]) > 1
    ]


class LiveModel:
    """The live weights of a loaded model. Raises Mismatch when they are not what the file's header says."""

    def __init__(self, model: LoadedModel, header: Header) -> None:
        check_library()
        expected = {
            tensor.name: Expected(tensor.shape, tensor.kind, tensor.size)
            for tensor in elastic_tensors(header)
        }
        self.live = _found(model, expected)
        check_live(self.live, expected)
        self.header = header
        self._shapes = {name: said.shape for name, said in expected.items()}
        self.files = [part.resolve() for part in header.parts]
        self._maps = pages.mapped(self.files)
        self.source = {name: self._place(name) for name in self.live.names()}
        self.now = dict(self.source)

    def set(self, name: str, place: Place) -> None:
        """Let a tensor's weights be those at a place. The caller keeps the memory there."""
        shape = self._shapes[name]
        for tensor in self.live.of(name):
            _point(tensor, shape, place)
        self.now[name] = place

    def restore(self) -> None:
        """All tensors as they came."""
        for name, place in self.source.items():
            self.set(name, place)

    def _place(self, name: str) -> Place:
        tensors = self.live.of(name)
        first = tensors[0]
        if any(tensor.data != first.data for tensor in tensors):
            raise Mismatch(f"{name} lies at two places")
        size = int(ggml.LIBRARY.ggml_nbytes(ctypes.addressof(first)))
        if not self._in_file(first.data, size):
            return Place(first.type, first.data, size)
        said = next(tensor for tensor in self.header.tensors if tensor.name == name)
        return Place(first.type, first.data, size, said.file.resolve(), said.offset)

    def _in_file(self, address: int, size: int) -> bool:
        """Whether the weights are the mapped file itself, and no copy."""
        return any(stretch.first <= address and address + size <= stretch.last for stretch in self._maps)


class ElasticModel:
    """A live model and its ladder. Raises Mismatch, EnvironmentFault ("ladder_unusable").

    The conversation's KV is not touched: it stays valid, and what was computed under a plan comes out
    bit-identical when the plan is applied again.
    """

    def __init__(self, model: LoadedModel, header: Header, ladder: Ladder) -> None:
        self.live = LiveModel(model, header)
        self.ladder = ladder
        unknown = [tensor.name for tensor in ladder.tensors if tensor.name not in self.live.source]
        if unknown:
            raise Mismatch(f"the model does not use {unknown[0]}")
        self._maps = {file: np.memmap(ladder.path(file), np.uint8, "r") for file in ladder.files}
        self._places = {tensor.name: self._places_of(tensor.name) for tensor in ladder.tensors}
        self._descriptors = {file: os.open(file, os.O_RDONLY) for file in self.files}
        for stretch in pages.mapped(self.files):
            pages.read_alone(stretch.first, stretch.last - stretch.first)

    @property
    def files(self) -> list[Path]:
        """The files whose pages are the weights."""
        return [*self.live.files, *(self.ladder.path(file).resolve() for file in self.ladder.files)]

    def apply(self, rungs: Mapping[str, int], drop: bool = False) -> Applied:
        """Set every named tensor to its rung, all or none: what can fail is done before the first change.

        What is not in use any more is given back; with `drop` the system's copy in its cache goes too: others
        need the room now, and coming back costs the disk.

        Raises EnvironmentFault when the ladder's files are not whole any more; nothing is changed then.
        """
        changes = {
            name: self._places[name][kind] for name, kind in rungs.items() if self.live.now[name].kind != kind
        }
        if changes:
            check_files(self.ladder)
        before = {name: self.live.now[name] for name in changes}
        began = time.perf_counter()
        for name, place in changes.items():
            self.live.set(name, place)
        swapped = time.perf_counter()
        _advise(pages.give_back, before.values())
        if drop:
            self._drop(before.values())
        _advise(pages.read_ahead, changes.values())
        return Applied(
            len(changes),
            sum(place.size for place in changes.values()),
            sum(place.size for place in before.values()),
            swapped - began,
            time.perf_counter() - swapped,
        )

    def give_back_unused(self) -> None:
        """Drop every rung that is not in use: llama.cpp has touched the whole model to load it, and the system
        maps the neighbours of what is read."""
        now = self.live.now
        _advise(
            pages.give_back,
            (
                place
                for name, places in self._places.items()
                for place in places.values()
                if place != now[name]
            ),
        )

    def close(self) -> None:
        """Put the model's own weights back and let the ladder go."""
        with contextlib.suppress(KeyError):
            self.live.restore()
        while self._descriptors:
            os.close(self._descriptors.popitem()[1])
        self._places.clear()
        self._maps.clear()

    def _drop(self, places: Iterable[Place]) -> None:
        for place in places:
            if place.file is not None:
                pages.drop_cached(self._descriptors[place.file], place.offset, place.size)

    def _places_of(self, name: str) -> dict[int, Place]:
        tensor = next(tensor for tensor in self.ladder.tensors if tensor.name == name)
        places = {tensor.source: self.live.source[name]}
        for rung in tensor.rungs:
            address = _address_of(self._maps[rung.file]) + rung.offset
            file = self.ladder.path(rung.file).resolve()
            places[rung.kind] = Place(rung.kind, address, rung.size, file, rung.offset)
        return places


def _advise(advice: Callable[[int, int], None], places: Iterable[Place]) -> None:
    """Only for files' mappings; neighbours in one call."""
    mapped = ((place.address, place.size) for place in places if place.file is not None)
    for first, size in pages.joined(mapped, ALIGNMENT):
        advice(first, size)


def _found(model: LoadedModel, expected: Mapping[str, Expected]) -> Live:
    finder = Finder(expected)
    context = Context(model, 32, 8, observer=finder)
    try:
        context.decode(model.beginning() or [0], 0)
    finally:
        context.close()
    return finder.live


def _point(tensor: Tensor, shape: tuple[int, ...], place: Place) -> None:
    """`type`, `nb` and `data` as ggml lays out a contiguous tensor of this type."""
    row = ggml.row_bytes(place.kind, shape[0])
    lengths = shape + (1,) * (4 - len(shape))
    tensor.type = place.kind
    tensor.nb[0] = ggml.row_bytes(place.kind, ggml.block_length(place.kind))
    tensor.nb[1] = row
    tensor.nb[2] = row * lengths[1]
    tensor.nb[3] = row * lengths[1] * lengths[2]
    tensor.data = place.address


def _address_of(memory: npt.NDArray[np.uint8]) -> int:
    return int(memory.ctypes.data)
