"""Arithmetic of the calendar. Weeks begin on Monday; seasons are meteorological, of the northern half.

Everything raises ValueError or OverflowError for a date that does not exist.
"""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta
from enum import StrEnum

from second_me.core.temporal.spans import Grain, Length, Span

DAY = timedelta(days=1)
PARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (18, 30)}
"""Hours from the day's midnight; a night ends on the next day."""

SEASON_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_MONTHS = {Grain.MONTH: 1, Grain.SEASON: 3, Grain.QUARTER: 3, Grain.YEAR: 12, Grain.DECADE: 120}
_LENGTHS = {
    Grain.MINUTE: timedelta(minutes=1),
    Grain.HOUR: timedelta(hours=1),
    Grain.DAY: DAY,
    Grain.WEEK: 7 * DAY,
    Grain.WEEKEND: 7 * DAY,
}


def midnight(at: datetime) -> datetime:
    """The beginning of its day."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def moved(at: datetime, amount: float, unit: Grain) -> datetime:
    """A time so many units later (earlier when negative). 31 January and a month is the last of February."""
    if unit in _LENGTHS:
        return at + amount * _LENGTHS[unit]
    months = round(amount * _MONTHS[unit])
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, calendar.monthrange(year, month + 1)[1]))


def day(year: int, month: int, number: int) -> Span:
    """A day of the calendar."""
    start = datetime(year, month, number)
    return Span(start, start + DAY, Grain.DAY)


def month(year: int, number: int) -> Span:
    """A month."""
    start = datetime(year, number, 1)
    return Span(start, moved(start, 1, Grain.MONTH), Grain.MONTH)


def season(year: int, name: str) -> Span:
    """The season that begins in a year."""
    start = datetime(year, SEASON_MONTH[name], 1)
    return Span(start, moved(start, 1, Grain.SEASON), Grain.SEASON)


def quarter(year: int, number: int) -> Span:
    """The first to the fourth quarter of a year."""
    start = datetime(year, 3 * number - 2, 1)
    return Span(start, moved(start, 1, Grain.QUARTER), Grain.QUARTER)


def part(of: datetime, name: str) -> Span:
    """A part (`PARTS`) of a day."""
    first, last = PARTS[name]
    start = midnight(of)
    return Span(start + timedelta(hours=first), start + timedelta(hours=last), Grain.PART)


def holding(at: datetime, unit: Grain) -> Span:
    """The unit of the calendar that holds a time; of a weekend, that of its week."""
    start = at.replace(second=0, microsecond=0)
    if unit is not Grain.MINUTE:
        start = start.replace(minute=0)
    if unit not in (Grain.MINUTE, Grain.HOUR):
        start = start.replace(hour=0)
    if unit in (Grain.WEEK, Grain.WEEKEND):
        start -= start.weekday() * DAY
    if unit is Grain.WEEKEND:
        return Span(start + 5 * DAY, start + 7 * DAY, unit)
    if unit in _MONTHS:
        start = start.replace(day=1)
    if unit is Grain.SEASON:
        start = moved(start, -(start.month % 3), Grain.MONTH)
    elif unit is Grain.QUARTER:
        start = start.replace(month=start.month - (start.month - 1) % 3)
    elif unit in (Grain.YEAR, Grain.DECADE):
        start = start.replace(month=1)
    if unit is Grain.DECADE:
        start = start.replace(year=start.year - start.year % 10)
    return Span(start, moved(start, 1, unit), unit)


def unit_away(at: datetime, amount: int, unit: Grain) -> Span:
    """The unit of the calendar so many units from the one that holds a time."""
    return holding(moved(at, amount, unit), unit)


def weekday(number: int, at: datetime, steps: int) -> Span:
    """The `steps`-th weekday (0: Monday) strictly after the day of a time; strictly before when negative."""
    today = midnight(at)
    if steps > 0:
        start = today + ((number - today.weekday() - 1) % 7 + 1) * DAY + (steps - 1) * 7 * DAY
    else:
        start = today - ((today.weekday() - number - 1) % 7 + 1) * DAY + (steps + 1) * 7 * DAY
    return Span(start, start + DAY, Grain.DAY)


def third(of: Span, name: str) -> Span:
    """The early, mid or late third: of a month from the 1st, 11th and 21st, of a longer span by months."""
    if of.grain is Grain.MONTH:
        cuts = [of.start, of.start + 10 * DAY, of.start + 20 * DAY, of.end]
        grain = Grain.WEEK
    elif of.grain in (Grain.YEAR, Grain.SEASON, Grain.QUARTER):
        months = _MONTHS[of.grain] // 3
        cuts = [moved(of.start, n * months, Grain.MONTH) for n in (0, 1, 2)] + [of.end]
        grain = Grain.QUARTER if of.grain is Grain.YEAR else Grain.MONTH
    elif of.grain is Grain.DECADE:
        cuts = [of.start, *(moved(of.start, n, Grain.YEAR) for n in (3, 7)), of.end]
        grain = Grain.YEAR
    else:
        raise ValueError("no thirds of that")
    at = ("early", "mid", "late").index(name)
    return Span(cuts[at], cuts[at + 1], grain)


def easter(year: int) -> datetime:
    """Easter Sunday (Gregorian; Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    number, at = divmod(h + m - 7 * n + 114, 31)
    return datetime(year, number, at + 1)


class Order(StrEnum):
    """Which of two spans came first; UNKNOWN where they overlap."""

    BEFORE = "before"
    AFTER = "after"
    UNKNOWN = "unknown"


def order(one: Span, other: Span) -> Order:
    """Whether one span lies before the other."""
    if one.end <= other.start:
        return Order.BEFORE
    return Order.AFTER if other.end <= one.start else Order.UNKNOWN


def coarser(one: Grain, other: Grain) -> Grain:
    """The less exact of two grains."""
    grains = list(Grain)
    return max(one, other, key=grains.index)


def between(earlier: Span, later: Span) -> Length:
    """The length from one span to another in the unit that their grains allow, whole units, never negative.

    Days up to two weeks, then weeks up to two months, then months up to two years, then years; never finer
    than the coarser of the two grains.
    """
    if later.start < earlier.start:
        earlier, later = later, earlier
    days = (midnight(later.start) - midnight(earlier.start)).days
    finest = coarser(coarser(earlier.grain, later.grain), Grain.DAY)
    months = (later.start.year - earlier.start.year) * 12 + later.start.month - earlier.start.month
    whole = months - (later.start.day < earlier.start.day)
    grains = list(Grain)
    if finest is Grain.DAY and days < 15:
        return Length(days, Grain.DAY)
    if grains.index(finest) <= grains.index(Grain.WEEK) and days < 62:
        return Length(round(days / 7), Grain.WEEK)
    if grains.index(finest) <= grains.index(Grain.QUARTER) and whole < 24:
        return Length(whole, Grain.MONTH)
    exact = grains.index(finest) < grains.index(Grain.YEAR)
    return Length(whole // 12 if exact else later.start.year - earlier.start.year, Grain.YEAR)


def in_unit(earlier: Span, later: Span, unit: Grain | None) -> Length | None:
    """As `between`, in a unit that was asked for where the spans are said exactly enough for it. None where they
    overlap and are not two days: nobody knows."""
    if order(earlier, later) is Order.UNKNOWN and not earlier.grain is later.grain is Grain.DAY:
        return None
    if unit is None:
        return between(earlier, later)
    if later.start < earlier.start:
        earlier, later = later, earlier
    if list(Grain).index(coarser(earlier.grain, later.grain)) > list(Grain).index(unit):
        return between(earlier, later)  # "how many days" of two months: in months
    if unit in _LENGTHS:
        return Length(int((later.start - earlier.start) / _LENGTHS[unit]), unit)
    months = (later.start.year - earlier.start.year) * 12 + later.start.month - earlier.start.month
    return Length((months - (later.start.day < earlier.start.day)) // _MONTHS[unit], unit)
