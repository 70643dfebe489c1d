from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.models.elastic.stack import Rung, Stack

RUNGS = st.lists(
    st.builds(Rung, st.integers(0, 40), st.integers(1, 10_000), st.floats(0, 5)), min_size=1, max_size=8
)
MODELS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), RUNGS, min_size=1, max_size=8)


@given(MODELS, st.lists(st.integers(0, 90_000), min_size=2, max_size=2))
def test_plans_are_never_over_monotone_and_one_order(model: dict[str, list[Rung]], sizes: list[int]) -> None:
    stack = Stack(model)
    small, large = (stack.plan(max(size, stack.lowest)) for size in sorted(sizes))
    for size, plan in zip(sorted(sizes), (small, large), strict=True):
        assert plan.size <= max(size, stack.lowest)
        assert plan.rungs.keys() == model.keys()
    assert small.size <= large.size
    assert large.loss <= small.loss + 1e-9


@given(MODELS)
def test_worth_falls_along_the_stack_and_each_tensor_climbs(model: dict[str, list[Rung]]) -> None:
    stack = Stack(model)
    worths = [block.worth for block in stack.blocks]
    assert all(a >= b for a, b in itertools.pairwise(worths))
    at = dict(stack.base)
    for block in stack.blocks:
        assert block.size > 0 and at[block.tensor] == block.lower
        at[block.tensor] = block.upper
    assert stack.full == sum(rung.size for rung in at.values())


@given(MODELS, st.integers(0, 20_000))
def test_no_choice_of_the_same_bytes_loses_less(model: dict[str, list[Rung]], more: int) -> None:
    """The greedy prefix is the optimum at its own size (a theorem about convex hulls), by brute force."""
    small = dict(itertools.islice(model.items(), 3))
    stack = Stack(small)
    plan = stack.plan(stack.lowest + more)
    fits = [
        sum(rung.loss for rung in choice)
        for choice in itertools.product(*small.values())
        if sum(rung.size for rung in choice) <= plan.size
    ]
    assert plan.loss <= min(fits) + 1e-6


def test_under_the_lowest_is_refused() -> None:
    stack = Stack({"a": [Rung(1, 10, 1.0), Rung(2, 20, 0.0)]})
    with pytest.raises(ValueError, match="10 bytes"):
        stack.plan(9)


def test_a_tensor_without_rungs_is_refused() -> None:
    with pytest.raises(ValueError, match="without rungs"):
        Stack({"a": []})


def test_the_largest_block_can_leave_the_embedding_out() -> None:
    stack = Stack({"a": [Rung(1, 10, 1.0), Rung(2, 20, 0.0)], "e": [Rung(1, 10, 1.0), Rung(2, 90, 0.0)]})
    assert (stack.step().size, stack.step(["e"]).size) == (80, 10)  # type: ignore[union-attr]
    assert stack.step(["a", "e"]) is None
