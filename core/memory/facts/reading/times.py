"""Times of claims: since when something is true, or until when it was, as far as its sentence tells."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.temporal.find import expressions
from second_me.core.temporal.spans import Expression, ExpressionKind, Grain, Length, Span

_DAYS = {Grain.DAY: 1.0, Grain.WEEK: 7.0, Grain.MONTH: 30.4375, Grain.YEAR: 365.25, Grain.DECADE: 3652.5}
_STATE = re.compile(
    r"\b(?:used to|lived|living|worked|working|was|were|been|studied|studying|attended|taught|served|had|owned|rented"
    r"|drove|resided)\b",
    re.IGNORECASE,
)
_CEASED = re.compile(
    r"\b(?:left|quit|sold|stopped|gave|got rid|until|till|retired|resigned|lost|moved|fired|sacked|laid|dropped|died"
    r"|passed|split|divorced|outgrew|ended|finished|graduated|born|no longer|any ?more)\b",
    re.IGNORECASE,
)
_LONGEST = 120 * 365.25


class Times:
    """The time expressions of one sentence, looked for when the first claim asks."""

    def __init__(self, text: str, start: int, end: int, said_at: datetime | None) -> None:
        self._text, self._start, self._end, self._said_at = text, start, end, said_at
        self._found: tuple[Expression, ...] | None = None

    def of(self, draft: Draft) -> tuple[datetime | None, datetime | None]:
        """(since, until) of a claim: (None, None) when the sentence does not tell."""
        if not draft.timed or self._said_at is None:
            return None, None
        if draft.stance is Stance.ENDED and (stretch := self._stretch(draft, self._said_at)) is not None:
            return stretch
        when = self._near(draft, self._said_at)
        if when is None or when > self._said_at:
            return None, None
        return (None, when) if draft.stance is Stance.ENDED else (when, None)

    def _near(self, draft: Draft, said_at: datetime) -> datetime | None:
        """The time that stands nearest behind the value, else before it."""
        if self._found is None:
            self._found = expressions(self._text[self._start : self._end], said_at)
        behind = [each for each in self._found if each.start + self._start >= draft.end]
        before = [
            each
            for each in self._found
            if each.end + self._start <= draft.start
            and " that " not in self._text[each.end + self._start : draft.start]
        ]
        for each in behind[:1] + before[-1:]:
            when = self._moment(each, said_at, draft)
            if when is not None:
                return when
        return None

    def _stretch(self, draft: Draft, said_at: datetime) -> tuple[datetime, datetime] | None:
        """Both ends of what is over: "I lived in A from 2010 to 2015", "in 2019 I worked at B". None: not told.

        The last year or month of "from ... to ..." is when it ended; of a single one, all of it is meant.
        """
        found = expressions(self._text[self._start : self._end], said_at)
        times = [each for each in found if each.spans]
        sentence = self._text[self._start : self._end]
        if len(times) != 1 or len(times[0].spans) != 1 or not _STATE.search(sentence):
            return None
        each, span = times[0], times[0].spans[0]
        if each.kind is ExpressionKind.RANGE and re.match(
            r"(?:from|between)\b|\d", each.quote, re.IGNORECASE
        ):
            start, end = span.start, _last(span)
        elif each.kind is ExpressionKind.POINT and span.grain is Grain.YEAR and not _CEASED.search(sentence):
            start, end = span.start, span.end - timedelta(days=1)
        else:
            return None
        return (start, end) if start < end <= said_at else None

    def _moment(self, each: Expression, said_at: datetime, draft: Draft) -> datetime | None:
        if each.kind in (ExpressionKind.POINT, ExpressionKind.RANGE) and each.spans:
            return each.spans[0].start
        lead = self._text[self._start : self._start + each.start].rstrip().lower()
        if each.kind is ExpressionKind.DURATION and each.length and draft.stance is not Stance.ENDED:
            said_so = each.quote.lower().startswith("for ") or lead.endswith(
                ("for", "over", "nearly", "almost", "about")
            )
            return _back(said_at, each.length) if said_so else None
        return None


def _back(said_at: datetime, length: Length) -> datetime | None:
    """The start of the day that lies a length before."""
    days = _DAYS.get(length.unit, 0.0) * length.amount
    if not 0 < days <= _LONGEST:
        return None
    day = said_at - timedelta(days=days)
    return datetime(day.year, day.month, day.day)


def _last(span: Span) -> datetime:
    """The beginning of the last year or month of a span, else its end."""
    if span.grain is Grain.YEAR:
        return span.end.replace(year=span.end.year - 1)
    return (span.end - timedelta(days=1)).replace(day=1) if span.grain is Grain.MONTH else span.end
