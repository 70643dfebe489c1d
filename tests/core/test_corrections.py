"""What is said instead of an answer from facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_me.core.memory.facts.claims import Claim, Fact, Qualifier, Stance, State, Verdict, passage
from second_me.core.memory.facts.slots import Slot
from second_me.core.twin.answers import Answer, MessageId, Source
from second_me.core.twin.corrections import Correction, correction
from second_me.core.twin.kinds import TurnKind
from tests.core.shelf import Shelf
from tests.storage.conftest import make

SAID = datetime(2024, 3, 1, 9)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kit = make(tmp_path_factory.mktemp("corrections"))
    yield Shelf(kit)
    kit.vault.close()


def answer(*facts: Fact) -> Answer:
    return Answer(TurnKind.QUESTION, Source.MEMORIES, message=MessageId.FACT, facts=facts)


def home(shelf: Shelf) -> Fact:
    return shelf.tell("I live in Bern.", Slot.HOME, "Bern", SAID)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("No, it's Thun.", "Thun"),
        ("no, it is Thun", "Thun"),
        ("Thun", "Thun"),
        ("In Thun.", "Thun"),
        ("Not Bern but Thun.", "Thun"),
        ("Thun, not Bern.", "Thun"),
        ("That's wrong. It's Thun now", "Thun"),
        ("That's wrong, it's Thun!", "Thun"),
        ("Actually, it's “Thun”.", "Thun"),
        ("It should be New York", "New York"),
        ("no: the correct one is Thun", "Thun"),
        ("Thun, not Basel", None),
        ("It's Bern", None),
        ("I don't know", None),
        ("No, I was thinking of something else", None),
        ("Where did you get that from?", None),
        ("It's complicated because my sister moved there and not me", None),
        ("", None),
    ],
)
def test_the_value_is_a_passage_of_what_was_said(shelf: Shelf, text: str, value: str | None) -> None:
    fact = home(shelf)
    found = correction(text, (), answer(fact))
    if value is None:
        assert found is None
        return
    assert found is not None
    (claim,) = found.claims
    assert claim.value.of(text) == value
    assert claim.quote.start <= claim.value.start < claim.value.end <= claim.quote.end
    assert (claim.slot, claim.stance, found.replaced) == (Slot.HOME, Stance.HOLDS, (fact.kept.claim_id,))


def test_a_value_has_the_shape_of_its_slot(shelf: Shelf) -> None:
    tel = shelf.tell("My number is 030 111111.", Slot.TEL, "030 111111", SAID, qualifier=Qualifier.WORK)
    found = correction("No, it's 030 222222.", (), answer(tel))
    assert found is not None
    assert found.claims[0].qualifier is Qualifier.WORK
    assert correction("No, it's Anna's.", (), answer(tel)) is None


@pytest.mark.parametrize("text", ["That's wrong.", "No!", "no, that is not right"])
def test_a_plain_no_only_makes_it_wrong(shelf: Shelf, text: str) -> None:
    fact = home(shelf)
    assert correction(text, (), answer(fact)) == Correction(wrong=(fact.kept.claim_id,))


def test_what_the_reader_found_of_the_slot_comes_first(shelf: Shelf) -> None:
    text = "No, I live in Thun with my old cat."
    value = passage(text, text.index("Thun"), text.index("Thun") + 4)
    read = Claim(Slot.HOME, value, passage(text, 0, len(text)))
    other = replace(read, slot=Slot.PET)
    found = correction(text, (other, read), answer(home(shelf)))
    assert found is not None
    assert found.claims == (read,)


def test_of_somebody_else_only_with_the_name(shelf: Shelf) -> None:
    fact = shelf.tell("Anna's birthday is May 3.", Slot.BIRTHDAY, "May 3", SAID, subject="Anna")
    assert correction("No, it's May 5", (), answer(fact)) is None
    assert correction("That's wrong", (), answer(fact)) is not None


def test_a_past_value_stays_in_the_past(shelf: Shelf) -> None:
    fact = shelf.end(home(shelf), datetime(2024, 5, 1))
    found = correction("No, it was Thun", (), answer(fact))
    assert found is not None
    assert fact.state is State.ENDED
    assert (found.claims[0].since, found.claims[0].until) == (SAID, datetime(2024, 5, 1))


def test_of_several_facts_none_is_meant_for_certain(shelf: Shelf) -> None:
    assert correction("No, it's Thun.", (), answer(home(shelf), home(shelf))) is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("1990", Verdict.FIRST),
        ("It's 1991!", Verdict.SECOND),
        ("The second one: 1991.", Verdict.SECOND),
        ("not 1990", Verdict.SECOND),
        ("1990, not 1991", None),
        ("neither", None),
    ],
)
def test_one_side_of_a_contradiction_said_again_is_right(
    shelf: Shelf, text: str, verdict: Verdict | None
) -> None:
    first = shelf.tell("I was born in 1990.", Slot.BIRTHDAY, "1990", SAID)
    second = shelf.tell("I was born in 1991.", Slot.BIRTHDAY, "1991", SAID)
    shelf.dispute(first, second)
    told = replace(
        answer(first, second), message=MessageId.FACT_DISPUTED, disputes=tuple(shelf.disputed[-1:])
    )
    found = correction(text, (), told)
    assert (found.verdict[2] if found and found.verdict else None) == verdict


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=100))
def test_any_words_are_taken(shelf: Shelf, text: str) -> None:
    found = correction(text, (), answer(shelf.facts[0] if shelf.facts else home(shelf)))
    if found is not None:
        for claim in found.claims:
            assert claim.value.of(text) in text
