"""Dates as people write them in questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from second_me.core.temporal.languages.shared import ENGLISH_MONTHS
from second_me.core.temporal.spans import Grain, Span

_SEASONS = ("winter", "spring", "summer", "autumn")


def date_words(time: datetime | None) -> str:
    """A date as people write it in questions: `7 May 2023`."""
    return f"{time.day} {ENGLISH_MONTHS[time.month - 1]} {time.year}" if time else ""


def time_words(spans: Iterable[Span], spoken_at: datetime | None = None) -> str:
    """The dates of spans as people write them: `7 May 2023`, `May 2023`, `summer 2023`, `2023`, `1990s`.

    What `date_words(spoken_at)` says already is left out; a stretch says its first and its last month.
    """
    said = dict.fromkeys(part for span in spans for part in _span_words(span))
    return " ".join(part for part in said if part != date_words(spoken_at))


def _span_words(span: Span) -> list[str]:
    first, last = span.start, span.end - timedelta(minutes=1)
    months = [f"{ENGLISH_MONTHS[at.month - 1]} {at.year}" for at in (first, last)]
    if span.grain in (Grain.MINUTE, Grain.HOUR, Grain.PART, Grain.DAY):
        return (
            [date_words(first)] if last - first < timedelta(days=2) else [date_words(first), date_words(last)]
        )
    if span.grain is Grain.SEASON:
        return [f"{_SEASONS[first.month % 12 // 3]} {first.year}"]
    if span.grain is Grain.DECADE:
        return [f"{first.year}s"]
    return [str(at.year) for at in (first, last)] if span.grain is Grain.YEAR else months
