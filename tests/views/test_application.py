"""The window as a whole: which view it shows when, and that locking leaves nothing on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from second_me.app.preferences import Preferences
from second_me.app.theme.style import Theme
from second_me.app.views.application import Application
from second_me.app.views.first_run.view import FirstRunView
from second_me.app.views.shell import MainWindow
from second_me.app.views.unlock.view import UnlockView
from tests.views.places import PASSPHRASE, WAIT, served

SECRET = "The spare key hangs behind the heron picture."


@pytest.fixture
def application(
    qapp: QApplication, own_home: Path, starter_models: Path, theme: Theme, preferences: Preferences
) -> Iterator[Application]:
    own_home.mkdir(parents=True, exist_ok=True)
    (own_home / "models").symlink_to(starter_models, target_is_directory=True)
    made = Application(qapp, preferences, theme)
    yield made
    made.leave()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    psutil.wait_procs(psutil.Process().children(), timeout=10)


def _shows(application: Application, kind: type[QWidget]) -> bool:
    window = application.window
    return window is not None and (isinstance(window, kind) or window.findChild(kind) is not None)


def _words(window: QWidget) -> str:
    return " ".join([window.windowTitle(), *(label.text() for label in window.findChildren(QLabel))])


def test_a_fresh_home_begins_with_the_first_run(application: Application) -> None:
    application.start()
    assert _shows(application, FirstRunView)


def test_locking_leaves_nothing_on_the_screen_and_unlocking_brings_it_back(
    application: Application, own_home: Path, qtbot: QtBot
) -> None:
    with served(own_home) as (_service, client):
        client.call("remember", text=SECRET)
    application.start()
    assert _shows(application, UnlockView)
    _unlock(application)
    qtbot.waitUntil(lambda: _shows(application, MainWindow), timeout=WAIT)
    window = application.window
    assert isinstance(window, MainWindow)
    window.lock_requested.emit()
    qtbot.waitUntil(lambda: _shows(application, UnlockView), timeout=WAIT)
    assert application.window is not None
    assert SECRET not in _words(application.window)
    assert "heron" not in application.window.windowTitle()
    qtbot.waitUntil(lambda: not isValid(window))
    _unlock(application)
    qtbot.waitUntil(lambda: _shows(application, MainWindow), timeout=WAIT)


def test_an_unlocked_service_opens_the_places_at_once(application: Application, own_home: Path) -> None:
    with served(own_home):
        application.start()
        assert _shows(application, MainWindow)


def _unlock(application: Application) -> None:
    """As the person does: the passphrase into the field, then submit."""
    assert application.window is not None
    view = application.window.findChild(UnlockView)
    assert view is not None
    view.field.line.setText(PASSPHRASE)
    view.submit()
