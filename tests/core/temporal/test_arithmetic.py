"""The calendar: known answers."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.arithmetic import Order
from second_me.core.temporal.spans import Grain, Length, Span


def test_a_month_is_as_long_as_it_is() -> None:
    assert calendar.month(2024, 2).end == datetime(2024, 3, 1)
    assert calendar.month(2023, 12).end == datetime(2024, 1, 1)
    assert calendar.moved(datetime(2023, 1, 31), 1, Grain.MONTH) == datetime(2023, 2, 28)
    assert calendar.moved(datetime(2024, 2, 29), -1, Grain.YEAR) == datetime(2023, 2, 28)


def test_a_week_begins_on_monday_and_a_winter_in_december() -> None:
    assert calendar.holding(datetime(2023, 5, 10, 14), Grain.WEEK).start == datetime(2023, 5, 8)
    assert calendar.holding(datetime(2023, 5, 8), Grain.WEEK).start == datetime(2023, 5, 8)
    assert calendar.holding(datetime(2023, 1, 10), Grain.SEASON).start == datetime(2022, 12, 1)
    assert calendar.season(2022, "winter").end == datetime(2023, 3, 1)
    assert calendar.holding(datetime(2000, 5, 31), Grain.QUARTER).start == datetime(2000, 4, 1)


def test_weekdays_are_counted_strictly() -> None:
    wednesday = datetime(2023, 5, 10, 14)
    assert calendar.weekday(2, wednesday, -1).start == datetime(2023, 5, 3)
    assert calendar.weekday(2, wednesday, 1).start == datetime(2023, 5, 17)
    assert calendar.weekday(1, wednesday, -1).start == datetime(2023, 5, 9)
    assert calendar.weekday(1, wednesday, -2).start == datetime(2023, 5, 2)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2022, 4, 17), (2023, 4, 9), (2024, 3, 31), (2000, 4, 23)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert calendar.easter(year) == datetime(year, month, day)


def test_spans_that_overlap_have_no_order() -> None:
    may, week = calendar.month(2023, 5), calendar.holding(datetime(2023, 5, 10), Grain.WEEK)
    june = calendar.month(2023, 6)
    assert calendar.order(may, week) is Order.UNKNOWN
    assert calendar.order(may, june) is Order.BEFORE
    assert calendar.order(june, week) is Order.AFTER


def test_a_length_is_no_finer_than_what_was_said() -> None:
    day = calendar.day
    assert calendar.between(day(2023, 5, 1), day(2023, 5, 4)) == Length(3, Grain.DAY)
    assert calendar.between(day(2023, 5, 4), day(2023, 5, 1)) == Length(3, Grain.DAY)
    assert calendar.between(day(2023, 5, 1), day(2023, 6, 1)) == Length(4, Grain.WEEK)
    assert calendar.between(calendar.month(2023, 1), day(2023, 6, 20)) == Length(5, Grain.MONTH)
    assert calendar.between(calendar.holding(datetime(2019, 1, 1), Grain.YEAR), day(2023, 6, 1)) == Length(
        4, Grain.YEAR
    )


def test_a_span_holds_something() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Span(datetime(2023, 5, 1), datetime(2023, 5, 1), Grain.DAY)


@settings(deadline=None)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.sampled_from(list(Grain)))
def test_the_unit_that_holds_a_time_holds_it(at: datetime, grain: Grain) -> None:
    if grain is Grain.PART:
        return
    span = calendar.holding(at, grain)
    inside = span.start <= at.replace(second=0, microsecond=0) < span.end
    assert inside or (grain is Grain.WEEKEND and at.weekday() < 5)
