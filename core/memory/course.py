"""The course of a life over the calendar: what was, and what comes if nothing recalls it. Pure.

Days of use are laid on the calendar: the past by their dates, the future by how often the app was used of late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from second_me.core.memory.forgetting import NORMAL, Life, fades_on, strength

POINTS = 40
"""About so many points of a curve, after each use and ahead."""

RECENT = 90
"""Days of the calendar over which the future's habit is read."""

_LEAST_AHEAD, _AHEAD, _NOON = 30, 500, time(12)

Point = tuple[datetime, float]


@dataclass(frozen=True, slots=True)
class Course:
    """Points (time, strength 0 to 1) until today and from today on; `half`: when it will be faded unless something
    recalls it, None where it is faded, pinned, or that is farther off than a calendar reaches."""

    past: tuple[Point, ...]
    ahead: tuple[Point, ...]
    half: datetime | None


def habit(days: Sequence[date]) -> float:
    """Days of use a day of the calendar, above 0 to 1, over the last RECENT days; 1 while there is too little to
    tell by."""
    if len(days) < 2:
        return 1.0
    first = max(days[0], days[-1] - timedelta(days=RECENT))
    return sum(day >= first for day in days) / ((days[-1] - first).days + 1)


def course(life: Life, days: Sequence[date], pace: float = NORMAL) -> Course:
    """The course of a life; `days` are all days of use, in order, the last of them today."""
    today, rate = max(1, len(days)), habit(days)
    fades = fades_on(life, pace)
    half = None if fades is None or fades <= today else _coming(days, today, fades, rate)
    until = today + _reach(today - life.born, 0 if half is None or fades is None else fades - today)
    ahead = [
        (when, strength(life, number, pace))
        for number in _spread(today, until)
        if (when := _coming(days, today, number, rate)) is not None
    ]
    return Course(tuple(_past(life, days, today, pace)), tuple(ahead), half)


def _reach(age: int, left: int) -> int:
    """How many days of use ahead are drawn: until a little after it is faded, unless that would leave no room for
    what was."""
    return max(_LEAST_AHEAD, min(int(1.3 * left), max(_AHEAD, 3 * age)))


def _past(life: Life, days: Sequence[date], today: int, pace: float) -> list[Point]:
    """A use is two points of one day: what had become of the memory, and what the use made of it."""
    turns = {use.day for use in life.uses} | ({life.let_go[0]} if life.let_go else set())
    points = list[Point]()
    numbers = {life.born, today}
    for begin in (life.born, *turns):
        numbers.update(_spread(begin, today))
    for number in sorted(number for number in numbers if life.born <= number <= today):
        when = _on(days, number)
        if number in turns and number > life.born:
            before = Life(
                life.born, life.first, tuple(use for use in life.uses if use.day < number), life.pinned,
                life.let_go if life.let_go is not None and life.let_go[0] < number else None,
            )  # fmt: skip
            points.append((when, strength(before, number, pace)))
        points.append((when, strength(life, number, pace)))
    return points


def _spread(first: int, last: int) -> list[int]:
    """Whole numbers from first to last, POINTS + 1 of them at most, both ends included; the denser the earlier, where
    a curve is steep."""
    return sorted({first + round((last - first) * (n / POINTS) ** 2) for n in range(POINTS + 1)})


def _on(days: Sequence[date], number: int) -> datetime:
    day = days[min(max(number, 1), len(days)) - 1] if days else date(2000, 1, 1)
    return datetime.combine(day, _NOON)


def _coming(days: Sequence[date], today: int, number: int, rate: float) -> datetime | None:
    try:
        return _on(days, today) + timedelta(days=round((number - today) / rate))
    except OverflowError:
        return None
