"""Moments: times that wait for the *now* of who says them, and for the tense of the sentence.

"In May" is the May that was or the one to come; "on Friday" the one before or after. A moment becomes a span
by a `Context`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.spans import Grain, Span


class Tense(Enum):
    """What a sentence tells of."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Context:
    """When something was said and in what tense; `upto`: the latest that starts no later is meant."""

    now: datetime
    tense: Tense = Tense.UNKNOWN
    upto: datetime | None = None


Make = Callable[[Context], Span]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time. `absolute`: it is the same for every `now`. `grain`: how exact it will be.

    `named` makes "last May" (-1), "this May" (0), "next May" (1); None where nobody says so.
    """

    make: Make
    grain: Grain
    absolute: bool = False
    named: Callable[[int], Make] | None = None


def fixed(span: Span) -> Moment:
    """A time that is known."""
    return Moment(lambda _: span, span.grain, absolute=True)


def relative(make: Callable[[datetime], Span], grain: Grain) -> Moment:
    """A time told from now, whatever the tense."""
    return Moment(lambda context: make(context.now), grain)


def yearly(of: Callable[[int], Span], grain: Grain) -> Moment:
    """What comes once a year (a month, a season, a holiday, 5 May); `of` gives a year's, ValueError if none."""

    def latest(now: datetime, ended: bool = False) -> Span:
        return _first(of, range(now.year, now.year - 9, -1), lambda s: (s.end if ended else s.start) <= now)

    def coming(now: datetime, begun: bool = True) -> Span:
        return _first(of, range(now.year - 1, now.year + 9), lambda s: (s.end if begun else s.start) > now)

    def make(context: Context) -> Span:
        if context.upto is not None:
            return latest(context.upto)
        return coming(context.now) if context.tense is Tense.FUTURE else latest(context.now)

    def this(context: Context) -> Span:
        before = of(context.now.year - 1)
        return before if before.start <= context.now < before.end else of(context.now.year)

    def named(step: int) -> Make:
        if step == 0:
            return this
        return lambda c: latest(c.now, ended=True) if step < 0 else coming(c.now, begun=False)

    return Moment(make, grain, named=named)


def _first(of: Callable[[int], Span], years: range, wanted: Callable[[Span], bool]) -> Span:
    for year in years:
        try:
            span = of(year)
        except ValueError:
            continue
        if wanted(span):
            return span
    raise ValueError("no such day")


def weekly(number: int) -> Moment:
    """A weekday: before now in the past tense, else after."""

    def make(context: Context) -> Span:
        if context.upto is not None:
            return calendar.weekday(number, context.upto + calendar.DAY, -1)
        return calendar.weekday(number, context.now, -1 if context.tense is Tense.PAST else 1)

    def this(context: Context) -> Span:
        today = calendar.holding(context.now, Grain.DAY)
        return today if today.start.weekday() == number else make(context)

    def following(context: Context) -> Span:
        start = calendar.unit_away(context.now, 1, Grain.WEEK).start + number * calendar.DAY
        return Span(start, start + calendar.DAY, Grain.DAY)

    def named(step: int) -> Make:
        if step < 0:
            return lambda context: calendar.weekday(number, context.now, -1)
        return this if step == 0 else following

    return Moment(make, Grain.DAY, named=named)


def refined(base: Moment, refine: Callable[[Span], Span], grain: Grain) -> Moment:
    """A part of another moment."""
    named = base.named
    return Moment(
        lambda context: refine(base.make(context)),
        grain,
        base.absolute,
        (lambda step: lambda context: refine(named(step)(context))) if named is not None else None,
    )


def in_part(base: Moment, name: str) -> Moment:
    """The morning of a day."""
    return refined(base, lambda span: calendar.part(span.start, name), Grain.PART)


def at_clock(base: Moment, hour: int, minute: int | None) -> Moment:
    """A time of the clock of a day; without minutes the whole hour is meant."""
    grain = Grain.HOUR if minute is None else Grain.MINUTE

    def refine(span: Span) -> Span:
        later = 12 if span.grain is Grain.PART and span.start.hour >= 12 > hour else 0
        start = calendar.midnight(span.start) + timedelta(hours=hour + later, minutes=minute or 0)
        return Span(
            start, start + timedelta(hours=1) if minute is None else start + timedelta(minutes=1), grain
        )

    return refined(base, refine, grain)


def stretch(first: Moment, last: Moment) -> Moment:
    """From the start of one to the end of the other; "from May to July 2021" has one year."""

    def make(context: Context) -> Span:
        end = last.make(context)
        start = first.make(replace(context, upto=end.start))
        return Span(start.start, end.end, calendar.coarser(start.grain, end.grain))

    grain = calendar.coarser(first.grain, last.grain)
    return Moment(make, grain, last.absolute)


def since(first: Moment) -> Moment:
    """From the start of one until now. The latest that has begun is meant."""

    def make(context: Context) -> Span:
        return Span(first.make(replace(context, tense=Tense.PAST)).start, context.now, first.grain)

    return Moment(make, first.grain)


def until(last: Moment) -> Moment:
    """From now to the end of one; of what is past only the end is known: that one itself."""

    def make(context: Context) -> Span:
        end = last.make(context if context.tense is Tense.PAST else replace(context, tense=Tense.FUTURE))
        return Span(context.now if end.end > context.now else end.start, end.end, last.grain)

    return Moment(make, last.grain)
