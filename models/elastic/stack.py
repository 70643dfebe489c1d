"""The stack: every block of every tensor in one order, so that a budget in bytes is a prefix of it.

A block replaces one tensor's rung by its next better one. Its worth is the loss that it saves for each byte
that it adds. A tensor's rungs are first thinned to those on the lower convex hull of (bytes, loss): only
there the worth falls from block to block, so that sorting all blocks by worth keeps each tensor's own order,
and a longer prefix is always a better model for more bytes. One universal order is the idea of BitStack
(Wang et al. 2024, arXiv:2410.23918, section 2.3); choosing by slope on hulls is the classical rate-distortion
optimum (Shoham and Gersho 1988).
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """One quantization of one tensor: ggml type, bytes, and the loss (nats a token) that it costs."""

    kind: int
    size: int
    loss: float


@dataclass(frozen=True, slots=True)
class Block:
    """The step of one tensor from a rung to its next one."""

    tensor: str
    lower: Rung
    upper: Rung

    @property
    def size(self) -> int:
        """Bytes that it adds."""
        return self.upper.size - self.lower.size

    @property
    def worth(self) -> float:
        """Loss that it saves for each byte."""
        return (self.lower.loss - self.upper.loss) / self.size


@dataclass(frozen=True, slots=True)
class Plan:
    """Which rung each tensor has, the bytes of all of them, and the loss that is expected (nats a token)."""

    rungs: Mapping[str, int]
    size: int
    loss: float


class Stack:
    """The blocks of a model above its lowest rungs. Raises ValueError for a tensor without rungs."""

    def __init__(self, tensors: Mapping[str, Iterable[Rung]]) -> None:
        hulls = {name: hull(rungs) for name, rungs in tensors.items()}
        self.base = {name: rungs[0] for name, rungs in hulls.items()}
        blocks = (Block(name, *pair) for name, rungs in hulls.items() for pair in itertools.pairwise(rungs))
        self.blocks = tuple(sorted(blocks, key=lambda block: (-block.worth, block.tensor, block.size)))
        lowest = sum(rung.size for rung in self.base.values())
        self._sizes = list(itertools.accumulate((block.size for block in self.blocks), initial=lowest))
        self._loss = sum(rung.loss for rung in self.base.values())

    @property
    def lowest(self) -> int:
        """Bytes of the smallest plan."""
        return self._sizes[0]

    @property
    def full(self) -> int:
        """Bytes of the largest plan: the model as it came."""
        return self._sizes[-1]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Bytes of every plan, ascending."""
        return tuple(self._sizes)

    def step(self, without: Iterable[str] = ()) -> Block | None:
        """The largest single block; the embedding's is named apart by leaving it out here."""
        left_out = set(without)
        return max(
            (block for block in self.blocks if block.tensor not in left_out),
            key=lambda block: block.size,
            default=None,
        )

    def with_loss(self, most: float) -> int:
        """Bytes of the smallest plan whose expected loss (nats a token) is at most `most`."""
        saved = itertools.accumulate((b.lower.loss - b.upper.loss for b in self.blocks), initial=0.0)
        pairs = zip(self._sizes, saved, strict=True)
        return next((size for size, less in pairs if self._loss - less <= most), self.full)

    def plan(self, size: int) -> Plan:
        """The longest prefix whose weights have at most `size` bytes. Raises ValueError under the lowest."""
        if size < self.lowest:
            raise ValueError(f"the smallest plan has {self.lowest} bytes")
        count = bisect.bisect_right(self._sizes, size) - 1
        rungs = {name: rung.kind for name, rung in self.base.items()}
        rungs.update((block.tensor, block.upper.kind) for block in self.blocks[:count])
        saved = sum(block.lower.loss - block.upper.loss for block in self.blocks[:count])
        return Plan(rungs, self._sizes[count], max(0.0, self._loss - saved))


def hull(rungs: Iterable[Rung]) -> list[Rung]:
    """The rungs on the lower convex hull, bytes ascending and loss falling. Raises ValueError for none."""
    kept: list[Rung] = []
    for rung in sorted(rungs, key=lambda rung: (rung.size, rung.loss, rung.kind)):
        if kept and rung.loss >= kept[-1].loss:
            continue
        while len(kept) > 1 and _slope(kept[-2], kept[-1]) <= _slope(kept[-2], rung):
            kept.pop()
        kept.append(rung)
    if not kept:
        raise ValueError("a tensor without rungs")
    return kept


def _slope(lower: Rung, upper: Rung) -> float:
    return (lower.loss - upper.loss) / (upper.size - lower.size)
