"""A mixture of experts that is larger than what may be held, as a person meets it: the whole window, a real worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import mixture
import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.client import Client
from second_me.app.theme.style import Theme
from second_me.app.views.application import Application
from second_me.app.views.settings.model import ModelSection
from second_me.app.views.shell import MainWindow
from second_me.app.views.talk.view import TalkView
from second_me.models.pages import LINUX
from second_me.models.starter import CHAT_FILE
from tests.views.places import OFFSCREEN, WAIT, served

Shown = TypeVar("Shown", bound=QWidget)

pytestmark = [OFFSCREEN, pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")]
SMALL = mixture.Measures(layers=8, experts=16, used=2, width=256, feed=256)
"""About 40 MB, 14 of them experts: the slider goes in megabytes."""


class Person:
    """Somebody before the window who has a mixture of experts in the models' folder."""

    def __init__(self, application: Application, client: Client, qtbot: QtBot) -> None:
        assert isinstance(application.window, MainWindow)
        self.window, self._client, self._qtbot = application.window, client, qtbot
        self.window.resize(1280, 1000)

    def opens(self, place: str) -> None:
        """Click a place in the rail."""
        rail = self.window.rail.findChildren(QToolButton)
        self.click(next(button for button in rail if button.text() == place))

    def find(self, kind: type[Shown]) -> Shown:
        """A part of the window that is on the screen."""
        found = self.window.findChild(kind)
        assert isinstance(found, kind)
        self.until(found.isVisible)
        return found

    def click(self, button: QAbstractButton) -> None:
        """With the mouse."""
        self.until(lambda: button.isVisible() and button.isEnabled())
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        """A key."""
        self._qtbot.keyClick(widget, key)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait."""
        self._qtbot.waitUntil(holds, timeout=WAIT)

    def asks(self, text: str) -> str:
        """A question in the talk, and what the window shows as its answer."""
        self.opens("Talk")
        talk = self.find(TalkView)
        before = len(talk.pane.answers())
        talk.pane.composer.set_text(text)
        self.press(talk.pane.composer.entry, Qt.Key.Key_Return)
        self.until(lambda: len(talk.pane.answers()) > before and talk.pane.answers()[-1].answer is not None)
        return talk.pane.answers()[-1].text()

    def budget(self) -> dict[str, Any]:
        """What the service says."""
        shape: dict[str, Any] = self._client.call("budget.status")
        return shape


@pytest.fixture
def person(
    qapp: QApplication,
    qtbot: QtBot,
    own_home: Path,
    starter_models: Path,
    theme: Theme,
    preferences: Preferences,
) -> Iterator[Person]:
    models = own_home / "models"
    models.mkdir(parents=True)
    for file in starter_models.glob("*.gguf"):
        (models / file.name).symlink_to(file)
    mixture.write(starter_models / CHAT_FILE, models / "Small-Mixture.Q4_0.gguf", SMALL)
    with served(own_home) as (_service, client):
        application = Application(qapp, preferences, theme)
        application.start()
        yield Person(application, client, qtbot)
        application.leave()
        assert application.window is not None
        application.window.close()
        application.window.deleteLater()
    psutil.wait_procs(psutil.Process().children(), timeout=10)


def test_a_mixture_is_chosen_made_small_asked_and_made_whole_again(person: Person) -> None:
    person.opens("Settings")
    section = person.find(ModelSection)
    person.until(lambda: any("Small-Mixture" in key for key in section.models.rows))
    row = next(card for key, card in section.models.rows.items() if "Small-Mixture" in key)
    section.ensureWidgetVisible(row.act)
    person.click(row.act)
    person.until(row.mark.isVisible)
    person.until(lambda: section.card.experts.isVisible())
    assert not section.steps.isVisible(), "it has more than one size without size steps"

    section.ensureWidgetVisible(section.card.follow)
    person.click(section.card.follow)
    person.until(section.card.slider.isEnabled)
    person.press(section.card.slider, Qt.Key.Key_Home)
    person.until(lambda: person.budget()["bytes"] == section.card.slider.minimum() * 1_000_000)
    assert person.asks("The spare key is under the third flowerpot.")  # no fact: the model is asked
    assert "third flowerpot" in person.asks("Where is the spare key?")
    small = person.budget()
    assert small["experts"]["state"] == "on demand"
    assert small["experts"]["read_bytes"] > 0
    assert small["experts"]["resident"] <= small["experts"]["window"] < small["experts"]["bytes"]

    person.opens("Settings")
    person.until(lambda: section.card.experts.text().endswith("to wait for the disk."))
    assert section.card.expected.text().endswith("same answers, slower")
    person.press(section.card.slider, Qt.Key.Key_End)
    person.until(lambda: person.budget()["experts"]["state"] == "whole")
    person.until(lambda: "no word waits for the disk" in section.card.experts.text())
    assert "third flowerpot" in person.asks("Where is the spare key?")
