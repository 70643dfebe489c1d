"""Absolute dates of languages that have no rules here ("7 maggio 2023"): dateparser knows their months.

Its parser finds dates that are not there, so only its names of months are used, and only for a word between a day
and a year; the date is put together here.
"""

from __future__ import annotations

import re
from functools import cache

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.languages.shared import ENGLISH_MONTHS
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
    number = _months().get(match["month"].casefold())
    if number is None:
        return None
    try:
        span = calendar.day(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
    return Expression(match.start(), match.end(), match.group(), ExpressionKind.POINT, (span,), absolute=True)


@cache
def _months() -> dict[str, int]:
    """The names of months in `_LANGUAGES`, in lower case; what names different months in two of them is left out."""
    from dateparser.languages.loader import default_loader  # takes a moment; few texts need it

    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        names = default_loader.get_locale(language).info
        for number, month in enumerate(ENGLISH_MONTHS, 1):
            for name in names.get(month.casefold(), ()):
                found.setdefault(name.casefold(), set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}
