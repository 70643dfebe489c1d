"""Where the person lives: those parts of an address that belong to one place.

A move ends the old address as a whole, also the parts of it that nobody said are over: after "I moved to Lisbon" the
old street, postal code and country are not the new ones. A part is taken when nothing was told of a move since, or it
was told with the new place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from second_me.core.acting.values.known import NOTHING, Known, Moment, Person, moment
from second_me.core.memory.facts.change_words import tells_move
from second_me.core.memory.facts.claims import Fact, Qualifier
from second_me.core.memory.facts.slots import Slot

_NEAR = (Slot.POSTAL_CODE, Slot.ADDRESS_LINE1, Slot.ADDRESS_LINE2, Slot.ADDRESS_LINE3, Slot.ADDRESS_LEVEL3,
         Slot.ADDRESS_LEVEL4)  # fmt: skip
"""What goes with the street."""
_WIDE = (Slot.ADDRESS_LEVEL1, Slot.ADDRESS_LEVEL2, Slot.COUNTRY, Slot.COUNTRY_NAME)
"""What may stay when somebody moves within a town."""


@dataclass(frozen=True, slots=True)
class Place:
    """The parts of one address that are known. `older`: {slot: what is known of an older place only}."""

    parts: Mapping[Slot, Known]
    older: Mapping[Slot, str]

    def part(self, *slots: Slot) -> Known:
        """The first of some parts that is known."""
        for slot in slots:
            if slot in self.parts:
                return self.parts[slot]
        old = next((self.older[slot] for slot in slots if slot in self.older), "")
        return Known(reason="moved", before=old) if old else NOTHING


def place_of(person: Person, at_work: bool) -> Place:
    """The person's address, at home or at work."""
    own = (Qualifier.WORK,) if at_work else (Qualifier.NONE, Qualifier.HOME)
    home, street = person.one(Slot.HOME, own), person.one(Slot.STREET_ADDRESS, own)
    moves = _moves_of_home(person, home, own)
    streets = _moves_of_street(person, street, own, moves)
    corrected = [_told_last(fact) for fact in home.facts] if person.corrects(home) else []
    anchors = (*home.facts, *street.facts)
    parts: dict[Slot, Known] = {}
    older: dict[Slot, str] = {}
    far = [when for when, fact in streets if fact is not None and tells_move(fact.kept)]
    wanted: list[tuple[Slot, Known, list[Moment], tuple[Fact, ...]]] = [
        (Slot.HOME, home, far, street.facts),
        (Slot.STREET_ADDRESS, street, moves + corrected, home.facts),
        *(
            (slot, person.one(slot, own), moves + corrected + [when for when, _ in streets], anchors)
            for slot in _NEAR
        ),
        *((slot, person.one(slot, own), moves + far, anchors) for slot in _WIDE),
    ]
    for slot, known, since, beside in wanted:
        if known and _belongs(known.facts[0], since, beside):
            parts[slot] = known
        elif known or person.ended(slot, own):
            older[slot] = known.forms[0] if known else person.ended(slot, own)[-1].kept.value
    return Place(MappingProxyType(parts), MappingProxyType(older))


def _belongs(fact: Fact, moves: Iterable[Moment], beside: Iterable[Fact]) -> bool:
    """Whether a part was told since the last move, or together with what was told of the new place."""
    last = max(moves, default=None)
    return last is None or moment(fact) >= last or any(_together(fact, other) for other in beside)


def _together(part: Fact, anchor: Fact) -> bool:
    """Whether one memory tells both, the part in the anchor's sentence or in a later one."""
    return any(
        one.memory_id == other.memory_id and one.claim.quote.start >= other.claim.quote.start
        for one in part.claims
        for other in anchor.claims
    )


def _moves_of_home(person: Person, home: Known, own: tuple[Qualifier, ...]) -> list[Moment]:
    """When the person came to live in another town, or left one."""
    found = [_ended(fact) for fact in person.ended(Slot.HOME, own)]
    return found + [moment(fact) for fact in home.facts if tells_move(fact.kept)]


def _moves_of_street(
    person: Person, street: Known, own: tuple[Qualifier, ...], moves: Sequence[Moment]
) -> list[tuple[Moment, Fact | None]]:
    """When another street took the place of one, with the fact that tells it where that is known. An old street ended
    with its town, though the new one may be told days after."""
    found: list[tuple[Moment, Fact | None]] = [
        (min([_ended(fact), *(move for move in moves if move > moment(fact))]), None)
        for fact in person.ended(Slot.STREET_ADDRESS, own)
    ]
    return found + [(moment(fact), fact) for fact in street.facts if tells_move(fact.kept)]


def _told_last(fact: Fact) -> Moment:
    kept = max(fact.claims, key=lambda each: each.seq)
    return kept.said_at or datetime.min, kept.seq


def _ended(fact: Fact) -> Moment:
    """When a fact ended; where nobody knows, after it was told."""
    if fact.valid_to is not None:
        return fact.valid_to, 0
    when, seq = moment(fact)
    return (when, seq + 1) if when > datetime.min else (datetime.min, seq + 1)
