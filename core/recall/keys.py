"""What a memory is found by, and what a question asks for: words, in one spelling.

The key of an episode holds its text, its speaker, its date, the dates it tells of and what a preference is called
(LongMemEval: keys may be richer than values). It has two parts, each for an index of its own: words, and pairs
of neighbouring letters for scripts without spaces, because a word index sees a whole run of them as one word.
Korean has spaces but hangs its particles on the words, so it is cut into pairs too.

A term of a question is a word or a pair. `spellings` says how the index may hold it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from second_me.core.recall.date_words import date_words, time_words
from second_me.core.recall.key_words import preference_words
from second_me.core.recall.languages import (
    ASKING,
    ENGLISH,
    JAPANESE_PARTICLES,
    KOREAN_PARTICLES,
    STOP,
    asked_as,
    keys_of,
    language_of,
    says_nothing,
)
from second_me.core.recall.spelling import MARKS, folded, is_unspaced, runs, spaced_words, units, without_runs
from second_me.core.temporal.events import read_times

KEY_VERSION = 3
"""Of what `search_key` makes. A vault with older keys is rewritten in the background: count up with every change."""

STOP_WORDS = STOP[ENGLISH] | STOP["de"] | STOP["fr"] | STOP["es"]

_ASKING = re.compile(f"(?:{'|'.join(ASKING)})(?![{MARKS}])")  # with a mark its last letter is another one
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_KOREAN = re.compile(f"(?<=..)(?:{'|'.join(KOREAN_PARTICLES)})$")
_KANJI, _JOINT = "[\u30a1-\u30fe\u3005\u3400-\u9fff]", "|".join(JAPANESE_PARTICLES)
_JAPANESE = re.compile(f"(?<={_KANJI})(?:{_JOINT})$|(?<={_KANJI}{{2}})(?:{_JOINT})(?={_KANJI}{{2}})")


class Key(NamedTuple):
    """The text under which the indexes hold an episode; `pairs` is empty but for scripts without spaces."""

    words: str
    pairs: str


def words(text: str) -> list[str]:
    """Words of a text in lower case, possessive endings dropped, scripts without spaces left as runs."""
    return [word.removesuffix("'s") for word in spaced_words(folded(text))]


def bigrams(text: str) -> list[str]:
    """Neighbouring letters of every run of a script without spaces (a run of one letter stays as it is)."""
    return [pair for run in runs(folded(text)) for pair in _pairs(run)]


def _pairs(run: str) -> list[str]:
    letters = units(run)
    return ["".join(two) for two in pairwise(letters)] or letters


def _held_pairs(run: str) -> list[str]:
    """Pairs and the last letter: so every letter begins something that is held, and can be asked for alone."""
    letters = units(run)
    return [*_pairs(run), letters[-1]] if len(letters) > 1 else letters


def search_key(text: str, speaker: str, spoken_at: datetime | None) -> Key:
    """The text under which the indexes hold an episode, in the spelling of `spellings`."""
    told = time_words((each.span for each in read_times(text, spoken_at)), spoken_at)
    liked = preference_words(text)
    said = folded(" . ".join(part for part in (speaker, date_words(spoken_at), text, told, liked) if part))
    plain = _plain_words(said)
    language = language_of(plain)
    if language == ENGLISH and said.isascii():
        return Key(" ".join(plain), "")
    return Key(
        " ".join(key for word in plain for key in keys_of(word, language)),
        " ".join(pair for run in runs(said) for pair in _held_pairs(run)),
    )


def query_terms(question: str) -> list[str]:
    """Distinct words and pairs to look for, without stop words; all words when nothing else is left."""
    said = folded(question)
    plain = _plain_words(said)
    language = language_of(plain)
    content = [word for word in plain if "'" not in word and not says_nothing(word, language)]
    pairs = [pair for run in _asked_runs(said) for pair in _pairs(run)]
    return list(dict.fromkeys((content or plain) + pairs))


def spellings(question: str, terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """How the indexes may hold each term of a question; one that ends in `*` is the beginning of a word."""
    language = language_of(_plain_words(folded(question)))
    return {term: _spellings(term, language) for term in terms}


def _spellings(term: str, language: str) -> tuple[str, ...]:
    if is_unspaced(term):
        return (term,) if len(units(term)) > 1 else (term + "*",)
    return asked_as(term, language)


def _plain_words(said: str) -> list[str]:
    return [word.removesuffix("'s") for word in spaced_words(without_runs(said))]


def _asked_runs(said: str) -> list[str]:
    """The runs of a question without what only asks, or joins words; all of them when nothing is left."""
    return [part for run in runs(_ASKING.sub(" ", said)) for part in _bare(run).split()] or runs(said)


def _bare(run: str) -> str:
    return _KOREAN.sub("", run) if _HANGUL.fullmatch(run) else _JAPANESE.sub(" ", run)
