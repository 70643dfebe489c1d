"""How long a memory lasts when nothing ever recalls it: its first stability, from importance and surprise.

Both are deterministic, read from its words and from how rare they are in what this person tells. The lists are
small, English, and chosen by hand, not fitted: docs/forgetting.md says what each is for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from second_me.core.recall.keys import query_terms

SHORTEST, LONGEST = 1.0, 16.0
"""Bounds of the first stability in days of use: faded after 90 and after about 1,450 days of use without a recall."""

SETTLED = 20
"""So many memories make an average; with fewer, no memory is surprising."""

_REMEMBER = re.compile(
    r"\b(?:remember|don'?t (?:let me )?forget|note to self|keep in mind|important)\b", re.IGNORECASE
)
_CLAIM = re.compile(
    r"\b(?:i(?:'m| am| was|'ve| have| had| live| work| moved| got| need| promised| decided| always| never)\b"
    r"|my \w+(?: \w+)? (?:is|are|was|were|has|lives?|works?)\b)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:born|birth(?:day)?|died|death|funeral|married|marry|wedding|engaged|divorced?|pregnant|graduat\w+|hired"
    r"|fired|promot\w+|retir\w+|moved|accident|hospital|surgery|diagnos\w+|allerg\w+|love|hate|afraid|scared|proud"
    r"|heartbroken|devastated|thrilled|furious|cried|crying)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")

_SIGNS = ((_REMEMBER, 0.8), (_CLAIM, 0.35), (_EVENT, 0.4), (_NUMBER, 0.2), (_NAME, 0.2))
_NOTED, _LENGTH, _FULL = 0.8, 0.3, 25.0


@dataclass(frozen=True, slots=True)
class Average:
    """Of the surprise of the memories until now: how many, their mean and deviation in bits."""

    count: int = 0
    mean: float = 0.0
    deviation: float = 0.0


def importance(text: str, noted: bool = False) -> float:
    """0 to 1. `noted`: the person told it in order to have it remembered.

    Each sign leaves a share of what is still missing to 1, so more signs never make it less.
    """
    missing = 1 - _LENGTH * (1 - math.exp(-len(text.split()) / _FULL))
    for sign, weight in _SIGNS:
        if sign.search(text):
            missing *= 1 - weight
    return 1 - missing * (1 - _NOTED if noted else 1)


def terms_of(text: str) -> list[str]:
    """The words that count for its surprise, each once."""
    return query_terms(text)


def bits(rarity: Mapping[str, float]) -> float | None:
    """Mean -log2 p of a text's content words, p being the share of the memories that hold the word, smoothed.

    `rarity` are {word: nats} of its words (`core.recall.rarity`), 0 for words of every day, which do not count.
    None when it has no other.
    """
    telling = [nats for nats in rarity.values() if nats > 0]
    return sum(telling) / len(telling) / math.log(2) if telling else None


def surprise(found: float | None, average: Average) -> float:
    """0 to 1: 0.5 is the person's average, a deviation above it 0.73, one below 0.27. Nothing to tell by: 0.5;
    only words of every day: 0."""
    if found is None:
        return 0.0
    if average.count < SETTLED or average.deviation <= 0:
        return 0.5
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, (found - average.mean) / average.deviation))))


def first_stability(important: float, surprising: float) -> float:
    """Days of use, SHORTEST to LONGEST, even on a logarithmic scale; importance counts twice as much as surprise."""
    share = (2 * min(1.0, max(0.0, important)) + min(1.0, max(0.0, surprising))) / 3
    return float(SHORTEST * (LONGEST / SHORTEST) ** share)
