"""What a question wants about time."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.temporal.asking import WantedKind, wanted
from second_me.core.temporal.spans import Grain

NOW = datetime(2023, 5, 10, 14, 30)


@pytest.mark.parametrize(
    ("question", "kind", "parts"),
    [
        ("When did I adopt Rex?", WantedKind.WHEN, ()),
        ("What year did Anna move to Bern?", WantedKind.WHEN, ()),
        ("Do you remember when we met?", WantedKind.WHEN, ()),
        ("How long did the renovation take?", WantedKind.HOW_LONG, ()),
        ("How long ago did I visit Rome?", WantedKind.HOW_LONG, ("I visit Rome",)),
        ("How long has it been since I quit smoking?", WantedKind.HOW_LONG, ("I quit smoking",)),
        ("How long between the wedding and the move?", WantedKind.HOW_LONG, ("the wedding", "the move")),
        ("How many months after I got Rex did I move?", WantedKind.HOW_LONG, ("I got Rex", "I move")),
        ("Which came first, the wedding or the move?", WantedKind.WHICH_FIRST, ("the wedding", "the move")),
        ("Did I get the dog or the cat first?", WantedKind.WHICH_FIRST, ("I get the dog", "the cat")),
        (
            "Did I visit Rome before I moved to Bern?",
            WantedKind.WHICH_FIRST,
            ("visit Rome", "I moved to Bern"),
        ),
        ("Did I say anything after the wedding?", WantedKind.NONE, ()),
        ("When did I last see Anna?", WantedKind.LAST_TIME, ()),
        ("When did I see Anna last week?", WantedKind.WHEN, ()),
        ("When did I first meet Tom?", WantedKind.FIRST_TIME, ()),
        ("How many times did I swim?", WantedKind.HOW_MANY_TIMES, ()),
        ("What did I do last week?", WantedKind.IN_SPAN, ()),
        ("What is the name of my dog?", WantedKind.NONE, ()),
        ("Who did I meet when I was in Rome?", WantedKind.NONE, ()),
        ("Wann habe ich Rex bekommen?", WantedKind.WHEN, ()),
        ("Wie oft war ich schwimmen?", WantedKind.HOW_MANY_TIMES, ()),
        ("Quand ai-je adopté Rex ?", WantedKind.WHEN, ()),
        ("¿Cuándo adopté a Rex?", WantedKind.WHEN, ()),
        ("¿Cuánto tiempo hace que fui a Roma?", WantedKind.HOW_LONG, ("fui a Roma",)),
        ("我什么时候搬家的？", WantedKind.WHEN, ()),
        ("मैं कब यहाँ आया?", WantedKind.WHEN, ()),
    ],
)
def test_what_is_wanted(question: str, kind: WantedKind, parts: tuple[str, ...]) -> None:
    found = wanted(question, NOW)
    assert (found.kind, found.parts) == (kind, parts)


def test_the_span_and_the_unit_of_a_question() -> None:
    found = wanted("How many times did I swim in May 2023?", NOW)
    assert found.span is not None
    assert (found.span.start, found.span.grain) == (datetime(2023, 5, 1), Grain.MONTH)
    assert wanted("How many weeks ago did I start?", NOW).unit is Grain.WEEK
    anchor = wanted("What happened the week after the wedding?", NOW).anchor
    assert anchor is not None
    assert (anchor.event, anchor.relation, anchor.grain) == ("the wedding", "after", Grain.WEEK)


def test_without_a_now_only_dates_with_a_year_count() -> None:
    assert wanted("What did I do last week?", None).span is None
    assert wanted("What did I do in May 2023?", None).span is not None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_question_raises(question: str) -> None:
    wanted(question, NOW)
