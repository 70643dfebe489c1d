"""About me over a real service and a real vault: what was told becomes facts, and every act reaches the vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.client import Client
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.memory import MemoryPlace
from second_me.app.views.memory.about.row import FactRow
from second_me.app.views.memory.erase import EraseDialog
from tests.views.places import OFFSCREEN, WAIT, outside, served, unnamed

pytestmark = OFFSCREEN

TOLD = (
    ("I live in Berlin.", "2024-01-05T09:00:00"),
    ("I moved to Utrecht.", "2025-03-01T09:00:00"),
    ("I like liquorice.", "2025-04-01T09:00:00"),
    ("I am allergic to walnuts.", "2025-05-01T09:00:00"),
)
BIRTHDAYS = (
    ("My birthday is 3 May 1986.", "2025-06-01T09:00:00"),
    ("My birthday is 5 May 1986.", "2025-07-01T09:00:00"),
)


@pytest.fixture
def vault(own_home: Path) -> Iterator[tuple[Service, Client]]:
    with served(own_home) as both:
        yield both


def tell(client: Client, told: tuple[tuple[str, str], ...]) -> None:
    for text, time in told:
        client.call("remember", text=text, time=time)
    assert client.call("facts.wait", timeout=60)["read"]


@pytest.fixture
def place(qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, preferences: Preferences) -> MemoryPlace:
    service, client = vault
    tell(client, TOLD)
    made = MemoryPlace(service, theme, preferences)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: bool(made.about.listing.rows), timeout=WAIT)
    return made


def facts(client: Client) -> dict[str, dict[str, Any]]:
    return {str(each["value"]): each for each in client.call("facts.list")}


def values(place: MemoryPlace) -> list[str]:
    return [str(each.fact["value"]) for each in place.about.listing.rows]


def row(place: MemoryPlace, value: str) -> FactRow:
    return next(each for each in place.about.listing.rows if each.fact["value"] == value)


def entry(fact_row: FactRow, text: str) -> None:
    next(action for action in fact_row.menu().actions() if action.text() == text).trigger()


def undo(qtbot: QtBot, place: MemoryPlace) -> None:
    qtbot.waitUntil(place.about.toast.isVisible, timeout=WAIT)
    next(b for b in place.about.toast.findChildren(QPushButton) if b.isVisible()).click()


def test_what_was_told_stands_there_with_its_source(qtbot: QtBot, place: MemoryPlace) -> None:
    assert {"Utrecht", "liquorice", "walnuts"} <= set(values(place))
    assert "Berlin" not in values(place)
    assert row(place, "Utrecht").source.full() == "since 1 March 2025, Note"
    assert not unnamed(place) and not outside(place)
    row(place, "Utrecht").source.click()
    qtbot.waitUntil(lambda: (place.timeline.detail.memory or {}).get("text") == TOLD[1][0], timeout=WAIT)


def test_a_memory_leads_to_its_fact(qtbot: QtBot, place: MemoryPlace, vault: tuple[Service, Client]) -> None:
    berlin = facts(vault[1])["Berlin"]
    place.open_memory(berlin["memory_id"])
    qtbot.waitUntil(lambda: (place.timeline.detail.memory or {}).get("text") == TOLD[0][0], timeout=WAIT)
    place.timeline.detail.about_me.emit(berlin["fact_id"])
    qtbot.waitUntil(lambda: "Berlin" in values(place), timeout=WAIT)


def test_edit_confirm_end_and_reopen(qtbot: QtBot, place: MemoryPlace, vault: tuple[Service, Client]) -> None:
    client = vault[1]
    row(place, "liquorice").edited.emit("salty liquorice")
    qtbot.waitUntil(lambda: "salty liquorice" in values(place), timeout=WAIT)
    assert facts(client)["liquorice"]["state"] == "wrong"
    assert facts(client)["salty liquorice"]["confirmed"]

    row(place, "walnuts").acted.emit("confirm")
    qtbot.waitUntil(lambda: bool(row(place, "walnuts").fact["confirmed"]), timeout=WAIT)

    entry(row(place, "walnuts"), "No longer true…")
    editor: Any = row(place, "walnuts").editor
    editor.keep.click()
    qtbot.waitUntil(lambda: "walnuts" not in values(place), timeout=WAIT)
    assert facts(client)["walnuts"]["state"] == "ended"
    undo(qtbot, place)
    qtbot.waitUntil(lambda: "walnuts" in values(place), timeout=WAIT)
    assert facts(client)["walnuts"]["state"] == "current"


def test_how_private_a_fact_is_can_be_said_and_taken_back(
    qtbot: QtBot, place: MemoryPlace, vault: tuple[Service, Client]
) -> None:
    client = vault[1]
    before = facts(client)["liquorice"]["sensitivity"]
    menu = row(place, "liquorice").menu()
    levels = next(each.menu() for each in menu.actions() if each.text() == "How private it is")
    assert isinstance(levels, QMenu)
    assert [each.text() for each in levels.actions() if each.isChecked()] == [before]
    next(each for each in levels.actions() if each.text() == "secret").trigger()
    qtbot.waitUntil(lambda: row(place, "liquorice").fact["sensitivity"] == "secret", timeout=WAIT)
    undo(qtbot, place)
    qtbot.waitUntil(lambda: row(place, "liquorice").fact["sensitivity"] == before, timeout=WAIT)


def test_add_and_erase(qtbot: QtBot, place: MemoryPlace, vault: tuple[Service, Client]) -> None:
    client = vault[1]
    place.about.start_adding()
    place.about.adding.added.emit("Anna", "email", "anna@example.org")
    qtbot.waitUntil(lambda: "anna@example.org" in values(place), timeout=WAIT)
    assert facts(client)["anna@example.org"]["subject"] == "Anna"
    assert row(place, "anna@example.org").fact["confirmed"]

    entry(row(place, "liquorice"), "Erase the memory…")
    qtbot.waitUntil(lambda: bool(place.about.findChildren(EraseDialog)), timeout=WAIT)
    place.about.findChildren(EraseDialog)[0].erase.click()
    qtbot.waitUntil(lambda: "liquorice" not in values(place), timeout=WAIT)
    assert "liquorice" not in facts(client)
    assert TOLD[2][0] not in [each["text"] for each in client.call("memory.timeline")]


def test_two_birthdays_are_asked_about_once(
    qtbot: QtBot, place: MemoryPlace, vault: tuple[Service, Client]
) -> None:
    client = vault[1]
    tell(client, BIRTHDAYS)
    qtbot.waitUntil(lambda: len(place.about.inbox.cards) == 1, timeout=WAIT)
    assert place.decide.text() == "1 to decide"
    place.tabs.setCurrentIndex(0)
    place.timeline.side.chips.contradicting.click()
    rows = place.timeline.side.rows
    told = lambda: {str((rows.memory(rows.index(n)) or {}).get("text")) for n in range(rows.rowCount())}  # noqa: E731
    wanted = {text for text, _time in BIRTHDAYS}
    qtbot.waitUntil(lambda: wanted == told() - {"None"}, timeout=WAIT)

    assert place.timeline.side.chips.contradicting.text() == "Contradictions 1"

    place.decide.click()
    place.about.inbox.cards[0].second.this.click()
    qtbot.waitUntil(lambda: client.call("contradictions.list") == [], timeout=WAIT)
    assert not place.decide.isVisible()
    assert place.timeline.side.chips.contradicting.text() == "Contradictions"
    undo(qtbot, place)
    qtbot.waitUntil(lambda: len(place.about.inbox.cards) == 1, timeout=WAIT)
    place.about.inbox.cards[0].both.click()
    qtbot.waitUntil(lambda: client.call("contradictions.list") == [], timeout=WAIT)
    shown = [each["value"] for each in client.call("facts.list", ended=False)]
    assert {"3 May 1986", "5 May 1986"} <= set(shown)


def test_what_is_told_in_the_talk_appears(
    qtbot: QtBot, place: MemoryPlace, vault: tuple[Service, Client]
) -> None:
    vault[1].call("remember", text="I speak Dutch.")
    qtbot.waitUntil(lambda: "Dutch" in values(place), timeout=WAIT)


def test_the_chips_narrow_the_timeline_and_the_search(
    qtbot: QtBot, place: MemoryPlace, vault: tuple[Service, Client]
) -> None:
    client, side = vault[1], place.timeline.side
    place.tabs.setCurrentIndex(0)
    memory_id = facts(client)["walnuts"]["memory_id"]
    client.call("life.pin", memory_id=memory_id, pinned=True)
    shown = lambda: [  # noqa: E731
        str(found["text"])
        for n in range(side.rows.rowCount())
        if (found := side.rows.memory(side.rows.index(n))) is not None
    ]
    side.chips.pinned.click()
    qtbot.waitUntil(lambda: shown() == [TOLD[3][0]], timeout=WAIT)
    place.timeline.search("liquorice")
    qtbot.waitUntil(lambda: TOLD[2][0] not in shown() and not side.skeleton.isVisible(), timeout=WAIT)
    side.chips.clear()
    qtbot.waitUntil(lambda: TOLD[2][0] in shown(), timeout=WAIT)
    side.field.clear()
    side.chips.faded.click()
    qtbot.waitUntil(lambda: side.nothing.isVisible() and side.unfilter.isVisible(), timeout=WAIT)
    assert not place.timeline.empty.isVisible()
    side.unfilter.click()
    qtbot.waitUntil(lambda: len(shown()) == len(TOLD), timeout=WAIT)
