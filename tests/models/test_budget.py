"""The budget: at once down, later up, never outside, and quiet under noise."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.models.budget import (
    HOLD,
    LID_SECONDS,
    MARGIN_LEAST,
    MB,
    STAIR_PAUSE,
    STAIRS,
    STALLED,
    BudgetPolicy,
    margin,
    reserve,
)
from second_me.models.free_memory import Reading

FLOOR, CEILING = 150 * MB, 600 * MB
STAIR = (CEILING - FLOOR) // STAIRS
LIMIT = 1000 * MB
BESIDE = 80 * MB
"""What is reserved of that limit."""

TICK = 0.25
rooms = st.integers(0, 2000 * MB)
pressures = st.one_of(st.none(), st.floats(0, 1))


def reading(room: int, pressure: float | None = 0.0) -> Reading:
    """Free memory that leaves so much room when nothing of ours is anonymous."""
    return Reading(room + BESIDE, pressure, True, LIMIT)


def run(policy: BudgetPolicy, course: Iterable[int], start: float = 0.0) -> list[int]:
    """One decision every TICK."""
    return [policy.decide(start + at * TICK, reading(room), 0) for at, room in enumerate(course)]


def steady(room: int, seconds: float) -> list[int]:
    return [room] * int(seconds / TICK)


def changes(budgets: Sequence[int]) -> int:
    return sum(a != b for a, b in itertools.pairwise(budgets))


def test_the_reserve() -> None:
    assert reserve(reading(0)) == BESIDE
    assert reserve(Reading(0, None, True, 400 * MB)) == 32 * MB
    assert reserve(Reading(0, None, True, 100 * MB)) == 24 * MB
    assert reserve(Reading(0, None, False, 1024 * MB)) == 256 * MB
    assert reserve(Reading(0, None, False, 8000 * MB)) == 800 * MB
    assert reserve(Reading(0, None, False, 64_000 * MB)) == 2048 * MB


def test_the_first_budget_is_under_the_room_by_the_margin() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    assert policy.decide(0.0, reading(400 * MB), 0) == 400 * MB - margin(400 * MB)


def test_our_own_anonymous_bytes_count_as_room() -> None:
    first, second = BudgetPolicy(FLOOR, CEILING), BudgetPolicy(FLOOR, CEILING)
    assert first.decide(0.0, reading(400 * MB), 0) == second.decide(0.0, reading(300 * MB), 100 * MB)


def test_plenty_of_room_is_the_ceiling_at_once() -> None:
    assert BudgetPolicy(FLOOR, CEILING).decide(0.0, reading(5000 * MB), 0) == CEILING


def test_down_within_one_decision() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    run(policy, [700 * MB])
    assert run(policy, [300 * MB, 100 * MB], start=TICK) == [300 * MB, FLOOR]


def test_up_only_after_the_hold_and_then_by_stairs() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    run(policy, [0])
    course = run(policy, steady(2000 * MB, HOLD + (STAIRS + 4) * STAIR_PAUSE), start=TICK)
    held = int(HOLD / TICK)
    assert set(course[: held - 1]) == {FLOOR}
    assert course[-1] == CEILING
    assert changes(course) <= STAIRS + 1
    assert max(b - a for a, b in itertools.pairwise(course)) <= STAIR


def test_a_dip_begins_the_hold_anew() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    run(policy, [0])
    run(policy, steady(2000 * MB, HOLD - 2 * TICK) + [FLOOR], start=TICK)
    assert set(run(policy, steady(2000 * MB, HOLD - TICK), start=HOLD)) == {FLOOR}


def test_it_comes_up_no_further_than_a_margin_under_the_room() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    run(policy, [0])
    last = run(policy, steady(400 * MB, 30), start=TICK)[-1]
    top = 400 * MB - margin(400 * MB)
    assert top - STAIR < last <= top


def test_decisions_that_come_rarely_begin_the_hold_anew() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    run(policy, [0])
    later = [policy.decide(100.0 * at, reading(2000 * MB), 0) for at in range(1, 5)]
    assert set(later) == {FLOOR}


def test_pressure_takes_a_step_and_gives_it_back_slowly() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    run(policy, [CEILING + 40 * MB])
    stalled = [policy.decide(1 + at * TICK, reading(CEILING, STALLED), 0) for at in range(5)]
    assert stalled[0] < CEILING
    assert stalled[1] == stalled[0], "a step needs time to show"
    assert stalled[2] < stalled[0]
    assert stalled[4] == stalled[2], "now as much as the reserve is free besides"
    back = run(policy, steady(CEILING + 40 * MB, LID_SECONDS + HOLD + 10), start=2 + TICK)
    assert back == sorted(back) and back[-1] == CEILING
    assert back[int((HOLD - 1) / TICK) - 1] == stalled[-1], "not before the hold"


def test_pressure_while_plenty_is_free_is_of_another_limit() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    run(policy, [2000 * MB])
    assert policy.decide(1.0, reading(2000 * MB, 1.0), 0) == CEILING


@given(st.lists(st.tuples(st.floats(0, 10), rooms, pressures, rooms), max_size=60))
def test_never_outside_and_down_at_once(course: list[tuple[float, int, float | None, int]]) -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    now = 0.0
    for pause, room, pressure, own in course:
        now += pause
        budget = policy.decide(now, reading(room - own, pressure), own)
        assert FLOOR <= budget <= CEILING
        assert budget <= max(room, FLOOR)


@given(st.integers(0, 1500 * MB), st.integers(0, 1500 * MB), st.integers(0, 2**32))
def test_noise_within_the_margin_moves_it_down_only_while_it_settles(
    before: int, level: int, seed: int
) -> None:
    """Once it came up it does not go down again: no to and fro."""
    policy = BudgetPolicy(FLOOR, CEILING)
    run(policy, [before])
    noise = Random(seed)
    course = [level + noise.randint(-MARGIN_LEAST // 2, MARGIN_LEAST // 2) for _ in range(400)]
    budgets = run(policy, course, start=TICK)
    signs = [b > a for a, b in itertools.pairwise(budgets) if a != b]
    assert signs == sorted(signs), "first down, then up, never down again"
    assert sum(signs) <= STAIRS + 1


@given(st.lists(rooms, min_size=1, max_size=120), st.data())
def test_less_room_is_never_a_larger_budget(course: list[int], data: st.DataObject) -> None:
    """The same past, two presents: exactly. Two whole courses, one under the other: but for one stair."""
    less = [data.draw(st.integers(0, room), label="less") for room in course]
    rich, poor, same = (BudgetPolicy(FLOOR, CEILING) for _ in range(3))
    more, fewer = run(rich, course), run(poor, less)
    assert all(b <= a + STAIR for a, b in zip(more, fewer, strict=True))
    run(same, course[:-1])
    assert same.decide((len(course) - 1) * TICK, reading(less[-1]), 0) <= more[-1]


@given(st.lists(rooms, min_size=1, max_size=40), pressures, pressures)
def test_more_pressure_is_never_a_larger_budget(
    course: list[int], one: float | None, other: float | None
) -> None:
    calm, pressed = BudgetPolicy(FLOOR, CEILING), BudgetPolicy(FLOOR, CEILING)
    run(calm, course)
    run(pressed, course)
    low, high = sorted((one or 0.0, other or 0.0))
    now = len(course) * TICK
    room = course[-1]
    assert pressed.decide(now, reading(room, high), 0) <= calm.decide(now, reading(room, low), 0)


@given(st.integers(-MB, 2000 * MB), rooms)
def test_a_fixed_budget_is_kept_to_within_its_bounds(chosen: int, room: int) -> None:
    policy = BudgetPolicy(FLOOR, CEILING, chosen)
    budget = policy.decide(0.0, reading(room, 1.0), 0)
    assert budget == min(max(chosen, FLOOR), CEILING)
    assert (policy.warning is not None) == (policy.short > 0) == (budget > room)


def test_the_warnings_say_how_much_is_missing() -> None:
    fixed = BudgetPolicy(FLOOR, CEILING, 400 * MB)
    assert fixed.warning is None
    fixed.decide(0.0, reading(300 * MB), 0)
    assert fixed.warning is not None and "100 MB" in fixed.warning
    assert fixed.short == 100 * MB
    following = BudgetPolicy(FLOOR, CEILING)
    following.decide(0.0, reading(FLOOR - 10 * MB), 0)
    assert following.warning is not None and "10 MB" in following.warning
    following.decide(0.1, reading(FLOOR + 10 * MB), 0)
    assert following.warning is None


def test_a_model_of_one_size_only() -> None:
    policy = BudgetPolicy(FLOOR, FLOOR)
    assert {policy.decide(float(at), reading(room, 1.0), 0) for at, room in enumerate((0, 10**9, 0))} == {
        FLOOR
    }


def test_a_floor_over_the_ceiling_is_a_bug() -> None:
    with pytest.raises(ValueError):
        BudgetPolicy(2, 1)


def test_bounds_move_with_the_conversation_and_what_was_learned_stays() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    before = run(policy, steady(400 * MB, 3))[-1]
    policy.move(FLOOR + 10 * MB, CEILING + 10 * MB)
    assert run(policy, steady(400 * MB, 1), 3.0) == [before] * 4
    assert run(policy, [50 * MB], 4.0) == [FLOOR + 10 * MB]
    policy = BudgetPolicy(FLOOR, CEILING, fixed=1 << 40)
    policy.move(FLOOR, CEILING + 10 * MB)
    assert run(policy, steady(2000 * MB, 1))[-1] == CEILING + 10 * MB
    with pytest.raises(ValueError, match="a floor over"):
        policy.move(2, 1)


def test_a_lid_that_pressure_left_stays_under_other_bounds() -> None:
    policy = BudgetPolicy(FLOOR, CEILING)
    policy.decide(0.0, reading(500 * MB), 0)
    pressed = policy.decide(1.0, reading(500 * MB, STALLED), 0)
    policy.move(FLOOR, CEILING + 50 * MB)
    assert policy.decide(1.25, reading(500 * MB), 0) == pressed
