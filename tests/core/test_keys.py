"""Questions and memories meet in the same spelling."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.recall.keys import STOP_WORDS, bigrams, date_words, query_terms, search_key, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna's bike", ["anna", "bike"]),
        ("Anna’s bike", ["anna", "bike"]),
        ("I don't know", ["i", "don't", "know"]),
        ("ANNA, anna; Anna!", ["anna", "anna", "anna"]),
        ("Straße", ["strasse"]),
        ("café", ["café"]),
        ("ﬁne", ["fine"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("?!…", []),
        ("😀", []),
        ("a\0b", ["a", "b"]),
        ("12.5", ["12", "5"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我住在伯尔尼", ["我住", "住在", "在伯", "伯尔", "尔尼"]),
        ("猫 and 犬猫", ["猫", "犬猫"]),
        ("no wide letters", []),
        ("한국어", ["한국", "국어"]),
    ],
)
def test_scripts_without_spaces_become_pairs(text: str, expected: list[str]) -> None:
    assert bigrams(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Where did Anna's brother go?", ["anna", "brother", "go"]),
        ("When is Anna's birthday and Anna's party?", ["anna", "birthday", "party"]),
        ("What's my name?", ["name"]),
        ("Who are you?", ["who", "are", "you"]),
        ("Wo ist mein Schlüssel?", ["schlüssel"]),
        ("猫はどこ", ["猫は", "はど", "どこ"]),
        ("my 猫", ["my", "猫"]),
        ("", []),
    ],
)
def test_terms_of_a_question(question: str, expected: list[str]) -> None:
    assert query_terms(question) == expected


def test_a_question_of_stop_words_only_still_looks_for_something() -> None:
    asked = "Who are you and what is this?"
    assert query_terms(asked) == ["who", "are", "you", "and", "what", "is", "this"]
    assert set(query_terms(asked)) <= STOP_WORDS


def test_dates_are_written_as_people_ask_for_them() -> None:
    assert date_words(datetime(2023, 5, 7, 13, 0)) == "7 May 2023"
    assert date_words(None) == ""


def test_the_key_holds_speaker_date_text_and_pairs() -> None:
    key = search_key("我住 in Bern", "Jonas", datetime(2023, 5, 7))
    assert key == "Jonas 7 May 2023 我住 in bern 我住"
    assert search_key("Hello", "", None) == "hello"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("我买了iPhone手机", "iphone"),
        ("Ich wohne in der Langen Straße", "strasse"),
        ("２０２４年", "2024"),
        ("Tel.0791234567号", "0791234567"),
    ],
)
def test_the_index_holds_words_as_they_are_asked_for(text: str, question: str) -> None:
    assert set(query_terms(question)) <= set(search_key(text, "", None).replace(".", " ").split())


@given(st.text(max_size=200))
def test_terms_of_any_text_are_found_in_its_own_key(text: str) -> None:
    key = set(words(search_key(text, "", None))) | set(bigrams(text))
    assert set(query_terms(text)) <= key


@given(st.text(max_size=200))
def test_terms_are_distinct_and_never_empty(text: str) -> None:
    terms = query_terms(text)
    assert len(set(terms)) == len(terms)
    assert all(terms)
    assert not any('"' in term or " " in term for term in terms)
