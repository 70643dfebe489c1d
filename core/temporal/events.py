"""Event times: the times that a memory tells of, beside the time at which it was said.

What is told from now ("last week") counts from when it was said; without that only dates with their year
count. Lengths and times beside an event are no dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from second_me.core.temporal.find import expressions
from second_me.core.temporal.spans import Span

MOST = 64
"""Of one memory; a calendar as a document has more."""

_NOBODY_SAYS = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class EventTime:
    """A time that a text tells of; it stands at these code points of it."""

    span: Span
    quote_start: int
    quote_end: int


@lru_cache(maxsize=1)  # the key of a memory and its times are made one after the other
def read_times(text: str, spoken_at: datetime | None) -> tuple[EventTime, ...]:
    """The times that a memory tells of, in the order of its text, each span once; at most `MOST`."""
    found: dict[Span, EventTime] = {}
    for each in expressions(text, spoken_at or _NOBODY_SAYS):
        if spoken_at is None and not each.absolute:
            continue
        for span in each.spans:
            found.setdefault(span, EventTime(span, each.start, each.end))
    return tuple(found.values())[:MOST]
