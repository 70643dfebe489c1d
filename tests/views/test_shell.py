"""The frame: places, shortcuts, what is remembered about the window, and what is gone when it is locked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import SMALLEST
from second_me.app.views.bridge import Service
from second_me.app.views.shell import MainWindow
from second_me.app.views.statusbar import model_words
from second_me.app.views.widgets import ErrorBanner
from tests.views.places import WAIT, served, unnamed


@pytest.fixture
def service(own_home: Path) -> Iterator[Service]:
    with served(own_home) as (service, _):
        yield service


@pytest.fixture
def window(service: Service, theme: Theme, preferences: Preferences, qtbot: QtBot) -> MainWindow:
    secret = QLabel("Mara's birthday is on 28 November")
    places: dict[str, QWidget] = {"talk": secret, "memory": QWidget(), "settings": QWidget()}
    made = MainWindow(service, theme, preferences, places)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()  # shortcuts belong to the active window, and a window manager decides which that is
    qtbot.waitUntil(made.isActiveWindow)
    return made


def texts(window: QWidget) -> str:
    labels = [part.text() for part in window.findChildren(QLabel)]
    buttons = [part.text() for part in window.findChildren(QPushButton)]
    return " ".join([window.windowTitle(), *labels, *buttons])


def test_every_place_has_its_shortcut(window: MainWindow, qtbot: QtBot) -> None:
    keys = (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1)
    for key, name in zip(keys, ("memory", "settings", "talk"), strict=True):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.place() == name


def test_lock_and_quit_are_asked_for_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.quit_requested):
        qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_the_status_bar_tells_what_the_service_says(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "0 memories" in texts(window.status_bar), timeout=WAIT)
    assert "Unlocked" in texts(window.status_bar)
    assert "0 connections since start" in texts(window.status_bar)


def test_the_number_of_memories_leads_to_them(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "0 memories" in texts(window.status_bar), timeout=WAIT)
    link = next(b for b in window.status_bar.findChildren(QPushButton) if "memories" in b.text())
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert window.place() == "memory"


def test_nothing_of_the_content_is_left_after_locking(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "memories" in texts(window.status_bar), timeout=WAIT)
    assert "Mara" in texts(window)
    window.clear_content()
    qtbot.wait(10)
    assert "Mara" not in texts(window) and "memories" not in texts(window)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.place() == ""


def test_everything_that_can_have_the_focus_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "memories" in texts(window.status_bar), timeout=WAIT)
    assert not unnamed(window)


def test_a_fault_is_said_once(window: MainWindow) -> None:
    fault = RemoteFault("disk_full", "The disk is full.", "Make room, then try again.")
    window.show_fault(fault)
    window.show_fault(fault)
    banners = window.findChildren(ErrorBanner)
    assert len(banners) == 1
    assert "The disk is full. Make room, then try again." in banners[0].accessibleName()


def test_a_request_that_nobody_waits_for_is_told(window: MainWindow, service: Service, qtbot: QtBot) -> None:
    with qtbot.waitSignal(service.unhandled, timeout=WAIT):
        service.request("talk.turns", {"conversation": "there is none"})
    assert window.findChildren(ErrorBanner)


def test_an_answer_for_a_deleted_widget_is_dropped(service: Service, qtbot: QtBot) -> None:
    heard: list[Any] = []
    owner = QWidget()
    with qtbot.waitSignal(service._arrived, timeout=WAIT):  # before it is asked: the answer may come at once
        service.request("status", {}, heard.append, owner=owner)
        owner.deleteLater()
        QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    qtbot.wait(10)
    assert heard == []


def test_size_and_place_are_remembered(
    window: MainWindow, service: Service, theme: Theme, own_home: Path, qtbot: QtBot
) -> None:
    window.resize(700, 600)
    window.open_place("memory")
    window.close()
    places: dict[str, QWidget] = {"talk": QWidget(), "memory": QWidget()}
    again = MainWindow(service, theme, Preferences(own_home), places)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (700, 600)
    assert again.place() == "memory"


def test_the_window_can_be_small(window: MainWindow) -> None:
    window.resize(*SMALLEST)
    assert (window.width(), window.height()) == SMALLEST


@pytest.mark.parametrize("damage", ["", "{", "[1, 2]", '{"window.place": 7}', "\x00\xff"])
def test_damaged_preferences_are_defaults(tmp_path: Path, damage: str) -> None:
    (tmp_path / "preferences.json").write_text(damage, encoding="utf-8")
    preferences = Preferences(tmp_path)
    assert preferences.get("window.place", "talk") == "talk"
    preferences.set("window.place", "memory")
    assert Preferences(tmp_path).get("window.place", "talk") == "memory"


def test_preferences_hold_nothing_else(tmp_path: Path) -> None:
    Preferences(tmp_path).set("appearance.scheme", "dark")
    assert json.loads((tmp_path / "preferences.json").read_text()) == {"appearance.scheme": "dark"}
    assert [path.name for path in tmp_path.iterdir()] == ["preferences.json"]


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ({"state": "absent", "name": None}, "No model: answers are the memories themselves"),
        ({"state": "loading", "name": "SmolLM2"}, "SmolLM2 · loading"),
        ({"state": "failed", "name": "SmolLM2"}, "SmolLM2 · could not be loaded"),
        ({"state": "idle", "name": "SmolLM2", "resident_bytes": 0}, "SmolLM2 · not in memory yet"),
        ({"state": "ready", "name": "SmolLM2", "resident_bytes": 81_400_000}, "SmolLM2 · 81 MB resident"),
    ],
)
def test_the_model_in_words(model: dict[str, Any], words: str) -> None:
    assert model_words(model) == words
