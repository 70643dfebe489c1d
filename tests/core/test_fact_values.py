"""When two values are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.values import birthday, canonical, compatible, relation_kind


@pytest.mark.parametrize(
    ("slot", "one", "other"),
    [
        (Slot.HOME, "Basel", "basel."),
        (Slot.LIKES, "The Beatles", "the beatles!"),
        (Slot.PET, "a dog", "dog"),
        (Slot.TEL, "030 123 45 67", "030/1234567"),
        (Slot.TEL, "+49 30 1234567", "0049-30-1234567"),
        (Slot.EMAIL, "Ada@Example.org", "ada@example.org"),
        (Slot.URL, "https://www.ada.example/", "ada.example"),
        (Slot.BIRTHDAY, "12 May 1988", "May 12th, 1988"),
        (Slot.BIRTHDAY, "1988-05-12", "12.5.1988"),
        (Slot.BIRTHDAY, "19880512", "12. Mai 1988"),
        (Slot.BIRTHDAY, "--0512", "12 May"),
        (Slot.HOME, "Ｂａｓｅｌ", "Basel"),
    ],
)
def test_the_same(slot: Slot, one: str, other: str) -> None:
    assert canonical(slot, one) == canonical(slot, other)


@pytest.mark.parametrize(
    ("slot", "one", "other"),
    [
        (Slot.BIRTHDAY, "12 May", "12 May 1988"),
        (Slot.BIRTHDAY, "1988", "12 May 1988"),
        (Slot.TEL, "030 1234567", "+49 30 1234567"),
        (Slot.EMPLOYER, "Bosch", "Bosch GmbH"),
        (Slot.HOME, "Utrecht", "Utrecht, the Netherlands"),
    ],
)
def test_the_same_told_more_exactly(slot: Slot, one: str, other: str) -> None:
    assert canonical(slot, one) != canonical(slot, other)
    assert compatible(slot, one, other)
    assert compatible(slot, other, one)
    assert compatible(slot, canonical(slot, one), canonical(slot, other))


@pytest.mark.parametrize(
    ("slot", "one", "other"),
    [
        (Slot.BIRTHDAY, "12 May", "13 May"),
        (Slot.BIRTHDAY, "1988", "1989"),
        (Slot.BIRTHDAY, "3/4/1988", "4/3/1988"),
        (Slot.TEL, "030 1234567", "030 1234568"),
        (Slot.EMAIL, "ada@example.org", "ada@example.net"),
        (Slot.HOME, "Bern", "Basel"),
    ],
)
def test_not_the_same(slot: Slot, one: str, other: str) -> None:
    assert not compatible(slot, one, other)


def test_dates() -> None:
    assert birthday("May 12th, 1988") == (1988, 5, 12)
    assert birthday("25/12/1990") == (1990, 12, 25)
    assert birthday("03/04/1990") == (None, None, None)
    assert birthday("03/03") == (None, 3, 3)
    assert birthday("in spring") == (None, None, None)


def test_relations() -> None:
    assert [relation_kind(value) for value in ("older sister", "ex-wife", "colleague")] == [
        "kin",
        "partner",
        "colleague",
    ]


@given(st.sampled_from(list(Slot)), st.text(max_size=20), st.text(max_size=20))
def test_laws(slot: Slot, one: str, other: str) -> None:
    assert canonical(slot, canonical(slot, one)) == canonical(slot, canonical(slot, canonical(slot, one)))
    assert compatible(slot, one, one)
    assert compatible(slot, one, other) == compatible(slot, other, one)
