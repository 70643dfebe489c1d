"""Questions and memories meet in the same spelling."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from second_me.core.recall.date_words import date_words
from second_me.core.recall.keys import STOP_WORDS, bigrams, query_terms, search_key, spellings, words


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
        ("猫はどこ", ["猫"]),
        ("京都への旅行はいつでしたか？", ["京都", "旅行"]),
        ("男の子", ["男の", "の子"]),
        ("부산에서는 어디", ["부산"]),
        ("誰", ["誰"]),
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
    assert key == ("jonas 7 may 2023 in bern", "我住 住")
    assert search_key("Hello", "", None) == ("hello", "")
    assert search_key("はな", "はなこ", None).pairs == "はな なこ こ はな な"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("我买了iPhone手机", "iphone"),
        ("我买了iPhone手机", "手机"),
        ("那只黑猫跑了", "猫"),
        ("猫が逃げた", "猫はどこ"),
        ("一只猫", "猫"),
        ("Ich wohne in der Langen Straße", "strasse"),
        ("２０２４年", "2024"),
        ("Tel.0791234567号", "0791234567"),
        ("في عام ٢٠٢٤", "2024"),
        ("सन् २०२४ में", "2024"),
        ("Herr Müller", "Mueller"),
        ("Herr Mueller ist in der Stadt", "Müller"),
        ("كِتَابٌ جميل", "كتاب"),
        ("إلى المدرسة", "مدرسه"),
        ("ख़रीदी", "खरीदी"),
        ("मूँगफली", "मूंगफली"),
        ("हमारी बिल्ली", "बिल्लियों"),
        ("می‌خواهم", "میخواهم"),
        ("Das ist der Fahrradschlüssel von mir", "Wo ist mein Fahrrad?"),
        ("Die Dörfer sind schön und ich bin da", "Wo ist das Dorf?"),
        ("пошёл в библиотеку", "библиотека"),
        ("친구와 서울에 갔다", "서울에서는"),
    ],
)
def test_the_index_holds_words_as_they_are_asked_for(text: str, question: str) -> None:
    assert found_by(text, question) == set(query_terms(question))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("黑狗", "猫"),
        ("Herr Moller", "Müller"),
        ("Fahrschule", "Wo ist mein Fahrrad?"),
        ("كتب", "مدرسة"),
        ("घर", "घड़ी"),
    ],
)
def test_other_words_are_not_taken_for_it(text: str, question: str) -> None:
    assert found_by(text, question) == set()


def found_by(text: str, question: str) -> set[str]:
    """The terms of a question that the key of a text holds, as the indexes compare them."""
    key = search_key(text, "", None)
    held = {_bare(word) for part in key for word in part.split()}
    return {
        term
        for term, ways in spellings(question, query_terms(question)).items()
        if any(
            _bare(way) in held or (way[-1] == "*" and any(h.startswith(_bare(way[:-1])) for h in held))
            for way in ways
        )
    }


def _bare(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not "\u0300" <= sign <= "\u036f")


@given(st.text(max_size=200))
def test_terms_of_any_text_are_found_in_its_own_key(text: str) -> None:
    assert found_by(text, text) == set(query_terms(text))


@given(st.text(alphabet="猫はどこ什么时候我서울에서は กินข้าว的 a1'-", max_size=40))
@example("どこ\u0e34")
def test_terms_of_a_text_without_spaces_are_found_in_its_own_key(text: str) -> None:
    assert found_by(text, text) == set(query_terms(text))


def test_a_son_at_war_is_asked_for_in_english_but_a_german_war_says_nothing() -> None:
    assert query_terms("Was his son in the war?") == ["son", "war"]
    assert query_terms("Wo war der Hund?") == ["hund"]


@given(st.text(alphabet="abZ09 '_-.\n", max_size=60))
def test_plain_letters_are_cut_into_words_as_others_are(text: str) -> None:
    assert [word.replace("é", "a") for word in words(text.replace("a", "é") + " é")[:-1]] == words(text)


def test_vowel_signs_stay_with_their_letter() -> None:
    assert words("मैं दिल्ली में रहता हूँ") == ["मैं", "दिल्ली", "में", "रहता", "हूं"]
    assert bigrams("ที่นี่") == ["ที่นี่"]


@given(st.text(max_size=200))
def test_terms_are_distinct_and_never_empty(text: str) -> None:
    terms = query_terms(text)
    assert len(set(terms)) == len(terms)
    assert all(terms)
    assert not any('"' in term or " " in term for term in terms)
