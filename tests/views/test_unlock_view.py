"""The locked window over a real vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme, apply_theme
from second_me.app.views.bridge import Service
from second_me.app.views.unlock import UnlockView
from second_me.app.views.unlock.view import Way
from second_me.app.views.widgets import ErrorBanner
from tests.views.places import OFFSCREEN, PASSPHRASE, WAIT, outside, served, unnamed

pytestmark = OFFSCREEN


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, "dark", 1.0)


@pytest.fixture
def recovery_key(own_home: Path) -> str:
    """The key of a vault that was made and locked again."""
    with served(own_home, passphrase=None) as (_service, client):
        key = str(client.call("vault.create", passphrase=PASSPHRASE)["recovery_key"])
        client.call("remember", text="The key is under the third pot")
        client.call("vault.lock")
    return key


def shown(qtbot: QtBot, service: Service, theme: Theme) -> UnlockView:
    view = UnlockView(service, theme)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    return view


def test_a_wrong_passphrase_then_the_right_one(
    qtbot: QtBot, theme: Theme, own_home: Path, recovery_key: str
) -> None:
    with served(own_home, passphrase=None) as (service, client):
        view = shown(qtbot, service, theme)
        assert unnamed(view) == []
        qtbot.keyClicks(view.field.line, "seven quiet others")
        qtbot.keyClick(view.field.line, Qt.Key.Key_Return)
        assert view.busy
        assert view.progress.isVisible()
        qtbot.waitUntil(view.failure.isVisible, timeout=WAIT)
        assert view.failure.text() == "That is not the passphrase."
        assert view.field.line.selectedText()
        view.field.line.setText(PASSPHRASE)
        with qtbot.waitSignal(view.unlocked, timeout=WAIT):
            view.action.click()
        assert view.field.text() == ""
        assert client.call("status")["memories"] == 1


def test_the_recovery_key_asks_for_a_new_passphrase(
    qtbot: QtBot, theme: Theme, own_home: Path, recovery_key: str
) -> None:
    with served(own_home, passphrase=None) as (service, client):
        view = shown(qtbot, service, theme)
        view.other_way.click()
        view.field.line.setText(recovery_key)
        view.submit()
        qtbot.waitUntil(lambda: view.way is Way.RENEWAL, timeout=WAIT)
        view.renewal.first.line.setText("zebra kettle moss quarrel")
        view.renewal.second.line.setText("zebra kettle moss")
        assert not view.action.isEnabled()
        view.renewal.second.line.setText("zebra kettle moss quarrel")
        with qtbot.waitSignal(view.unlocked, timeout=WAIT):
            view.action.click()
        with pytest.raises(RemoteFault) as old:
            client.call("vault.unlock", passphrase=PASSPHRASE)
        assert old.value.code == "wrong_passphrase"
        client.call("vault.unlock", passphrase="zebra kettle moss quarrel")


def test_a_mistyped_recovery_key_is_told_from_a_wrong_one(
    qtbot: QtBot, theme: Theme, own_home: Path, recovery_key: str, tmp_path: Path
) -> None:
    with served(tmp_path / "other", passphrase=None) as (_service, other):
        stranger = str(other.call("vault.create", passphrase=PASSPHRASE)["recovery_key"])
    with served(own_home, passphrase=None) as (service, _client):
        view = shown(qtbot, service, theme)
        view.other_way.click()
        for key, told in ((_mistyped(recovery_key), "typing mistake"), (stranger, "not this vault's")):
            view.field.line.setText(key)
            view.submit()
            qtbot.waitUntil(lambda told=told: told in view.failure.text() and not view.busy, timeout=WAIT)  # type: ignore[misc]


def _mistyped(key: str) -> str:
    """Another letter in the first place."""
    return next(letter for letter in "ABCDEFGH" if letter != key[0]) + key[1:]


def test_a_damaged_vault_is_said_with_what_to_do(
    qtbot: QtBot, theme: Theme, own_home: Path, recovery_key: str
) -> None:
    for file in (own_home / "vault").iterdir():
        if file.is_file():
            file.write_bytes(b"\x00" * max(file.stat().st_size, 64))
    with served(own_home, passphrase=None) as (service, _client):
        view = shown(qtbot, service, theme)
        view.field.line.setText(PASSPHRASE)
        view.submit()
        qtbot.waitUntil(lambda: bool(view.findChildren(ErrorBanner)), timeout=WAIT)
        banner = view.findChildren(ErrorBanner)[0]
        assert banner.what.text()
        assert banner.action.text()
        assert view.action.text() == "Try again"


def test_hidden_until_it_is_to_be_seen(qtbot: QtBot, theme: Theme, own_home: Path) -> None:
    with served(own_home, passphrase=None) as (service, _client):
        view = shown(qtbot, service, theme)
        assert view.field.line.echoMode() is QLineEdit.EchoMode.Password
        view.field.show_text.click()
        assert view.field.line.echoMode() is QLineEdit.EchoMode.Normal
        view.field.wipe()
        assert view.field.line.echoMode() is QLineEdit.EchoMode.Password
        qtbot.keyClicks(view.field.line, "a")
        assert not view.field.caps_hint.isVisible()
        view.resize(480, 560)
        assert outside(view) == []
