"""Which tensors of a model are experts, told from its header.

A layer's experts lie in two or three tensors whose slowest length counts them. Architectures differ in whether
gate and up are one tensor, and in which layers have experts at all; the router's choice is the graph's node
`ffn_moe_topk-N` in all of those below (`llama-graph.cpp`, `build_moe_ffn`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from second_me.models import pages
from second_me.models.header import Header, TensorInfo

APART = frozenset(("ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"))
FUSED = frozenset(("ffn_gate_up_exps", "ffn_down_exps"))

ARCHITECTURES: Mapping[str, tuple[frozenset[str], ...]] = {
    "qwen3moe": (APART,),
    "qwen35moe": (APART, FUSED),
    "gpt-oss": (APART,),
    "lfm2moe": (APART,),
    "granitehybrid": (APART,),
    "granitemoe": (APART,),
    "deepseek2": (APART, FUSED),
    "olmoe": (APART,),
    "llama": (APART,),
    "gemma4": (FUSED, APART),
    "qwen2moe": (APART,),
    "qwen3vlmoe": (APART,),
    "qwen3next": (APART, FUSED),
    "glm4moe": (APART,),
    "ernie4_5-moe": (APART,),
    "minimax-m2": (APART,),
    "bailingmoe2": (APART,),
    "phimoe": (APART,),
    "hunyuan-moe": (APART,),
    "dots1": (APART,),
    "deepseek": (APART,),
}
"""The tensors that make up a layer's experts, by `general.architecture`. Each was run (`tests/models/experts`)."""

BURSTS = 2
"""Layers that may be whole in memory beside what stays: the one that a prompt's batch is in, and the next one,
which is read meanwhile."""

NAME = re.compile(r"blk\.(\d+)\.(ffn_\w+_exps)\.weight")


@dataclass(frozen=True, slots=True)
class ExpertLayer:
    """A layer's experts: `tensors` of shape (columns, rows, `count`)."""

    index: int
    count: int
    tensors: tuple[TensorInfo, ...]

    @property
    def expert_bytes(self) -> int:
        """Bytes of one expert, in all tensors."""
        return sum(tensor.size // self.count for tensor in self.tensors)


@dataclass(frozen=True, slots=True)
class Experts:
    """The layers that have experts, in order; `used`: experts that a token takes in each."""

    layers: tuple[ExpertLayer, ...]
    used: int

    @property
    def size(self) -> int:
        """Bytes of all experts."""
        return sum(layer.count * layer.expert_bytes for layer in self.layers)

    @property
    def largest_layer(self) -> int:
        """Bytes of the largest layer's experts."""
        return max(layer.count * layer.expert_bytes for layer in self.layers)


def least_window(experts: Experts) -> int:
    """Bytes below which there is no window: the layer that a prompt's batch is in, and the next one."""
    return BURSTS * experts.largest_layer


class NotKnown(Exception):
    """A model with experts that are not laid out as known here; the text says how they differ."""


def experts_of(header: Header) -> Experts | None:
    """A model's experts; None for a dense one. Raises NotKnown: such a model runs plainly."""
    found: dict[int, dict[str, TensorInfo]] = {}
    for index, name, tensor in _in_use(header):
        found.setdefault(index, {})[name] = tensor
    if not found:
        return None
    kinds = ARCHITECTURES.get(header.architecture)
    if kinds is None:
        raise NotKnown(f"the architecture {header.architecture} is not known to have experts")
    used = header.number("expert_used_count") or 0
    layers = tuple(_layer(index, tensors, kinds) for index, tensors in sorted(found.items()))
    if not 0 < used <= min(layer.count for layer in layers):
        raise NotKnown(f"a token takes {used} experts")
    return Experts(layers, used)


def spared_by_window(header: Header) -> int:
    """Bytes that a mixture of experts can do without, its experts coming from the disk; 0 for other models, and
    where experts cannot be read one by one."""
    try:
        experts = experts_of(header) if pages.LINUX else None
    except NotKnown:
        return 0
    return max(0, experts.size - least_window(experts)) if experts else 0


def bytes_of_experts(header: Header) -> int:
    """Bytes of all experts, also of those whose layout is not known; 0 for a dense model."""
    return sum(tensor.size for _index, _name, tensor in _in_use(header))


def _in_use(header: Header) -> Iterator[tuple[int, str, TensorInfo]]:
    """The tensors of experts, each with its layer and its name there.

    Layers at the end that guess the token after the next one (`nextn`) are loaded and left out of the graph.
    """
    computed = (header.number("block_count") or sys.maxsize) - (header.number("nextn_predict_layers") or 0)
    for tensor in header.tensors:
        if (match := NAME.fullmatch(tensor.name)) and int(match[1]) < computed:
            yield int(match[1]), match[2], tensor


def _layer(index: int, tensors: Mapping[str, TensorInfo], kinds: tuple[frozenset[str], ...]) -> ExpertLayer:
    if frozenset(tensors) not in kinds:
        raise NotKnown(f"layer {index} has {', '.join(sorted(tensors))}")
    counts = {tensor.shape[-1] if len(tensor.shape) == 3 else 0 for tensor in tensors.values()}
    count = counts.pop()
    if counts or not count or any(tensor.size % count for tensor in tensors.values()):
        raise NotKnown(f"layer {index} has tensors of different counts of experts")
    return ExpertLayer(index, count, tuple(tensors[name] for name in sorted(tensors)))
