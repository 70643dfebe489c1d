"""What was given before for the fields of a form: on this site for that field, elsewhere for the same label or type
where no fact can say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.labels import label_key, label_of
from second_me.core.acting.proposal import Typed
from second_me.core.acting.store import Asked, FillStore, Learned
from second_me.core.acting.types import ADDRESS, NAMES, SECRETS
from second_me.core.acting.values.asked import plain
from second_me.core.memory.facts.claims import ME, Fact, State
from second_me.core.memory.facts.slots import Group, Slot, slots_of

LONGEST_LABEL = 200
_SLOTS = frozenset(slot.value for slot in Slot)


def slots_of_type(kind: str | None) -> frozenset[Slot]:
    """The slots whose facts say what a field of a type asks for; () where no fact can."""
    if kind is None:
        return frozenset()
    if kind in ADDRESS:
        return frozenset(slots_of(Group.HOME))
    if kind in NAMES:
        return frozenset({Slot.NAME, *(Slot(each) for each in (kind,) if each in _SLOTS)})
    if kind.startswith("bday"):
        return frozenset({Slot.BIRTHDAY})
    if kind.startswith("tel"):
        return frozenset({Slot.TEL})
    return frozenset(Slot(each) for each in (kind,) if each in _SLOTS)


def learned_for(
    store: FillStore, form: Form, typed: Sequence[Typed], site: str, facts: Iterable[Fact]
) -> dict[int, Learned]:
    """{index of a field: what was given for it before}."""
    told = [fact for fact in facts if fact.kept.subject == ME and fact.state is State.CURRENT]
    found = {}
    for field, its in zip(form.fields, typed, strict=True):
        best = _best(store, field, its.type, site)
        if best is not None and not _outdated(best, its.type, told):
            found[field.index] = best
    return found


def asked_of(field: Field, kind: str | None, site: str) -> Asked:
    """A field as it is found again."""
    return Asked(site, label_key(field), plain(label_of(field))[:LONGEST_LABEL], kind)


def _best(store: FillStore, field: Field, kind: str | None, site: str) -> Learned | None:
    if kind in SECRETS:
        return None
    asked, free = asked_of(field, kind, site), not slots_of_type(kind)
    known = store.learned(asked if free else replace(asked, label="", type=None))
    here = [each for each in known if (each.site, each.field) == (site, asked.field)]
    elsewhere = [
        each for each in known if free and not slots_of_type(each.type) and each.type in (kind, None)
    ]
    return next(iter((*here, *elsewhere)), None)


def _outdated(learned: Learned, kind: str | None, facts: Iterable[Fact]) -> bool:
    """Whether a fact of the same kind was told later: what is new is right."""
    slots = slots_of_type(learned.type) | slots_of_type(kind)
    return any(
        fact.kept.claim.slot in slots and (fact.kept.said_at or fact.kept.learned_at) > learned.said_at
        for fact in facts
    )
