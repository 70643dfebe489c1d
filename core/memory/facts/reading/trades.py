"""Trades and places of work that are known by their form: "bridge inspector", "the eye clinic"."""

from __future__ import annotations

from second_me.core.memory.facts.reading.lists_work import (
    DOER_ENDS,
    NO_MAKERS,
    NO_TRADES,
    OF_WHAT,
    WORKPLACES,
)
from second_me.core.memory.facts.reading.values import NOUN_ONLY, Span, chunk
from second_me.core.memory.facts.reading.words import Kind, Word

_QUALITIES = ("ly", "ful", "less", "ish", "ous")


def by_its_end(words: list[Word], span: Span) -> bool:
    """ "(a) bridge inspector", "(a) turbine installer": a doer's ending with a noun in front that says of what."""
    first, last = span
    head = words[last - 1]
    if (
        not head.low.endswith(DOER_ENDS)
        or head.low in NO_TRADES
        or len(head.low) < 6
        or head.cap
        or last - first < 2
    ):
        return False
    return all(
        word.kind is Kind.WORD
        and not word.cap
        and word.low not in NO_MAKERS
        and not word.low.endswith(_QUALITIES)
        for word in words[first : last - 1]
    )


def workplace(words: list[Word], at: int) -> Span | None:
    """ "(I work at the) eye clinic", "(for the) city council": a place in small letters that everybody there knows."""
    if at < len(words) and words[at].cap:
        return None
    span = chunk(words, at, NOUN_ONLY)
    if span is None or span[0] != at or span[1] - span[0] > 3:
        return None
    last = span[1]
    while last < len(words) and words[last].cap:
        last += 1  # "the brewery Kemp & Sons": a name in apposition is no part of this
    head, several = words[span[1] - 1].low, span[1] - span[0] > 1
    return span if last == span[1] and (head in WORKPLACES or (several and head in OF_WHAT)) else None
