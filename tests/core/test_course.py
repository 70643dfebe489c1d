"""A life on the calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from second_me.core.memory.course import course, habit
from second_me.core.memory.forgetting import THRESHOLD, Grade, Life, Use, strength

FIRST = date(2024, 1, 1)


def used(count: int, every: int = 1) -> list[date]:
    return [FIRST + timedelta(days=every * n) for n in range(count)]


def test_the_past_ends_today_and_the_future_begins_there() -> None:
    life = Life(3, 2.0, (Use(20, Grade.GOOD),))
    drawn = course(life, used(50))
    today = datetime(2024, 2, 19, 12)
    assert drawn.past[0] == (datetime(2024, 1, 3, 12), 1.0)
    assert drawn.past[-1][0] == today == drawn.ahead[0][0]
    assert drawn.past[-1][1] == drawn.ahead[0][1] == strength(life, 50)
    assert len(drawn.past) <= 50 and len(drawn.ahead) <= 41


def test_a_recall_is_a_step_up_on_its_day() -> None:
    drawn = course(Life(1, 2.0, (Use(20, Grade.GOOD),)), used(50))
    low, high = [height for when, height in drawn.past if when.date() == date(2024, 1, 20)]
    assert low < high == 1.0


def test_half_is_where_it_falls_below() -> None:
    life = Life(1, 1.0)
    drawn = course(life, used(10))
    assert drawn.half == datetime(2024, 1, 1, 12) + timedelta(days=91)
    assert [height for when, height in drawn.ahead if when < drawn.half][-1] >= THRESHOLD
    assert next(height for when, height in drawn.ahead if when >= drawn.half) < THRESHOLD


def test_who_comes_every_other_day_forgets_half_as_fast() -> None:
    assert habit(used(40, 2)) == pytest.approx(0.5, abs=0.02)
    assert habit([]) == habit(used(1)) == 1.0
    daily, rare = course(Life(1, 1.0), used(40)), course(Life(1, 1.0), used(40, 2))
    assert daily.half is not None and rare.half is not None
    assert (rare.half.date() - used(40, 2)[-1]).days > 1.9 * (daily.half.date() - used(40)[-1]).days


def test_what_is_pinned_or_faded_has_no_half() -> None:
    pinned = course(Life(1, 1.0, pinned=True), used(400))
    assert pinned.half is None and {height for _, height in pinned.ahead} == {1.0}
    assert course(Life(1, 1.0), used(400)).half is None
    let_go = course(Life(1, 16.0, let_go=(5, 0)), used(10))
    assert let_go.half is None and let_go.past[-1][1] == 0
    assert next(height for when, height in let_go.past if when.date() == date(2024, 1, 5)) > 0.9


def test_a_half_beyond_the_calendar_is_none() -> None:
    assert course(Life(1, 36_500.0), used(3, 4000)).half is None


def test_a_memory_of_a_vault_that_was_never_used() -> None:
    drawn = course(Life(1, 1.0), [])
    assert len(drawn.past) == 1 and drawn.half is not None
