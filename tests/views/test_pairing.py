"""Pairing and forgetting browsers in the Fill place, with the real service and an extension at its socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.theme.style import Theme
from second_me.app.views.application import Application
from second_me.app.views.fill.pairing_pages import extension_folder
from second_me.app.views.fill.place import FillPlace
from second_me.app.views.shell import MainWindow
from second_me.app.views.widgets import LinkButton
from tests.browser.extension import Extension
from tests.service.conftest import own_runtime as own_runtime
from tests.service.kit import Seat
from tests.views.filling import Filling, known, visited
from tests.views.places import WAIT, outside, unnamed


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    """One home for the tests of this module."""
    with known(tmp_path_factory.mktemp("pairing") / "home") as made:
        yield made


@pytest.fixture
def house(home: Seat, monkeypatch: pytest.MonkeyPatch) -> Iterator[Filling]:
    monkeypatch.setenv("SECOND_ME_HOME", str(home.home))
    with visited(home) as made:
        made.forget_browsers()
        yield made


@pytest.fixture
def place(house: Filling, theme: Theme, qtbot: QtBot) -> FillPlace:
    made = FillPlace(house.service, theme)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitUntil(lambda: made.empty.isVisible() or made.browsers.isVisible(), timeout=WAIT)
    return made


def texts(place: QWidget) -> str:
    return "\n".join(label.text() for label in place.findChildren(QLabel) if label.isVisible())


def _shown_code(house: Filling, place: FillPlace, qtbot: QtBot) -> tuple[Extension, str]:
    """Up to the moment in which both sides show a code."""
    place.pair()
    place.pairing.steps.start.click()
    qtbot.waitUntil(place.pairing.waiting.isVisible, timeout=WAIT)
    extension = Extension()
    code = extension.begin_pairing(house.wire())
    qtbot.waitUntil(place.pairing.code.isVisible, timeout=WAIT)
    return extension, code


def test_without_a_browser_there_is_one_action(place: FillPlace) -> None:
    assert place.empty.isVisible() and not place.fills.isVisible()
    assert "No browser is paired yet" in texts(place)


def test_a_browser_is_paired_when_both_show_the_same(house: Filling, place: FillPlace, qtbot: QtBot) -> None:
    extension, code = _shown_code(house, place, qtbot)
    assert place.pairing.code.digits.text() == code
    assert "Chromium 156 wants to be paired" in place.pairing.code.text.text()
    assert not place.pairing.code.same.hasFocus()
    place.pairing.code.same.click()
    assert house.wires[-1].receive() == {"kind": "paired"}
    qtbot.waitUntil(lambda: "Chromium 156" in texts(place.browsers), timeout=WAIT)
    assert not place.pairing.isVisible() and place.browsers.add.isVisible()
    extension.session(house.wire())
    qtbot.waitUntil(lambda: "connected now" in texts(place.browsers), timeout=WAIT)


def test_who_wants_to_be_paired_is_seen_in_a_small_window_that_was_scrolled(
    house: Filling, place: FillPlace, qtbot: QtBot
) -> None:
    house.paired("Firefox 151")
    qtbot.waitUntil(lambda: "Firefox 151" in texts(place.browsers), timeout=WAIT)
    place.resize(480, 260)
    bar = place.section.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=WAIT)
    bar.setValue(bar.maximum())
    house.client.call("browser.allow_pairing", seconds=60)
    Extension().begin_pairing(house.wire())
    qtbot.waitUntil(place.pairing.code.isVisible, timeout=WAIT)
    said = place.pairing.code.text
    qtbot.waitUntil(lambda: said.visibleRegion().boundingRect().height() == said.height(), timeout=WAIT)


def test_the_focus_waits_for_what_can_be_done(house: Filling, theme: Theme, qtbot: QtBot) -> None:
    made = FillPlace(house.service, theme)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(
        lambda: made.empty.isVisible() and made.empty.isAncestorOf(made.focusWidget()), timeout=WAIT
    )


def test_other_numbers_pair_nothing(house: Filling, place: FillPlace, qtbot: QtBot) -> None:
    _shown_code(house, place, qtbot)
    place.pairing.code.other.click()
    assert house.wires[-1].receive() == {"kind": "refused", "code": "declined"}
    qtbot.waitUntil(lambda: "Not paired." in texts(place), timeout=WAIT)
    assert house.client.call("browser.list") == []


def test_cancelling_lets_nobody_in(house: Filling, place: FillPlace, qtbot: QtBot) -> None:
    _shown_code(house, place, qtbot)
    place.pairing.leave.click()
    assert house.wires[-1].receive()["kind"] == "refused"
    assert not place.pairing.isVisible()
    qtbot.waitUntil(place.empty.isVisible, timeout=WAIT)
    assert house.client.call("browser.list") == []


def test_when_nobody_comes_it_is_said(place: FillPlace, qtbot: QtBot) -> None:
    place.pair()
    place.pairing.steps.start.click()
    qtbot.waitUntil(place.pairing.waiting.isVisible, timeout=WAIT)
    place.pairing.waiting._left = 1
    qtbot.waitUntil(lambda: "No browser came." in texts(place), timeout=WAIT)
    assert place.pairing.steps.isVisible()


def test_a_browser_can_be_forgotten(house: Filling, place: FillPlace, qtbot: QtBot) -> None:
    house.paired("Firefox 151")
    qtbot.waitUntil(lambda: "Firefox 151" in texts(place.browsers), timeout=WAIT)
    away = next(
        b for b in place.browsers.findChildren(LinkButton) if b.accessibleName() == "Forget Firefox 151"
    )
    away.click()
    qtbot.waitUntil(place.empty.isVisible, timeout=WAIT)
    assert house.client.call("browser.list") == []
    assert "Firefox 151 is forgotten." in texts(place.toast)


def test_the_extension_s_folder_can_be_copied(place: FillPlace, qapp: QApplication) -> None:
    place.pair()
    place.pairing.steps.copy.click()
    assert qapp.clipboard().text() == extension_folder()
    assert Path(extension_folder()).parent.name == "resources"


def test_the_browsers_of_this_computer_are_set_up_and_say_how_they_stand(
    place: FillPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    (tmp_path / ".config" / "chromium").mkdir(parents=True)
    place.pair()
    steps = place.pairing.steps
    qtbot.waitUntil(lambda: "Chromium: not set up." in steps.said.text(), timeout=WAIT)
    steps.set_up.click()
    qtbot.waitUntil(lambda: "Chromium: set up." in steps.said.text(), timeout=WAIT)
    assert list(tmp_path.rglob("me.second.host.json"))


@pytest.mark.parametrize("width", [480, 1600])
def test_everything_has_a_name_and_room(width: int, house: Filling, place: FillPlace, qtbot: QtBot) -> None:
    place.resize(width, 700)
    assert not unnamed(place) and not outside(place)
    place.pair()
    qtbot.wait(10)
    assert not unnamed(place) and not outside(place)
    _shown_code(house, place, qtbot)
    assert not unnamed(place) and not outside(place)
    place.pairing.leave.click()


def test_a_browser_that_waits_brings_the_place_forward(
    house: Filling, qapp: QApplication, preferences: Preferences, theme: Theme, qtbot: QtBot
) -> None:
    application = Application(qapp, preferences, theme)
    application.start()
    try:
        window = application.window
        assert isinstance(window, MainWindow)
        window.open_place("talk")
        house.client.call("browser.allow_pairing", seconds=120)
        code = Extension().begin_pairing(house.wire())
        qtbot.waitUntil(lambda: window.place() == "fill", timeout=WAIT)
        qtbot.waitUntil(lambda: code in texts(window), timeout=WAIT)
    finally:
        application.leave()
        if application.window is not None:
            application.window.close()
            application.window.deleteLater()
