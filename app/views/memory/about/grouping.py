"""Facts as sections: the person's by group, everybody else's under the name. No Qt here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from second_me.app.service.slot_words import group_name
from second_me.app.views.memory.about.words import Fact, is_past, subject, what
from second_me.core.memory.facts.claims import ME
from second_me.core.memory.facts.slots import Group, Slot, slots_of

_GROUPS = {group.value: n for n, group in enumerate(Group)}
_SLOTS = {slot.value: n for group in Group for n, slot in enumerate(slots_of(group))}


@dataclass(frozen=True, slots=True)
class Section:
    """Facts under one heading. `note` stands beside it: what the person is to you."""

    key: str
    title: str
    note: str
    current: tuple[Fact, ...]
    past: tuple[Fact, ...]


def matches(fact: Fact, text: str) -> bool:
    """Whether a fact holds all words of a text, in its value, name, group or subject."""
    inside = " ".join((what(fact), str(fact["value"]), subject(fact), group_name(str(fact["group"]))))
    return all(word in inside.casefold() for word in text.casefold().split())


def sections(facts: Sequence[Fact], text: str = "") -> list[Section]:
    """The person's groups in their order, then people by name; only facts that match `text`."""
    found = [fact for fact in facts if matches(fact, text)] if text else facts
    mine = _by(lambda fact: str(fact["group"]), [fact for fact in found if fact["subject"] == ME])
    people = _by(lambda fact: str(fact["subject"]), [fact for fact in found if fact["subject"] != ME])
    relations = _relations(facts)
    groups = sorted(mine, key=lambda group: (_GROUPS.get(group, len(_GROUPS)), group))
    return [
        *[_section(f"me/{group}", group_name(group), "", mine[group]) for group in groups],
        *[
            _section(f"of/{name}", name, relations.get(name, ""), people[name])
            for name in sorted(people, key=str.casefold)
        ],
    ]


def people(facts: Sequence[Fact]) -> list[str]:
    """The names of everybody but the person that facts are known of."""
    return sorted({str(fact["subject"]) for fact in facts} - {ME}, key=str.casefold)


def _by(key: Callable[[Fact], str], facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[key(fact)].append(fact)
    return found


def _relations(facts: Sequence[Fact]) -> dict[str, str]:
    """What people are to the person, by name."""
    return {
        str(fact["subject"]): str(fact["value"])
        for fact in facts
        if fact["slot"] == Slot.RELATION.value and not is_past(fact)
    }


def _section(key: str, title: str, note: str, facts: Sequence[Fact]) -> Section:
    ordered = sorted(facts, key=lambda fact: str(fact.get("valid_from") or ""), reverse=True)
    ordered.sort(key=lambda fact: (_GROUPS.get(str(fact["group"]), len(_GROUPS)), *_place(fact)))
    current = tuple(fact for fact in ordered if not is_past(fact))
    return Section(key, title, note, current, tuple(fact for fact in ordered if is_past(fact)))


def _place(fact: Fact) -> tuple[int, str]:
    return _SLOTS.get(str(fact["slot"]), len(_SLOTS)), str(fact["slot"])
