"""What is known of the person, for one who fills a form: of every slot the fact that holds today.

Facts are those of `core.memory.facts.book`, ended ones too: they tell what a value replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from second_me.core.memory.facts.claims import ME, Fact, Qualifier, Stance, State
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.values import canonical, compatible
from second_me.core.recall.spelling import folded

ANY = (Qualifier.NONE, Qualifier.HOME, Qualifier.MOBILE, Qualifier.WORK)
"""Which of several is taken where a form does not say. What belongs to the parents is never taken."""


@dataclass(frozen=True, slots=True)
class Known:
    """A value that was looked up. `forms` are ways to write it, the best first; () : it is not known.

    `same`: words that mean the same, by which an option may be called. `facts`: what it was looked up in. `reason`:
    how it was made of them, or why there is none. `doubt`: why it is shown and not ticked ("" : no doubt). `before`:
    what is known and holds no more, or is not known to hold still.
    """

    forms: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    reason: str = ""
    doubt: str = ""
    same: tuple[str, ...] = ()
    before: str = ""

    def __bool__(self) -> bool:
        return bool(self.forms)


NOTHING = Known(reason="not_known")


def said(fact: Fact, doubt: str = "") -> Known:
    """A fact's value as it was said."""
    return Known((" ".join(fact.kept.value.split()),), (fact,), "", doubt)


def written(known: Known, forms: Iterable[str], reason: str, same: Iterable[str] = ()) -> Known:
    """The same, written in other ways; nothing when no way is left."""
    kept = tuple(dict.fromkeys(form for form in forms if form))
    return replace(known, forms=kept, reason=reason, same=tuple(same)) if kept else NOTHING


Moment = tuple[datetime, int]


def moment(fact: Fact) -> Moment:
    """When a fact began, as far as it is known, and its place among memories of one time."""
    kept = fact.kept
    return fact.valid_from or kept.said_at or datetime.min, kept.seq


class Person:
    """The person's own facts, as they hold on a day."""

    def __init__(self, facts: Iterable[Fact], today: date) -> None:
        self._today = today
        mine = [fact for fact in facts if folded(fact.kept.subject) == ME and not fact.denied]
        self._mine = sorted((fact for fact in mine if fact.state is not State.WRONG), key=moment)
        self._wrong = [fact for fact in mine if fact.state is State.WRONG]

    def all(self, slot: Slot) -> tuple[Fact, ...]:
        """What holds today in a slot, the earliest first."""
        return tuple(fact for fact in self._mine if fact.kept.claim.slot is slot and self._holds(fact))

    def ended(self, slot: Slot, qualifiers: Sequence[Qualifier] = ANY) -> tuple[Fact, ...]:
        """What held once in a slot and does no more, the earliest first."""
        return tuple(
            fact
            for fact in self._mine
            if fact.kept.claim.slot is slot
            and fact.state is State.ENDED
            and fact.kept.claim.qualifier in qualifiers
        )

    def corrects(self, known: Known) -> bool:
        """Whether what is known was told to put something else right."""
        claims = {each.claim_id for fact in known.facts for each in fact.claims}
        return any(fact.ended_by in claims for fact in self._wrong)

    def one(self, slot: Slot, qualifiers: Sequence[Qualifier] = ANY) -> Known:
        """What holds in a slot that has one value at a time, of the first qualifier that has any. Of values that
        cannot both be true the later one is given, in doubt."""
        for qualifier in qualifiers:
            some = [fact for fact in self.all(slot) if fact.kept.claim.qualifier is qualifier]
            if some:
                return _latest(slot, some)
        return NOTHING

    def second(self, slot: Slot, qualifiers: Sequence[Qualifier] = ANY) -> Known:
        """What holds in a slot beside what `one` gives; nothing where it is the same or there is none."""
        first = self.one(slot, qualifiers)
        beside = [each for each in qualifiers if not first or each is not first.facts[0].kept.claim.qualifier]
        other = self.one(slot, beside)
        same = first and other and canonical(slot, first.forms[0]) == canonical(slot, other.forms[0])
        return NOTHING if same else other

    def first(self, slots: Sequence[Slot], qualifiers: Sequence[Qualifier] = ANY) -> Known:
        """The first slot of which something is known."""
        return next((known for slot in slots if (known := self.one(slot, qualifiers))), NOTHING)

    def _holds(self, fact: Fact) -> bool:
        if fact.state is not State.CURRENT or fact.kept.claim.stance is not Stance.HOLDS:
            return False
        if fact.valid_to is not None and fact.valid_to.date() <= self._today:
            return False
        return fact.valid_from is None or fact.valid_from.date() <= self._today


def _latest(slot: Slot, some: Sequence[Fact]) -> Known:
    """The last of them; of those that may be the same as it, the one that says most."""
    last = some[-1]
    alike = [fact for fact in some if compatible(slot, fact.kept.value, last.kept.value)]
    fullest = max(alike, key=lambda fact: (len(fact.kept.value.split()), moment(fact)))
    return said(fullest, "disputed" if len(alike) < len(some) else "")
