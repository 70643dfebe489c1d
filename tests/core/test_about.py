"""Whom a question is about, and which memories are by or about them."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.about import asked_about, tells_about
from second_me.core.recall.asked import ME, read_question

WHEN = datetime(2024, 5, 1, 12)


def said(speaker: str, text: str, kind: Kind = Kind.TURN) -> Episode:
    role = Role.PERSON if speaker == ME else Role.OTHER
    return Episode("m1", 1, "talk", None, speaker, role, kind, text, WHEN, WHEN, 1)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is Mia allergic to?", {"mia"}),
        ("When did I meet Paulo's brother in Porto?", {"paulo", "porto"}),
        ("Where do I live?", set()),
        ("What happened on Monday in March?", set()),
        ("WHERE DO I LIVE?", set()),
        ("Wo wohnt die Schwester von Anna und wer ist das?", set()),
        ("मेरी बहन कहाँ रहती है?", set()),
        ("我妹妹住在哪里？", set()),
        ("", set()),
    ],
)
def test_the_names_in_a_question_where_nobody_else_speaks(question: str, names: set[str]) -> None:
    assert asked_about(read_question(question, ("me",), None), False) == names


def test_where_others_speak_it_is_the_speakers_that_are_named() -> None:
    asked = read_question("What did Anna tell Mia?", ("Anna", "Ben"), None)
    assert asked_about(asked, True) == {"anna"}
    assert asked_about(read_question("Where do I live?", ("Anna", ME), None), True) == frozenset()
    assert asked_about(read_question("What did I give Mia?", ("Anna", ME), None), True) == {"mia"}
    assert asked_about(read_question("Who sold the boat?", ("Anna", "Ben"), None), True) == frozenset()


@pytest.mark.parametrize(
    ("speaker", "text", "about"),
    [
        ("Anna", "I bought a cello.", True),
        ("Ben", "I bought a cello.", False),
        ("Ben", "Thanks, Anna! I bought a cello.", False),
        ("Ben", "Hey Anna! I bought a cello.", False),
        ("Ben", "Wow, Anna, you did it.", False),
        ("Ben", "Sounds great Anna, see you", False),
        ("Ben", "Anna bought a cello.", True),
        ("Ben", "I heard Anna's cello.", True),
        ("Ben", "I bought it with Anna.", True),
        ("Ben", "It belongs to my sister Anna.", True),
        ("Ben", "Hannah bought a cello.", False),
        (ME, "I bought a cello.", False),
    ],
)
def test_a_turn_is_about_who_says_it_or_is_spoken_of(speaker: str, text: str, about: bool) -> None:
    assert tells_about(said(speaker, text), frozenset({"anna"}), True) is about


def test_a_note_speaks_to_nobody() -> None:
    assert tells_about(said(ME, "Call Tom! Gift for Anna, Lea", Kind.NOTE), frozenset({"tom"}), True)
    assert tells_about(said(ME, "Thanks, Anna!", Kind.NOTE), frozenset({"anna"}), True)


def test_the_word_me_in_anothers_text_is_not_the_person() -> None:
    assert tells_about(said(ME, "I bought a cello."), frozenset({ME}), True)
    assert not tells_about(said("Ben", "She called me yesterday."), frozenset({ME}), True)


def test_where_nobody_else_speaks_any_mention_is_about_them() -> None:
    assert tells_about(said(ME, "I bought a blue Skoda Octavia."), frozenset({"skoda"}), False)
    assert not tells_about(said(ME, "I bought a blue Skoda Octavia."), frozenset({"fiat"}), False)
