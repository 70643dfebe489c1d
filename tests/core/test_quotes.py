"""A quote is a piece of what was said, letter by letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.sentences import sentences
from second_me.core.recall.quotes import MOST_CHARACTERS, best_quote, stem

PIECES = st.sampled_from(
    [
        "I moved to Bern. ",
        "Dr. Frei pulled it! ",
        "cello ",
        "\n\n",
        "。",
        "記憶は",
        "...",
        " ",
        "e.g. ",
        "It's 3.5 km? ",
        "x" * 120,
    ]
)
TEXTS = st.one_of(st.text(max_size=500), st.lists(PIECES, max_size=60).map("".join))
TERMS = st.lists(st.sampled_from(["bern", "cello", "frei", "", "moved", "zzz"]), max_size=4)


@given(TEXTS, TERMS)
def test_a_quote_is_verbatim_and_short(text: str, terms: list[str]) -> None:
    quote = best_quote(text, terms)
    assert quote in text
    assert len(quote) <= MOST_CHARACTERS
    assert bool(quote) == bool(text.strip())


@given(TEXTS)
def test_sentences_are_verbatim_and_in_order(text: str) -> None:
    at = 0
    for sentence in sentences(text):
        at = text.index(sentence, at) + len(sentence)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I moved. It rains.", ["I moved.", "It rains."]),
        ("Dr. Frei is gentle. She smiled.", ["Dr. Frei is gentle.", "She smiled."]),
        ("Mrs. Keller met Prof. Huber.", ["Mrs. Keller met Prof. Huber."]),
        ("I like fruit, e.g. plums. And nuts.", ["I like fruit, e.g. plums.", "And nuts."]),
        ("J. S. Bach wrote it.", ["J. S. Bach wrote it."]),
        ("It costs 3.50 francs.", ["It costs 3.50 francs."]),
        ("Really?! Yes...", ["Really?!", "Yes..."]),
        ('He said "Go." Then he left.', ['He said "Go."', "Then he left."]),
        ("我搬家了。下雨了！", ["我搬家了。", "下雨了！"]),
        ("one line\nanother line", ["one line", "another line"]),
        ("no end", ["no end"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_short_memory_is_quoted_whole() -> None:
    assert best_quote(" I moved to Bern. It rains. ", ["rains"]) == "I moved to Bern. It rains."


def test_a_long_memory_is_quoted_where_it_answers() -> None:
    filler = "We talked about the weather for a while. " * 8
    text = f"{filler}My brother plays the cello in Basel. {filler}"
    assert best_quote(text, ["brother", "cello"]).startswith("My brother plays the cello in Basel.")


def test_the_sentence_that_holds_most_of_the_terms_is_chosen() -> None:
    text = f"I said: cello lessons start. {'Nothing of note was said here. ' * 9}Yes. Cello lessons with Tim start."
    quote = best_quote(text, ["cello", "tim"])
    assert quote == "Cello lessons with Tim start."


def test_a_sentence_that_is_too_long_is_cut() -> None:
    text = "cello " * 100
    assert best_quote(text, ["cello"]) == text[:MOST_CHARACTERS].strip()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("plays", "play"),
        ("played", "play"),
        ("playing", "play"),
        ("studies", "study"),
        ("studied", "study"),
        ("boxes", "box"),
        ("quickly", "quick"),
        ("bus", "bus"),
        ("is", "is"),
        ("", ""),
        ("operations", "oper"),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected
