"""Whether a text may tell a time at all, and in which language it is: a look at its words, in microseconds."""

from __future__ import annotations

import re
from functools import cache

from second_me.core.recall.languages import STOP
from second_me.core.temporal.languages.chinese import CHINESE
from second_me.core.temporal.languages.english import ENGLISH
from second_me.core.temporal.languages.french import FRENCH
from second_me.core.temporal.languages.german import GERMAN
from second_me.core.temporal.languages.hindi import HINDI
from second_me.core.temporal.languages.spanish import SPANISH
from second_me.core.temporal.lexer import Lexicon

LEXICONS: dict[str, Lexicon] = {
    each.language: each for each in (ENGLISH, GERMAN, FRENCH, SPANISH, CHINESE, HINDI)
}
_SPACED = ("en", "de", "fr", "es")

_FIGURES = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\d:\d\d|\d\.\d\d?\.\d\d|\d\d?/\d|\d ?[aApP]\.?[mM]|'\d\d|\d0'?s"
    r"|\d(?:st|nd|rd|th)\b|Q[1-4]|\d ?h\b"
)
_DIGIT = re.compile(r"\d")
_TELLING = frozenset("ZMWKUXPSsHkc")
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u4e00-\u9fff]")
_WIDE_TELLING = re.compile("[年月日号周期天拜点末后前昨今明春夏秋冬晚节]|[上下]午|早上|小时|分钟|元旦")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")


@cache
def _telling(language: str) -> frozenset[str]:
    """Words that tell a time in a language with spaces; of phrases the longest word."""
    found = set(_ALSO.get(language, ()))
    for phrase, (tag, _) in LEXICONS[language].words.items():
        if tag in _TELLING and (parts := _WORD.findall(phrase)):
            found.add(max(parts, key=len))
    return frozenset(found)


@cache
def _telling_anywhere() -> frozenset[str]:
    return frozenset[str]().union(*(_telling(language) for language in _SPACED))


@cache
def _known(language: str) -> frozenset[str]:
    """Single words of a language's lexicon, the small ones too."""
    return frozenset(LEXICONS[language].words) | STOP[language]


_ALSO = {"en": ("since", "before", "after", "during", "clock", "half"), "fr": ("nuit",)}
"""What tells a time with an event ("since I moved") or in a pattern ("six o'clock")."""

_LETTERS = {"de": re.compile("[äöüß]"), "fr": re.compile("[éèêàçùœ]"), "es": re.compile("[áéíóúñ¿¡]")}


def _looks(text: str, language: str) -> float:
    """Letters that a language has and others lack count a little more than one word."""
    letters = _LETTERS.get(language)
    return 1.5 if letters is not None and letters.search(text) else 0.0


def language_of(text: str, language: str | None) -> str | None:
    """The language whose rules may find a time in a text; None where nothing can be found.

    `language` is what is known of it; where it is none of ours, the words decide.
    """
    if language in LEXICONS:
        return language
    if not text.isascii():
        if _WIDE.search(text):
            return "zh" if _WIDE_TELLING.search(text) or _FIGURES.search(text) else None
        if _DEVANAGARI.search(text):
            return "hi"
    words = set(_WORD.findall(text.casefold()))
    figures = _DIGIT.search(text) is not None and _FIGURES.search(text) is not None
    if not figures and words.isdisjoint(_telling_anywhere()):
        return None
    spoken = max(_SPACED, key=lambda each: len(words & _known(each)) + _looks(text, each))
    return spoken if figures or not words.isdisjoint(_telling(spoken)) else None


def names_holiday(words: str) -> bool:
    """Whether words are the name of a holiday, and nothing else."""
    name = words.strip().casefold()
    return any(lexicon.words.get(name, ("", None))[0] == "H" for lexicon in LEXICONS.values())
