"""A model selects among passages: nothing else can come back, and traps are not shown to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.facts.reading.choosing import (
    MOST,
    NEEDED,
    PROBE,
    candidates,
    choose_claims,
    chosen,
    grammar_of,
    is_capable,
)
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import Message

NOW = datetime(2024, 6, 10)


class ScriptedSelector:
    """Named fake of a model: it answers by a script that sees the numbered pieces. No capable model is at hand."""

    def __init__(self, script: Callable[[str, list[str]], str]) -> None:
        self.script, self.asked = script, 0

    def constrained(self, messages: Sequence[Message], grammar: str, max_tokens: int) -> str:
        self.asked += 1
        text, _, pieces = messages[-1].content.rpartition("\n\nPieces:\n")
        return self.script(text, [line.partition(". ")[2] for line in pieces.split("\n")])


def _knows(wrong: int) -> ScriptedSelector:
    truth = {text: (slot, value) for text, slot, value in PROBE[wrong:]}

    def answer(text: str, pieces: list[str]) -> str:
        if text not in truth:
            return "none"
        slot, value = truth[text]
        return f"{slot.value}: {pieces.index(value) + 1}"

    return ScriptedSelector(answer)


def test_every_value_of_the_probe_is_among_the_candidates() -> None:
    for text, _, value in PROBE:
        assert value in [each.value.of(text) for each in candidates(text)], text


def test_eight_of_ten_make_a_model_capable_and_seven_do_not() -> None:
    assert len(PROBE) == 10
    assert is_capable(_knows(wrong=10 - NEEDED))
    assert not is_capable(_knows(wrong=10 - NEEDED + 1))
    assert not is_capable(ScriptedSelector(lambda text, pieces: "none"))
    assert not is_capable(ScriptedSelector(lambda text, pieces: "home: 1\njob: 1"))


def test_a_model_adds_to_what_rules_read_and_never_in_their_place() -> None:
    text = "I live in Leeds and my happy place is Whitby."
    selector = ScriptedSelector(
        lambda text, pieces: f"likes: {pieces.index('Whitby') + 1}\nlikes: {pieces.index('Leeds') + 1}"
    )
    got = [(claim.slot, claim.value.of(text)) for claim in choose_claims(text, NOW, selector)]
    assert got == [(Slot.HOME, "Leeds"), (Slot.LIKES, "Whitby")]


@pytest.mark.parametrize(
    "text",
    [
        "Do I live in Leeds?",
        "If I lived in Rome, I would eat gelato.",
        '"I live in the city of Dublin," she said.',
        "Yeah right, I love Mondays.",
        "My password is Hunter2!x",
        "Her sister lives in Rome.",
        "",
        "   ",
    ],
)
def test_traps_and_secrets_are_not_even_candidates(text: str) -> None:
    selector = ScriptedSelector(lambda text, pieces: "home: 1")
    assert choose_claims(text, NOW, selector) == ()
    assert selector.asked == 0


def test_what_is_no_choice_or_does_not_fit_its_slot_is_left_out() -> None:
    text = "My number is 0171 5550199 and I like Bern."
    found = candidates(text)
    number = next(place for place, each in enumerate(found, 1) if each.value.of(text) == "0171 5550199")
    place = next(place for place, each in enumerate(found, 1) if each.value.of(text) == "Bern")
    answer = (
        f"tel: {number}\ntel: {place}\nhome: {number}\nhome: 99\nhome: 0\npassword: 1\nHOME\n\nlikes: {place}"
    )
    assert [(claim.slot, claim.value.of(text)) for claim in chosen(answer, found)] == [
        (Slot.TEL, "0171 5550199"),
        (Slot.LIKES, "Bern"),
    ]


@given(st.text(max_size=120), st.text(max_size=60))
def test_whatever_a_model_says_only_passages_come_back(text: str, answer: str) -> None:
    found = candidates(f"I like {text} in Leeds.")
    assert len(found) <= MOST
    for claim in chosen(answer, found):
        assert claim.value.of(f"I like {text} in Leeds.")


def test_the_grammar_names_each_number_once() -> None:
    grammar = grammar_of(3)
    assert '"1" | "2" | "3"\n' in grammar
    assert '"4"' not in grammar
    assert '"home"' in grammar
    assert "password" not in grammar
