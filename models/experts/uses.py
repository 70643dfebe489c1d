"""Where a graph chooses experts and where it uses them: looked up once, and asked again at every use.

The window fills a layer's experts when their choice is known. A graph that used experts by another choice, or by none
that was seen, would compute with whatever lies there, and nobody would notice.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

from second_me.models.elastic.live import LiveModel
from second_me.models.experts.layout import Experts
from second_me.models.faults import unusable
from second_me.models.tensors import Mismatch, Tensor

CHOICE = b"ffn_moe_topk-"


def check_uses(live: LiveModel, experts: Experts) -> None:
    """Raises Mismatch when the model does not use the tensors as experts, or chooses them elsewhere."""
    for layer in experts.layers:
        for tensor in layer.tensors:
            if tensor.name not in live.source or live.live.uses(tensor.name) != {"MUL_MAT_ID"}:
                raise Mismatch(f"{tensor.name} is not used as experts are")
            if live.live.choices(tensor.name) != {CHOICE + str(layer.index).encode()}:
                raise Mismatch(f"{tensor.name} is not chosen where experts are")


class Uses:
    """The last choice that was seen, and whether experts are used by it."""

    def __init__(self, experts: Experts, path: Path) -> None:
        self._path = path
        self._layers = {
            tensor.name.encode(): layer.index for layer in experts.layers for tensor in layer.tensors
        }
        self._seen: tuple[int, int] = (-1, 0)

    def chosen(self, index: int, node: Tensor) -> None:
        """A layer's choice is known."""
        self._seen = index, ctypes.addressof(node)

    def check(self, node: Tensor) -> None:
        """A node is about to multiply by a choice: with experts only by their layer's. Raises EnvironmentFault."""
        index = self._layers.get(node.src[0].contents.name)
        if index is not None and (index, ctypes.addressof(node.src[2].contents)) != self._seen:
            raise unusable(self._path, f"the experts of its layer {index} are used before it is known which")
