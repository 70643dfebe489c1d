"""The file of rules (resources/fields/rules.toml), read and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from second_me.core.acting.recognition.lexicon import NONE, Lexicon, name_lexicon, text_lexicon
from second_me.core.acting.recognition.words import pieces_of, words_of
from second_me.core.acting.types import TYPES

TABLES = frozenset({"idle", "attributes", "kinds", "options", "patterns"})
"""Tables of the file that are not a language."""
SHORTEST_WRITTEN = 3
"""Letters that a language's phrase has at least, written together, to be looked for in ids and names."""
TEXT_IN_NAME = 0.85
"""What such a phrase counts for there."""

Entry = tuple[list[str], str, float]
"""Words of a phrase, its type, and how surely it says so."""


@dataclass(frozen=True, slots=True)
class RulesFile:
    """What the file says: phrases of texts, phrases of ids and names, words that say nothing, small words that stand
    between others, what each kind of input tells, the words of the choices of each list, and the examples that
    placeholders give."""

    texts: Lexicon
    names: Lexicon
    idle: frozenset[str]
    small: frozenset[str]
    kinds: Mapping[str, Mapping[str, float]]
    choices: Mapping[str, frozenset[str]]
    examples: Mapping[str, re.Pattern[str]]
    languages: frozenset[str]


def read_rules(toml_text: str) -> RulesFile:
    """The file from its text. Raises ValueError (of tomllib too) where it is no TOML, or has a type or a number that
    is none."""
    tables = {name: _table(name, table) for name, table in tomllib.loads(toml_text).items()}
    languages = frozenset(tables) - TABLES
    spoken = [entry for name in sorted(languages) for entry in _entries(tables[name], False)]
    written = list(_entries(tables.get("attributes", {}), True))
    small = frozenset(words_of(tables.get("idle", {}).get("small", "")))
    return RulesFile(
        texts=text_lexicon([*spoken, *_without_small(spoken, small)]),
        names=name_lexicon([*_written_together(spoken, {"".join(each[0]) for each in written}), *written]),
        idle=frozenset(words_of(tables.get("idle", {}).get("words", ""))),
        small=small,
        kinds={kind: dict(_weighed(text)) for kind, text in tables.get("kinds", {}).items()},
        choices={
            name: frozenset(" ".join(words_of(phrase)) for phrase in text.split(","))
            for name, text in tables.get("options", {}).items()
        },
        examples={name: _pattern(text) for name, text in tables.get("patterns", {}).items()},
        languages=languages,
    )


def _table(name: str, table: object) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
        raise ValueError(f"{name} is a table of texts")
    return table


def _entries(table: Mapping[str, str], identifiers: bool) -> Iterator[Entry]:
    for type_, text in table.items():
        _known(type_)
        for phrase, weight in _weighed(text):
            words = pieces_of(phrase) if identifiers else words_of(phrase)
            if words:
                yield words, type_, weight


def _weighed(text: str) -> Iterator[tuple[str, float]]:
    """The phrases of a line, each with its number: "a, b:.5" -> ("a", 1.0), ("b", 0.5)."""
    for part in text.split(","):
        phrase, _, number = part.strip().partition(":")
        weight = float(number) if number else 1.0
        if not 0.0 < weight <= 1.0:
            raise ValueError(f"{part.strip()}: a number from 0 to 1")
        yield phrase, weight


def _written_together(spoken: list[Entry], known: set[str]) -> Iterator[Entry]:
    """Phrases of texts as they are found in ids and names: those in Latin letters that are not known there already."""
    for words, type_, weight in spoken:
        joined = "".join(words)
        if joined.isascii() and len(joined) >= SHORTEST_WRITTEN and joined not in known:
            yield words, type_, weight * TEXT_IN_NAME


def _without_small(spoken: list[Entry], small: frozenset[str]) -> Iterator[Entry]:
    """Phrases without their small words, for texts without theirs: "name of company" meets "name of your company"."""
    for words, type_, weight in spoken:
        kept = [word for word in words if word not in small]
        if 1 < len(kept) < len(words):
            yield kept, type_, weight


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as fault:
        raise ValueError(f"{text}: no pattern ({fault})") from fault


def _known(type_: str) -> None:
    if type_ not in TYPES and type_ != NONE:
        raise ValueError(f"{type_} is no type of a field")
