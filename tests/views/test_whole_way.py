"""The whole way with nothing in place of anything: the shortcut in Chromium, the relay, the service, the window that
the relay starts, Return, the filled page, the undo key, the lock."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from second_me.app.service.client import Client
from tests.extension.chromium import Browser, chromium_path
from tests.extension.chromium import running as chromium
from tests.extension.keyboard import press
from tests.service.conftest import own_runtime as own_runtime
from tests.service.kit import PASSPHRASE, PATIENCE, Ear, Seat, seat
from tests.views.x11 import active_title, missing, screen

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="X11 is of Linux"),
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.skipif(chromium_path() is None, reason="Chromium is not installed"),
]
FORM = """<!doctype html><html lang="en"><title>Clinic</title><h1>Registration</h1>
<form onsubmit="document.title = 'submitted'; return false">
<label>First name <input id="first" autocomplete="given-name"></label>
<label>Last name <input id="last" autocomplete="family-name"></label>
<label>Password <input id="secret" type="password" autocomplete="current-password"></label>
<input id="trap" autocomplete="email" style="position: absolute; left: -3000px">
<button>Send</button></form>"""


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """What Chromium and its relay start is looked at in the test itself."""
    yield


def until(happens: Callable[[], bool]) -> None:
    """Wait for something of another process."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def _windows(home: Path) -> list[psutil.Process]:
    """Hidden windows of this home that run."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.cmdline()[-1:] == ["--hidden"] and process.environ().get("SECOND_ME_HOME") == str(
                home
            ):
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture
def place(own_home: Path) -> Iterator[tuple[Seat, Client]]:
    """An unlocked home that no window is connected to."""
    with seat(own_home, None) as made:
        client = Client.connect(own_home, "cli")
        made.clients.append(client)
        client.call("vault.create", passphrase=PASSPHRASE)
        client.call("facts.add", slot="given-name", value="Jonas")
        client.call("facts.add", slot="family-name", value="de Vries")
        yield made, client


@pytest.fixture
def browser(place: tuple[Seat, Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Chromium on a screen, set up by our own command and paired."""
    found, client = place
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(str(Path(each).resolve()) for each in sys.path if each))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    install = [sys.executable, "-m", "second_me", "browser", "install", "--browser", "chromium"]
    subprocess.run(install, check=True, capture_output=True, timeout=PATIENCE)
    with screen() as environment:
        for name in ("DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.setenv(name, environment[name])
        with chromium(headless=False, host=found.home / "browser" / "host") as started:
            ear = Ear(client)
            client.call("browser.allow_pairing")
            started.worker.evaluate("void globalThis.doors.pair()")
            pairing = ear.next("browser.pairing")["pairing_id"]
            client.call("browser.confirm_pairing", pairing_id=pairing, same=True)
            until(lambda: bool(client.call("browser.list")))
            yield started
        psutil.wait_procs(_windows(found.home), timeout=PATIENCE)


def test_from_the_shortcut_to_the_page_and_back(place: tuple[Seat, Client], browser: Browser) -> None:
    found, client = place
    display = os.environ["DISPLAY"]
    page = browser.open(FORM)
    press(display, "Alt_L", "Shift_L", "f")
    until(lambda: active_title(display).startswith("Fill 2 of 3 fields"))
    assert page.evaluate("first.value + last.value") == ""
    time.sleep(1)  # the window agrees to nothing in its first moment
    press(display, "Return")
    page.wait_for_function("first.value && last.value")
    assert page.evaluate("[first.value, last.value, secret.value, trap.value]") == [
        "Jonas",
        "de Vries",
        "",
        "",
    ]
    assert page.title() == "Clinic"
    until(lambda: client.call("fill.list")[0]["state"] == "filled")
    until(lambda: "Clinic" in active_title(display))
    press(display, "Alt_L", "Shift_L", "u")
    page.wait_for_function("!first.value && !last.value")
    until(lambda: client.call("fill.list")[0]["state"] == "undone")
    assert len(_windows(found.home)) == 1
    client.call("vault.lock")
    until(lambda: not _windows(found.home))
