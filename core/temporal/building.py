"""Small steps that several rules share: what single nodes mean as moments and lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.lexer import Node, dated
from second_me.core.temporal.moments import (
    Context,
    Moment,
    fixed,
    in_part,
    refined,
    relative,
    weekly,
    yearly,
)
from second_me.core.temporal.spans import Grain, Length, Span

FEW = (2, 5)
"""How many "a few" are."""

NUMBER = "[AND]"


def month(number: int, year: int | None = None) -> Moment:
    """A month, of a year or of the one that is meant."""
    if year is not None:
        return fixed(calendar.month(year, number))
    return yearly(lambda at: calendar.month(at, number), Grain.MONTH)


def month_day(month_number: int, number: int, year: int | None) -> Moment:
    """A day of a month."""
    if year is not None:
        return fixed(calendar.day(year, month_number, number))
    return dated(month_number, number)


def season(name: str, year: int | None = None) -> Moment:
    """A season, of the year in which it begins or of the one that is meant."""
    if year is not None:
        return fixed(calendar.season(year, name))
    return yearly(lambda at: calendar.season(at, name), Grain.SEASON)


def year(number: int) -> Moment:
    """A year."""
    return fixed(calendar.holding(datetime(number, 1, 1), Grain.YEAR))


def decade(number: int) -> Moment:
    """The ten years from a year on."""
    return fixed(calendar.holding(datetime(number, 1, 1), Grain.DECADE))


def quarter(number: int, at: int | None = None) -> Moment:
    """A quarter, of a year or of the one that is meant."""
    if at is not None:
        return fixed(calendar.quarter(at, number))
    return yearly(lambda of: calendar.quarter(of, number), Grain.QUARTER)


def moment(node: Node) -> Moment:
    """What a node means as a time. Raises ValueError when it means none."""
    value: Any = node.value
    if node.tag == "Z":
        assert isinstance(value, Moment)
        return value
    if node.tag == "H":
        return yearly(value, Grain.DAY)
    makers: dict[str, Any] = {
        "M": month, "W": weekly, "Y": year, "k": decade, "S": season, "s": season, "q": quarter, "V": lambda v: v
    }  # fmt: skip
    if node.tag not in makers:
        raise ValueError(f"no time: {node.tag}")
    made: Moment = makers[node.tag](value)
    return made


def named(base: Moment, step: int) -> Moment:
    """ "Last May", "this summer", "next Friday". Raises ValueError where nobody says so."""
    if base.named is None:
        raise ValueError("not said of this")
    return Moment(base.named(step), base.grain)


def unit_named(unit: Grain, step: int, times: int = 1) -> Moment:
    """ "Last week"; with `times` 2 "the week before last". The weekend of a week that has begun is this one."""

    def make(now: datetime) -> Span:
        if unit is Grain.SEASON:
            raise ValueError("which one")
        return calendar.unit_away(now, step * times, unit)

    return relative(make, unit)


def ago(amount: float, unit: Grain) -> Moment:
    """So many units before now (after, when negative), as exactly as the unit says."""
    if amount != int(amount):
        finer = {
            Grain.HOUR: Grain.MINUTE,
            Grain.DAY: Grain.HOUR,
            Grain.YEAR: Grain.MONTH,
            Grain.WEEK: Grain.DAY,
        }
        grain = finer.get(unit, Grain.DAY)
        return relative(lambda now: calendar.holding(calendar.moved(now, -amount, unit), grain), grain)
    grain = Grain.WEEK if unit is Grain.WEEKEND else unit
    return relative(lambda now: calendar.unit_away(now, -int(amount), unit), grain)


def few_ago(unit: Grain, sign: int) -> Moment:
    """A few units ago (`sign` 1) or from now (-1)."""
    near, far = (sign * count for count in FEW)

    def make(now: datetime) -> Span:
        one, other = calendar.unit_away(now, -far, unit), calendar.unit_away(now, -near, unit)
        return Span(min(one.start, other.start), max(one.end, other.end), unit)

    return relative(make, unit)


def latest_in(base: Moment, whole: Moment) -> Moment:
    """What comes again and again, the one in a week or year that is named."""

    def make(context: Context) -> Span:
        span = whole.make(context)
        found = base.make(replace(context, upto=span.end - timedelta(minutes=1)))
        if found.start < span.start:
            raise ValueError("not in it")
        return found

    return Moment(make, base.grain)


def one_year(several: Sequence[Moment]) -> list[Moment]:
    """ "March and July 2021": the year of the last is that of all."""
    *firsts, last = several

    def inherit(each: Moment) -> Moment:
        if not last.absolute or each.named is None or each.grain is not last.grain:
            return each
        return Moment(
            lambda c: each.make(replace(c, upto=last.make(c).start)),
            each.grain,
            absolute=True,
            named=each.named,
        )

    return [*map(inherit, firsts), last]


def window(amount: int, unit: Grain, step: int) -> Moment:
    """The last so many units until now, or the next ones from now."""

    def make(now: datetime) -> Span:
        if step < 0:
            start = calendar.moved(now, -amount, unit)
            return Span(start if unit in (Grain.MINUTE, Grain.HOUR) else calendar.midnight(start), now, unit)
        return Span(now, calendar.moved(now, amount, unit), unit)

    return relative(make, unit)


def beside(base: Moment, unit: Grain, after: bool) -> Moment:
    """ "The week before 9 June": the days that end where it begins; for longer units the calendar's own."""

    def refine(span: Span) -> Span:
        if unit is Grain.WEEKEND:
            return _weekend_beside(span, after)
        if unit in (Grain.DAY, Grain.WEEK):
            days = calendar.DAY * (7 if unit is Grain.WEEK else 1)
            return (
                Span(span.end, span.end + days, unit) if after else Span(span.start - days, span.start, unit)
            )
        return calendar.unit_away(span.start, 1 if after else -1, unit)

    return refined(base, refine, unit)


def _weekend_beside(span: Span, after: bool) -> Span:
    edge = span.end if after else span.start
    own = calendar.holding(edge, Grain.WEEKEND)
    if after:
        return own if own.start >= edge else calendar.unit_away(edge, 1, Grain.WEEKEND)
    return own if own.end <= edge else calendar.unit_away(edge, -1, Grain.WEEKEND)


def weekday_beside(base: Moment, number: int, after: bool) -> Moment:
    """ "The Sunday before 25 May": strictly before its first day, or after its last."""

    def refine(span: Span) -> Span:
        if after:
            return calendar.weekday(number, span.end - timedelta(minutes=1), 1)
        return calendar.weekday(number, span.start, -1)

    return refined(base, refine, Grain.DAY)


def offset(base: Moment, amount: float, unit: Grain, grain: Grain | None = None) -> Moment:
    """ "Two days before 1 March": so many units from its first day, as exactly as the unit (or `grain`) says."""

    def refine(span: Span) -> Span:
        return calendar.holding(calendar.moved(span.start, amount, unit), grain or unit)

    return refined(base, refine, grain or unit)


def named_again(base: Moment, step: int, times: int = 2) -> Moment:
    """ "The summer before last", "the Friday after next", "three summers ago". ValueError where nobody says so."""
    once = named(base, step).make

    def make(context: Context) -> Span:
        if times > 100:
            raise ValueError("nobody counts so far")
        for _ in range(times - 1):
            context = replace(context, now=once(context).start)
        return once(context)

    return Moment(make, base.grain)


def part_of(base: Moment, name: str) -> Moment:
    """A part of a day. Raises ValueError of what is no day."""
    if base.grain is not Grain.DAY:
        raise ValueError("no day")
    return in_part(base, name)


def length(amount: float, unit: Grain) -> Length:
    """A length of time."""
    whole = int(amount)
    return Length(whole if whole == amount else amount, unit)
