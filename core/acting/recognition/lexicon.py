"""Phrases and what they mean, found in a list of words: the longest phrases win, and what they cover is used up, so
that "company name" is never a "name"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

NONE = "none"
"""The meaning of words of fields that ask for nothing that we know."""

Meanings = tuple[tuple[str, float], ...]
"""Types that a phrase can mean, each with how surely, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a list of words: the numbers of its first word and of the word after it."""

    start: int
    end: int
    meanings: Meanings


class Lexicon:
    """Phrases of words. `between` stands between two words of a phrase: a blank in texts, nothing in ids and names."""

    def __init__(
        self, entries: Mapping[str, Mapping[str, float]], between: str, firsts: Mapping[str, int]
    ) -> None:
        self._entries: dict[str, Meanings] = {key: tuple(types.items()) for key, types in entries.items()}
        self._between = between
        self._longest = firsts

    def meanings(self, key: str) -> Meanings:
        """What one phrase means, words joined as in the lexicon; () where it is not known."""
        return self._entries.get(key, ())

    def found(self, words: Sequence[str]) -> list[Found]:
        """The phrases in the words, in their order, none on top of another; of two that overlap the longer one."""
        hits: list[tuple[int, int, int, Meanings]] = []
        for start in range(len(words)):
            for end in range(min(len(words), start + self._reach(words[start])), start, -1):
                key = self._between.join(words[start:end])
                meanings = self._entries.get(key)
                if meanings is not None and (
                    end == start + 1 or self._between or _hangs_together(words[start:end])
                ):
                    hits.append((-len(key), start, end, meanings))
        hits.sort(key=lambda each: each[:3])
        used = [False] * len(words)
        kept: list[Found] = []
        for _, start, end, meanings in hits:
            if not any(used[start:end]):
                used[start:end] = [True] * (end - start)
                kept.append(Found(start, end, meanings))
        kept.sort(key=lambda each: each.start)
        return kept

    def _reach(self, word: str) -> int:
        return self._longest.get(word, 0) if self._between else MOST_PIECES


MOST_PIECES = 5
"""Pieces of an id or a name that one phrase can have."""


SHORTEST_OF_SHREDS = 5
"""Signs of an id's phrase in which a piece of one sign stands: "f_name" is one, "c:pr" is none."""


def _hangs_together(pieces: Sequence[str]) -> bool:
    return min(map(len, pieces)) > 1 or sum(map(len, pieces)) >= SHORTEST_OF_SHREDS


def text_lexicon(entries: Iterable[tuple[Sequence[str], str, float]]) -> Lexicon:
    """Of (words, type, how surely), for texts."""
    table: dict[str, dict[str, float]] = {}
    longest: dict[str, int] = {}
    for words, type_, weight in entries:
        _put(table, " ".join(words), type_, weight)
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Lexicon(table, " ", longest)


def name_lexicon(entries: Iterable[tuple[Sequence[str], str, float]]) -> Lexicon:
    """Of (words, type, how surely), for ids and names."""
    table: dict[str, dict[str, float]] = {}
    for words, type_, weight in entries:
        _put(table, "".join(words), type_, weight)
    return Lexicon(table, "", {})


def _put(table: dict[str, dict[str, float]], key: str, type_: str, weight: float) -> None:
    types = table.setdefault(key, {})
    types[type_] = max(types.get(type_, 0.0), weight)
