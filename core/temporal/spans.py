"""Spans of time: from a start to an end that is not part of it, and how exactly that was said.

Times are local and naive, as the person would say them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Grain(StrEnum):
    """How exactly a time was said. PART is a part of a day."""

    MINUTE = "minute"
    HOUR = "hour"
    PART = "part"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


@dataclass(frozen=True, slots=True)
class Span:
    """`start` <= t < `end`. Raises ValueError when it would hold nothing."""

    start: datetime
    end: datetime
    grain: Grain

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("a span ends after it starts")


class ExpressionKind(StrEnum):
    """What an expression says: one time, a stretch with both ends, a length, a time beside an event, several."""

    POINT = "point"
    RANGE = "range"
    DURATION = "duration"
    ANCHORED = "anchored"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as it was said: `amount` of `unit`."""

    amount: float
    unit: Grain


@dataclass(frozen=True, slots=True)
class Anchor:
    """A time told by an event: `relation` is after, before, during or since; `event` is the text that names it.

    `grain` is that of "the summer after"; `offset` that of "two days before".
    """

    event: str
    relation: str
    grain: Grain | None = None
    offset: Length | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression of a text. `start` and `end` are code points of the text, `quote` what stands there.

    POINT and RANGE have one span, SET several, the others none. `absolute`: it means the same whenever it is
    said.
    """

    start: int
    end: int
    quote: str
    kind: ExpressionKind
    spans: tuple[Span, ...] = ()
    absolute: bool = False
    length: Length | None = None
    anchor: Anchor | None = None
