"""What recall has learned, in words."""

from __future__ import annotations

import pytest

from second_me.app.service.learned_words import about, changes
from second_me.app.weights import reranker_weights

WEIGHTS = {"words": 1.0, "meaning": 1.0, "words_before": 1.0, "meaning_before": 1.0, "session_words": 1.0}


def test_the_largest_changes_are_told_each_thing_once() -> None:
    deltas = {"words": 0.25, "meaning": -0.3, "words_before": 0.1, "meaning_before": -0.2, "gone": 9.0}
    assert changes(deltas, WEIGHTS) == [
        {"name": "meaning", "text": "Nearness in meaning: counts less than at first.", "delta": -0.3},
        {"name": "words", "text": "Shared words: counts more than at first.", "delta": 0.25},
        {
            "name": "meaning_before",
            "text": "What was said just before and after: counts less than at first.",
            "delta": -0.2,
        },
    ]


def test_what_hardly_changed_is_not_told() -> None:
    assert changes({"words": 0.01, "meaning": -0.01}, WEIGHTS) == []
    assert changes({}, WEIGHTS) == []
    assert changes({"words": 1.0}, {}) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("session_words", "What the whole conversation was about"),
        ("opens_session", "What a conversation began with"),
        ("question_before", "Answers to what was asked"),
        ("answers_meaning", "Answers to what was asked"),
        ("question_inside", "Whether a memory is itself a question"),
        ("related_before", "What was said just before and after"),
        ("related_only", "Related words"),
        ("said_then", "Dates and times"),
        ("time_words", "Dates and times"),
        ("named_speaker", "Who said it"),
        ("speaks_of_named", "Who is spoken of"),
        ("names_unasked", "Names"),
        ("digits", "Numbers"),
        ("meaning_gap", "Nearness in meaning"),
        ("words_place", "Shared words"),
        ("sum_place", "Words and meaning together"),
        ("something_new", "Other signs of a memory that fits"),
    ],
)
def test_what_a_weight_is_about(name: str, words: str) -> None:
    assert about(name) == words


def test_every_weight_that_ships_has_words() -> None:
    others = about("something_new")
    assert [name for name in reranker_weights().weights if about(name) == others] == []
