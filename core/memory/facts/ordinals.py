"""Ordinal numbers up to the thirty-first, as days of a month are told in words ("the twenty-first of May"). Pure."""

from __future__ import annotations

import re

_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_NUMBERS = {
    **{word: number for number, word in enumerate([*_ONES, *_TEENS], 1)},
    **{f"twenty{joint}{word}": 20 + number for number, word in enumerate(_ONES, 1) for joint in "- "},
    "thirtieth": 30, "thirty-first": 31, "thirty first": 31,
}  # fmt: skip
ORDINAL = "(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\b"
"""A pattern of them, small letters."""
_PATTERN = re.compile(r"\b" + ORDINAL, re.IGNORECASE)


def in_digits(text: str) -> str:
    """A text with its ordinal numbers written in digits."""
    return _PATTERN.sub(lambda match: str(_NUMBERS[match.group().casefold()]), text)
