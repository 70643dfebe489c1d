"""The words of times: a span as exactly as it was told, a length, and answers that tell them."""

from __future__ import annotations

from datetime import datetime, timedelta

from second_me.app.words import tr, trn
from second_me.core.temporal.spans import Grain, Length, Span
from second_me.core.twin.answers import Answer, MessageId


def _months() -> tuple[str, ...]:
    return (
        tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"), tr("July"), tr("August"),
        tr("September"), tr("October"), tr("November"), tr("December"),
    )  # fmt: skip


def _day(at: datetime) -> str:
    return tr("{day} {month} {year}", day=at.day, month=_months()[at.month - 1], year=at.year)


def _part(span: Span) -> str:
    day = _day(span.start)
    if span.end - span.start > timedelta(hours=6):
        return tr("in the night of {day}", day=day)
    return {
        6: tr("on the morning of {day}", day=day),
        12: tr("on the afternoon of {day}", day=day),
    }.get(span.start.hour, tr("on the evening of {day}", day=day))


def _season(span: Span) -> str:
    year = span.start.year
    return {
        3: tr("in spring {year}", year=year),
        6: tr("in summer {year}", year=year),
        9: tr("in autumn {year}", year=year),
    }.get(span.start.month, tr("in the winter of {year}/{next}", year=year, next=f"{(year + 1) % 100:02}"))


def _month(at: datetime) -> str:
    return tr("{month} {year}", month=_months()[at.month - 1], year=at.year)


def date_as_told(at: datetime, grain: Grain) -> str:
    """A date without preposition: "7 May 2023", "May 2023", "2023"."""
    return {Grain.YEAR: str(at.year), Grain.MONTH: _month(at)}.get(grain, _day(at))


def _whole(span: Span) -> bool:
    """Whether a span is one unit of its grain."""
    days = {Grain.DAY: 1, Grain.WEEKEND: 2, Grain.WEEK: 7, Grain.MONTH: 31, Grain.YEAR: 366}
    return span.end - span.start <= timedelta(days=days.get(span.grain, 3700))


def span_words(span: Span) -> str:
    """A span with its preposition: "on 7 May 2023", "in the week of 1 May 2023", "in summer 2023"."""
    start, last = span.start, span.end - timedelta(minutes=1)
    if not _whole(span) or (span.grain is Grain.WEEK and start.weekday() != 0):
        if span.grain is Grain.YEAR:
            return tr("from {first} to {last}", first=start.year, last=last.year)
        if span.grain is Grain.MONTH:
            return tr("from {first} to {last}", first=_month(start), last=_month(last))
        return tr("from {first} to {last}", first=_day(start), last=_day(last))
    if span.grain in (Grain.MINUTE, Grain.HOUR):
        return tr("on {day} at {time}", day=_day(start), time=f"{start:%H:%M}")
    if span.grain is Grain.PART:
        return _part(span)
    if span.grain is Grain.SEASON:
        return _season(span)
    return {
        Grain.DAY: tr("on {day}", day=_day(start)),
        Grain.WEEKEND: tr("on the weekend of {day}", day=_day(start)),
        Grain.WEEK: tr("in the week of {day}", day=_day(start)),
        Grain.MONTH: tr("in {month}", month=_month(start)),
        Grain.QUARTER: tr("from {first} to {last}", first=_month(start), last=_month(last)),
        Grain.YEAR: tr("in {year}", year=start.year),
        Grain.DECADE: tr("in the {year}s", year=start.year),
    }[span.grain]


def length_words(length: Length) -> str:
    """A length: "3 weeks"."""
    n = int(length.amount)
    return {
        Grain.MINUTE: trn("{n} minute", "{n} minutes", n),
        Grain.HOUR: trn("{n} hour", "{n} hours", n),
        Grain.DAY: trn("{n} day", "{n} days", n),
        Grain.WEEK: trn("{n} week", "{n} weeks", n),
        Grain.MONTH: trn("{n} month", "{n} months", n),
    }.get(length.unit, trn("{n} year", "{n} years", n))


def about_time(answer: Answer) -> str:
    """The sentence of an answer with `spans`."""
    told = "; ".join(_told_words(answer, at) for at in range(len(answer.spans)))
    length = length_words(answer.length) if answer.length is not None else ""
    if answer.message is MessageId.HOW_LONG_AGO:
        return tr("{length} ago: {when}.", length=length, when=told)
    if answer.message is MessageId.HOW_LONG_BETWEEN:
        return tr("{length}: {when}.", length=length, when=told)
    when = told[:1].upper() + told[1:]
    if answer.message is MessageId.CAME_FIRST:
        return tr("“{what}” came first. {when}.", what=answer.value, when=when)
    if answer.message is MessageId.ORDER_UNKNOWN:
        return tr("Which came first cannot be told from what you said. {when}.", when=when)
    if answer.message is MessageId.LENGTH_UNKNOWN:
        return tr("How long that was cannot be told from what you said. {when}.", when=when)
    return f"{when}."


def _told_words(answer: Answer, at: int) -> str:
    """A span of an answer; where the memory tells of no time, that it was said then."""
    words = span_words(answer.spans[at])
    return words if not answer.told or answer.told[at] else tr("said {when}", when=words)
