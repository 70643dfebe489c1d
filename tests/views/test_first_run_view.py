"""The first run over a home without a vault."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from second_me.app.paths import HomeLayout
from second_me.app.theme.style import Theme, apply_theme
from second_me.app.views.bridge import Service
from second_me.app.views.first_run import FirstRunView
from second_me.app.views.first_run.fetch import ModelFetch
from second_me.app.views.first_run.jobs import progress_words, refused_words, result_words
from second_me.app.views.first_run.model import fits_words
from tests.views.places import OFFSCREEN, PASSPHRASE, WAIT, life, outside, served, unnamed

pytestmark = OFFSCREEN


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, "light", 1.0)


def begun(qtbot: QtBot, service: Service, theme: Theme) -> FirstRunView:
    view = FirstRunView(service, theme)
    qtbot.addWidget(view)
    view.resize(900, 640)
    view.show()
    return view


def past_the_passphrase(qtbot: QtBot, view: FirstRunView) -> str:
    form = view.passphrase.form
    qtbot.keyClicks(form.first.line, PASSPHRASE)
    qtbot.keyClick(form.first.line, Qt.Key.Key_Return)
    qtbot.keyClicks(form.second.line, PASSPHRASE)
    qtbot.keyClick(form.second.line, Qt.Key.Key_Return)
    qtbot.waitUntil(view.recovery.isVisible, timeout=WAIT)
    return view.recovery.key.text()


def test_the_whole_by_keyboard(qtbot: QtBot, theme: Theme, own_home: Path) -> None:
    with served(own_home, passphrase=None) as (service, client):
        view = begun(qtbot, service, theme)
        key = past_the_passphrase(qtbot, view)
        assert len(key) > 20
        assert not view.recovery.next.isEnabled()
        qtbot.keyClick(view.recovery.kept, Qt.Key.Key_Space)
        qtbot.keyClick(view.recovery.next, Qt.Key.Key_Space)
        assert view.model.isVisible()
        qtbot.keyClick(view.model.skip, Qt.Key.Key_Space)
        assert view.tell.isVisible()
        qtbot.keyClicks(view.tell.line, "My name is Jonas")
        with qtbot.waitSignal(view.finished, timeout=WAIT):
            qtbot.keyClick(view.tell.next, Qt.Key.Key_Space)
        assert [m["text"] for m in client.call("memory.timeline")] == ["My name is Jonas"]
        assert view.recovery.key.text() == ""
        assert view.passphrase.form.text() == ""


def test_the_key_can_be_kept_in_a_file_of_ones_own(
    qtbot: QtBot, theme: Theme, own_home: Path, tmp_path: Path
) -> None:
    with served(own_home, passphrase=None) as (service, _client):
        view = begun(qtbot, service, theme)
        key = past_the_passphrase(qtbot, view)
        view.recovery.copy.click()
        assert QGuiApplication.clipboard().text() == key
        file = tmp_path / "key.txt"
        view.recovery.save_to(file)
        assert key in file.read_text(encoding="utf-8")
        if sys.platform != "win32":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        view.recovery.save_to(tmp_path / "nowhere" / "key.txt")
        assert view.recovery.said.text().startswith("It could not be saved")
        QGuiApplication.clipboard().clear()


def test_back_and_forth_loses_nothing(qtbot: QtBot, theme: Theme, own_home: Path) -> None:
    with served(own_home, passphrase=None) as (service, _client):
        view = begun(qtbot, service, theme)
        key = past_the_passphrase(qtbot, view)
        view.recovery.kept.click()
        view.recovery.next.click()
        view.model.next.click()
        view.tell.backward.click()
        assert view.model.isVisible()
        view.model.backward.click()
        assert view.recovery.isVisible()
        assert view.recovery.key.text() == key


def test_files_are_imported_with_their_result(
    qtbot: QtBot, theme: Theme, own_home: Path, tmp_path: Path
) -> None:
    file = life(tmp_path / "anna.jsonl", ["One walk in the rain", "Two walks in the sun"])
    with file.open("a", encoding="utf-8") as more:
        more.write("\nno json at all\n")
    with served(own_home) as (service, client):
        view = begun(qtbot, service, theme)
        view.show_page(view.tell)
        with qtbot.waitSignal(view.tell.panel.imported, timeout=WAIT):
            view.tell.panel.start([str(file)])
        assert view.tell.panel.text.text() == "2 memories added, 1 line could not be read."
        assert "anna.jsonl" in view.tell.panel.details.text()
        assert len(client.call("memory.timeline")) == 2


def test_a_passphrase_that_differs_cannot_be_used(qtbot: QtBot, theme: Theme, own_home: Path) -> None:
    with served(own_home, passphrase=None) as (service, _client):
        view = begun(qtbot, service, theme)
        form = view.passphrase.form
        form.first.line.setText(PASSPHRASE)
        form.second.line.setText("seven loud")
        assert form.mismatch.isVisible()
        assert not view.passphrase.next.isEnabled()
        form.first.line.setText("short")
        form.second.line.setText("short")
        assert not view.passphrase.next.isEnabled()


@pytest.mark.parametrize("width", [480, 1600])
def test_every_page_fits_and_is_named(qtbot: QtBot, theme: Theme, own_home: Path, width: int) -> None:
    with served(own_home) as (service, _client):
        view = begun(qtbot, service, theme)
        view.resize(width, 620)
        for page in view.pages:
            view.show_page(page)
            assert unnamed(page) == []
            assert outside(page) == []


def test_the_fetch_ends_at_once_when_the_models_are_there(
    qtbot: QtBot, qapp: QApplication, own_home: Path, starter_models: Path
) -> None:
    folder = HomeLayout(own_home).models
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.symlink_to(starter_models, target_is_directory=True)
    fetch = ModelFetch()
    with qtbot.waitSignal(fetch.finished, timeout=WAIT):
        fetch.start()
    assert not fetch.running


def test_a_fetch_that_is_paused_says_nothing_bad(qtbot: QtBot, qapp: QApplication, own_home: Path) -> None:
    fetch = ModelFetch()
    fetch.start()
    with qtbot.waitSignal(fetch.failed, timeout=WAIT) as told:
        fetch.cancel()
    assert told.args == ["", ""]


def test_progress_and_result_in_words() -> None:
    params = {"phase": "reading", "done": 120, "total": 4000, "seconds_left": 12.2}
    assert progress_words(params) == "Reading: 120 of 4,000, about 12 seconds left"
    assert progress_words({**params, "total": 0}) == "Reading: 120 so far"
    done = {"added": 1, "already": 2, "refused": [{"path": "a.txt", "line": 0, "reason": "empty"}] * 7}
    assert result_words(done) == "1 memory added, 2 were there already, 7 could not be read."
    assert refused_words(done).splitlines()[-1] == "and 2 more"
    assert "fits easily" in fits_words(8_000_000_000)
    assert "close something" in fits_words(100_000_000)
