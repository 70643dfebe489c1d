"""From the shortcut to what came of it: the desk and the Fill place with the real service, a browser at its socket."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.views.application import Application
from second_me.app.views.bridge import Service
from second_me.app.views.fill import FillPlace, ProposalDesk
from second_me.app.views.fill.proposal import ProposalWindow
from second_me.app.views.hidden import HiddenApplication
from second_me.app.views.widgets import LinkButton
from tests.browser.extension import Session
from tests.service.conftest import own_runtime as own_runtime
from tests.service.kit import PASSPHRASE, Seat
from tests.views.filling import Filling, ask, fill, form, known, put_back, visited
from tests.views.places import WAIT, outside, unnamed


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    """One home for the tests of this module, but for those that lock it."""
    with known(tmp_path_factory.mktemp("filling") / "home") as made:
        yield made


@pytest.fixture
def house(home: Seat, monkeypatch: pytest.MonkeyPatch) -> Iterator[Filling]:
    monkeypatch.setenv("SECOND_ME_HOME", str(home.home))
    with visited(home) as made:
        yield made


@pytest.fixture
def other_house(own_home: Path) -> Iterator[Filling]:
    """A house that may be locked."""
    with known(own_home) as made, visited(made) as found:
        yield found


@pytest.fixture
def desk(house: Filling, theme: Theme) -> Iterator[ProposalDesk]:
    made = ProposalDesk(house.service, theme)
    yield made
    made.clear()


@pytest.fixture
def browser(house: Filling) -> Session:
    return house.browser()


def shown(desk: ProposalDesk, qtbot: QtBot) -> ProposalWindow:
    """The proposal, once it may be agreed to."""
    qtbot.waitUntil(lambda: bool(desk.windows), timeout=WAIT)
    window = next(iter(desk.windows.values()))
    qtbot.waitUntil(lambda: window.isVisible() and not window._grace.isActive(), timeout=WAIT)
    return window


def texts(place: QWidget) -> str:
    return "\n".join(label.text() for label in place.findChildren(QLabel))


def values(window: ProposalWindow) -> dict[str, str]:
    return {str(row.row["label"]): row.value.value() for row in window.fields.rows}


def test_return_fills_and_undo_puts_back(
    house: Filling, desk: ProposalDesk, browser: Session, qtbot: QtBot
) -> None:
    assert ask(browser, form())["proposal"]
    window = shown(desk, qtbot)
    assert window.header.site.full == "clinic.example"
    assert values(window)["First name"] == "Jonas"
    assert not window.fields.rows[3].tick.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Return)
    fields = fill(browser)
    assert fields == [{"index": 0, "value": "Jonas"}, {"index": 1, "value": "de Vries"}]
    qtbot.waitUntil(lambda: bool(desk.results), timeout=WAIT)
    result = desk.results[0]
    qtbot.waitUntil(lambda: result.text.text() == "2 fields filled", timeout=WAIT)
    assert not desk.windows and not unnamed(result) and not outside(result)
    result.button.click()
    put_back(browser, fields)
    qtbot.waitUntil(lambda: result.text.text() == "2 fields are as they were before", timeout=WAIT)
    assert house.client.call("fill.list")[0]["state"] == "undone"


def test_esc_tells_the_browser_that_nothing_comes(desk: ProposalDesk, browser: Session, qtbot: QtBot) -> None:
    proposal_id = ask(browser, form())["proposal"]
    qtbot.keyClick(shown(desk, qtbot), Qt.Key.Key_Escape)
    assert browser.hear() == {"kind": "dismissed", "proposal": proposal_id}
    assert desk.is_quiet()


def test_what_is_told_once_is_known_the_next_time(desk: ProposalDesk, browser: Session, qtbot: QtBot) -> None:
    ask(browser, form())
    window = shown(desk, qtbot)
    qtbot.keyClicks(window.fields.rows[2].value, "jonas@example.org")
    qtbot.keyClick(window.fields.rows[2].value, Qt.Key.Key_Return)
    assert {"index": 2, "value": "jonas@example.org"} in fill(browser)
    qtbot.waitUntil(lambda: bool(desk.results) and not desk.windows, timeout=WAIT)
    ask(browser, form("https://other.example/form"), request=2)
    assert values(shown(desk, qtbot))["E-mail"] == "jonas@example.org"


def test_a_page_that_goes_leaves_nothing_on_the_screen(
    desk: ProposalDesk, browser: Session, qtbot: QtBot
) -> None:
    proposal_id = ask(browser, form())["proposal"]
    window = shown(desk, qtbot)
    browser.say({"kind": "gone", "proposal": proposal_id})
    qtbot.waitUntil(window.is_withdrawn, timeout=WAIT)
    assert window.header.title.text() == "The page was left or has changed. Nothing was filled."
    qtbot.keyClick(window, Qt.Key.Key_A)
    assert not desk.windows


def test_what_the_page_did_not_take_is_said(desk: ProposalDesk, browser: Session, qtbot: QtBot) -> None:
    ask(browser, form())
    qtbot.keyClick(shown(desk, qtbot), Qt.Key.Key_Return)
    fill(browser, taken=1)
    qtbot.waitUntil(lambda: bool(desk.results), timeout=WAIT)
    assert desk.results[0].text.text().startswith("1 field filled. Not taken by the page: Last name")


def test_another_audience_has_other_rows_and_never_means_never(
    house: Filling, desk: ProposalDesk, browser: Session, qtbot: QtBot
) -> None:
    house.client.call("disclosure.set_clearance", audience="stranger", level="nothing", topics=[])
    nosy = form("https://nosy.example/")
    ask(browser, nosy)
    window = shown(desk, qtbot)
    window.site_set.emit({"audience": "stranger"})
    qtbot.waitUntil(lambda: window.header.title.text() == "Fill 0 of 4 fields", timeout=WAIT)
    assert values(window)["First name"] == "Jonas"
    window.site_set.emit({"rule": "never"})
    assert browser.hear()["kind"] == "dismissed"
    qtbot.waitUntil(lambda: _rule(house, "nosy.example") == "never", timeout=WAIT)
    assert ask(browser, nosy, request=2) == {
        "kind": "proposed", "request": 2, "proposal": None, "code": "never_here"
    }  # fmt: skip


def _rule(house: Filling, host: str) -> str:
    rules = {each["site"]: each["rule"] for each in house.client.call("fill.sites")}
    return str(rules.get(f"https://{host}"))


def test_of_two_windows_one_shows_a_proposal(
    house: Filling, desk: ProposalDesk, browser: Session, theme: Theme, qtbot: QtBot
) -> None:
    other_service = Service(house.seat.client(start=False))
    other = ProposalDesk(other_service, theme)
    try:
        ask(browser, form())
        qtbot.waitUntil(lambda: bool(desk.windows or other.windows), timeout=WAIT)
        house.client.call("status")
        qtbot.wait(50)
        assert len(desk.windows) + len(other.windows) == 1
    finally:
        other.clear()
        other_service.close()


def test_a_window_that_comes_late_shows_what_waits(
    house: Filling, browser: Session, theme: Theme, qtbot: QtBot
) -> None:
    ask(browser, form())
    desk = ProposalDesk(house.service, theme)
    desk.look()
    assert values(shown(desk, qtbot))["Last name"] == "de Vries"
    desk.clear()


def test_a_hidden_application_shows_it_and_goes_when_it_is_locked(
    other_house: Filling, qapp: QApplication, theme: Theme, qtbot: QtBot
) -> None:
    ask(other_house.browser(), form())
    application = HiddenApplication(qapp, theme)
    application.start()
    assert application.desk is not None and application._service is not None
    window = shown(application.desk, qtbot)
    assert not application.idle.isActive()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(application.idle.isActive, timeout=WAIT)
    with qtbot.waitSignal(application._service.closed, timeout=WAIT):
        other_house.client.call("vault.lock")
    qtbot.waitUntil(lambda: not application.idle.isActive(), timeout=WAIT)
    with pytest.raises(RemoteFault) as fault:
        HiddenApplication(qapp, theme).start()
    assert fault.value.code == "locked"


def test_locking_takes_proposals_off_the_screen(
    other_house: Filling, qapp: QApplication, preferences: Preferences, theme: Theme, qtbot: QtBot
) -> None:
    application = Application(qapp, preferences, theme)
    application.start()
    try:
        ask(other_house.browser(), form())
        assert application.desk is not None
        window = shown(application.desk, qtbot)
        application._lock()
        assert application.desk is None
        qtbot.waitUntil(lambda: "Jonas" not in texts(window) and not window.isVisible(), timeout=WAIT)
    finally:
        application.leave()
        if application.window is not None:
            application.window.close()
            application.window.deleteLater()


@pytest.fixture
def place(house: Filling, theme: Theme, qtbot: QtBot) -> FillPlace:
    made = FillPlace(house.service, theme)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def _filled(
    house: Filling, browser: Session, url: str = "https://clinic.example/register"
) -> list[dict[str, Any]]:
    """One fill, agreed to without a window."""
    proposal_id = ask(browser, form(url))["proposal"]
    rows = [{"index": 0, "value": "Jonas"}, {"index": 1, "value": "de Vries"}]
    house.client.call("fill.accept", proposal_id=proposal_id, rows=rows)
    return fill(browser)


def test_the_place_has_the_last_fills_with_their_memories(
    house: Filling, browser: Session, place: FillPlace, qtbot: QtBot
) -> None:
    _filled(house, browser)
    qtbot.waitUntil(lambda: "2 fields filled" in texts(place.fills), timeout=WAIT)
    row = place.fills.rows[0]
    row.more.click()
    see = next(
        b for b in row.findChildren(LinkButton) if b.accessibleName() == "See the memory behind First name"
    )
    with qtbot.waitSignal(place.open_memory, timeout=WAIT) as signal:
        see.click()
    assert house.client.call("memory.get", memory_id=signal.args[0])["text"]
    assert not unnamed(place) and not outside(place)


def test_a_fill_is_undone_from_the_place(
    house: Filling, browser: Session, place: FillPlace, qtbot: QtBot
) -> None:
    fields = _filled(house, browser, "https://undone.example/")
    qtbot.waitUntil(lambda: "undone.example" in texts(place.fills), timeout=WAIT)
    qtbot.waitUntil(lambda: place.fills.rows[0].take_back.isVisible(), timeout=WAIT)
    assert place.fills.rows[0].fill["site"] == "https://undone.example"
    place.fills.rows[0].take_back.click()
    put_back(browser, fields)
    qtbot.waitUntil(lambda: "2 fields are as they were before" in texts(place.toast), timeout=WAIT)
    qtbot.waitUntil(lambda: "undone" in place.fills.rows[0].state.text(), timeout=WAIT)


def test_a_site_is_decided_on_in_the_place(
    house: Filling, browser: Session, place: FillPlace, qtbot: QtBot
) -> None:
    _filled(house, browser, "https://once.example/")
    qtbot.waitUntil(lambda: any(row.site == "https://once.example" for row in place.sites.rows), timeout=WAIT)
    row = next(row for row in place.sites.rows if row.site == "https://once.example")
    row.rule.setFocus()
    qtbot.keyClick(row.rule, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "once.example: never" in texts(place.toast), timeout=WAIT)
    assert _rule(house, "once.example") == "never"
    place.sites.search.setText("nowhere")
    qtbot.waitUntil(lambda: "No site is called that." in texts(place.sites), timeout=WAIT)


def test_without_a_service_it_says_what_can_be_done(house: Filling, place: FillPlace, qtbot: QtBot) -> None:
    house.service._client.close()
    place.entered()
    qtbot.waitUntil(lambda: "The connection to the memory service ended." in texts(place), timeout=WAIT)
    assert not unnamed(place)


def test_hidden_starts_and_unlocks_nothing(own_home: Path) -> None:
    environment = {**os.environ, "SECOND_ME_HOME": str(own_home), "QT_QPA_PLATFORM": "offscreen"}
    environment["SECOND_ME_PASSPHRASE"] = PASSPHRASE
    command = [sys.executable, "-m", "second_me", "--hidden"]
    ended = subprocess.run(command, env=environment, timeout=60, capture_output=True, text=True)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Second Me is not running.")
    assert not list(own_home.glob("*.db")) and "Traceback" not in ended.stderr
