"""The settings over a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme, apply_theme
from second_me.app.views.bridge import Service
from second_me.app.views.fill import FillPlace
from second_me.app.views.memory import MemoryView
from second_me.app.views.settings import SettingsView, licences
from second_me.app.views.settings.appearance import SCALE_KEY, SCHEME_KEY, AppearanceSection
from second_me.app.views.settings.tables import shortcuts
from second_me.app.views.shell import MainWindow
from second_me.app.views.talk.view import TalkView
from tests.service.test_learning import ASK, LIFE
from tests.views.places import OFFSCREEN, PASSPHRASE, WAIT, outside, served, unnamed

pytestmark = OFFSCREEN


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = apply_theme(qapp, "light", 1.0)
    yield made
    made.use("light", 1.0)


@pytest.fixture
def vault(own_home: Path) -> Iterator[tuple[Service, Client]]:
    with served(own_home) as both:
        yield both


@pytest.fixture
def view(qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, own_home: Path) -> SettingsView:
    made = SettingsView(vault[0], theme, Preferences(own_home))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def words(place: QWidget) -> str:
    return "\n".join(label.text() for label in place.findChildren(QLabel))


def test_appearance_is_live_and_kept(view: SettingsView, theme: Theme, own_home: Path) -> None:
    look = view.sections[2]
    assert isinstance(look, AppearanceSection)
    view.open_section(2)
    next(choice for choice in look.findChildren(QRadioButton) if choice.text() == "Dark").click()
    assert theme.dark
    look.slider.setValue(13)
    assert theme.text_scale == 1.3
    look.usual.click()
    assert theme.text_scale == 1.0
    kept = Preferences(own_home)
    assert (kept.get(SCHEME_KEY, ""), kept.get(SCALE_KEY, 0.0)) == ("dark", 1.0)


def test_change_the_passphrase(qtbot: QtBot, view: SettingsView, vault: tuple[Service, Client]) -> None:
    view.open_section(1)
    dialog = view.privacy.open_dialog()
    assert unnamed(dialog) == []
    dialog.now.line.setText("seven quiet others")
    for field in (dialog.form.first, dialog.form.second):
        field.line.setText("zebra kettle moss quarrel")
    dialog.change.click()
    qtbot.waitUntil(dialog.failure.isVisible, timeout=WAIT)
    assert dialog.failure.text() == "That is not the passphrase."
    dialog.now.line.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT):
        dialog.change.click()
    with pytest.raises(RemoteFault):
        vault[1].call("vault.unlock", passphrase=PASSPHRASE)
    vault[1].call("vault.unlock", passphrase="zebra kettle moss quarrel")


def test_the_name_is_kept_in_the_vault(
    qtbot: QtBot, view: SettingsView, vault: tuple[Service, Client]
) -> None:
    view.open_section(1)
    assert not view.privacy.save.isEnabled()
    view.privacy.name.setFocus()
    qtbot.keyClicks(view.privacy.name, "Jonas")
    qtbot.keyClick(view.privacy.name, Qt.Key.Key_Return)
    qtbot.waitUntil(view.privacy.name_said.isVisible, timeout=WAIT)
    assert vault[1].call("settings.get")["me"] == "Jonas"


def test_lock_ends_the_service(qtbot: QtBot, view: SettingsView, vault: tuple[Service, Client]) -> None:
    view.open_section(1)
    with qtbot.waitSignals([view.lock_requested, vault[0].closed], timeout=WAIT):
        view.privacy.lock.click()


def test_without_a_model_the_starter_is_offered(qtbot: QtBot, view: SettingsView) -> None:
    qtbot.waitUntil(lambda: view.model.starter.isVisible() or view.model.card.isVisible(), timeout=WAIT)
    assert view.model.starter.isVisible()
    assert not view.model.card.isVisible()


def test_about_names_every_dependency_with_a_licence(view: SettingsView) -> None:
    view.open_section(5)
    shown = words(view.sections[5])
    used = licences.used()
    assert {"numpy", "PySide6_Essentials", "cryptography"} <= {item.name for item in used}
    assert all(item.licence in shown and item.licence for item in used)
    assert licences.version() in shown


def test_the_shortcuts_are_the_real_ones(
    qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, own_home: Path
) -> None:
    service, preferences = vault[0], Preferences(own_home)
    places: dict[str, QWidget] = {
        "talk": TalkView(service, theme, preferences),
        "memory": MemoryView(service, theme, preferences),
        "fill": FillPlace(service, theme),
        "settings": SettingsView(service, theme, preferences),
    }
    window = MainWindow(service, theme, preferences, places)
    qtbot.addWidget(window)
    real = {found.key().toString() for found in window.findChildren(QShortcut)}
    by_widgets = {"Return", "Shift+Return", "Del", "Down", "Space", "F1"}
    told = {keys for _place, rows in shortcuts() for keys, _does in rows}
    assert told - by_widgets <= real


@pytest.mark.parametrize("width", [480, 900])
def test_every_section_fits_and_is_named(view: SettingsView, width: int) -> None:
    view.resize(width, 600)
    assert view.top.isVisible() == (width < 720)
    for number in range(len(view.sections)):
        view.open_section(number)
        assert unnamed(view) == []
        assert outside(view) == []


def test_what_recall_learned_is_told_and_can_be_forgotten(
    qtbot: QtBot, view: SettingsView, vault: tuple[Service, Client]
) -> None:
    client = vault[1]
    section = view.memory
    view.open_section(view.names.index("Memory"))
    qtbot.waitUntil(lambda: bool(section.learned.text()), timeout=WAIT)
    assert section.learned.text().startswith("Nothing yet.")
    assert not section.reset.isEnabled()

    teach(client)
    section.entered()
    qtbot.waitUntil(section.reset.isEnabled, timeout=WAIT)
    assert section.learned.text() == "Recall has learned once from how you used its answers."
    assert section.changes.count() > 0
    assert "at first." in words(section)
    assert unnamed(section) == []

    dialog = section.open_dialog()
    assert dialog.focusWidget() is dialog.keep
    dialog.keep.click()
    assert client.call("recall.learned")["lessons"] == 1
    dialog = section.open_dialog()
    assert unnamed(dialog) == []
    qtbot.keyClick(dialog.forget, Qt.Key.Key_Space)
    qtbot.waitUntil(section.said.isVisible, timeout=WAIT)
    qtbot.waitUntil(lambda: not section.reset.isEnabled(), timeout=WAIT)
    assert client.call("recall.learned")["lessons"] == 0
    assert section.changes.count() == 0


def teach(client: Client) -> None:
    """One lesson: a question is asked, and a memory beside its answer opened."""
    for text in LIFE:
        client.call("remember", text=text)
    answer = client.call("ask", text=ASK, store=True, no_model=True)
    found = client.call("talk.turns", conversation="talk/command-line")[-1]["answer"]
    cited = [each["memory_id"] for each in answer["citations"]]
    other = next(each for each in found["considered"] if each not in cited)
    client.call("memory.opened", answer_id=found["answer_id"], memory_id=other)


def test_looking_longer_is_switched_on_and_off_again(
    qtbot: QtBot, view: SettingsView, vault: tuple[Service, Client]
) -> None:
    client, card = vault[1], view.memory.looking
    view.open_section(view.names.index("Memory"))
    qtbot.waitUntil(card.switch.isEnabled, timeout=WAIT)
    assert not card.switch.isChecked()
    for on in (True, False):
        card.switch.setFocus()
        qtbot.keyClick(card.switch, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda on=on: client.call("settings.get")["deep"] is on, timeout=WAIT)
    client.call("settings.set", deep=True)
    card.entered()
    qtbot.waitUntil(card.switch.isChecked, timeout=WAIT)
    assert client.call("settings.get") == {"me": None, "deep": True, "pace": 1.0}


def test_upkeep_is_a_plain_list_that_says_what_each_job_waits_for(
    qtbot: QtBot, view: SettingsView, vault: tuple[Service, Client]
) -> None:
    client, card = vault[1], view.memory.upkeep
    view.open_section(view.names.index("Memory"))
    jobs = client.call("upkeep.status")
    qtbot.waitUntil(lambda: card.lines.count() == len(jobs), timeout=WAIT)
    assert "Checking that all is whole: " in words(card)
    before = card.lines.itemAt(0).widget()
    card.show_jobs([{**jobs[0], "state": "failed", "text": "Checking: did not work, is tried again"}])
    assert "did not work" in words(card)
    vault[0].notified.emit("upkeep.changed", {})
    qtbot.waitUntil(lambda: card.lines.count() == len(jobs), timeout=WAIT)
    assert card.lines.itemAt(0).widget() is not before
