"""The person's own words, as a question uses them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.facts.claims import Defined
from second_me.core.memory.glossary import rewritten, uses

GLOSSARY = (
    Defined("the lab", "the physics institute in Bern", "m1", None),
    Defined("“Bug”", "Anna", "m2", None),
    Defined("big trip", "the sailing tour to Corsica", "m3", None),
    Defined("trip", "walk around the lake", "m4", None),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("What's the phone number of the lab?", "What's the phone number of the physics institute in Bern?"),
        ("When did my lab move?", "When did the physics institute in Bern move?"),
        ("lab address?", "the physics institute in Bern address?"),
        ("THE LAB: who works there?", "the physics institute in Bern: who works there?"),
        ("When is Bug's birthday?", "When is Anna's birthday?"),
        ("How long was our big trip?", "How long was the sailing tour to Corsica?"),
        ("Did we like the trip?", "Did we like the walk around the lake?"),
        ("Is Bug at the lab?", "Is Anna at the physics institute in Bern?"),
    ],
)
def test_terms_are_read_as_what_they_mean(said: str, meant: str) -> None:
    assert rewritten(said, GLOSSARY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Did I ever work in a lab?",  # any lab
        "What do I mean by the lab?",
        "Who sells labels?",
        "Was there another trip?",
        "Is the lab the physics institute in Bern?",
        "",
    ],
)
def test_other_words_stay_as_they_are(said: str) -> None:
    assert rewritten(said, GLOSSARY) == said
    assert uses(said, GLOSSARY) == ()


def test_the_later_definition_counts() -> None:
    changed = (*GLOSSARY, Defined("The Lab", "the new office", "m9", None))
    assert [use.memory_id for use in uses("Where is the lab?", changed)] == ["m9"]


@given(st.text(max_size=60))
def test_without_a_glossary_nothing_changes(text: str) -> None:
    assert rewritten(text, ()) == text


@given(st.text(max_size=60), st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8))
def test_uses_lie_in_the_text_one_after_the_other(text: str, term: str, meaning: str) -> None:
    found = uses(text, [Defined(term, meaning, "m", None)])
    ends = [0, *(use.end for use in found)]
    assert all(end <= use.start < use.end <= len(text) for end, use in zip(ends, found, strict=False))
