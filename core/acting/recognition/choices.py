"""What the choices of a select say about it: a list of countries, of months, of years to come."""

from __future__ import annotations

import re
from collections.abc import Mapping

from second_me.core.acting.forms import Field
from second_me.core.acting.recognition.words import words_of

LOOKED_AT = 60
"""Choices of a list that are read."""
FEWEST, LEAST_SHARE = 2, 0.3
"""A list is known by at least so many of its choices, and this share of them."""
_CALLING_CODE = re.compile(r"\+ ?\d{1,4}\b")
_NUMBER = re.compile(r"(\d{1,4}) ?[年月日년월일]?")
OLDEST_CARD_YEAR = 2015
"""Years of a list for cards begin after that."""
MONTHS = {"cc-exp-month": 0.5, "bday-month": 0.4}
"""What a list of months is, where nothing else says it."""


class Choices:
    """Lists of choices by name (resources/fields/rules.toml, options)."""

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        self._lists = lists

    def scores(self, field: Field) -> dict[str, float]:
        """Types that the choices of a select speak for, 0 to 1; {} for other fields."""
        texts = [each.text for each in field.options[:LOOKED_AT] if each.text.strip()]
        if not field.kind.startswith("select") or len(texts) < FEWEST:
            return {}
        if sum(1 for text in texts if _CALLING_CODE.search(text)) > len(texts) / 2:
            return {"tel-country-code": 1.0}
        return _of_numbers(texts) or self._of_words(texts)

    def _of_words(self, texts: list[str]) -> dict[str, float]:
        folded = [" ".join(word for word in words_of(text[:60]) if not word.isdigit()) for text in texts]
        shares = {
            name: share
            for name, words in self._lists.items()
            if (share := sum(1 for text in folded if text in words) / len(folded)) >= LEAST_SHARE
            and share * len(folded) >= FEWEST - 0.5
        }
        if not shares:
            return {}
        best = max(shares, key=lambda name: shares[name])
        if best == "month":
            return dict(MONTHS)
        return {best: min(1.0, 0.6 + shares[best])}


def _of_numbers(texts: list[str]) -> dict[str, float]:
    """Days, months and years: lists of numbers (a first choice may be a word)."""
    found = [match for text in texts if (match := _NUMBER.fullmatch(text.strip()))]
    numbers = {int(match[1]) for match in found}
    if len(numbers) < 3 or len(found) < len(texts) - 2:
        return {}
    if all(1 <= number <= 12 for number in numbers) and len(numbers) == 12:
        return dict(MONTHS)
    if all(1 <= number <= 31 for number in numbers) and len(numbers) >= 28:
        return {"bday-day": 1.0}
    return _of_years(numbers)


def _of_years(numbers: set[int]) -> dict[str, float]:
    first, last = min(numbers), max(numbers)
    if first >= 1850 and last <= 2150:
        return {"bday-year": 1.0} if first < OLDEST_CARD_YEAR else {"cc-exp-year": 0.8, "bday-year": 0.2}
    return {"cc-exp-year": 0.7} if first >= 15 and last <= 60 else {}
