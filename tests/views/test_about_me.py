"""About me in the window over made-up facts: what is shown, the keyboard, odd data, small windows.

`test_about_me_vault.py` does the same acts over a real vault.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.memory import MemoryPlace
from second_me.app.views.memory.about.editors import EndEditor, ValueEditor
from second_me.app.views.memory.about.row import FactRow
from tests.views.places import OFFSCREEN, WAIT, memory, outside, unnamed
from tests.views.sample_facts import FACTS, ODD, PAIRS, FactsClient

pytestmark = OFFSCREEN
Opened = Callable[..., MemoryPlace]


@pytest.fixture
def opened(qtbot: QtBot, theme: Theme, preferences: Preferences) -> Iterator[Opened]:
    services: list[Service] = []

    def make(client: FactsClient, width: int = 1000, height: int = 700) -> MemoryPlace:
        service = Service(client)
        services.append(service)
        place = MemoryPlace(service, theme, preferences)
        qtbot.addWidget(place)
        place.resize(width, height)
        place.show()
        place.tabs.setCurrentIndex(1)
        return place

    yield make
    for service in services:
        service.close()


def ready(qtbot: QtBot, place: MemoryPlace) -> MemoryPlace:
    qtbot.waitUntil(lambda: place.about.known.ready and not place.about.skeleton.isVisible(), timeout=WAIT)
    return place


def row(place: MemoryPlace, value: str) -> FactRow:
    return next(each for each in place.about.listing.rows if each.fact["value"] == value)


def calls(client: FactsClient, method: str) -> list[dict[str, Any]]:
    return [params for name, params in client.calls if name == method]


def entry(fact_row: FactRow, text: str) -> None:
    next(action for action in fact_row.menu().actions() if action.text() == text).trigger()


def undo(place: MemoryPlace) -> None:
    next(b for b in place.about.toast.findChildren(QPushButton) if b.isVisible()).click()


def test_a_row_says_what_since_when_and_where_from(qtbot: QtBot, opened: Opened) -> None:
    place = ready(qtbot, opened(FactsClient()))
    phone = row(place, "0151 2345 6789")
    assert phone.what.text() == "Phone (mobile)"
    assert "since" in phone.source.full() and "Talk" in phone.source.full()
    assert "confirmed" in [each.text() for each in phone.findChildren(QLabel)]
    assert phone.accessibleName().startswith("Phone (mobile): 0151 2345 6789, since ")
    assert not row(place, "3 May 1986").fact["confirmed"]


def test_what_was_before_is_folded(qtbot: QtBot, opened: Opened) -> None:
    place = ready(qtbot, opened(FactsClient()))
    assert "Berlin" not in [each.fact["value"] for each in place.about.listing.rows]
    home = next(card for card in place.about.listing.cards if card.section.title == "Home")
    home.before.click()
    until = [each.text() for each in row(place, "Berlin").findChildren(QLabel)]
    assert any(text.startswith("until ") for text in until)
    assert "Still true" in [action.text() for action in row(place, "Berlin").menu().actions()]


def test_searching_narrows_the_facts(qtbot: QtBot, opened: Opened) -> None:
    place = ready(qtbot, opened(FactsClient(pairs=PAIRS)))
    qtbot.keyClicks(place.about.field, "utrecht")
    shown = lambda: [each.fact["value"] for each in place.about.listing.rows]  # noqa: E731
    qtbot.waitUntil(lambda: shown() == ["Utrecht", "Oudegracht 214, 3511 Utrecht"], timeout=WAIT)
    assert not place.about.inbox.isVisible()
    place.about.field.setText("zebra")
    qtbot.waitUntil(place.about.nothing.isVisible, timeout=WAIT)
    assert "zebra" in place.about.nothing.text()


def test_editing_by_keyboard(qtbot: QtBot, opened: Opened) -> None:
    client = FactsClient()
    place = ready(qtbot, opened(client))
    name = row(place, "Jonas Hartmann")
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert isinstance(name.editor, ValueEditor)
    qtbot.keyClick(name.editor.field, Qt.Key.Key_Escape)
    assert name.editor is None and not calls(client, "facts.edit")
    qtbot.keyClick(name, Qt.Key.Key_F2)
    qtbot.keyClicks(name.editor.field, "Jonas H.")
    qtbot.keyClick(name.editor.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(calls(client, "facts.edit")), timeout=WAIT)
    assert calls(client, "facts.edit") == [{"fact_id": 1, "value": "Jonas H."}]


def test_nothing_moves_while_a_row_is_edited(qtbot: QtBot, opened: Opened) -> None:
    client = FactsClient()
    place = ready(qtbot, opened(client))
    name = row(place, "Jonas Hartmann")
    name.edit()
    client.more["facts.list"] = FACTS[1:]
    with qtbot.waitSignal(place.about.known.changed, timeout=WAIT):
        client.tell("facts.changed", {})
    assert name in place.about.listing.rows
    name.close_editor()
    gone = lambda: all(each.fact["fact_id"] != 1 for each in place.about.listing.rows)  # noqa: E731
    qtbot.waitUntil(gone, timeout=WAIT)


def test_it_ends_today_unless_another_day_is_said(qtbot: QtBot, opened: Opened) -> None:
    client = FactsClient()
    place = ready(qtbot, opened(client))
    entry(row(place, "liquorice"), "No longer true…")
    editor = row(place, "liquorice").editor
    assert isinstance(editor, EndEditor)
    qtbot.keyClick(editor.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: calls(client, "facts.end") == [{"fact_id": 12}], timeout=WAIT)
    qtbot.waitUntil(place.about.toast.isVisible, timeout=WAIT)
    undo(place)
    qtbot.waitUntil(lambda: calls(client, "facts.reopen") == [{"fact_id": 12}], timeout=WAIT)
    entry(row(place, "liquorice"), "No longer true…")
    editor = row(place, "liquorice").editor
    assert isinstance(editor, EndEditor)
    editor.day.setDate(editor.day.date().addDays(-3))
    said = editor.day.date().toString(Qt.DateFormat.ISODate)
    editor.keep.click()
    qtbot.waitUntil(lambda: len(calls(client, "facts.end")) == 2, timeout=WAIT)
    assert calls(client, "facts.end")[1] == {"fact_id": 12, "at": f"{said}T00:00:00"}


def test_the_arrows_go_from_row_to_row(qtbot: QtBot, opened: Opened) -> None:
    place = ready(qtbot, opened(FactsClient()))
    first, second = place.about.listing.rows[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert place.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert place.focusWidget() is first


def test_adding_a_fact(qtbot: QtBot, opened: Opened) -> None:
    client = FactsClient()
    place = ready(qtbot, opened(client))
    place.about.add_it.click()
    form = place.about.adding
    assert not form.keep.isEnabled()
    form.who.setCurrentIndex(form.who.findData("Anna"))
    form.what.setCurrentIndex(form.what.findData("email"))
    qtbot.keyClicks(form.value, " anna@example.org ")
    qtbot.keyClick(form.value, Qt.Key.Key_Return)
    wanted = [{"slot": "email", "value": "anna@example.org", "subject": "Anna"}]
    qtbot.waitUntil(lambda: calls(client, "facts.add") == wanted, timeout=WAIT)
    assert not form.isVisible()


def test_the_tab_counts_what_is_to_decide_and_leads_there(qtbot: QtBot, opened: Opened) -> None:
    place = ready(qtbot, opened(FactsClient(pairs=PAIRS)))
    place.tabs.setCurrentIndex(0)
    assert place.decide.text() == "2 to decide"
    place.decide.click()
    assert place.tabs.currentIndex() == 1
    assert place.focusWidget() is place.about.inbox.cards[0].first.this
    assert "<b>3 May</b>" in place.about.inbox.cards[0].first.text.text()


@pytest.mark.parametrize("verdict", ["first", "second", "both", "later"])
def test_a_contradiction_is_asked_about_once(qtbot: QtBot, opened: Opened, verdict: str) -> None:
    client = FactsClient(pairs=PAIRS)
    place = ready(qtbot, opened(client))
    card = place.about.inbox.cards[0]
    buttons = {"first": card.first.this, "second": card.second.this, "both": card.both, "later": card.later}
    buttons[verdict].click()
    assert place.decide.text() == "1 to decide"
    qtbot.waitUntil(place.about.toast.isVisible, timeout=WAIT)
    assert calls(client, "contradictions.settle") == [{"first": 2, "second": 31, "verdict": verdict}]
    undo(place)
    assert place.decide.text() == "2 to decide"
    qtbot.waitUntil(lambda: len(calls(client, "contradictions.settle")) == 2, timeout=WAIT)
    assert calls(client, "contradictions.settle")[1]["verdict"] is None


def test_the_source_opens_the_memory(qtbot: QtBot, opened: Opened) -> None:
    client = FactsClient(pairs=PAIRS)
    place = ready(qtbot, opened(client))
    row(place, "Utrecht").source.click()
    assert place.tabs.currentIndex() == 0
    qtbot.waitUntil(lambda: {"memory_id": "m6"} in calls(client, "memory.get"), timeout=WAIT)
    place.tabs.setCurrentIndex(1)
    place.about.inbox.cards[0].second.source.click()
    qtbot.waitUntil(lambda: {"memory_id": "m31"} in calls(client, "memory.get"), timeout=WAIT)


def test_a_memory_shows_its_facts_and_leads_to_them(qtbot: QtBot, opened: Opened) -> None:
    place = ready(qtbot, opened(FactsClient()))
    place.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: place.timeline.detail.memory is not None, timeout=WAIT)
    assert any(each.text() == "Facts from this memory" for each in place.timeline.detail.findChildren(QLabel))
    place.timeline.detail.about_me.emit(7)
    assert place.tabs.currentIndex() == 1
    assert place.focusWidget() is row(place, "Berlin")


def test_a_memory_with_a_long_link_fits(qtbot: QtBot, opened: Opened) -> None:
    text = f"Look at https://example.org/{'path' * 200} and tell me."
    detail = {**memory("m1", "2024-05-03T10:00:00", text), "facts": ODD}
    place = ready(qtbot, opened(FactsClient(more={"memory.get": detail}), 900))
    place.open_memory("m1")
    qtbot.waitUntil(lambda: (place.timeline.detail.memory or {}).get("text") == text, timeout=WAIT)
    qtbot.wait(50)
    area = place.timeline.detail.area
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_nothing_known_says_so_and_offers_to_tell(qtbot: QtBot, opened: Opened) -> None:
    place = ready(qtbot, opened(FactsClient(facts=[])))
    assert place.about.empty.isVisible() and not place.decide.isVisible()
    assert not unnamed(place)
    place.about.empty.acted.emit()
    assert place.about.adding.isVisible()
    assert not place.about.adding.who.isVisible()


def test_a_fault_is_told_and_can_be_tried_again(qtbot: QtBot, opened: Opened) -> None:
    class Refusing(FactsClient):
        refuses = True

        def call(self, method: str, patience: float | None = None, **params: Any) -> Any:
            if self.refuses and method == "facts.list":
                raise RemoteFault("busy", "The vault is busy.", "Wait a moment.")
            return super().call(method, patience, **params)

    client = Refusing()
    place = opened(client)
    again = lambda: [b for b in place.about.findChildren(QPushButton) if b.text() == "Try again"]  # noqa: E731
    qtbot.waitUntil(lambda: bool(again()), timeout=WAIT)
    assert any(each.text() == "The vault is busy." for each in place.about.findChildren(QLabel))
    client.refuses = False
    again()[0].click()
    ready(qtbot, place)
    assert place.about.listing.rows


@pytest.mark.parametrize("width", [1000, 720, 416])
@pytest.mark.parametrize("facts", [FACTS, ODD], ids=["usual", "odd"])
def test_it_fits_and_everything_has_a_name(
    qtbot: QtBot, opened: Opened, facts: list[dict[str, Any]], width: int
) -> None:
    odd = [{"first": ODD[2], "second": ODD[6]}]
    place = ready(qtbot, opened(FactsClient(facts, pairs=odd), width, 560))
    place.about.add_it.click()
    place.about.listing.rows[0].edit()
    place.about.listing.rows[1].end()
    qtbot.wait(50)
    assert outside(place) == []
    assert place.about.area.widget().minimumSizeHint().width() <= width
    assert unnamed(place) == []


def test_large_text_fits_a_small_window(qtbot: QtBot, opened: Opened, theme: Theme) -> None:
    theme.use("light", 1.6)
    place = ready(qtbot, opened(FactsClient(pairs=PAIRS), 416, 560))
    qtbot.wait(50)
    assert outside(place) == []
    assert place.about.area.widget().minimumSizeHint().width() <= 416


def test_many_facts_are_shown_a_few_at_first(qtbot: QtBot, opened: Opened) -> None:
    likes = [{**FACTS[10], "fact_id": 100 + n, "value": f"thing {n}"} for n in range(200)]
    people = [{**FACTS[17], "fact_id": 500 + n, "subject": f"Friend {n}"} for n in range(100)]
    place = ready(qtbot, opened(FactsClient([*likes, *people])))
    assert len(place.about.listing.rows) < 60
    find = lambda text: next(b for b in place.about.findChildren(QPushButton) if b.text() == text)  # noqa: E731
    find("Show all 200").click()
    assert len(place.about.listing.cards[0].rows) == 200
    place.about.reveal(599)
    assert place.focusWidget() is row(place, "sister") or place.focusWidget() in place.about.listing.rows


def test_what_is_told_elsewhere_appears(qtbot: QtBot, opened: Opened) -> None:
    client = FactsClient(facts=FACTS[:3])
    place = ready(qtbot, opened(client))
    client.more["facts.list"] = FACTS
    client.tell("facts.changed", {})
    qtbot.waitUntil(lambda: any(r.fact["fact_id"] == 12 for r in place.about.listing.rows), timeout=WAIT)


def test_tab_goes_from_top_to_bottom_after_a_decision_too(qtbot: QtBot, opened: Opened) -> None:
    place = ready(qtbot, opened(FactsClient(pairs=PAIRS)))
    place.about.inbox.cards[0].both.click()
    left = place.about.inbox.cards[0]
    wanted = [left.first.source, left.first.this, left.second.source, left.second.this, left.both, left.later]
    qtbot.waitUntil(left.later.isVisible, timeout=WAIT)
    place.about.add_it.setFocus()
    for widget in (*wanted, *place.about.listing.rows[:3]):
        qtbot.keyClick(place.focusWidget(), Qt.Key.Key_Tab)
        assert place.focusWidget() is widget


def test_grey_lines_stand_there_while_it_takes_long(qtbot: QtBot, opened: Opened) -> None:
    class Slow(FactsClient):
        go = threading.Event()

        def call(self, method: str, patience: float | None = None, **params: Any) -> Any:
            if method == "facts.list":
                self.go.wait(WAIT / 1000)
            return super().call(method, patience, **params)

    client = Slow()
    place = opened(client)
    qtbot.waitUntil(lambda: place.about.skeleton.isVisible(), timeout=WAIT)
    qtbot.waitUntil(place.about.skeleton.visible_lines, timeout=WAIT)
    assert not place.about.empty.isVisible()
    client.go.set()
    ready(qtbot, place)
    assert place.about.listing.rows and not place.about.skeleton.isVisible()


def test_copying_a_value(qtbot: QtBot, opened: Opened, qapp: Any) -> None:
    place = ready(qtbot, opened(FactsClient()))
    entry(row(place, "jonas@hartmann.example"), "Copy")
    assert qapp.clipboard().text() == "jonas@hartmann.example"
