"""Nearness in time prefers what happened in a span, then what was said in it, and never more than 1."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from second_me.core.recall.timely import event_nearness, nearness, spoken_nearness, times
from second_me.core.temporal.asking import Wanted, WantedKind
from second_me.core.temporal.spans import Grain, Span

MAY = Span(datetime(2023, 5, 1), datetime(2023, 6, 1), Grain.MONTH)
ASKED = Wanted(WantedKind.IN_SPAN, MAY)
DATES = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1))


def day(month: int, number: int) -> Span:
    start = datetime(2023, month, number)
    return Span(start, start + timedelta(days=1), Grain.DAY)


def test_without_a_span_all_are_equal() -> None:
    assert nearness(Wanted(WantedKind.WHEN), datetime(2023, 5, 1), [day(5, 1)]) == 0.0


def test_event_before_speaking_time_before_what_lies_outside() -> None:
    year = Span(datetime(2023, 1, 1), datetime(2024, 1, 1), Grain.YEAR)
    inside = nearness(ASKED, datetime(2024, 1, 1), [day(5, 10)])
    coarser = nearness(ASKED, datetime(2024, 6, 1), [year])
    said = nearness(ASKED, datetime(2023, 5, 10), [])
    shortly_after = nearness(ASKED, datetime(2023, 6, 3), [])
    before = nearness(ASKED, datetime(2023, 4, 28), [])
    far = nearness(ASKED, datetime(2019, 1, 1), [day(12, 1)])
    unknown = nearness(ASKED, None, [])
    assert inside == 1.0
    assert inside > said > coarser > before > far > unknown == 0.0
    assert said > shortly_after > before


def test_one_of_several_events_is_enough() -> None:
    assert nearness(ASKED, None, [day(1, 1), day(5, 10)]) == 1.0


def test_arrays_say_the_same_as_one_by_one() -> None:
    events = [day(1, 1), day(5, 10), day(6, 2)]
    starts, ends = times([each.start for each in events]), times([each.end for each in events])
    together = event_nearness(MAY, starts, ends)
    assert together.dtype == "float32"
    assert [float(each) for each in together] == [nearness(ASKED, None, [each]) for each in events]
    said = [datetime(2023, 5, 3), None, datetime(2020, 1, 1)]
    assert [float(x) for x in spoken_nearness(MAY, times(said))] == [nearness(ASKED, at, []) for at in said]


@given(DATES, DATES, st.timedeltas(timedelta(minutes=1), timedelta(days=4000)))
def test_it_lies_between_0_and_1(spoken: datetime, start: datetime, length: timedelta) -> None:
    assert 0.0 <= nearness(ASKED, spoken, [Span(start, start + length, Grain.DAY)]) <= 1.0
