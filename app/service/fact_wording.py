"""The words of facts: values verbatim, each with its citation, with the time since when or until when they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from second_me.app.service.slot_words import qualifier_name, slot_noun
from second_me.app.service.time_wording import date_as_told
from second_me.app.words import tr
from second_me.core.memory.facts.claims import ME, Fact, State
from second_me.core.memory.facts.slots import Slot
from second_me.core.temporal.spans import Grain
from second_me.core.twin.answers import Answer, MessageId

_UNDATED = frozenset(
    {
        Slot.BIRTHDAY, Slot.RELATION, Slot.NAME, Slot.GIVEN_NAME, Slot.ADDITIONAL_NAME, Slot.FAMILY_NAME, Slot.SEX,
        Slot.PRONOUNS, Slot.SPEAKS, Slot.LANGUAGE,
    }
)  # fmt: skip
"""Since when these are so says nothing."""


def _noun(slot: Slot) -> str:
    """What the value is called behind "your": several values of these may stand in one answer."""
    several = {Slot.PET: tr("pets"), Slot.PLAN: tr("plans"), Slot.HABIT: tr("habits")}
    return several.get(slot) or slot_noun(slot)


def _mine(slot: Slot, now: bool, value: str) -> str:
    """A sentence about the person, to the person, without its full stop."""
    sentences = {
        Slot.HOME: (tr("You live in {value}", value=value), tr("You lived in {value}", value=value)),
        Slot.EMPLOYER: (tr("You work at {value}", value=value), tr("You worked at {value}", value=value)),
        Slot.ALLERGY: (
            tr("You are allergic to {value}", value=value),
            tr("You were allergic to {value}", value=value),
        ),
        Slot.LIKES: (tr("You like {value}", value=value), tr("You liked {value}", value=value)),
        Slot.DISLIKES: (tr("You dislike {value}", value=value), tr("You disliked {value}", value=value)),
        Slot.OWNS: (tr("You own {value}", value=value), tr("You owned {value}", value=value)),
        Slot.SPEAKS: (tr("You speak {value}", value=value), tr("You spoke {value}", value=value)),
    }
    noun = _noun(slot)
    plain = (
        tr("Your {noun}: {value}", noun=noun, value=value),
        tr("Your {noun} was: {value}", noun=noun, value=value),
    )
    return sentences.get(slot, plain)[0 if now else 1]


def _of_somebody(name: str, slot: Slot, now: bool, value: str) -> str:
    """A sentence about somebody, without its full stop."""
    sentences = {
        Slot.HOME: (
            tr("{name} lives in {value}", name=name, value=value),
            tr("{name} lived in {value}", name=name, value=value),
        ),
        Slot.EMPLOYER: (
            tr("{name} works at {value}", name=name, value=value),
            tr("{name} worked at {value}", name=name, value=value),
        ),
        Slot.ALLERGY: (
            tr("{name} is allergic to {value}", name=name, value=value),
            tr("{name} was allergic to {value}", name=name, value=value),
        ),
        Slot.LIKES: (
            tr("{name} likes {value}", name=name, value=value),
            tr("{name} liked {value}", name=name, value=value),
        ),
        Slot.DISLIKES: (
            tr("{name} dislikes {value}", name=name, value=value),
            tr("{name} disliked {value}", name=name, value=value),
        ),
        Slot.OWNS: (
            tr("{name} owns {value}", name=name, value=value),
            tr("{name} owned {value}", name=name, value=value),
        ),
        Slot.SPEAKS: (
            tr("{name} speaks {value}", name=name, value=value),
            tr("{name} spoke {value}", name=name, value=value),
        ),
    }
    noun = _noun(slot)
    plain = (
        tr("{name}'s {noun}: {value}", name=name, noun=noun, value=value),
        tr("{name}'s {noun} was: {value}", name=name, noun=noun, value=value),
    )
    return sentences.get(slot, plain)[0 if now else 1]


def _sentence(fact: Fact, now: bool, value: str, person: str | None) -> str:
    slot, subject = fact.kept.claim.slot, fact.kept.subject
    if slot is Slot.RELATION:
        return _related(fact, value, person)
    if subject == ME and person is None:
        return _mine(slot, now, value)
    return _of_somebody(person if subject == ME and person is not None else subject, slot, now, value)


def _related(fact: Fact, value: str, person: str | None) -> str:
    """Who somebody is; what is no noun ("married") stands by itself."""
    name, last = fact.kept.subject, fact.kept.value.split()[-1].casefold()
    if last.endswith(("ed", "s")) or last == "children":
        return tr("{name}: {value}", name=name, value=value)
    if person is None:
        return tr("{name} is your {value}", name=name, value=value)
    return tr("{name} is {person}'s {value}", name=name, person=person, value=value)


def _date(at: datetime) -> str:
    """A date as exactly as the first of a year or of a month at midnight lets think."""
    grain = Grain.YEAR if (at.month, at.day) == (1, 1) else Grain.MONTH
    if at.day != 1 or at.time() != time.min:
        grain = Grain.DAY
    return date_as_told(at, grain)


def _is_told(fact: Fact) -> bool:
    """Whether the person said since when, so that it is not only when it was said."""
    return any(each.claim.since is not None for each in fact.claims)


def _since(fact: Fact, person: str | None) -> str:
    if fact.kept.claim.slot in _UNDATED or fact.valid_from is None:
        return ""
    if _is_told(fact):
        return tr(", since {when}", when=_date(fact.valid_from))
    if person is not None:
        return tr(", as said on {when}", when=date_as_told(fact.valid_from, Grain.DAY))
    return tr(", as you said on {when}", when=date_as_told(fact.valid_from, Grain.DAY))


def _stretch(fact: Fact) -> str:
    """From when until when a fact held, as far as it is known."""
    start = _date(fact.valid_from) if fact.valid_from is not None and _is_told(fact) else ""
    end = _date(fact.valid_to) if fact.valid_to is not None else ""
    if start and end:
        return tr(", from {start} until {end}", start=start, end=end)
    if end:
        return tr(", until {end}", end=end)
    return tr(", since {when}", when=start) if start and fact.state is State.CURRENT else ""


def _which(fact: Fact) -> str:
    """Which of several a value is."""
    words = qualifier_name(fact.kept.claim.qualifier)
    return f" ({words})" if words else ""


class _Marks:
    """The citation marks of an answer's facts."""

    def __init__(self, answer: Answer) -> None:
        self._n = {(each.memory_id, each.quote): each.n for each in answer.citations}

    def __call__(self, fact: Fact) -> str:
        n = self._n.get((fact.kept.memory_id, fact.kept.quote))
        return f" [{n}]" if n is not None else ""


def fact_text(answer: Answer, person: str | None = None) -> str:
    """The sentences of an answer with `facts`; citations stand as `[n]`. `person` is the name by which somebody else
    is told of the person (None: the person is told)."""
    mark = _Marks(answer)
    if answer.message is MessageId.FACT_DISPUTED:
        return _disputed(answer, mark)
    if answer.message is MessageId.FACT_WAS:
        slot = answer.facts[0].kept.claim.slot
        main = [fact for fact in answer.facts if fact.kept.claim.slot is slot]
        text = "\n".join(_was(fact, mark, person, answer.facts) for fact in main)
    elif answer.message is MessageId.FACT_ENDED:
        fact = answer.facts[0]
        last = _sentence(fact, False, fact.kept.value + mark(fact), person)
        text = tr("{sentence}{stretch}. Of now I know nothing.", sentence=last, stretch=_stretch(fact))
    else:
        text = _now(answer.facts, mark, person, answer.message is MessageId.FACT)
    return f"{text}\n\n{_disputed(answer, mark)}" if answer.disputes else text


def _now(facts: Sequence[Fact], mark: _Marks, person: str | None, dated: bool) -> str:
    listed = ", ".join(f"{fact.kept.value}{_which(fact)}{mark(fact)}" for fact in facts)
    return f"{_sentence(facts[0], True, listed, person)}{_since(facts[0], person) if dated else ''}."


def _was(fact: Fact, mark: _Marks, person: str | None, facts: Sequence[Fact]) -> str:
    parts = [part for part in facts if part.kept.claim.slot is not fact.kept.claim.slot]
    value = ", ".join(f"{each.kept.value}{_which(each)}{mark(each)}" for each in (fact, *parts))
    return f"{_sentence(fact, False, value, person)}{_stretch(fact)}."


def _disputed(answer: Answer, mark: _Marks) -> str:
    """Both sides of the first contradiction with their dates, and which is right, unless that was asked before."""
    sides = (answer.disputes[0].first, answer.disputes[0].second)
    told = [
        tr(
            "“{quote}”{mark}, {when}",
            quote=fact.kept.quote,
            mark=mark(fact),
            when=date_as_told(fact.kept.said_at, Grain.DAY),
        )
        if fact.kept.said_at is not None
        else tr("“{quote}”{mark}", quote=fact.kept.quote, mark=mark(fact))
        for fact in sides
    ]
    text = tr("You told me two things: {first}; and {second}.", first=told[0], second=told[1])
    return f"{text} {tr('Which is right?')}" if answer.asks else text
