"""First stability: importance and surprise."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.memory.worth import (
    LONGEST,
    SHORTEST,
    Average,
    bits,
    first_stability,
    importance,
    surprise,
)

PATIENT = settings(deadline=None)
texts = st.text(max_size=300)
shares = st.floats(-1, 2)


def test_what_matters_is_more_important_than_talk() -> None:
    assert importance("ok") < 0.05
    assert importance("haha yes, see you then") < importance("My sister Anna lives in Bergen.")
    assert importance("My sister Anna lives in Bergen.") < importance("I'm allergic to walnuts, since 2019.")
    assert importance("Remember that the gate code is 4711.") > 0.8
    assert importance("the gate is green", noted=True) > importance("the gate is green")


@PATIENT
@given(
    texts, st.sampled_from(["Remember this.", "My boat is old.", "It was my wedding.", "That was in 1999."])
)
def test_more_signs_never_make_it_less(text: str, sign: str) -> None:
    assert 0 <= importance(text) <= importance(f"{text} {sign}") + 1e-12 <= 1 + 1e-12


def test_bits_are_those_of_the_telling_words() -> None:
    assert bits({"the": 0.0, "petrel": math.log(8), "anchor": math.log(32)}) == 4.0
    assert bits({"the": 0.0}) is None and bits({}) is None


def test_surprise_is_relative_to_the_person() -> None:
    average = Average(100, 6.0, 2.0)
    assert surprise(6.0, average) == 0.5
    assert surprise(8.0, average) > 0.7 > 0.3 > surprise(4.0, average)
    assert surprise(None, average) == 0
    assert surprise(9.0, Average(3, 6.0, 2.0)) == surprise(9.0, Average(100, 6.0, 0.0)) == 0.5
    assert 0 < surprise(1e9, average) <= 1


@PATIENT
@given(shares, shares, shares)
def test_first_stability_is_bounded_and_grows_with_both(one: float, two: float, more: float) -> None:
    found = first_stability(one, two)
    assert SHORTEST <= found <= LONGEST * (1 + 1e-12)
    assert first_stability(max(one, more), two) >= found and first_stability(one, max(two, more)) >= found
