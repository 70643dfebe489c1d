"""A passage gives back only what it was read in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.facts.claims import Passage, passage
from second_me.core.memory.facts.slots import Group, Slot, group_of

TEXT = st.text(st.characters(exclude_characters=" \t\n"), min_size=1)


@given(TEXT, TEXT, TEXT)
def test_a_passage_is_the_words_that_it_was_taken_of(before: str, words: str, after: str) -> None:
    text = before + words + after
    words = words.strip() or words
    start = text.index(words)
    if words.strip():
        assert passage(text, start, start + len(words)).of(text) == words


@given(TEXT, TEXT)
def test_another_text_gives_nothing(text: str, other: str) -> None:
    try:
        taken = passage(text, 0, len(text))
    except ValueError:
        return  # only blanks
    if other != text:
        with pytest.raises(ValueError):
            taken.of(other)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (2, 1), (0, 99), (3, 4)])
def test_nothing_is_no_passage(start: int, end: int) -> None:
    with pytest.raises(ValueError):
        passage("abc d", start, end)


def test_blanks_are_left_out() -> None:
    assert passage("a  bc  d", 1, 7).of("a  bc  d") == "bc"


def test_a_passage_made_by_hand_holds_something() -> None:
    with pytest.raises(ValueError):
        Passage(3, 3, b"")


def test_every_slot_has_a_group() -> None:
    assert {group_of(slot) for slot in Slot} == set(Group)
