"""Which questions ask for a fact: a set of them, and what must hold of any text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.facts.claims import ME, Qualifier
from second_me.core.memory.facts.slots import Slot
from second_me.core.twin.asked_facts import AskedFact, asked_fact

NOW = datetime(2024, 6, 15, 12)
SET = Path(__file__).parent / "data" / "asked_facts.txt"
KNOWN = {
    "anna": "Anna", "tom": "Tom", "maria": "Maria Lopez", "maria lopez": "Maria Lopez", "april": "April",
    "zoe": "Zoe", "my sister": "Zoe", "my schwester": "Zoe",
}  # fmt: skip


def known(words: str) -> str | None:
    return KNOWN.get(words.casefold())


def cases() -> list[list[str]]:
    lines = SET.read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]
    return [[*row, "", "", "", ""][:5] for row in rows]


def test_the_set_is_large_enough() -> None:
    assert len(cases()) >= 80
    assert sum(row[1] == "none" for row in cases()) >= 30


@pytest.mark.parametrize(("question", "subject", "slot", "time", "past"), cases())
def test_questions_of_the_set(question: str, subject: str, slot: str, time: str, past: str) -> None:
    asked = asked_fact(question, NOW, known)
    if subject == "none":
        assert asked is None
        return
    assert asked is not None
    assert (asked.subject, asked.slots[0].value) == (subject, slot)
    assert (f"{asked.span.start:%Y-%m}" if asked.span else "").startswith(time)
    assert bool(asked.span) == bool(time)
    assert asked.past == bool(past)


def asked(question: str, **more: bool) -> AskedFact:
    found = asked_fact(question, NOW, known, **more)
    assert found is not None
    return found


def test_which_of_several_is_asked_for() -> None:
    assert asked("What's my work number?").qualifier is Qualifier.WORK
    assert asked("What's my mobile number?").qualifier is Qualifier.MOBILE
    assert asked("What's my phone number?").qualifier is Qualifier.NONE
    assert asked("What is my dog called?").word == "dog"
    assert asked("What car did I drive in 2015?").word == "car"


def test_before_a_year_is_the_day_before_it() -> None:
    found = asked("Where did I live before 2020?")
    assert found.when is not None
    assert (found.when.date().isoformat(), found.past) == ("2019-12-31", False)
    middle = asked("Where did I live in 2021?").when
    assert middle is not None
    assert middle.year == 2021


def test_a_pronoun_is_who_was_spoken_of() -> None:
    assert asked("What is her phone number? (Anna)").subject == "Anna"
    assert asked("Where does she live? (Maria Lopez)").subject == "Maria Lopez"
    assert asked_fact("Where does she live?", NOW, known) is None
    assert asked_fact("Where does she live? (Anna Tom)", NOW, known) is None
    assert asked("Where does Anna live? And when was she born?").slots == (Slot.BIRTHDAY,)
    assert asked("Where does Anna live? And where did she live in 2021?").subject == "Anna"


def test_who_is_who_depends_on_who_asks() -> None:
    assert asked("Where do you live?", asker=False).subject == ME
    assert asked("What's your phone number?", asker=False).subject == ME
    assert asked("Where does Anna live?", asker=False).subject == "Anna"
    assert asked("Where does your sister live?", asker=False).subject == "Zoe"
    assert asked_fact("Where do I live?", NOW, known, asker=False) is None
    assert asked_fact("What's my phone number?", NOW, known, asker=False) is None
    assert asked_fact("Where does my sister live?", NOW, known, asker=False) is None
    assert asked_fact("Where do you live?", NOW, known) is None


def test_a_time_without_a_year_needs_a_now() -> None:
    assert asked_fact("Where did I live in May?", None, known) is None
    found = asked_fact("Where did I live in 2021?", None, known)
    assert found is not None
    assert found.span is not None


def test_a_time_may_follow_on_a_question() -> None:
    found = asked("Where do I live? And in 2021?")
    assert found.span is not None
    assert (found.slots[0], found.span.start.year) == (Slot.HOME, 2021)


def test_a_name_that_is_a_month_stays_a_name() -> None:
    assert asked("Where does April work?").subject == "April"


@given(st.text(max_size=140))
def test_any_text_is_read(text: str) -> None:
    found = asked_fact(text, NOW, known)
    assert found is None or found.slots


@given(
    st.sampled_from([row[0] for row in cases() if row[1] != "none"]),
    st.sampled_from(["why", "how come", "whether"]),
)
def test_asking_why_asks_for_no_fact(question: str, why: str) -> None:
    assert asked_fact(f"{why} {question}", NOW, known) is None


@given(st.sampled_from([row[0] for row in cases() if row[1] not in ("none", "me")]))
def test_nobody_is_known_without_names(question: str) -> None:
    assert asked_fact(question, NOW, lambda _: None) is None


@pytest.mark.parametrize("slot", [Slot.BIRTHDAY, Slot.RELATION])
def test_what_never_changes_has_no_past(slot: Slot) -> None:
    question = {Slot.BIRTHDAY: "What was my old birthday?", Slot.RELATION: "Who was Anna before?"}[slot]
    assert asked_fact(question, NOW, known) is None
