"""Runs of capitals with their small words: what names of people, towns and firms are made of."""

from __future__ import annotations

from second_me.core.memory.facts.reading.values import PREPOSITIONS
from second_me.core.memory.facts.reading.words import Kind, Word

LONGEST = 6


def is_capital(word: Word) -> bool:
    """Whether a word begins with a capital."""
    return word.cap and word.kind is Kind.WORD


def run(words: list[Word], at: int, links: frozenset[str]) -> int:
    """The end of a run of capitals that begins at words[at]; `links` may stand inside it, before a capital."""
    last = at
    while last < min(len(words), at + LONGEST + 4):
        if is_capital(words[last]) or (
            last > at
            and "the" in links
            and words[last].kind is Kind.NUMBER
            and words[last].low.isalnum()
            and _glued(words, last)
        ):
            last += 1
            continue
        if last > at and words[last].low == "'s" and "the" in links and _owns_house(words, last + 1):
            last += 1
            continue
        possessive = 0 < last < len(words) and words[last].low == "'" and words[last - 1].low.endswith("s")
        ahead = last + possessive
        while (
            ahead < len(words)
            and words[ahead].low in links
            and not is_capital(words[ahead])
            and ahead - last < 3
        ):
            ahead += 1
        if last == at or ahead == last or ahead >= len(words) or not is_capital(words[ahead]):
            break
        last = ahead + 1
    return last


_HOUSES = frozenset(
    """hospital school college church primary high university cathedral academy restaurant inn bar pub diner cafe café
    bakery secondary grammar hotel children""".split()
)


def _owns_house(words: list[Word], at: int) -> bool:
    """ "St. Mary's Hospital", and "McDonald's" where nothing that it owns follows."""
    if at < len(words) and words[at].cap:
        return words[at].low in _HOUSES
    return (
        at >= len(words)
        or words[at].kind is Kind.MARK
        or words[at].low in PREPOSITIONS
        or words[at].low in _AFTER_HOUSE
    )


_AFTER_HOUSE = frozenset(
    "and but so since as now because when while where which until full-time part-time too".split()
)


def _glued(words: list[Word], at: int) -> bool:
    return words[at].start - words[at - 1].end <= 1 and len(words[at].low) <= 2
