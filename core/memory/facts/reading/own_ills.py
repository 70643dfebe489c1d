"""Illnesses and allergies that are told without a verb: "my peanut allergy", "slipped disc", "latex allergy"."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.reading.frames_health import ALLERGY, DEGREE
from second_me.core.memory.facts.reading.lists_things import COMMON_COLDS, ILL_FIRST, ILLS
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot


def own_ills(words: list[Word]) -> Iterator[tuple[Slot, Span]]:
    """ "Because of my peanut allergy", "my asthma is bad today"."""
    lows = {word.low for word in words}
    if lows & _CURED:
        return
    for at in range(len(words) - 1):
        if words[at].low != "my":
            continue
        for last in range(at + 1, min(at + 4, len(words))):
            if words[last].low in ALLERGY and last > at + 1 and words[last - 1].low not in _NO_ALLERGEN:
                first = at + 1 + (words[at + 1].low in DEGREE and last > at + 2)
                yield Slot.ALLERGY, (first, last)
            elif last == at + 1 and words[last].low in ILLS - _NOT_MY and words[last].kind is Kind.WORD:
                yield Slot.HEALTH, (last, last + 1)


_CURED = frozenset(
    "outgrew outgrown gone used cured never grew cleared test tests disappeared n't not no".split()
)
_NO_ALLERGEN = frozenset("food seasonal bad new old stupid my severe mild terrible".split())
_NOT_MY = COMMON_COLDS | frozenset(
    "disorder syndrome disability phobia intolerance deficiency concussion covid cholesterol anxiety".split()
)


def lone_ill(words: list[Word]) -> Iterator[tuple[Slot, Span]]:
    """ "(My back's gone again,) slipped disc": an illness of two words that is all of its clause."""
    plain = [word for word in words if word.kind is not Kind.MARK]
    if len(plain) != 2 or _NOT_LONE & {word.low for word in plain}:
        return
    if plain[1].low in ILLS and (
        plain[0].low in ILL_FIRST or plain[0].low in ("slipped", "frozen", "trapped")
    ):
        yield Slot.HEALTH, (0, 2)


def lone_allergy(words: list[Word]) -> Iterator[tuple[Slot, Span]]:
    """ "(Tell them:) latex allergy", "severe nut allergy here": no more than this in the clause."""
    last = next((at for at, word in enumerate(words[:5]) if word.low in ALLERGY), 0)
    rest = {word.low for word in words[last + 1 :]}
    rest = set() if words[last + 1 : last + 2] and words[last + 1].low == "," else rest
    if last and rest <= {"here", "alert", ".", "!"} and words[last - 1].low not in _NO_ALLERGEN:
        first = int(words[0].low in DEGREE and last > 1)
        plain = all(word.kind is Kind.WORD and word.low.isalpha() for word in words[first:last])
        if plain and not _NOT_LONE & {word.low for word in words[:last]} and last - first < 3:
            yield Slot.ALLERGY, (first, last)


_NOT_LONE = frozenset("no not my your his her their the a an any this that s is pet and or an".split())
