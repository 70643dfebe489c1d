"""An address ends with the home that it was of."""

from __future__ import annotations

from second_me.core.memory.facts.claims import Fact, Kept, State
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.validity import facts
from tests.core.told import day, told


def utrecht(said: str | None = "2024-06-10") -> Kept:
    return told(1, "I live in Utrecht.", "Utrecht", Slot.HOME, said)


def bern(said: str | None = "2025-03-10") -> Kept:
    return told(2, "I moved to Bern.", "Bern", Slot.HOME, said)


def street(said: str | None, number: int = 3, subject: str = "me") -> Kept:
    text = "My address is Oudegracht 12." if subject == "me" else f"{subject} lives at Oudegracht 12."
    return told(number, text, "Oudegracht 12", Slot.STREET_ADDRESS, said, subject=subject)


def the_street(*kept: Kept) -> Fact:
    return next(each for each in facts(kept) if each.kept.claim.slot is Slot.STREET_ADDRESS)


def test_a_move_ends_the_street_of_the_old_home() -> None:
    left = the_street(utrecht(), bern(), street("2024-06-10"))
    assert (left.state, left.valid_to, left.ended_by) == (State.ENDED, day("2025-03-10"), 2)


def test_a_street_told_after_the_move_is_of_the_new_home() -> None:
    assert the_street(utrecht(), bern(), street("2025-03-11")).state is State.CURRENT


def test_a_home_that_was_never_another_ends_nothing() -> None:
    assert the_street(bern(), street("2024-06-10")).state is State.CURRENT


def test_a_street_from_before_the_old_home_is_not_of_it() -> None:
    assert the_street(utrecht(), bern(), street("2020-01-01")).state is State.CURRENT


def test_my_move_is_not_another_persons() -> None:
    assert the_street(utrecht(), bern(), street("2024-06-10", subject="Anna")).state is State.CURRENT


def test_without_the_move_the_street_holds_again() -> None:
    assert the_street(utrecht(), street("2024-06-10")).state is State.CURRENT
