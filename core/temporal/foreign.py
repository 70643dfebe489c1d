"""Absolute dates of languages that have no rules here ("7 maggio 2023"): dateparser knows their months.

It finds dates that are not there, so it is asked only what month a word is, and only of a word between a day
and a year; the date is put together here.
"""

from __future__ import annotations

import re
import warnings
from datetime import datetime
from functools import lru_cache

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.spans import Expression, ExpressionKind

_CANDIDATE = re.compile(
    r"(?<![\w.])(?P<day>\d{1,2})\.?\s(?:de |di |af )?(?P<month>[^\W\d_]{3,12})\.?\s"
    r"(?:de )?(?P<year>(?:19|20)\d\d)(?!\w)"
)
_LANGUAGES = "it pt nl pl ru sv da nb fi cs tr uk ro hu el id".split()


def foreign_dates(text: str) -> tuple[Expression, ...]:
    """Whole dates with a month in another language, in order. Raises nothing."""
    found = (_read(match) for match in _CANDIDATE.finditer(text))
    return tuple(each for each in found if each is not None)


def _read(match: re.Match[str]) -> Expression | None:
    number = _month(match["month"].casefold())
    if number is None:
        return None
    try:
        span = calendar.day(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
    return Expression(match.start(), match.end(), match.group(), ExpressionKind.POINT, (span,), absolute=True)


@lru_cache(maxsize=4096)
def _month(word: str) -> int | None:
    """The month that a word names, 1 to 12."""
    from dateparser import parse  # takes a third of a second; few texts need it

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, about the day's place in a date
        try:
            read: datetime | None = parse(f"21 {word} 2001", languages=_LANGUAGES, settings=settings)
        except (ValueError, OverflowError):
            return None
    return read.month if read is not None and (read.day, read.year) == (21, 2001) else None
