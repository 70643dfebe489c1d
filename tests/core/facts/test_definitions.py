"""The person's own words: what they mean by them is read as they said it, and only when they said it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.facts.reading.definitions import read_definitions


def read(text: str) -> list[tuple[str, str]]:
    return [(each.term.of(text), each.meaning.of(text)) for each in read_definitions(text)]


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        ("When I say 'the lab' I mean the shed behind our house.", "the lab", "the shed behind our house"),
        ("when I say the beast, I'm talking about my old Volvo", "the beast", "my old Volvo"),
        ("By “home base” I mean Anna's flat, not mine.", "home base", "Anna's flat"),
        ("Grandma's is what we call the yellow house on the hill.", "Grandma's", "the yellow house on the hill"),
        ("TNT stands for Thursday night trivia.", "TNT", "Thursday night trivia"),
        ("Zaza is our word for spaghetti.", "Zaza", "spaghetti"),
        ("In our family, a wobbly means an upset stomach.", "a wobbly", "an upset stomach"),
        ("We call the attic \"Siberia\".", "Siberia", "the attic"),
        ("Hello. Mit Bude meine ich die Wohnung in Essen.", "Bude", "die Wohnung in Essen"),
        ("If I write WFH I mean working from home.", "WFH", "working from home"),
    ],
)  # fmt: skip
def test_a_definition_is_read(text: str, term: str, meaning: str) -> None:
    assert read(text) == [(term, meaning)]


@pytest.mark.parametrize(
    "text",
    [
        "What does TNT stand for?",
        "By that I mean nothing.",
        "When you say the lab you mean the shed.",
        "He says the lab is what we call the shed.",
        "Imagine the lab stands for hope.",
        "I call my mother every Sunday.",
        "I mean it.",
        "It stands for freedom.",
        "This is what I call a party.",
    ],
)
def test_what_defines_no_word_is_left(text: str) -> None:
    assert read(text) == []


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    for each in read_definitions(text):
        assert each.term.of(text) in text
        assert each.meaning.of(text) in text


@pytest.mark.parametrize(
    "unit", ["when i say a", "by a i mean ", "a is what we call ", "we call the a ", "'"]
)
def test_long_texts_end(unit: str) -> None:
    assert len(read(unit * 4000)) <= 1
