"""What recall has learned, in words."""

from __future__ import annotations

from second_me.app.service.learned_words import about, changes

WEIGHTS = {"words": 1.0, "meaning": 1.0, "words_near": 1.0, "meaning_near": 1.0, "session_words": 1.0}


def test_the_largest_changes_are_told_each_thing_once() -> None:
    deltas = {"words": 0.25, "meaning": -0.3, "words_near": 0.1, "meaning_near": -0.2, "gone": 9.0}
    assert changes(deltas, WEIGHTS) == [
        {"name": "meaning", "text": "Nearness in meaning: counts less than at first.", "delta": -0.3},
        {"name": "words", "text": "Shared words: counts more than at first.", "delta": 0.25},
        {
            "name": "meaning_near",
            "text": "What was said just before and after: counts less than at first.",
            "delta": -0.2,
        },
    ]


def test_what_hardly_changed_is_not_told() -> None:
    assert changes({"words": 0.01, "meaning": -0.01}, WEIGHTS) == []
    assert changes({}, WEIGHTS) == []
    assert changes({"words": 1.0}, {}) == []


def test_every_weight_has_words() -> None:
    assert about("session_words") == "What the whole conversation was about"
    assert about("something_new") == "Other signs of a memory that fits"
