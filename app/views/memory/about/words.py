"""Facts in words: what, since when, where from, and what a screen reader says of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from second_me.app.service.slot_words import slot_name
from second_me.app.views.memory import phrases
from second_me.app.words import tr
from second_me.core.memory.facts.claims import ME, Stance, State

Fact = Mapping[str, Any]
"""A fact in the protocol's shape."""

LONGEST_VALUE = 400
TALKS, NOTES = "talk/", "notes"
"""How the conversations that were not imported are named."""


def what(fact: Fact) -> str:
    """What it is about: `Phone (work)`."""
    return slot_name(str(fact["slot"]), str(fact.get("qualifier") or ""))


def value(fact: Fact) -> str:
    """The value on one line, cut where it is very long."""
    text = " ".join(str(fact["value"]).split())
    short = text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE].rstrip() + "…"
    return tr("not {value}", value=short) if fact.get("stance") == Stance.DENIED.value else short


def subject(fact: Fact) -> str:
    """Of whom: `You`, or the name."""
    return tr("You") if fact["subject"] == ME else str(fact["subject"])


def is_past(fact: Fact) -> bool:
    """Whether it holds no longer, or never did."""
    return str(fact["state"]) != State.CURRENT.value


def place(fact: Fact) -> str:
    """Where it was told, in a word or two."""
    conversation = " ".join(str(fact.get("conversation") or "").split())
    if fact.get("origin") == "edit":
        return tr("About me")
    if not conversation or conversation.startswith(TALKS):
        return tr("Talk")
    return tr("Note") if conversation == NOTES else phrases.quoted(conversation)


def since(fact: Fact, today: date) -> str:
    """`since 3 May`; empty where nobody said."""
    start = phrases.moment(fact.get("valid_from"))
    return tr("since {day}", day=phrases.day(start, today)) if start else ""


def over(fact: Fact, today: date) -> str:
    """Of a past fact: `until 3 May`, or that it was put right."""
    if str(fact["state"]) == State.WRONG.value:
        return tr("put right later")
    end = phrases.moment(fact.get("valid_to"))
    return tr("until {day}", day=phrases.day(end, today)) if end else tr("no longer true")


def source(fact: Fact, today: date) -> str:
    """When it was told and where: `told 12 September, WhatsApp, “family”`."""
    said = phrases.moment(fact.get("said_at"))
    where = place(fact)
    return tr("told {day}, {place}", day=phrases.day(said, today), place=where) if said else where


def since_source(fact: Fact, today: date) -> str:
    """As `source` of a fact that holds since the day on which it was told: `since 12 September, Talk`."""
    return tr("{since}, {place}", since=since(fact, today), place=place(fact))


def told_when_it_began(fact: Fact) -> bool:
    """Whether it holds since the day on which it was told: then that day needs to be said only once."""
    start, said = phrases.moment(fact.get("valid_from")), phrases.moment(fact.get("said_at"))
    return _same_day(start, said)


def _same_day(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one.date() == other.date()


def spoken(fact: Fact, today: date) -> str:
    """All of a row for a screen reader: `Phone: 0151 23, since 3 May, confirmed`."""
    parts = [tr("{what}: {value}", what=what(fact), value=value(fact)), since(fact, today)]
    if is_past(fact):
        parts.append(over(fact, today))
    if fact.get("confirmed"):
        parts.append(tr("confirmed"))
    return ", ".join(part for part in parts if part)


def is_guarded(fact: Fact) -> bool:
    """Whether it is more private than most."""
    return fact.get("sensitivity") in ("private", "secret")


def level_names() -> dict[str, str]:
    """{word of a level: its plain name}, from what all may know to what nobody may."""
    return {
        "public": tr("public"),
        "ordinary": tr("ordinary"),
        "private": tr("private"),
        "secret": tr("secret"),
    }


def level(fact: Fact) -> str:
    """How private it is and of what topic, where that is known: `private · health`."""
    levels = level_names()
    topics = {
        "work": tr("work"),
        "family": tr("family"),
        "health": tr("health"),
        "money": tr("money"),
        "home": tr("home"),
    }
    known = (levels.get(str(fact.get("sensitivity"))), topics.get(str(fact.get("topic"))))
    return " · ".join(word for word in known if word)
