"""The calibrated chance, the signs that it is made of, and what is strong beside the best."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.asked import read_question
from second_me.core.recall.evidence import EvidenceWeights, FirstSeen, Signs, signs_of, speaks_of_it

BOTH = Signs(-1.0, {"best": 0.5, "missing": -2.0}, 0.4)
WORDS = Signs(0.0, {"best": 1.0}, 0.6)
WEIGHTS = EvidenceWeights(BOTH, WORDS, 0.1)
NAMES = ("Anna", "Ben")
TOLD = np.ones(50, dtype=np.bool_)
SCORES = st.lists(st.floats(-50, 50), min_size=1, max_size=40)


def said_by(speaker: str, text: str, seq: int = 1) -> Episode:
    when = datetime(2024, 5, 1, 12)
    return Episode(f"m{seq}", seq, "talk", None, speaker, Role.OTHER, Kind.TURN, text, when, when, 1)


def seen(question: str, *told: tuple[str, str, float], others: bool = True, **features: float) -> FirstSeen:
    """Memories (speaker, text, score), each holding a term where its text does; all with the same features."""
    asked = read_question(question, NAMES, None)
    scores = np.array([score for *_, score in told])
    holds = [[term in text.lower() for _, text, _ in told] for term in asked.groups]
    return FirstSeen(
        asked=asked,
        episodes=[said_by(speaker, text, seq) for seq, (speaker, text, _) in enumerate(told, 1)],
        scores=scores,
        told=scores,
        features={
            name: np.full(len(told), features.get(name, 0.25))
            for name in ("related_near", "meaning", "related", "answers_related")
        },
        holds=np.array(holds, dtype=np.bool_).reshape(len(asked.groups), len(told)),
        rarity=np.arange(1.0, len(asked.groups) + 1),
        heard=np.array(holds, dtype=np.bool_).reshape(len(asked.groups), len(told)).any(axis=1),
        others_speak=others,
    )


def found(of: FirstSeen) -> dict[str, float]:
    signs = signs_of(of)
    assert signs is not None
    return signs


def test_the_chance_is_the_logistic_of_the_sum() -> None:
    signs = {"best": 3.0, "missing": 0.25, "unused": 9.0}
    assert BOTH.chance(signs) == pytest.approx(1 / (1 + math.exp(1.0 - 1.5 + 0.5)))


def test_a_chance_is_a_chance_however_far_the_signs_are() -> None:
    for far in (-1e9, 1e9):
        assert 0.0 <= BOTH.chance({"best": far, "missing": 0.0}) <= 1.0


def test_at_its_threshold_evidence_is_just_strong() -> None:
    even = Signs(0.0, {}, 0.5)
    strengths = EvidenceWeights(even, even, 0.1).strengths({}, True, np.array([2.0]), TOLD[:1])
    assert strengths.tolist() == [0.5]


def test_without_a_vector_other_weights_judge() -> None:
    signs = {"best": 0.0, "missing": 0.0}
    with_meaning = WEIGHTS.strengths(signs, True, np.array([0.0]), TOLD[:1])
    without = WEIGHTS.strengths(signs, False, np.array([0.0]), TOLD[:1])
    assert with_meaning[0] == pytest.approx(BOTH.chance(signs) / 0.4 / 2)
    assert without[0] == pytest.approx(0.5 / 0.6 / 2)


def test_a_memory_is_weak_that_is_less_likely_than_its_share_of_the_best() -> None:
    sure = {"best": 30.0, "missing": 0.0}
    scores = 1.0 + np.array([0.0, math.log(0.11), math.log(0.09), -1e9])
    strengths = WEIGHTS.strengths(sure, True, scores, TOLD[:4])
    assert [strength >= 0.5 for strength in strengths] == [True, True, False, False]


def test_what_only_stands_beside_a_memory_that_speaks_of_it_is_weak() -> None:
    sure = {"best": 30.0, "missing": 0.0}
    strengths = WEIGHTS.strengths(sure, True, np.array([1.0, 0.9]), np.array([False, True]))
    assert [strength >= 0.5 for strength in strengths] == [False, True]


def test_a_memory_speaks_of_it_by_a_word_by_meaning_or_as_an_answer() -> None:
    features = {
        "related": np.array([0.1, 0, 0, 0]), "answers_related": np.array([0, 0.1, 0, 0]),
        "meaning": np.array([0, 0, 0.4, 0.2]),
    }  # fmt: skip
    assert speaks_of_it(features).tolist() == [True, True, True, False]


def test_where_the_memories_do_not_hold_the_answer_none_is_strong() -> None:
    assert (WEIGHTS.strengths({"best": -9.0, "missing": 1.0}, True, np.zeros(4), TOLD[:4]) < 0.5).all()
    assert WEIGHTS.strengths(None, True, np.zeros(2), TOLD[:2]).tolist() == [0.0, 0.0]
    assert WEIGHTS.strengths({"best": 0.0, "missing": 0.0}, True, np.zeros(0), TOLD[:0]).shape == (0,)


@given(SCORES, st.floats(-20, 20), st.booleans())
def test_strengths_fall_with_the_scores_and_stay_between_0_and_1(
    scores: list[float], best: float, meaning: bool
) -> None:
    order = np.array(sorted(scores, reverse=True))
    strengths = WEIGHTS.strengths({"best": best, "missing": 0.5}, meaning, order, TOLD[: len(order)])
    assert ((strengths >= 0) & (strengths <= 1)).all()
    assert (np.diff(strengths) <= 0).all()


def test_what_no_memory_holds_is_missing() -> None:
    signs = found(seen("sold yellow boat", ("Anna", "The boat was sold", 1.0), ("Ben", "no", 0.5)))
    terms = list(read_question("sold yellow boat", NAMES, None).groups)
    assert signs["missing"] == pytest.approx((terms.index("yellow") + 1) / 6)
    assert signs["unheard"] == 1.0
    assert signs["best"] == 1.0
    assert signs["near_words"] == signs["meaning"] == 0.25


def test_only_the_first_five_could_be_cited() -> None:
    told = [("Ben", "no", 9.0 - n) for n in range(5)]
    assert found(seen("yellow boat", *told, ("Ben", "yellow boat", 1.0)))["missing"] == 1.0


def test_a_word_is_heard_wherever_it_is_held() -> None:
    told = [("Ben", "no", 9.0 - n) for n in range(5)]
    assert found(seen("yellow boat", *told, ("Ben", "yellow boat", 1.0)))["unheard"] == 0.0
    assert found(seen("yellow boat", *told, ("Ben", "yellow ship", 1.0)))["unheard"] == 1.0


def test_that_something_was_told_need_not_be_told() -> None:
    told = ("Ben", "yellow boat", 9.0)
    signs = found(seen("What did Ben mention about the yellow boat?", told))
    assert (signs["missing"], signs["unheard"]) == (0.0, 0.0)


def test_a_question_without_a_rare_word_has_all_missing() -> None:
    assert found(seen("", ("Anna", "The boat was sold", 1.0)))["missing"] == 1.0


def test_nothing_seen_gives_no_signs() -> None:
    assert signs_of(seen("Who sold the boat?")) is None


def test_what_the_other_one_told_speaks_against_it() -> None:
    question = "What did Anna buy?"
    hers = found(seen(question, ("Anna", "I bought a cello", 3.0), ("Ben", "Nice, Anna!", 0.0)))
    his = found(seen(question, ("Ben", "I bought a cello", 3.0), ("Anna", "Nice, Ben!", 0.0)))
    assert hers["person_asked"] == his["person_asked"] == 1.0
    assert hers["person"] == pytest.approx(-his["person"])
    assert hers["person"] > 2


def test_how_likely_each_memory_is_decides_who_told_it() -> None:
    question = "What did Anna buy?"
    told = [("Anna", "I bought a cello", 0.0), ("Ben", "I bought a cello", 0.0)]
    assert found(seen(question, *told))["person"] == pytest.approx(0.0)
    surer = [("Anna", "I bought a cello", 2.0), *told[1:]]
    share = math.exp(2) / (math.exp(2) + 1)
    assert found(seen(question, *surer))["person"] == pytest.approx(math.log((share + 0.02) / (1.02 - share)))


def test_who_says_something_else_beside_it_does_not_count() -> None:
    of = seen("What did Anna buy?", ("Anna", "I bought a cello", 0.0), ("Ben", "It rained", 9.0))
    silent = {name: values * np.array([1.0, 0.0]) for name, values in of.features.items()}
    assert found(replace(of, features=silent))["person"] > 3
    assert found(of)["person"] < -3


def test_nobody_named_is_no_sign() -> None:
    signs = found(seen("Who sold the boat?", ("Ben", "I sold the boat", 1.0)))
    assert (signs["person_asked"], signs["person"]) == (0.0, 0.0)


def test_a_name_of_nobody_who_speaks_must_be_told_of() -> None:
    mine = [("me", "Lea is allergic to nuts", 1.0)]
    assert found(seen("What is Lea allergic to?", *mine, others=False))["person"] > 3
    assert found(seen("What is Mia allergic to?", *mine, others=False))["person"] < -3
