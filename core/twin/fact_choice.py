"""Which of the facts of a subject answer what is asked, and how they are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from second_me.core.memory.facts.claims import Fact, State
from second_me.core.memory.facts.slots import MANY_VALUED, Slot
from second_me.core.recall.entities import relation_of
from second_me.core.recall.keys import words
from second_me.core.recall.quotes import stem
from second_me.core.recall.related import related
from second_me.core.twin.answers import MessageId
from second_me.core.twin.asked_facts import AskedFact

MOST = 8
"""Facts that one answer tells."""

_PARTS = (Slot.ADDRESS_LINE2, Slot.POSTAL_CODE, Slot.ADDRESS_LEVEL2, Slot.HOME, Slot.COUNTRY_NAME)
"""What is told behind a street, when it was said with it."""

_STREETS = (Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1)


def chosen(asked: AskedFact, known: Sequence[Fact], now: datetime | None) -> tuple[MessageId, list[Fact]]:
    """(how it is told, the facts that answer), of what is known of the subject; no facts where none does."""
    fitting = [fact for fact in known if _fits(fact, asked)]
    if asked.span is not None:
        then = [fact for fact in fitting if _held_in(fact, asked.span.start, asked.span.end)]
        return MessageId.FACT_WAS, _of_one_slot(then, asked, known)
    ended = [fact for fact in fitting if _has_ended(fact, now)]
    if asked.past:
        return MessageId.FACT_WAS, _of_one_slot(ended, asked, known)
    current = _of_one_slot([fact for fact in fitting if _holds(fact, now)], asked, known)
    if current:
        several = len([fact for fact in current if fact.kept.claim.slot == current[0].kept.claim.slot]) > 1
        return MessageId.FACT_SEVERAL if several else MessageId.FACT, current
    last = [fact for fact in ended if fact.kept.claim.slot not in MANY_VALUED]
    return MessageId.FACT_ENDED, _of_one_slot(last, asked, known)[:1]


def _holds(fact: Fact, now: datetime | None) -> bool:
    if fact.state is not State.CURRENT:
        return False
    if now is None:
        return True
    return (fact.valid_from is None or fact.valid_from <= now) and (
        fact.valid_to is None or fact.valid_to > now
    )


def _has_ended(fact: Fact, now: datetime | None) -> bool:
    return fact.state is State.ENDED or (
        now is not None and fact.valid_to is not None and fact.valid_to <= now
    )


def _held_in(fact: Fact, start: datetime, end: datetime) -> bool:
    """Whether a fact held in a stretch, as far as its times are known."""
    if fact.valid_to is None and (fact.valid_from is None or fact.state is State.ENDED):
        return False
    return (fact.valid_from is None or fact.valid_from < end) and (
        fact.valid_to is None or fact.valid_to > start
    )


def _of_one_slot(facts: Sequence[Fact], asked: AskedFact, known: Sequence[Fact]) -> list[Fact]:
    """The facts of the slot that answers best, each value once, the latest first; a street with its town.

    That is the first slot; where one asks for a place to live the one that was told of last: "I moved to Bern" says
    more of where the person lives than the street that they once gave.
    """
    held = [slot for slot in asked.slots if any(fact.kept.claim.slot is slot for fact in facts)]
    if not held:
        return []
    slot = held[0]
    if Slot.HOME in asked.slots:
        slot = max(held, key=lambda each: max(_since(f) for f in facts if f.kept.claim.slot is each))
    values: dict[str, Fact] = {}
    for fact in sorted((f for f in facts if f.kept.claim.slot is slot), key=_since, reverse=True):
        values.setdefault(fact.kept.value.casefold(), fact)
    told = list(values.values())[:MOST]
    return [*told, *_parts_of(told[0], known)] if len(told) == 1 and slot in _STREETS else told


def _since(fact: Fact) -> datetime:
    return fact.valid_from or fact.kept.said_at or datetime.min


def _parts_of(street: Fact, known: Sequence[Fact]) -> list[Fact]:
    """Postcode and town that were said with a street and are not in it."""
    value = street.kept.value.casefold()
    return [
        fact
        for slot in _PARTS
        for fact in known
        if fact.kept.claim.slot is slot
        and (fact.kept.memory_id, fact.state) == (street.kept.memory_id, street.state)
        and fact.kept.value.casefold() not in value
    ]


def of_slots(fact: Fact, asked: AskedFact) -> bool:
    """Whether a fact stands where the answer may."""
    return fact.kept.claim.slot in asked.slots


def _fits(fact: Fact, asked: AskedFact) -> bool:
    kept = fact.kept
    if not of_slots(fact, asked) or asked.qualifier not in ("", kept.claim.qualifier):
        return False
    if not asked.word:
        return True
    if asked.name and {_kind(word) for word in words(kept.value)} == {_kind(asked.word)}:
        return False  # "a cat" is no name
    said = set(words(f"{kept.value} {kept.quote}"))
    if kept.claim.slot is Slot.OWNS and not said.isdisjoint(related(asked.word)):
        return True  # "I drive a Volvo" tells of a car
    return _kind(asked.word) in {_kind(word) for word in said}


def _kind(word: str) -> str:
    """One word for an animal in any of its words, and in the plural."""
    return relation_of(word) or relation_of(stem(word)) or stem(word)
