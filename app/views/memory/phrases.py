"""Memories in words: who, when, where from, and what an erasure takes with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale

from second_me.app import erasure_words
from second_me.app.words import tr, trn


def moment(time: str | None) -> datetime | None:
    """The protocol's time (ISO 8601, local); None where it is unknown."""
    return datetime.fromisoformat(time) if time else None


def speaker(memory: Mapping[str, Any]) -> str:
    """Who said it, as the person would say it."""
    if memory.get("role") == "person":
        return tr("You")
    if memory.get("role") == "assistant":
        return tr("Second Me")
    return str(memory.get("speaker") or tr("Someone"))


def day(time: datetime | None, today: date) -> str:
    """`12 September`, with the year where it is not this one; words for an unknown time."""
    if time is None:
        return tr("date unknown")
    pattern = "d MMMM" if time.year == today.year else "d MMMM yyyy"
    return QLocale().toString(QDate(time.year, time.month, time.day), pattern)


def full_day(time: datetime | None) -> str:
    """`12 September 2026`."""
    if time is None:
        return tr("date unknown")
    return QLocale().toString(QDate(time.year, time.month, time.day), "d MMMM yyyy")


def day_and_hour(time: datetime | None) -> str:
    """`12 September 2026, 14:05`."""
    if time is None:
        return tr("date unknown")
    return tr("{day}, {hour}", day=full_day(time), hour=time.strftime("%H:%M"))


def month(time: datetime | None) -> str:
    """The heading under which a memory stands."""
    if time is None:
        return tr("Date unknown")
    return QLocale().standaloneMonthName(time.month) + f" {time.year}"


def origin(memory: Mapping[str, Any]) -> str:
    """Where it came from, in a word or two."""
    if memory.get("kind") == "note":
        return tr("Note")
    name = str(memory.get("origin") or "talk")
    known = {
        "talk": tr("Talk"),
        "note": tr("Note"),
        "jsonl": tr("Imported"),
        "plain": tr("File"),
        "whatsapp": "WhatsApp",
        "chatgpt": "ChatGPT",
        "edit": tr("About me"),
    }
    return known.get(name, name)


def place(memory: Mapping[str, Any]) -> str:
    """Where it came from, with the conversation's name where an import gave it one."""
    where = origin(memory)
    conversation = str(memory.get("conversation") or "")
    if memory.get("origin") in ("talk", "note", "edit") or not conversation:
        return where
    return tr("{where}, “{conversation}”", where=where, conversation=conversation)


def caption(memory: Mapping[str, Any], today: date) -> str:
    """The muted line under a quote: `Anna · 12 September · WhatsApp`."""
    return " · ".join((speaker(memory), day(moment(memory.get("time")), today), origin(memory)))


def quoted(text: str) -> str:
    """One line between quotation marks; a list shows no line breaks."""
    return tr("“{quote}”", quote=" ".join(text.split()))


def _parts(receipt: Mapping[str, Any], others: int) -> list[str]:
    more = [trn("{n} other memory", "{n} other memories", others)] if others > 0 else []
    return [*more, *erasure_words.along(receipt)]


def erasure_preview(receipt: Mapping[str, Any]) -> str:
    """What goes when one memory is erased: `This memory, 2 answers that used it, 1 title made of it.`"""
    return ", ".join([tr("This memory"), *_parts(receipt, len(receipt["memories"]) - 1)]) + "."


def erasure_receipt(receipt: Mapping[str, Any]) -> str:
    """What went: `Erased for good: this memory, 2 answers that used it.`"""
    parts = [tr("this memory"), *_parts(receipt, len(receipt["memories"]) - 1)]
    return tr("Erased for good: {what}.", what=", ".join(parts))


def conversation_erasure(receipt: Mapping[str, Any]) -> str:
    """What goes with a whole conversation: `Its 4 memories, its name and title, 2 answers that used it.`"""
    number = len(receipt["memories"])
    own = trn("Its {n} memory", "Its {n} memories", number)
    others = {**receipt, "titles": max(0, int(receipt["titles"]) - 1)}
    return ", ".join([own, tr("its name and title"), *erasure_words.along(others)]) + "."
