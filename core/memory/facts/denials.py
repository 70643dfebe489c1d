"""Denials of a kind against what is of that kind: "no pets" and "my dog Rex". Pure.

What is said between a denial and the other may have changed, so a change in life is asked about only within a year;
who is a brother or a sister does not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from second_me.core.memory.facts.change_words import tells_gain, tells_never
from second_me.core.memory.facts.claims import Fact, Stance, State
from second_me.core.memory.facts.kinds import broader, denies, of_siblings
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.values import line_of

YEAR = timedelta(days=366)
"""So long a denial is held against what is said after it."""

_AGAINST = {
    Slot.RELATION: (Slot.RELATION,), Slot.PET: (Slot.PET,), Slot.ALLERGY: (Slot.ALLERGY, Slot.HABIT),
    Slot.OWNS: (Slot.OWNS,), Slot.HABIT: (Slot.HABIT, Slot.LIKES), Slot.HEALTH: (Slot.HEALTH,),
}  # fmt: skip
"""What a denial in a slot may speak of."""
MOST = 50
"""Up to so many denials of one person and slot, the latest, are held against the rest."""
_BORN = re.compile(
    r"\b(?:born|newborn|baby|adopted|died|dead|passed|lost|late|new|step\w*|half\w*|found out)\b",
    re.IGNORECASE,
)


def across(found: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of facts of one person, of which one denies what the other is an example of and no change in life lies
    between; the one that was told first is first."""
    told: dict[Slot, list[Fact]] = {}
    for fact in found:
        if fact.state is not State.WRONG:
            told.setdefault(fact.kept.claim.slot, []).append(fact)
    for denied, holds in _candidates(told):
        if not _one_line(denied, holds) and broader(denied.kept, holds.kept) and _clash(denied, holds):
            yield _in_order(denied, holds)


def _candidates(told: Mapping[Slot, Sequence[Fact]]) -> Iterator[tuple[Fact, Fact]]:
    for slot, others in _AGAINST.items():
        denying = sorted((fact for fact in told.get(slot, ()) if denies(fact.kept)), key=_said)
        for denied in denying[-MOST:]:
            for other in others:
                yield from ((denied, holds) for holds in told.get(other, ()) if holds is not denied)


def _said(fact: Fact) -> datetime:
    return fact.kept.said_at or datetime.min


def _one_line(one: Fact, other: Fact) -> bool:
    """Whether both answer the same question: those pairs have rules of their own, but for "no wife" and a wife."""
    if one is not other and one.kept.claim.slot is Slot.RELATION:
        return False
    lines = [line_of(each.kept.subject, each.kept.claim, each.kept.value) for each in (one, other)]
    return lines[0] == lines[1]


def _in_order(one: Fact, other: Fact) -> tuple[Fact, Fact]:
    first, second = one.kept.said_at, other.kept.said_at
    late = first is not None and second is not None and second < first
    return (other, one) if late else (one, other)


def _clash(denied: Fact, holds: Fact) -> bool:
    if of_siblings(denied.kept):
        return not (_BORN.search(denied.kept.quote) or _BORN.search(holds.kept.quote))
    first, later = _in_order(denied, holds)
    said, then = first.kept.said_at, later.kept.said_at
    if said is None or then is None or first.kept.claim.stance is Stance.ENDED:
        return False
    if tells_never(denied.kept) and (later is denied or _was_before(holds, denied)):
        return True
    if holds.kept.claim.slot is Slot.RELATION and holds.kept.value.casefold().startswith("ex"):
        return tells_never(denied.kept) and then - said <= YEAR
    return _stood(first, later)


def _was_before(holds: Fact, denied: Fact) -> bool:
    begun, said, told = holds.valid_from, denied.kept.said_at, holds.kept.said_at
    if (
        holds.kept.claim.stance is Stance.ENDED
        and said is not None
        and told is not None
        and told - said <= YEAR
    ):
        return True
    return begun is not None and said is not None and begun < said


def _stood(first: Fact, later: Fact) -> bool:
    """Whether the first was still so when the later was told, as far as anybody knows."""
    said, then, begun = first.kept.said_at, later.kept.said_at, later.kept.claim.since
    assert said is not None and then is not None
    if first.valid_to is not None and first.valid_to <= then:
        return False
    if begun is not None:
        return begun < said and (later.valid_to is None or later.valid_to > said)
    return then - said <= YEAR and not later.confirmed and not tells_gain(later.kept)
