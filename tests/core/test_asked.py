"""What a question says about the memory that it looks for."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.recall.asked import ME, Asked, read_question

SPEAKERS = ("Anna", "Ben Ali", ME)
NOW = datetime(2024, 5, 15, 12)


def read(question: str, now: datetime | None = None) -> Asked:
    return read_question(question, SPEAKERS, now)


def test_a_named_speaker_is_no_term() -> None:
    asked = read("Which cello did Anna buy?")
    assert asked.named == {"anna"}
    assert list(asked.groups) == ["cello", "buy"]
    assert asked.said == ("which", "cello", "did", "anna", "buy")


def test_a_name_is_a_term_where_nothing_else_is_left() -> None:
    assert list(read("Who is Anna?").groups) == ["anna"]


def test_one_word_of_a_name_is_enough() -> None:
    assert read("Where was Ali born?").named == {"ali"}
    assert read("What did Carla say?").named == frozenset()


def test_in_the_first_person_the_one_who_asks_is_named() -> None:
    assert read("Where do I live?").named == {ME}
    assert read_question("Where do I live?", ("Anna",), None).named == frozenset()
    assert read("Give me the keys of Anna").named == {"anna", ME}


def test_only_the_first_person_widens_its_words() -> None:
    assert {"moved", "home"} <= set(read("Where do I live?").groups["live"])
    assert "moved" not in read("Where does Anna live?").groups["live"]


def test_every_spelling_once() -> None:
    asked = read("Where is my home, where do I live?")
    assert sorted(set(asked.spelled)) == sorted(asked.spelled)
    assert set(asked.spelled) == {word for group in asked.groups.values() for word in group}


@pytest.mark.parametrize(
    ("question", "signs"),
    [
        ("When did Anna move?", {"time"}),
        ("How long did the trip take?", {"time"}),
        ("How many cellos does Anna have?", {"many"}),
        ("Wie viele Katzen hat sie?", {"many"}),
        ("Where does Anna work?", {"thing"}),
        ("Wer ist das?", {"thing"}),
        ("Why did Anna move?", {"reason"}),
        ("How does Anna feel?", {"reason"}),
        ("Which cities did she visit, and why does she say so?", {"thing", "reason"}),
        ("Tell me about the cello.", set()),
        ("", set()),
    ],
)
def test_the_kind_of_answer(question: str, signs: set[str]) -> None:
    asked = read(question)
    found = {
        "time": asked.asks_time,
        "many": asked.how_many,
        "thing": asked.named_thing,
        "reason": asked.reason,
    }
    assert {sign for sign, holds in found.items() if holds} == signs


def test_the_time_that_it_names() -> None:
    last = read("What did I do last week?", NOW).time.span
    assert last is not None
    assert last.start == datetime(2024, 5, 6)
    assert read("What did I do last week?").time.span is None
    may = read("What did I do in May 2023?").time.span
    assert may is not None
    assert may.start == datetime(2023, 5, 1)


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_can_be_asked(question: str) -> None:
    asked = read(question, NOW)
    assert all(asked.groups.values())
    assert asked.named <= {"anna", "ben", "ali", ME}
