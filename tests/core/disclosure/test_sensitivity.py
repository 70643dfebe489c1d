"""How sensitive slots and words are, and what corrections teach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.disclosure.levels import Sensitivity, Topic, sensitivity_of
from second_me.core.disclosure.sensitivity import (
    MOST,
    corrected,
    fact_parts,
    key_of_slot,
    key_of_word,
    learned_level,
    overall,
    slot_part,
    text_parts,
    topic_of,
    word_parts,
)
from second_me.core.disclosure.topic_words import THEMES, words_of
from second_me.core.memory.facts.claims import Qualifier
from second_me.core.memory.facts.slots import Slot
from tests.core.disclosure.made import fact

PUBLIC, ORDINARY, PRIVATE, SECRET = Sensitivity


@pytest.mark.parametrize(
    ("text", "level", "topic"),
    [
        ("The doctor says it is nothing.", PRIVATE, Topic.HEALTH),
        ("I earn 4,000 euros.", PRIVATE, Topic.MONEY),
        ("Between us: I never liked that house.", SECRET, Topic.NONE),
        ("We have been lovers since May.", SECRET, Topic.FAMILY),
        ("I am gay.", PRIVATE, Topic.NONE),
        ("I vote green and go to church.", PRIVATE, Topic.NONE),
        ("I was arrested once.", SECRET, Topic.NONE),
        ("The door code is 1182.", SECRET, Topic.NONE),
        ("The code is 1182, my postal code is 79098.", SECRET, Topic.NONE),
        ("4539 5787 6362 1486", SECRET, Topic.NONE),
        ("NL91 ABNA 0417 1643 00", SECRET, Topic.NONE),
        ("We play cards for money at the casino.", SECRET, Topic.NONE),
        ("I’m telling nobody.", SECRET, Topic.NONE),
        ("Der Hund schläft.", PRIVATE, Topic.NONE),
        ("The tram leaves every ten minutes.", PRIVATE, Topic.NONE),
        ("The meeting is on Tuesday.", PRIVATE, Topic.WORK),
    ],
)
def test_a_text_is_as_sensitive_as_its_words_and_private_without_any(
    text: str, level: Sensitivity, topic: Topic
) -> None:
    assert overall(text_parts(text)) == (level, topic)


@given(st.text())
def test_no_text_is_less_than_private(text: str) -> None:
    assert overall(text_parts(text))[0] >= PRIVATE


def test_a_word_is_a_word_and_not_a_part_of_one() -> None:
    assert [word for _, word in words_of("The spinning pinball in Pinner")] == []
    assert "diagnos*" in [word for _, word in words_of("diagnosed")]
    assert "door code" in [word for _, word in words_of("the door-code")]


def test_every_theme_has_words_and_no_word_stands_twice_in_it() -> None:
    for theme in THEMES:
        assert theme.words and len(set(theme.words)) == len(theme.words), theme.name


@pytest.mark.parametrize(
    ("slot", "value", "qualifier", "expected"),
    [
        (Slot.NAME, "Nora", Qualifier.NONE, (PUBLIC, Topic.NONE)),
        (Slot.JOB, "baker", Qualifier.NONE, (PUBLIC, Topic.WORK)),
        (Slot.HOME, "Bern", Qualifier.NONE, (ORDINARY, Topic.HOME)),
        (Slot.HOME, "Gasse 12, Bern", Qualifier.NONE, (PRIVATE, Topic.HOME)),
        (Slot.STREET_ADDRESS, "Gasse 12", Qualifier.NONE, (PRIVATE, Topic.HOME)),
        (Slot.TEL, "030 1", Qualifier.NONE, (ORDINARY, Topic.NONE)),
        (Slot.TEL, "030 1", Qualifier.WORK, (ORDINARY, Topic.WORK)),
        (Slot.TEL, "030 1", Qualifier.PARENTS, (PRIVATE, Topic.FAMILY)),
        (Slot.HEALTH, "asthma", Qualifier.NONE, (PRIVATE, Topic.HEALTH)),
        (Slot.PLAN, "a walk", Qualifier.NONE, (PRIVATE, Topic.NONE)),
    ],
)
def test_a_slot_has_a_level_and_a_topic(
    slot: Slot, value: str, qualifier: Qualifier, expected: tuple[Sensitivity, Topic]
) -> None:
    part = slot_part(slot, value, qualifier)
    assert (part.level, part.topic) == expected


def test_a_fact_is_as_sensitive_as_its_sentence() -> None:
    harmless = fact(Slot.HOME, "Bern", "I live in Bern.")
    telling = fact(Slot.HOME, "Bern", "I moved to Bern after the burnout.")
    assert overall(fact_parts(harmless)) == (ORDINARY, Topic.HOME)
    assert overall(fact_parts(telling)) == (PRIVATE, Topic.HEALTH)


def test_the_name_of_an_employer_or_a_street_is_no_illness_and_no_faith() -> None:
    assert (
        overall(fact_parts(fact(Slot.EMPLOYER, "the Charité hospital", "I work at the Charité hospital.")))[0]
        == PUBLIC
    )
    assert overall(fact_parts(fact(Slot.STREET_ADDRESS, "Church Street 4")))[0] == PRIVATE
    assert overall(fact_parts(fact(Slot.LIKES, "church music")))[0] == PRIVATE


def test_free_text_takes_its_topic_from_ordinary_words() -> None:
    assert (
        overall(
            fact_parts(fact(Slot.PLAN, "present the survey", "I am going to present the survey in May."))
        )[1]
        is Topic.WORK
    )
    assert topic_of(words_of("Christmas at the office")) is Topic.NONE


def test_two_corrections_raise_three_lower_and_secrets_stay() -> None:
    assert [learned_level(ORDINARY, count) for count in (-3, 0, 1, 2)] == [
        ORDINARY,
        ORDINARY,
        ORDINARY,
        PRIVATE,
    ]
    assert [learned_level(PRIVATE, count) for count in (-3, -2, 2)] == [ORDINARY, PRIVATE, SECRET]
    assert [learned_level(SECRET, count) for count in (-3, 3)] == [SECRET, SECRET]


def test_what_the_person_says_again_and_again_is_learned() -> None:
    told = fact(Slot.PET, "a cat")
    counts: dict[str, int] = {}
    for _ in range(2):
        counts = corrected(counts, fact_parts(told), SECRET)
    assert counts == {key_of_slot(Slot.PET): 2}
    assert overall(fact_parts(told, counts))[0] is PRIVATE
    text = "My doctor plays the tuba."
    for _ in range(3):
        counts = corrected(counts, text_parts(text), ORDINARY)
    assert counts[key_of_word("doctor*")] == -3
    assert [part.level for part in word_parts(words_of(text), counts)] == [ORDINARY]
    assert overall(word_parts(words_of("My doctor knows the diagnosis."), counts))[0] is PRIVATE


@given(st.lists(st.sampled_from(Sensitivity), max_size=30))
def test_what_is_learned_stays_bounded(levels: list[Sensitivity]) -> None:
    counts: dict[str, int] = {}
    for level in levels:
        counts = corrected(counts, fact_parts(fact(Slot.TEL, "030 1234")), level)
    assert all(abs(count) <= MOST for count in counts.values())


def test_levels_have_words() -> None:
    assert [sensitivity_of(level.word) for level in Sensitivity] == list(Sensitivity)
    with pytest.raises(ValueError):
        sensitivity_of("loud")


def test_that_it_is_a_secret_may_stand_beside_it() -> None:
    told = fact(Slot.HEALTH, "lupus", "I have lupus.")
    assert overall(fact_parts(told))[0] is PRIVATE
    for around, level in (("I haven't told a soul.", SECRET), ("I was at the bakery.", PRIVATE)):
        near = replace(told, kept=replace(told.kept, around=f"I have lupus. {around}"))
        assert overall(fact_parts(near))[0] is level


@pytest.mark.parametrize(
    "said", ["My postal code is 79098.", "My zip code is 79098.", "The post code of it is 79098."]
)
def test_a_postal_code_is_no_secret_code(said: str) -> None:
    assert overall(fact_parts(fact(Slot.POSTAL_CODE, "79098", said))) == (PRIVATE, Topic.HOME)
