"""The words of audiences, levels, topics and of what stands in the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt

from second_me.app.service.slot_words import slot_noun
from second_me.app.words import tr, trn
from second_me.core.disclosure.levels import Audience, Topic
from second_me.core.memory.facts.slots import Group, Slot, group_of

LEVELS = ("nothing", "public", "ordinary", "private")
TOPICS = tuple(topic.value for topic in Topic if topic is not Topic.NONE)


def audience_name(audience: str) -> str:
    """What an audience is called."""
    names = {
        Audience.ME: tr("You"),
        Audience.PARTNER: tr("Partner"),
        Audience.FAMILY: tr("Family"),
        Audience.COLLEAGUE: tr("Colleagues"),
        Audience.SHOP: tr("Shops"),
        Audience.STRANGER: tr("Strangers"),
        Audience.PROGRAM: tr("Programs"),
    }
    return names[Audience(audience)]


def one_of(audience: str) -> str:
    """One of an audience, or of several at once, as somebody who asked."""
    names = {
        Audience.ME: tr("you"),
        Audience.PARTNER: tr("partner"),
        Audience.FAMILY: tr("family"),
        Audience.COLLEAGUE: tr("colleague"),
        Audience.SHOP: tr("shop"),
        Audience.STRANGER: tr("stranger"),
        Audience.PROGRAM: tr("program"),
    }
    return ", ".join(names[Audience(each)] for each in audience.split(", ") if each)


def level_name(level: str) -> str:
    """A level as what is known up to it."""
    return {
        "nothing": tr("Nothing by itself"),
        "public": tr("What is public"),
        "ordinary": tr("Ordinary things"),
        "private": tr("Private things too"),
        "secret": tr("Secrets"),
    }[level]


def topic_name(topic: str) -> str:
    """A topic."""
    return {
        "work": tr("Work"),
        "family": tr("Family"),
        "health": tr("Health"),
        "money": tr("Money"),
        "home": tr("Home"),
    }[topic]


def clearance_words(clearance: Mapping[str, Any]) -> str:
    """One sentence: what an audience may know."""
    parts = {
        "nothing": [],
        "public": [tr("what is public")],
        "ordinary": [tr("what is public or ordinary")],
        "private": [tr("everything but secrets")],
    }[str(clearance["level"])]
    if clearance["level"] != "private":
        parts += [
            tr("private things about {topic}", topic=topic_name(t).lower()) for t in clearance["topics"]
        ]
        parts += _slots(clearance["slots"])
    if not parts:
        return tr("May know nothing.")
    return tr("May know {what}.", what=_and(parts))


def _slots(slots: Sequence[str]) -> list[str]:
    groups = {group_of(Slot(slot)) for slot in slots}
    words = {
        Group.NAME: tr("your name"),
        Group.CONTACT: tr("how to reach you"),
        Group.HOME: tr("your address"),
    }
    return [words.get(group, group.value) for group in Group if group in groups]


def _and(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return tr("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def who_words(entry: Mapping[str, Any]) -> str:
    """Who asked, and as whom."""
    audience = one_of(entry["audience"] or "")
    if entry["asker"] and audience:
        return f"{entry['asker']} ({audience})"
    return str(entry["asker"] or tr("Somebody ({who})", who=audience))


def entry_words(entry: Mapping[str, Any]) -> str:
    """What happened, in one line."""
    action = str(entry["action"])
    if action == "answer":
        return _answer_words(entry)
    known = {
        "clearance": tr("You changed what {who} may know.", who=_whom(entry["audience"])),
        "contact": tr("You said who {who} is.", who=entry["asker"] or tr("somebody")),
        "disclosure": tr("You said who may know a memory."),
        "fill": tr("You filled a form on {site}.", site=_site(entry)),
        "not_filled": tr("Fields on {site} were left as they were.", site=_site(entry)),
        "undo": tr("You took back what was filled on {site}.", site=_site(entry)),
        "erase": trn(
            "A memory was erased.", "{n} memories were erased.", int(entry["detail"].get("memories", 0))
        ),
    }
    return known.get(action, action)


def _site(entry: Mapping[str, Any]) -> str:
    return str(entry["asker"] or tr("a page")).removeprefix("https://")


def _whom(audience: str | None) -> str:
    return audience_name(audience).lower() if audience else tr("somebody")


def _answer_words(entry: Mapping[str, Any]) -> str:
    about = [slot_noun(slot) for slot in entry["detail"].get("slots", ())]
    who = who_words(entry)
    if about:
        return tr("{who} asked about: {what}", who=who, what=", ".join(about))
    if entry["memories"]:
        return tr("{who} asked about something that you told me", who=who)
    return tr("{who} asked, and nothing here answered it", who=who)


def row_words(row: Mapping[str, Any]) -> str:
    """What was told of one memory, or that it was withheld."""
    if row["told"]:
        return tr("Told: “{what}”", what=row["text"]) if row["text"] else tr("Told")
    return tr("Withheld: {why}", why=_reasons().get(str(row["reason"]), str(row["reason"])))


def _reasons() -> dict[str, str]:
    return {
        "too_sensitive": tr("more private than they may know"),
        "third_person": tr("it is about somebody else"),
        "gives_away": tr("it would give away something withheld"),
        "whole_memory": tr("whole memories are yours"),
        "wrong": tr("it is not right any more"),
        "by_hand": tr("as you set it"),
    }


def time_words(time: str) -> str:
    """When, as this system writes it."""
    at = QDateTime.fromString(time, Qt.DateFormat.ISODate)
    return QLocale().toString(at, QLocale.FormatType.ShortFormat)
