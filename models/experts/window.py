"""Which experts stay resident: a quota a layer, filled by decayed counts of the router's choices.

Only numbers here; `slices.py` holds the bytes. Every layer has the same share of the window: choices of other
layers tell nothing about this one, and a prompt's pass over all layers would else push out what the next layers
are about to need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from second_me.models.experts.layout import Experts, least_window

Ids = npt.NDArray[np.intp]

DECAY = 0.95
"""What a choice still counts one token later. Near 1 is a list of the hottest, near 0 the last tokens only;
measured in docs/experts.md."""


@dataclass(frozen=True, slots=True)
class Change:
    """Experts of a layer to drop first and to read then."""

    drop: Ids
    read: Ids


def quotas(experts: Experts, size: int, whole_layers: bool = False) -> tuple[int, ...]:
    """Experts a layer that may stay with `size` bytes in all; with `whole_layers`, so that the two layers that a
    prompt's batch needs as a whole have room besides.

    Fewer than a token takes hit next to nothing (BigMoeOnEdge's notes): where there is no room for as many in
    every layer, the first layers have them and the others none.
    """
    room = max(0, size - (least_window(experts) if whole_layers else 0))
    each = room // sum(layer.expert_bytes for layer in experts.layers)
    least = each if each >= experts.used else 0
    rest = room - least * sum(layer.expert_bytes for layer in experts.layers)
    found = []
    for layer in experts.layers:
        step = experts.used if not least else 1
        more = step * (rest >= step * layer.expert_bytes)
        rest -= more * layer.expert_bytes
        found.append(min(layer.count, least + more))
    return tuple(found)


class LayerWindow:
    """What of one layer is resident, and what its experts are worth."""

    def __init__(self, count: int, quota: int, decay: float = DECAY) -> None:
        self.quota = quota
        """Experts that stay at most."""
        self.resident = np.zeros(count, np.bool_)
        self._worth = np.zeros(count)
        self._decay = decay

    def choose(self, chosen: npt.NDArray[np.int32]) -> Change:
        """The router's choice (tokens, used): what to drop to stay within the quota, and what to read.

        A batch may need more than the quota: the rest is dropped by `settle`.
        """
        self._count(chosen)
        needed = np.zeros(len(self.resident), np.bool_)
        needed[chosen.reshape(-1)] = True
        read = np.flatnonzero(needed & ~self.resident)
        return Change(self._least(self.resident & ~needed, self._over(len(read))), read)

    def settle(self) -> Ids:
        """What to drop so that no more than the quota stays."""
        return self._least(self.resident, self._over(0))

    def forget(self) -> None:
        """Nothing is resident."""
        self.resident[:] = False

    def _over(self, more: int) -> int:
        return max(0, int(self.resident.sum()) + more - self.quota)

    def _least(self, among: npt.NDArray[np.bool_], count: int) -> Ids:
        candidates = np.flatnonzero(among)
        order = np.argsort(self._worth[candidates], kind="stable")
        return np.sort(candidates[order[:count]])

    def _count(self, chosen: Sequence[Sequence[int]] | npt.NDArray[np.int32]) -> None:
        tokens = len(chosen)
        self._worth *= self._decay**tokens
        weights = self._decay ** np.arange(tokens - 1, -1, -1.0)
        np.add.at(self._worth, np.asarray(chosen), weights[:, None])
