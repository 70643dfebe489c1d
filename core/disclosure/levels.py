"""How sensitive a memory is, who may ask, and what each of them may know unless the person changes it.

A *clearance* is what an audience may know: everything up to a level, facts of some topics and facts of some slots up
to private as well. Nothing but the person's own word on one memory clears a secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from second_me.core.memory.facts.slots import Group, Slot, group_of


class Sensitivity(IntEnum):
    """How much harm it can do when others know; larger is more."""

    PUBLIC = 0
    ORDINARY = 1
    PRIVATE = 2
    SECRET = 3

    @property
    def word(self) -> str:
        """Its name in the protocol and in the vault."""
        return self.name.lower()


class Topic(StrEnum):
    """What it is about, as far as that decides who may know."""

    NONE = "none"
    WORK = "work"
    FAMILY = "family"
    HEALTH = "health"
    MONEY = "money"
    HOME = "home"


class Audience(StrEnum):
    """Who asks. ME is the person."""

    ME = "me"
    PARTNER = "partner"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    SHOP = "shop"
    STRANGER = "stranger"
    PROGRAM = "program"


OTHERS = tuple(audience for audience in Audience if audience is not Audience.ME)
"""Everybody but the person: what they may know can be changed."""

CLOSE = frozenset({Audience.PARTNER, Audience.FAMILY})
"""Who may hear of third people at all."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What an audience may know: up to `level` (None: nothing by level), facts of `topics` and of `slots` up to
    private as well."""

    level: Sensitivity | None = None
    topics: frozenset[Topic] = frozenset()
    slots: frozenset[Slot] = frozenset()

    def __post_init__(self) -> None:
        if self.level is Sensitivity.SECRET:
            raise ValueError("secrets are cleared one by one")


_ADDRESS = frozenset(slot for slot in Slot if group_of(slot) is Group.HOME) - {Slot.HOME}
_NAMES = frozenset(
    {
        Slot.NAME, Slot.HONORIFIC_PREFIX, Slot.GIVEN_NAME, Slot.ADDITIONAL_NAME, Slot.FAMILY_NAME,
        Slot.HONORIFIC_SUFFIX,
    }
)  # fmt: skip

DEFAULTS: Mapping[Audience, Clearance] = MappingProxyType(
    {
        Audience.PARTNER: Clearance(Sensitivity.PRIVATE),
        # the family writes and visits: the address is no family matter by its topic, but theirs to know
        Audience.FAMILY: Clearance(Sensitivity.ORDINARY, frozenset({Topic.FAMILY}), _ADDRESS),
        Audience.COLLEAGUE: Clearance(Sensitivity.ORDINARY, frozenset({Topic.WORK})),
        # who knows the street that they deliver to may know its town
        Audience.SHOP: Clearance(None, frozenset(), _NAMES | _ADDRESS | {Slot.HOME, Slot.TEL, Slot.EMAIL}),
        Audience.STRANGER: Clearance(Sensitivity.PUBLIC),
        Audience.PROGRAM: Clearance(),
    }
)
"""What others may know unless the person changes it. The person knows everything and has no clearance."""


def sensitivity_of(word: str) -> Sensitivity:
    """The level of its word. Raises ValueError."""
    for level in Sensitivity:
        if level.word == word:
            return level
    raise ValueError(f"no sensitivity: {word}")
