"""Which rungs are worth their disk: those without which the expected loss would rise over the budgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from second_me.models.elastic.stack import Rung, Stack

WORTH_KEEPING = 0.055
"""A type is kept when its price is this or more (see `price`): where it matters, leaving it out costs some
hundredths of the expected loss at every budget, or a third of it at a few."""

UNFELT = 0.02
"""Nats a token that are nothing beside the model's own loss: no share is taken of less."""

BUDGETS = 48
"""Evenly spread by ratio: a step from 50 to 60 MB means as much as one from 500 to 600."""


def useful_kinds(tensors: Mapping[str, Sequence[Rung]]) -> set[int]:
    """Types that are kept. `tensors`: every rung that could be made, the sources' with loss 0 among them.

    The least useful one is dropped as long as its loss costs less than `WORTH_KEEPING`. The lowest rungs stay:
    they say how small the model can be.
    """
    kept = {rung.kind for rungs in tensors.values() for rung in rungs if rung.kind != _source(rungs)}
    stack = Stack(tensors)
    lowest = {rung.kind for rung in stack.base.values()}
    budgets = np.geomspace(stack.lowest, stack.full, BUDGETS + 1)[1:-1]
    while droppable := kept - lowest:
        prices = {kind: price(tensors, kept, kept - {kind}, budgets) for kind in sorted(droppable)}
        cheapest = min(prices, key=prices.__getitem__)
        if prices[cheapest] >= WORTH_KEEPING:
            break
        kept -= {cheapest}
    return kept


def price(
    tensors: Mapping[str, Sequence[Rung]], kinds: set[int], fewer: set[int], budgets: Iterable[float]
) -> float:
    """The root of the mean square, over budgets, of the share by which the expected loss rises when only the
    fewer kinds are there. Squares, because a gap in the range is felt by whoever has just that much room."""
    more, less = _losses(tensors, kinds, budgets), _losses(tensors, fewer, budgets)
    return float(np.sqrt(np.mean(np.square((less - more) / (more + UNFELT)))))


def _losses(
    tensors: Mapping[str, Sequence[Rung]], kinds: set[int], budgets: Iterable[float]
) -> np.typing.NDArray[np.float64]:
    stack = Stack(
        {
            name: [rung for rung in rungs if rung.kind in kinds or rung.kind == _source(rungs)]
            for name, rungs in tensors.items()
        }
    )
    return np.array([stack.plan(max(int(budget), stack.lowest)).loss for budget in budgets])


def _source(rungs: Sequence[Rung]) -> int:
    """The type that the model came in."""
    return max(rungs, key=lambda rung: rung.size).kind
