"""What narrows the timeline: who said it, when, what kind, and how it is held. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from second_me.app.views.memory.rows import Who


class Time(StrEnum):
    """The spans that the menu of times offers; a range is two days of the person's choice."""

    ANY = "any"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Filters:
    """All of them hold together. `first` and `last` are the days of a range, both counted in."""

    who: Who = Who.ALL
    speaker: str | None = None
    kind: str | None = None
    time: Time = Time.ANY
    first: date | None = None
    last: date | None = None
    faded: bool = False
    pinned: bool = False
    contradicting: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != Filters()

    def params(self, today: date, week_begins: int = 1) -> Mapping[str, Any]:
        """As `memory.timeline` and `memory.search` take them; `week_begins`: 1 is Monday, 7 Sunday."""
        wanted: dict[str, Any] = {"speaker": self.speaker, "kind": self.kind}
        if self.faded:
            wanted["faded"] = "only"
        wanted |= {name: True for name in ("pinned", "contradicting") if getattr(self, name)}
        first, last = self.days(today, week_begins)
        if first is not None:
            wanted["after"] = datetime.combine(first, time.min).isoformat()
        if last is not None:
            wanted["before_time"] = datetime.combine(last, time(23, 59, 59)).isoformat()
        return {name: value for name, value in wanted.items() if value is not None}

    def days(self, today: date, week_begins: int = 1) -> tuple[date | None, date | None]:
        """The first and the last day; None: no limit."""
        if self.time is Time.WEEK:
            return today - timedelta(days=(today.isoweekday() - week_begins) % 7), None
        if self.time is Time.MONTH:
            return today.replace(day=1), None
        if self.time is Time.YEAR:
            return today.replace(month=1, day=1), None
        return (self.first, self.last) if self.time is Time.RANGE else (None, None)
