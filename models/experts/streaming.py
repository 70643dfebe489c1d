"""A live mixture-of-experts model whose experts come from the disk when the router chooses them.

It observes its context: at `ffn_moe_topk-N` the choice of layer N is known and its experts are not yet used, so
the graph waits there until they are in place. What is computed is what the whole model computes, bit for bit. That
an architecture chooses there is looked up when the model is loaded, and again whenever experts are used (`uses.py`).
(The promise of "LLM in a flash", Alizadeh et al. 2023: a window over the last tokens, reads in long pieces.)
"""

from __future__ import annotations

import ctypes
import mmap
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from second_me.models import pages
from second_me.models.elastic.ladder import fingerprint
from second_me.models.elastic.live import LiveModel, Place
from second_me.models.experts.held_layer import HeldLayer
from second_me.models.experts.layout import NAME, Experts, least_window
from second_me.models.experts.slices import Files
from second_me.models.experts.uses import CHOICE, Uses, check_uses
from second_me.models.experts.window import quotas
from second_me.models.faults import unusable
from second_me.models.tensors import BY_CHOICE, Tensor

MOST_OF_A_LAYER = 0.5
"""A batch that needs this share of a layer's experts will need as much of the next layer's."""


@dataclass(slots=True)
class Counters:
    """Since the window was opened: experts that were chosen (each once a batch and layer), those of them that
    were not resident, bytes read, and the seconds that the graph waited for them."""

    chosen: int = 0
    missing: int = 0
    read_bytes: int = 0
    waited: float = 0.0


class ExpertWindow:
    """The experts of a live model, in the file's mapping or in a window. An `Observer` of the context.

    `size`: bytes that the experts may hold; all of them while there is no window.

    All calls come from the thread that decodes. Raises Mismatch when the model does not use the
    tensors as experts, or chooses them elsewhere.
    """

    def __init__(self, live: LiveModel, experts: Experts) -> None:
        self.experts, self._live = experts, live
        check_uses(live, experts)
        self._uses = Uses(experts, live.header.path)
        self.counters = Counters()
        self.size = experts.size
        self._files: Files | None = None
        self._layers: dict[int, HeldLayer] = {}
        self._order = [layer.index for layer in experts.layers]
        self._last: int | None = None
        self._whole_layers = True
        self._mark = fingerprint(live.header)
        self._spoiled = False

    @property
    def opened(self) -> bool:
        """Whether the experts come through the window."""
        return self._files is not None

    @property
    def least(self) -> int:
        """Bytes below which there is no window."""
        return least_window(self.experts)

    @property
    def resident_bytes(self) -> int:
        """Bytes of the experts that are in the window now."""
        return sum(
            int(each.window.resident.sum()) * each.layer.expert_bytes for each in self._layers.values()
        )

    def absent_bytes(self) -> dict[int, int]:
        """Bytes of each layer's experts that are not in the window now, by the layer's number."""
        return {
            index: int((~each.window.resident).sum()) * each.layer.expert_bytes
            for index, each in self._layers.items()
        }

    def open(self, size: int) -> None:
        """Let the experts come through a window of `size` bytes, which holds nothing yet.

        Raises EnvironmentFault; the model is as it was then.
        """
        if size < self.least:
            raise unusable(
                self._live.header.path,
                f"its experts need {self.least >> 20} MiB at least, and {size >> 20} MiB are allowed",
            )
        self._files = Files(tensor.file for layer in self.experts.layers for tensor in layer.tensors)
        self.counters, self._last, self.size = Counters(), None, size
        self._whole_layers = True
        for layer, quota in zip(self.experts.layers, quotas(self.experts, size, True), strict=True):
            held = self._layers[layer.index] = HeldLayer(layer, quota)
            for tensor in layer.tensors:
                address = held.slices[tensor.name].address
                self._live.set(tensor.name, Place(tensor.kind, address, tensor.size))
                source = self._live.source[tensor.name]
                if source.file is not None:
                    pages.give_back(source.address, source.size)
                    self._files.forget(tensor.file, tensor.offset, tensor.size)
        self._read_the_rest()

    def _read_the_rest(self) -> None:
        """What stays is read once, in one sweep; a fault in it must not bring experts along."""
        for stretch in pages.mapped(self._live.files):
            pages.read_alone(stretch.first, stretch.last - stretch.first)
        rest = (
            (place.address, place.size)
            for name, place in self._live.now.items()
            if place.file is not None and not NAME.fullmatch(name)
        )
        for first, size in pages.joined(rest, mmap.PAGESIZE):
            pages.read_ahead(first, size)

    def resize(self, size: int) -> None:
        """Another size, at once. Never below `least`."""
        self.size = max(size, self.least)
        self._divide(self._whole_layers)

    def _divide(self, whole_layers: bool) -> None:
        """Share the size among the layers: all of it, or with room for the whole layers of a prompt's batch."""
        self._whole_layers = whole_layers
        found = quotas(self.experts, self.size, whole_layers)
        for layer, quota in zip(self.experts.layers, found, strict=True):
            self._layers[layer.index].window.quota = quota
        self.settle()

    def settle(self) -> None:
        """Give back what a batch needed beyond the quotas. Between two decodes."""
        for held in self._layers.values():
            held.arrive()
            held.drop(held.window.settle())

    def close(self) -> None:
        """The experts are the file's mapping again."""
        if self._files is None:
            return
        for held in self._layers.values():
            held.drop_all()
            for name in held.slices:
                self._live.set(name, self._live.source[name])
        self._files.close()
        self._files = None
        for stretch in pages.mapped(self._live.files):
            pages.read_around(stretch.first, stretch.last - stretch.first)
        self.size = self.experts.size
        self._layers.clear()

    def wants(self, node: Tensor) -> bool:
        """The router's choices, while the window is open. Raises EnvironmentFault for experts without one."""
        if self._files is None:
            return False
        if node.op == BY_CHOICE:
            self._uses.check(node)
        return bool(node.name.startswith(CHOICE))

    def sees(self, node: Tensor) -> None:
        """A router has chosen: have its experts in place. Raises EnvironmentFault."""
        index = int(bytes(node.name)[len(CHOICE) :])
        held = self._layers.get(index)
        if held is None or self._files is None:
            return
        self._leave(index)
        self._uses.chosen(index, node)
        if index == self._order[0]:
            self._check_files(self._files)
        began = time.perf_counter()
        needed = self._bring(held, self._files, choice_of(node))
        self.counters.waited += time.perf_counter() - began
        if needed >= MOST_OF_A_LAYER * held.layer.count:
            self._read_next(index)

    def _leave(self, index: int) -> None:
        """What the layer before needed beyond its quota goes."""
        if self._last is not None and self._last != index:
            before = self._layers[self._last]
            before.drop(before.window.settle())
        self._last = index

    def _bring(self, held: HeldLayer, files: Files, chosen: npt.NDArray[np.int32]) -> int:
        """Have a layer's chosen experts in place; how many they are."""
        held.arrive()
        needed = len(np.unique(chosen))
        if (needed > self.experts.used) is not self._whole_layers:
            self._divide(needed > self.experts.used)
        change = held.window.choose(chosen)
        if len(change.drop):
            held.drop(change.drop)
        self.counters.read_bytes += held.start(files, change.read)
        self.counters.chosen += needed
        self.counters.missing += len(change.read)
        held.arrive()
        return needed

    def _check_files(self, files: Files) -> None:
        """Once a decode: a file that was written to is looked at whole before anything more is read of it."""
        if not self._spoiled and files.changed() is None:
            return
        header = self._live.header
        try:
            self._spoiled = fingerprint(header) != self._mark
        except OSError:
            self._spoiled = True
        if self._spoiled:
            shorter = files.size() < header.size
            raise unusable(
                header.path,
                "it is shorter than it was when it was loaded"
                if shorter
                else "another program wrote to it while it was in use",
            )

    def _read_next(self, index: int) -> None:
        """While a large batch computes this layer: all of the next one's, which it needs for certain."""
        place = self._order.index(index) + 1
        if place == len(self._order) or self._files is None:
            return
        held = self._layers[self._order[place]]
        absent = np.flatnonzero(~held.window.resident)
        self.counters.missing += len(absent)
        self.counters.read_bytes += held.start(self._files, absent)


def choice_of(node: Tensor) -> npt.NDArray[np.int32]:
    """The router's choice, (tokens, used). It is a view of all experts sorted: a token's row is `nb[1]` away."""
    used, tokens = int(node.ne[0]), int(node.ne[1])
    size = int(node.nb[1]) * (tokens - 1) + 4 * used
    raw = (ctypes.c_char * size).from_address(int(node.data or 0))
    flat = np.frombuffer(memoryview(raw), np.int32, count=size // 4)
    strides = (int(node.nb[1]), int(node.nb[0]))
    return np.lib.stride_tricks.as_strided(flat, (tokens, used), strides).copy()
