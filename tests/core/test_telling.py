"""What the text of a turn shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.recall.asked import name_words, read_question
from second_me.core.recall.telling import (
    nearest_words,
    phrases,
    read_turn,
    related_shares,
    shared_phrases,
)

NEAR = {"cello": {"violin": 0.7, "strings": 0.4}, "play": {"violin": 0.2}}


def near(word: str) -> dict[str, float]:
    return NEAR.get(word, {})


def test_words_in_order_without_signs_and_possessives() -> None:
    turn = read_turn("Anna’s cello, 'old' -- and well-loved, of her parents' and not ‘mine’ but Ben's")
    said = "anna cello old and well loved of her parents and not mine but ben"
    assert turn.order == said.split()
    assert turn.says({"cello", "flute"})
    assert not turn.says({"flute"})
    assert not turn.says(())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We went to Bergen with Carla", 2),
        ("Bergen is far", 0),  # the first word of a sentence is always large
        ("It rained. Then we left", 0),
        ("He said hello to Anna", 0),  # a speaker who is addressed
        ("from Rome to Oslo to Paris to Bern to Kyiv", 3),
        ("we read “Dune” there", 1),
        ("the été in Lyon", 1),
        ("я живу в Берлине", 1),
        ("والدي يعيش في القاهرة", 0),  # a script without capitals names nobody
        ("", 0),
    ],
)
def test_names_are_large_in_the_middle_of_a_sentence(text: str, names: int) -> None:
    assert read_turn(text).names({"anna"}) == names


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("We met last Friday", {"time"}),
        ("I have two cats", {"numbers"}),
        ("I have 2 cats", {"numbers", "digits", "time"}),
        ("I love it because it helps", {"reasons"}),
        ('She said "yes"', {"quotes"}),
        ("Sie sagte „ja“", {"quotes"}),
        ("How was it? Fine.", {"question"}),
        ("真的？", {"question"}),
        ("हाथ में २ फल", {"numbers", "digits", "time"}),
        ("plain words", set()),
        ("", set()),
    ],
)
def test_signs_of_what_it_tells(text: str, signs: set[str]) -> None:
    turn = read_turn(text)
    found = {
        "time": turn.time_words,
        "numbers": turn.numbers,
        "digits": turn.digits,
        "reasons": turn.reasons,
        "quotes": turn.quotes,
        "question": turn.question_inside,
    }
    assert {sign for sign, holds in found.items() if holds} == signs


def test_the_nearest_word_of_a_turn_counts_for_each_term() -> None:
    asked = read_question("play the cello", (), None)
    assert list(asked.groups) == ["play", "cello"]
    table = nearest_words(asked, near)
    turns = [
        read_turn(text)
        for text in ("a violin with strings", "strings", "the cello and the violin", "rain", "")
    ]
    assert related_shares(turns, table, 2).tolist() == [[0.2, 0, 0.2, 0, 0], [0.7, 0.4, 1.0, 0, 0]]
    assert related_shares([], table, 2).shape == (2, 0)


def test_phrases_are_pairs_by_their_stems_of_which_one_says_something() -> None:
    wanted = phrases(read_question("What is the blue painting of Anna about?", (), None))
    assert ("blu", "paint") in wanted
    assert ("is", "the") not in wanted
    assert shared_phrases(read_turn("two blue paintings"), wanted) == 1
    assert shared_phrases(read_turn("a painting, blue"), wanted) == 0
    assert shared_phrases(read_turn("the blue painting of Anna"), wanted) == 2
    assert shared_phrases(read_turn("the blue painting"), frozenset()) == 0


def test_names_of_speakers_as_words() -> None:
    assert name_words(("Anna", "Ben Ali", "")) == {"anna", "ben", "ali"}


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    turn = read_turn(text)
    assert turn.held == set(turn.order)
    assert 0 <= turn.names({"anna"}) <= turn.names(()) <= 3
