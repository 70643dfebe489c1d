"""Moving house: with the old home its street and postal code end, although nobody says so.

Only what is certain: the part was true while the old home was, and another home took its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from second_me.core.memory.facts.claims import Fact, State
from second_me.core.memory.facts.slots import Slot

_PARTS = frozenset(
    {
        Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1, Slot.ADDRESS_LINE2, Slot.ADDRESS_LINE3, Slot.POSTAL_CODE,
        Slot.ADDRESS_LEVEL2, Slot.ADDRESS_LEVEL3, Slot.ADDRESS_LEVEL4,
    }
)  # fmt: skip


def after_moves(found: Sequence[Fact], now: datetime | None) -> tuple[Fact, ...]:
    """The facts, parts of an address ended where their home did. `now` as in `validity.facts`."""
    left: dict[str, list[Fact]] = {}
    for each in found:
        if each.kept.claim.slot is Slot.HOME and each.state is State.ENDED and each.ended_by is not None:
            left.setdefault(each.kept.subject, []).append(each)
    return tuple(_ended(each, left.get(each.kept.subject, ()), now) for each in found)


def _ended(fact: Fact, left: Iterable[Fact], now: datetime | None) -> Fact:
    if fact.kept.claim.slot not in _PARTS or fact.state is not State.CURRENT or fact.valid_to is not None:
        return fact
    for home in left:
        if _told_of(fact, home):
            ended = now is None or home.valid_to is None or home.valid_to <= now
            state = State.ENDED if ended else State.CURRENT
            return replace(fact, state=state, valid_to=home.valid_to, ended_by=home.ended_by)
    return fact


def _told_of(fact: Fact, home: Fact) -> bool:
    """Whether a part of an address began while a home that was left was the home."""
    start = fact.valid_from
    if start is None or home.valid_to is None:
        return False
    return (home.valid_from is None or home.valid_from <= start) and start < home.valid_to
