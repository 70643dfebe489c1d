"""The words of the Talk place that depend on data: days, strengths, how a memory was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QLocale

from second_me.app.views.memory.phrases import day, moment, month, speaker
from second_me.app.words import tr, trn

_STRONG, _FAIR = 0.66, 0.33


def who_and_when(memory: Mapping[str, Any], today: date) -> str:
    """`Anna, 12 September`."""
    when = day(moment(memory.get("time")), today)
    return tr("{who}, {when}", who=speaker(memory), when=when)


def group(updated: str | None, today: date) -> str:
    """The heading of a conversation in the list: Today, Yesterday, This week, or its month."""
    time = moment(updated)
    if time is None:
        return tr("Date unknown")
    age = (today - time.date()).days
    if age <= 0:
        return tr("Today")
    if age == 1:
        return tr("Yesterday")
    if time.date() > today - timedelta(days=today.weekday() + 1):
        return tr("This week")
    return QLocale().standaloneMonthName(time.month) if time.year == today.year else month(time)


def separator(time: str | None, today: date) -> str:
    """The day above the messages of that day."""
    spoken = moment(time)
    if spoken is None:
        return tr("Date unknown")
    age = (today - spoken.date()).days
    if age == 0:
        return tr("Today")
    return tr("Yesterday") if age == 1 else day(spoken, today)


def spoken_on(turn: Mapping[str, Any]) -> date | None:
    """The day of a turn; None where it is unknown."""
    spoken = moment(turn["time"])
    return spoken.date() if spoken else None


def strength(value: float) -> str:
    """A word for how well a memory fits: strong, fair, faint."""
    if value >= _STRONG:
        return tr("strong")
    return tr("fair") if value >= _FAIR else tr("faint")


def found_by(why: Iterable[str]) -> str:
    """`found by name, date`; empty when nothing is known."""
    words = {
        "words": tr("its words"),
        "meaning": tr("meaning"),
        "name": tr("name"),
        "date": tr("date"),
        "time": tr("the time asked about"),
        "related": tr("related words"),
        "session": tr("its conversation"),
        "fact": tr("the fact it tells"),
    }
    known = [words[code] for code in why if code in words]
    return tr("found by {ways}", ways=", ".join(known)) if known else ""


def used(answer: Mapping[str, Any]) -> str:
    """`3 memories · 1.2 s`."""
    seconds = QLocale().toString(answer["ms"] / 1000, "f", 1)
    count = len(answer["citations"])
    if not count:
        return tr("{seconds} s", seconds=seconds)
    memories = trn("{n} memory", "{n} memories", count)
    return tr("{memories} · {seconds} s", memories=memories, seconds=seconds)


def provenance(answer: Mapping[str, Any]) -> str:
    """Whose words an answer is in, where that is not the usual; empty otherwise."""
    sources = {"general": tr("not from memory"), "memories": tr("the memories themselves")}
    words = [sources.get(answer["source"], "")]
    if answer["stopped"]:
        words.append(tr("stopped"))
    return " · ".join(word for word in words if word)
