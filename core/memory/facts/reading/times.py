"""Times of claims: since when something is true, or until when it was, as far as its sentence tells."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.temporal.find import expressions
from second_me.core.temporal.spans import Expression, ExpressionKind, Grain, Length

_DAYS = {Grain.DAY: 1.0, Grain.WEEK: 7.0, Grain.MONTH: 30.4375, Grain.YEAR: 365.25, Grain.DECADE: 3652.5}
_LONGEST = 120 * 365.25
_STAYED = re.compile(r"\b(?:used to|was|were|lived|worked|stayed|studied|taught|went|had|owned|from)\b", re.I)
_ENDS = re.compile(
    r"\b(?:until|till|fired|sacked|laid off|let go|redundant|left|leaving"
    r"|quit|sold|moved|lost|stopped|gave|ended|retired|broke|died|passed|graduated)\b",
    re.I,
)


class Times:
    """The time expressions of one sentence, looked for when the first claim asks."""

    def __init__(self, text: str, start: int, end: int, said_at: datetime | None) -> None:
        self._text, self._start, self._end, self._said_at = text, start, end, said_at
        self._found: tuple[Expression, ...] | None = None

    def of(self, draft: Draft) -> tuple[datetime | None, datetime | None]:
        """(since, until) of a claim: (None, None) when the sentence does not tell."""
        if not draft.timed or self._said_at is None:
            return None, None
        found = self._near(draft, self._said_at)
        if found is None or found[0] > self._said_at:
            return None, None
        when, over = found
        if draft.stance is not Stance.ENDED:
            return when, None
        if over is not None and over <= self._said_at and self._lasted(draft):
            return when, over
        return None, when

    def _lasted(self, draft: Draft) -> bool:
        """Whether the sentence tells of a stretch that is over ("worked there in 2018"), not of its end ("left")."""
        words = self._text[self._start : self._end]
        return bool(_STAYED.search(words)) and not _ENDS.search(words)

    def _near(self, draft: Draft, said_at: datetime) -> tuple[datetime, datetime | None] | None:
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

    def _moment(
        self, each: Expression, said_at: datetime, draft: Draft
    ) -> tuple[datetime, datetime | None] | None:
        """When it begins, and the end of the time that is told where it has one."""
        if each.kind in (ExpressionKind.POINT, ExpressionKind.RANGE) and each.spans:
            return each.spans[0].start, each.spans[-1].end
        lead = self._text[self._start : self._start + each.start].rstrip().lower()
        if each.kind is ExpressionKind.DURATION and each.length and draft.stance is not Stance.ENDED:
            said_so = each.quote.lower().startswith("for ") or lead.endswith(
                ("for", "over", "nearly", "almost", "about")
            )
            start = _back(said_at, each.length) if said_so else None
            return (start, None) if start else None
        return None


def _back(said_at: datetime, length: Length) -> datetime | None:
    """The start of the day that lies a length before."""
    days = _DAYS.get(length.unit, 0.0) * length.amount
    if not 0 < days <= _LONGEST:
        return None
    day = said_at - timedelta(days=days)
    return datetime(day.year, day.month, day.day)
