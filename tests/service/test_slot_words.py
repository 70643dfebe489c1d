"""Every slot, group and qualifier has a plain name."""

from __future__ import annotations

import pytest

from second_me.app.service.slot_words import group_name, slot_name, slot_noun
from second_me.core.memory.facts.claims import Qualifier
from second_me.core.memory.facts.slots import Group, Slot


def test_every_slot_has_a_name_of_its_own() -> None:
    names = [slot_name(slot) for slot in Slot]
    assert len(set(names)) == len(Slot)
    assert not any(name == slot.value for name, slot in zip(names, Slot, strict=True))


def test_every_slot_has_a_noun_of_its_own_for_sentences() -> None:
    nouns = [slot_noun(slot) for slot in Slot]
    assert len(set(nouns)) == len(Slot)
    assert all(noun[0].islower() and "-" not in noun for noun in nouns)


def test_every_group_has_a_name() -> None:
    assert len({group_name(group) for group in Group}) == len(Group)


@pytest.mark.parametrize("qualifier", [each for each in Qualifier if each])
def test_a_qualifier_stands_behind(qualifier: Qualifier) -> None:
    assert slot_name(Slot.TEL, qualifier) == f"Phone ({qualifier})"


def test_a_slot_of_a_later_version_keeps_its_name() -> None:
    assert slot_name("shoe-size") == slot_noun("shoe-size") == "shoe-size"
    assert group_name("feet") == "feet"
