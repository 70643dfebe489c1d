"""The calibrated chance, and the words that may stand for an asked one."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.evidence import EvidenceWeights, features, probability
from second_me.core.recall.related import FIRST_PERSON, related

WEIGHTS = EvidenceWeights(
    bias=-3.0, alone=2.0, near=1.0, cosine=3.0, other_speaker=-2.0, threshold=0.3, enough_cosine=0.6
)
SHARE = st.floats(0, 1)


def said_by(speaker: str, text: str) -> Episode:
    when = datetime(2024, 5, 1, 12)
    return Episode("m1", 1, "talk", None, speaker, Role.OTHER, Kind.TURN, text, when, when, 1)


def test_the_chance_is_the_logistic_of_the_sum() -> None:
    chance = probability(WEIGHTS, 0.5, 0.8, 0.4, (), said_by("Ben", "the cello"))
    assert chance == pytest.approx(1 / (1 + math.exp(3.0 - 1.0 - 0.8 - 1.2)))


def test_without_a_vector_the_cosine_is_the_middle() -> None:
    assert features(0.1, 0.2, None, (), said_by("Ben", "x")) == (0.1, 0.2, 0.3, 0.0)


@pytest.mark.parametrize(
    ("named", "speaker", "text", "other"),
    [
        ((), "Ben", "the cello", 0.0),
        (("ben",), "Ben", "the cello", 0.0),
        (("anna",), "Ben", "the cello", 1.0),
        (("anna",), "Ben", "Anna's cello", 0.0),
        (("anna", "ben"), "Ben", "the cello", 0.0),
    ],
)
def test_somebody_else_about_something_else(
    named: tuple[str, ...], speaker: str, text: str, other: float
) -> None:
    assert features(0, 0, 0, named, said_by(speaker, text))[3] == other


def test_near_in_meaning_is_enough_without_a_shared_word() -> None:
    memory = said_by("Ben", "the cello")
    assert probability(WEIGHTS, 0, 0, 0.59, (), memory) < WEIGHTS.threshold
    assert probability(WEIGHTS, 0, 0, 0.6, (), memory) == WEIGHTS.threshold
    assert probability(WEIGHTS, 0, 0, 0.6, ("anna",), memory) < WEIGHTS.threshold


@given(SHARE, SHARE, SHARE, st.booleans())
def test_a_chance_is_a_chance_and_grows_with_the_evidence(
    alone: float, near: float, cosine: float, other: bool
) -> None:
    named = ("anna",) if other else ()
    memory = said_by("Ben", "the cello")
    chance = probability(WEIGHTS, alone, near, cosine, named, memory)
    assert 0 < chance < 1
    assert chance <= probability(WEIGHTS, min(1, alone + 0.1), near, cosine, named, memory)
    assert chance <= probability(WEIGHTS, alone, near, min(1, cosine + 0.1), named, memory)


@pytest.mark.parametrize(
    ("asked", "told"), [("live", "moved"), ("mother", "mum"), ("cat", "pet"), ("job", "company")]
)
def test_words_that_stand_for_each_other(asked: str, told: str) -> None:
    assert told in related(asked)
    assert asked in related(told)


def test_a_word_does_not_stand_for_itself() -> None:
    assert "live" not in related("live")
    assert related("cello") == frozenset()


def test_a_word_of_two_groups_has_the_words_of_both() -> None:
    assert {"born", "age"} <= related("birthday")


def test_first_person() -> None:
    assert {"i", "my", "our"} <= FIRST_PERSON
    assert "you" not in FIRST_PERSON
