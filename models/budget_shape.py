"""`budget.status` of docs/protocol.md: the budget for people and programs, from a header, a ladder and a plan."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from second_me.core.ports import EnvironmentFault
from second_me.models.budget import reserve, warning
from second_me.models.elastic.ladder import Ladder, find_ladder
from second_me.models.elastic.stack import Stack
from second_me.models.experts.layout import NAME, bytes_of_experts, spared_by_window
from second_me.models.experts.shape import experts_at_rest, held_layers, refusal
from second_me.models.fit import need
from second_me.models.free_memory import MemoryReader
from second_me.models.header import TYPES, Header, TensorInfo, read_header

Shape = dict[str, Any]

EMBEDDINGS = frozenset({"token_embd.weight", "output.weight", "per_layer_token_embd.weight"})


def rest_shape(
    header: Header | None,
    ladder: Ladder | None,
    fixed: int | None,
    kv: int,
    compute: int,
    rungs: Mapping[str, int],
) -> Shape:
    """What is known without a running model. `rungs`: the types in use where they are not the file's."""
    tensors = header.tensors if header else ()
    stack = stack_of(ladder, header) if ladder and header else None
    full = sum(tensor.size for tensor in tensors) + kv + compute
    beside = full - (stack.full if stack else 0)
    step = stack.step(EMBEDDINGS) if stack else None
    embedding = (
        max((block.size for block in stack.blocks if block.tensor in EMBEDDINGS), default=0) if stack else 0
    )
    layers = layers_of(tensors, rungs)
    spared = spared_by_window(header) if header else 0
    curve = quality_curve(ladder, beside) if ladder and not spared else []
    lowest = beside + (stack.lowest if stack else 0) - spared
    reading = MemoryReader().read()
    short = max(0, clamped(fixed, lowest, full) - max(0, reading.available - reserve(reading)))
    said = (refusal(header) if header and not ladder else None, warning(short, fixed))
    return {
        "mode": "auto" if fixed is None else "fixed",
        "bytes": fixed,
        "allowed": full,
        "held": {"weights": 0, "kv": 0, "compute": 0},
        "resident": {"weights": 0, "kv": 0, "compute": 0},
        "lowest": lowest,
        "full": full,
        "step": {"bytes": step.size, "tensor": step.tensor} if step else None,
        "embedding": {"bytes": embedding} if embedding else None,
        "quality": quality_at(curve, sum(layer["bytes"] for layer in layers) + kv + compute),
        "curve": curve,
        "layers": held_layers(layers, None),
        "experts": _experts(header, full, fixed) if header else None,
        "free": reading.available,
        "short": short,
        "pressure": None,
        "ladder": "ready" if ladder else "none",
        "why": " ".join(each for each in said if each) or None,
        "state": "idle",
    }


def stack_of(ladder: Ladder, header: Header) -> Stack:
    """The blocks that a budget moves along: all of them, but for experts that come from the disk."""
    if not spared_by_window(header):
        return ladder.stack()
    return ladder.stack(without={tensor.name for tensor in header.tensors if NAME.fullmatch(tensor.name)})


def _experts(header: Header, full: int, fixed: int | None) -> Shape | None:
    size = bytes_of_experts(header)
    return experts_at_rest(header, size if fixed is None else fixed - (full - size))


def clamped(fixed: int | None, lowest: int, full: int) -> int:
    """Bytes that are held at least: the number that was chosen, as far as the model can follow it."""
    return lowest if fixed is None else min(max(fixed, lowest), full)


def layers_of(tensors: Iterable[TensorInfo], rungs: Mapping[str, int]) -> list[Shape]:
    """One row a layer: {"name", "bits", "full_bits", "bytes"}, the embedding first."""
    sums: dict[str, list[float]] = {}
    for tensor in tensors:
        _name, block, size_of_block = TYPES[rungs.get(tensor.name, tensor.kind)]
        size = tensor.weights // block * size_of_block
        row = sums.setdefault(_layer(tensor.name), [0.0, 0.0, 0.0])
        for place, amount in enumerate((tensor.weights, size, tensor.size)):
            row[place] += amount
    names = sorted(sums, key=lambda name: -1 if name == "embedding" else int(name))
    return [
        {
            "name": name,
            "bits": round(8 * sums[name][1] / sums[name][0], 3),
            "full_bits": round(8 * sums[name][2] / sums[name][0], 3),
            "bytes": int(sums[name][1]),
        }
        for name in names
    ]


def quality_curve(ladder: Ladder, beside: int) -> list[list[float]]:
    """[[bytes in all, quality]], ascending: perplexity at full size over perplexity there, at most 1."""
    full = min((loss for _, loss in ladder.curve), default=0.0)
    return [[size + beside, round(min(1.0, math.exp(full - loss)), 4)] for size, loss in ladder.curve]


def least_bytes(ladder: Ladder, quality: float) -> int:
    """Bytes of weights with rungs at which so much of the quality was measured; 0 where nothing was."""
    curve = quality_curve(ladder, 0)
    if not curve:
        return 0
    sizes, qualities = zip(*curve, strict=True)
    return int(np.interp(quality, np.maximum.accumulate(qualities), sizes))


def quality_at(curve: list[list[float]], size: int) -> float | None:
    """Between the measured points; None where nothing was measured."""
    if not curve:
        return None
    sizes, qualities = zip(*curve, strict=True)
    return round(float(np.interp(size, sizes, qualities)), 4)


def _layer(name: str) -> str:
    parts = name.split(".")
    return parts[1] if parts[0] == "blk" and len(parts) > 1 and parts[1].isdigit() else "embedding"


def budget_at_rest(chat: Path | None, ladders: Path | None, fixed: int | None) -> Shape:
    """`budget.status` of a model that is not loaded. Raises EnvironmentFault for a file that cannot be read."""
    if chat is None:
        return rest_shape(None, None, fixed, 0, 0, {})
    header = read_header(chat)
    needed = need(header)
    kv, compute = needed.kv + needed.state, needed.compute
    try:
        ladder = find_ladder(ladders, header) if ladders else None
    except EnvironmentFault as fault:
        return {**rest_shape(header, None, fixed, kv, compute, {}), "ladder": "refused", "why": fault.what}
    return rest_shape(header, ladder, fixed, kv, compute, {})
