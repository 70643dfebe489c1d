"""Pieces of a span: its first weekend, its last day, its middle, its half, a day of it by number."""

from __future__ import annotations

from datetime import datetime

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.moments import Context, Moment, Tense, refined
from second_me.core.temporal.spans import Grain, Span


def nth(base: Moment, which: int, unit: Grain | None, weekday_number: int | None) -> Moment:
    """The first weekend, the second Tuesday, the last day of a span; -1 is the last. ValueError if none."""

    def refine(span: Span) -> Span:
        if weekday_number is not None:
            edge = span.end if which < 0 else span.start - calendar.DAY
            found = calendar.weekday(weekday_number, edge, -1 if which < 0 else which)
        elif unit is Grain.WEEKEND:
            saturday = calendar.weekday(5, span.end if which < 0 else span.start - calendar.DAY, which)
            found = calendar.holding(saturday.start, Grain.WEEKEND)
        else:
            found = _nth_unit(span, which, unit or Grain.DAY)
        if not span.start <= found.start < span.end:
            raise ValueError("not so many")
        return found

    return refined(base, refine, Grain.DAY if weekday_number is not None else unit or Grain.DAY)


def _nth_unit(span: Span, which: int, unit: Grain) -> Span:
    """Days and weeks are counted from the span's first day, longer units by the calendar."""
    if which < 0:
        start = span.end - calendar.DAY * (7 if unit is Grain.WEEK else 1)
        return (
            Span(start, span.end, unit) if unit in (Grain.DAY, Grain.WEEK) else calendar.holding(start, unit)
        )
    start = calendar.moved(span.start, which - 1, unit)
    if unit in (Grain.DAY, Grain.WEEK):
        return Span(start, calendar.moved(start, 1, unit), unit)
    return calendar.holding(start, unit)


def half(base: Moment, which: int) -> Moment:
    """The first or the second half (-1 too) of a month or a year. ValueError of anything else."""
    if base.grain not in (Grain.MONTH, Grain.YEAR) or which not in (1, 2, -1):
        raise ValueError("no halves of that")
    grain = Grain.WEEK if base.grain is Grain.MONTH else Grain.QUARTER

    def refine(span: Span) -> Span:
        if base.grain is Grain.MONTH:
            cut = span.start + 15 * calendar.DAY
        else:
            cut = calendar.moved(span.start, 6, Grain.MONTH)
        return Span(span.start, cut, grain) if which == 1 else Span(cut, span.end, grain)

    return refined(base, refine, grain)


def on_weekday(base: Moment, number: int) -> Moment:
    """ "Thursday, 18 May": of this year or a neighbour, where the weekday fits; else as without the weekday."""
    if base.absolute:
        return base

    def make(context: Context) -> Span:
        plain = base.make(context)
        for years in (0, 1, -1, 2, -2):
            try:
                start = plain.start.replace(year=context.now.year + years)
            except ValueError:
                continue
            if start.weekday() == number:
                return Span(start, start + calendar.DAY, Grain.DAY)
        return plain

    return Moment(make, Grain.DAY, named=base.named)


def third(base: Moment, name: str) -> Moment:
    """Early, mid or late in a span."""
    grain = {Grain.MONTH: Grain.WEEK, Grain.YEAR: Grain.QUARTER, Grain.DECADE: Grain.YEAR}.get(
        base.grain, base.grain
    )
    return refined(base, lambda span: calendar.third(span, name), grain)


def day_of_month(number: int, base: Moment | None) -> Moment:
    """ "The 15th": of a month, or the latest (in the future tense the next)."""
    if base is not None:
        return refined(base, lambda span: calendar.day(span.start.year, span.start.month, number), Grain.DAY)

    def make(context: Context) -> Span:
        step = 1 if context.tense is Tense.FUTURE else -1
        at = context.now.replace(day=1)
        for _ in range(3):
            found = _day_or_none(at, number)
            if found and (found.end > context.now if step > 0 else found.start <= context.now):
                return found
            at = calendar.moved(at, step, Grain.MONTH)
        raise ValueError("no such day")

    return Moment(make, Grain.DAY)


def _day_or_none(at: datetime, number: int) -> Span | None:
    try:
        return calendar.day(at.year, at.month, number)
    except ValueError:
        return None


def day_on_weekday(number: int, weekday_number: int) -> Moment:
    """ "Monday the 15th": of this month, the one before or after, two away. ValueError where it never fits."""

    def make(context: Context) -> Span:
        for months in (0, -1, 1, -2, 2):
            found = _day_or_none(calendar.moved(context.now.replace(day=1), months, Grain.MONTH), number)
            if found is not None and found.start.weekday() == weekday_number:
                return found
        raise ValueError("no such day")

    return Moment(make, Grain.DAY)
