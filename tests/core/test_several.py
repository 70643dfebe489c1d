from __future__ import annotations

import numpy as np
import pytest

from second_me.core.recall.asked import Asked, read_question
from second_me.core.recall.several import FEATURES, asks_for_several, several_features


def asked(question: str) -> Asked:
    return read_question(question, ("me", "Melanie", "John"), None)


@pytest.mark.parametrize(
    "question",
    [
        "What books has Melanie read?",
        "Which cities did I visit?",
        "What kind of art does John make?",
        "How many times did I swim?",
        "What did both of them paint?",
        "Welche Bücher las Melanie?",
        "Quels livres a lus Melanie ?",
        "¿Cuáles libros leyó Melanie?",
    ],
)
def test_a_short_question_for_many_asks_for_several(question: str) -> None:
    assert asks_for_several(asked(question)) > 0.6


@pytest.mark.parametrize(
    "question",
    ["When did I swim?", "What is her job?", "What does John do?", "Who was there?", "What was lost?"],
)
def test_a_question_for_one_thing_does_not(question: str) -> None:
    assert asks_for_several(asked(question)) == 0


def test_the_more_a_question_says_the_less_it_asks_for_all_of_a_kind() -> None:
    short = asks_for_several(asked("What books has Melanie read?"))
    long = asks_for_several(
        asked("What books did Melanie read in the mountain hut during the storm last winter?")
    )
    assert 0 < long < short <= 1


def test_the_features_come_again_by_how_surely_several_are_wanted() -> None:
    features = {name: np.array([1.0, -2.0]) for name in FEATURES}
    question = asked("What paintings of horses, boats, trees and castles did Melanie sell?")
    sure = asks_for_several(question)
    assert 0 < sure < 1
    again = several_features(question, features)
    assert set(again) == {f"several_{name}" for name in FEATURES}
    assert np.allclose(again["several_words"], [sure, -2 * sure])
    assert not any(values.any() for values in several_features(asked("When did I swim?"), features).values())
