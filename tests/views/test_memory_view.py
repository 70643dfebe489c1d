"""The memory place over a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.client import Client
from second_me.app.theme.style import Theme, apply_theme
from second_me.app.views.bridge import Service
from second_me.app.views.memory import MemoryView, phrases
from second_me.app.views.memory.chips import MenuChip
from second_me.app.views.memory.erase import EraseDialog
from second_me.app.views.memory.feed import PAGE
from second_me.app.views.memory.rows import Who
from tests.views.places import OFFSCREEN, WAIT, imported, life, outside, served, unnamed

pytestmark = OFFSCREEN

ANNA = (
    "Anna started at the library in Utrecht",
    "Honestly a good linen notebook, nothing with a lock on it",
    "No walnuts in the cake, please",
)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, "light", 1.0)


@pytest.fixture
def vault(own_home: Path) -> Iterator[tuple[Service, Client]]:
    with served(own_home) as both:
        yield both


def opened(qtbot: QtBot, service: Service, theme: Theme, home: Path, width: int = 1000) -> MemoryView:
    view = MemoryView(service, theme, Preferences(home))
    qtbot.addWidget(view)
    view.resize(width, 700)
    with qtbot.waitSignal(view.side.feed.settled, timeout=WAIT):
        view.show()
    return view


@pytest.fixture
def view(
    qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, own_home: Path, tmp_path: Path
) -> MemoryView:
    service, client = vault
    imported(client, life(tmp_path / "anna.jsonl", ANNA))
    imported(client, life(tmp_path / "me.jsonl", ["I moved to Bern"], "Jonas", datetime(2024, 5, 1)))
    return opened(qtbot, service, theme, own_home)


def texts(view: MemoryView) -> list[str]:
    rows = view.side.rows
    found = [rows.memory(rows.index(n)) for n in range(rows.rowCount())]
    return [str(memory["text"]) for memory in found if memory is not None]


def reading(view: MemoryView) -> str:
    return str((view.detail.memory or {}).get("text"))


def test_latest_first_and_the_first_is_open(qtbot: QtBot, view: MemoryView) -> None:
    assert texts(view) == ["I moved to Bern", *reversed(ANNA)]
    qtbot.waitUntil(lambda: reading(view) == "I moved to Bern", timeout=WAIT)
    assert view.detail.title.full() == "You, 1 May 2024"


def test_search_as_you_type_and_back(qtbot: QtBot, view: MemoryView) -> None:
    qtbot.keyClicks(view.side.field, "notebook")
    qtbot.waitUntil(lambda: bool(texts(view)) and texts(view)[0] == ANNA[1], timeout=WAIT)
    assert view.side.summary.isVisible()
    view.side.field.clear()
    qtbot.waitUntil(lambda: len(texts(view)) == 4, timeout=WAIT)


def test_a_search_without_a_result_says_so(qtbot: QtBot, view: MemoryView) -> None:
    view.search("zebra")
    assert not view.detail.delete_it.hasFocus()
    words = lambda: view.side.nothing.text() + view.side.summary.text()  # noqa: E731
    qtbot.waitUntil(lambda: "“zebra”" in words(), timeout=WAIT)
    assert "mentions" in words()


def pick(chip: MenuChip, entry: str) -> None:
    menu = chip.menu_now()
    next(action for action in menu.actions() if action.text() == entry).trigger()


def test_who_said_it(qtbot: QtBot, view: MemoryView) -> None:
    chips = view.side.chips
    pick(chips.who, "You")
    assert view.side.feed.filters.who is Who.YOU
    qtbot.waitUntil(lambda: texts(view) == ["I moved to Bern"], timeout=WAIT)
    pick(chips.who, "Others")
    qtbot.waitUntil(lambda: len(texts(view)) == 3, timeout=WAIT)
    chips.who.click()
    qtbot.waitUntil(lambda: len(texts(view)) == 4, timeout=WAIT)
    assert chips.who.accessibleName() == "Said by: all"
    qtbot.waitUntil(lambda: "Anna" in chips.speakers, timeout=WAIT)
    pick(chips.who, "Anna")
    qtbot.waitUntil(lambda: len(texts(view)) == 3, timeout=WAIT)
    assert chips.who.text() == "Anna ✕" and not unnamed(view)


def test_when_it_was_said(qtbot: QtBot, view: MemoryView) -> None:
    chips = view.side.chips
    pick(chips.time, "From … to …")
    assert chips.range.isVisible() and not unnamed(view) and not outside(view)
    chips.range.first.setDate(QDate(2024, 4, 1))
    chips.range.last.setDate(QDate(2024, 5, 1))
    qtbot.waitUntil(lambda: texts(view) == ["I moved to Bern"], timeout=WAIT)
    qtbot.keyClick(chips.time, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(texts(view)) == 4, timeout=WAIT)
    assert not chips.range.isVisible()
    pick(chips.kind, "Notes")
    qtbot.waitUntil(lambda: view.side.unfilter.isVisible(), timeout=WAIT)
    assert not view.empty.isVisible()


def test_context_and_origin_stand_beside_it(qtbot: QtBot, view: MemoryView) -> None:
    middle = view.side.rows.memory(view.side.rows.index(view.side.rows.rowCount() - 2))
    assert middle is not None
    view.open_memory(str(middle["memory_id"]))
    qtbot.waitUntil(lambda: reading(view) == ANNA[1], timeout=WAIT)
    shown = "\n".join(label.text() for label in view.detail.findChildren(QLabel))
    assert "Said: 2 March 2024, 09:00" in shown
    assert "Recorded: " in shown
    assert "“family”" in shown


def test_delete_by_key_and_undo(qtbot: QtBot, view: MemoryView) -> None:
    view.side.list.setFocus()
    qtbot.keyClick(view.side.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: texts(view) == list(reversed(ANNA)), timeout=WAIT)
    assert view.toast.isVisible()
    undo = next(b for b in view.toast.findChildren(QPushButton) if b.isVisible())
    undo.click()
    qtbot.waitUntil(lambda: len(texts(view)) == 4, timeout=WAIT)


def test_erase_says_what_goes_and_it_is_gone(
    qtbot: QtBot, view: MemoryView, vault: tuple[Service, Client]
) -> None:
    _service, client = vault
    qtbot.waitUntil(lambda: reading(view) == "I moved to Bern", timeout=WAIT)
    memory_id = (view.detail.memory or {})["memory_id"]
    view.detail.erase_it.click()
    qtbot.waitUntil(lambda: bool(view.findChildren(EraseDialog)), timeout=WAIT)
    dialog = view.findChildren(EraseDialog)[0]
    preview = client.call("memory.preview_erasure", memory_ids=[memory_id])
    assert dialog.text.text() == f"{phrases.erasure_preview(preview)} This cannot be undone."
    assert "copies of the vault that you made yourself" in dialog.rest.text()
    assert dialog.keep.hasFocus() or dialog.focusWidget() is dialog.keep
    assert not unnamed(dialog)
    dialog.erase.click()
    qtbot.waitUntil(lambda: texts(view) == list(reversed(ANNA)), timeout=WAIT)
    assert client.call("memory.preview_erasure", memory_ids=[memory_id])["missing"] == [memory_id]


def test_keeping_erases_nothing(qtbot: QtBot, view: MemoryView) -> None:
    qtbot.waitUntil(lambda: view.detail.memory is not None, timeout=WAIT)
    view.erase()
    qtbot.waitUntil(lambda: bool(view.findChildren(EraseDialog)), timeout=WAIT)
    view.findChildren(EraseDialog)[0].keep.click()
    assert len(texts(view)) == 4


def test_by_keyboard_alone(qtbot: QtBot, view: MemoryView) -> None:
    view.activateWindow()
    view.side.field.setFocus()
    qtbot.keyClick(view.side.field, Qt.Key.Key_Return)
    qtbot.waitUntil(view.side.list.hasFocus, timeout=WAIT)
    qtbot.keyClick(view.side.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: reading(view) == ANNA[2], timeout=WAIT)
    qtbot.keyClick(view.side.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(view.side.field.hasFocus, timeout=WAIT)


def test_narrow_shows_one_of_the_two(qtbot: QtBot, view: MemoryView) -> None:
    view.resize(480, 600)
    qtbot.waitUntil(lambda: not view.reading.isVisible(), timeout=WAIT)
    assert not outside(view)
    view.side.list.setFocus()
    qtbot.keyClick(view.side.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.reading.isVisible() and not view.side.isVisible(), timeout=WAIT)
    qtbot.waitUntil(lambda: view.detail.memory is not None, timeout=WAIT)
    assert not outside(view)
    view.detail.backward.click()
    assert view.side.isVisible()


def test_everything_has_a_name(qtbot: QtBot, view: MemoryView) -> None:
    qtbot.waitUntil(lambda: view.detail.memory is not None, timeout=WAIT)
    assert unnamed(view) == []


def test_empty_offers_to_import(
    qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, own_home: Path, tmp_path: Path
) -> None:
    view = opened(qtbot, vault[0], theme, own_home)
    assert view.empty.isVisible()
    assert not unnamed(view)
    view.first_import.start([str(life(tmp_path / "anna.jsonl", ANNA))])
    qtbot.waitUntil(lambda: len(texts(view)) == 3, timeout=WAIT)
    assert not view.empty.isVisible()
    assert view.first_import.text.text() == "3 memories added."


def test_what_is_told_elsewhere_appears(
    qtbot: QtBot, view: MemoryView, vault: tuple[Service, Client]
) -> None:
    vault[1].call("remember", text="The key is under the third pot")
    qtbot.waitUntil(lambda: texts(view)[0] == "The key is under the third pot", timeout=WAIT)


def test_long_timelines_come_in_pages(
    qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, own_home: Path, tmp_path: Path
) -> None:
    service, client = vault
    many = life(tmp_path / "many.jsonl", (f"Entry number {n} about the garden" for n in range(2 * PAGE + 50)))
    imported(client, many)
    view = opened(qtbot, service, theme, own_home)
    assert view.side.rows.fetched in (
        PAGE,
        2 * PAGE,
    )  # a slow machine may have come to the end of a page already

    def at_the_end() -> bool:
        view.side.list.scrollToBottom()  # again, where the new rows were not laid out yet
        return view.side.rows.fetched == 2 * PAGE + 50

    qtbot.waitUntil(at_the_end, timeout=WAIT)
    shown = texts(view)
    assert len(set(shown)) == len(shown) == 2 * PAGE + 50
