"""What the text of a turn shows of what it tells: names, numbers, times, reasons, words near to those asked.

Read for the few hundred turns that compete at the end, so it has to be quick: one pass over the letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from second_me.core.recall.asked import Asked
from second_me.core.recall.keys import STOP_WORDS
from second_me.core.recall.quotes import stem

Floats = npt.NDArray[np.float64]

RelatedWords = Callable[[str], Mapping[str, float]]
"""A word -> the words that may stand for it, each with how near it is, 0..1."""

_MARKS_BETWEEN = '.,;:!?"“”„«»()[]{}…—–-/\\|*_~<>=+&#@。！？，、；：؟،।'
_APART = str.maketrans({letter: " " for letter in _MARKS_BETWEEN} | {"’": "'", "‘": "'"})
_ASCII_APART = bytes(32 if chr(code) in _MARKS_BETWEEN else code for code in range(256))
TIME_WORDS = frozenset(
    """yesterday today tonight tomorrow last next ago week weeks weekend month months year years day days monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december recently since soon morning night summer winter spring fall autumn gestern heute
    morgen letzte letzten letztes nächste nächsten vor woche monat jahr montag dienstag mittwoch donnerstag freitag
    samstag sonntag hier aujourd'hui demain dernier dernière prochain semaine mois an ans ayer hoy mañana pasado
    pasada próximo semana mes año años""".split()
)
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten once twice couple few several both ein eine zwei drei vier
    fünf sechs sieben acht neun zehn un une deux trois quatre cinq sept huit neuf dix uno una dos tres cuatro cinco
    seis siete ocho nueve diez""".split()
)
_REASON_WORDS = frozenset(
    "because since helps help makes make made reminds remind feel feels love thought so".split()
)
_OPENING, _MARKS = '"“„«', '"“”„«».,;:!?…()'
_DIGIT = re.compile(r"\d")
_MOST_NAMES = 3.0


@dataclass(frozen=True, slots=True)
class Telling:
    """One turn: its text, and its words in order (`order`) and once each (`held`), lower case."""

    text: str
    order: list[str]
    held: frozenset[str]

    def says(self, wanted: Collection[str]) -> bool:
        """Whether any of these words is there."""
        return not self.held.isdisjoint(wanted)

    @property
    def question_inside(self) -> bool:
        """Whether it asks something anywhere."""
        return "?" in self.text or "？" in self.text or "؟" in self.text

    @property
    def quotes(self) -> bool:
        """Whether it quotes something, a title perhaps."""
        return any(mark in self.text for mark in '"“„«')

    @property
    def digits(self) -> bool:
        """Whether it holds a figure."""
        return _DIGIT.search(self.text) is not None

    @property
    def time_words(self) -> bool:
        """Whether it speaks of a time."""
        return self.says(TIME_WORDS) or self.digits

    @property
    def numbers(self) -> bool:
        """Whether it holds a number, in digits or in words."""
        return self.says(_NUMBER_WORDS) or self.digits

    @property
    def reasons(self) -> bool:
        """Whether it gives a reason or a feeling."""
        return self.says(_REASON_WORDS)

    def names(self, speakers: Collection[str]) -> float:
        """How many names it holds, at most 3; being addressed tells nothing, so `speakers` do not count."""
        found, before = 0.0, "."
        for word in self.text.split():
            quoted = word[0] in _OPENING
            name = word[1:] if quoted else word
            # A capital after a mark begins a sentence; a single one is "I".
            if name[:1].isupper() and name[1:2].isalpha() and (quoted or before[-1].isalpha()):
                found += name.strip(_MARKS).lower() not in speakers
            before = word
        return min(found, _MOST_NAMES)


def read_turn(text: str) -> Telling:
    """A turn's words: everything between spaces and marks, without possessive endings."""
    plain = _without_marks(text.lower())
    if "'" in plain:
        plain = f" {plain} ".replace("'s ", " ").replace("' ", " ").replace(" '", " ")
    order = plain.split()
    return Telling(text, order, frozenset(order))


def _without_marks(plain: str) -> str:
    if plain.isascii():
        return plain.encode("ascii").translate(_ASCII_APART).decode("ascii")  # four times as quick
    return plain.translate(_APART)


def nearest_words(asked: Asked, related: RelatedWords) -> dict[str, list[tuple[int, float]]]:
    """{word: [(term, nearness)]}: the words that may stand for the question's terms."""
    table: dict[str, list[tuple[int, float]]] = {}
    for at, (term, held_as) in enumerate(asked.groups.items()):
        for word in {term, *held_as}:
            table.setdefault(word, []).append((at, 1.0))
        for word, near in related(term).items():
            table.setdefault(word, []).append((at, near))
    return table


def related_shares(
    turns: Collection[Telling], table: Mapping[str, list[tuple[int, float]]], terms: int
) -> Floats:
    """(terms, turns): how near the nearest word of a turn is to each term, 0..1."""
    shares = np.zeros((terms, len(turns)))
    known = frozenset(table)
    for column, turn in enumerate(turns):
        for word in turn.held & known:
            for term, near in table[word]:
                shares[term, column] = max(shares[term, column], near)
    return shares


def phrases(asked: Asked) -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring words of the question, by their stems; not of two words that say nothing."""
    return frozenset(
        (_stem(one), _stem(two))
        for one, two in pairwise(asked.said)
        if not (one in STOP_WORDS and two in STOP_WORDS)
    )


def shared_phrases(turn: Telling, wanted: frozenset[tuple[str, str]]) -> float:
    """How many of them a turn says, at most 2."""
    if not wanted:
        return 0.0
    return float(min(2, len(wanted.intersection(pairwise(map(_stem, turn.order))))))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return stem(word)
