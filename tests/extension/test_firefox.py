"""The same extension in Firefox: pairing, reading, filling and undo, and what a person cannot see there.

Fill is Alt+Shift+M here: with F the menu "File" opens. On a screen the shortcut is pressed by XTEST; without one the
browser's own command behind it is run.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.extension.firefox import Firefox, firefox_path, running_firefox
from tests.extension.hiding import HONEST, TRICKS
from tests.extension.keyboard import press
from tests.extension.partner import Connection, Partner, listening

START = '<!doctype html><html lang="en"><title>Form</title><label>Name <input id="n" name="name"></label>\n'
UNKNOWN = {"mask of a border"}
"""Tricks with a property that Firefox does not have: the field is seen there."""


class Pages:
    """Pages on an address of this machine, each at its own path."""

    def __init__(self) -> None:
        bodies: dict[str, str] = {}

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(bodies.get(self.path, "").encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._bodies = bodies
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def serve(self, body: str) -> str:
        path = f"/{len(self._bodies)}"
        self._bodies[path] = body
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    made = Pages()
    yield made
    made.close()


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partner]:
    with listening(tmp_path_factory.mktemp("host")) as made:
        yield made


@pytest.fixture(scope="module")
def firefox(partner: Partner) -> Iterator[Firefox]:
    if firefox_path() is None:
        pytest.skip("Firefox is not installed")
    with running_firefox(partner.program, headless="DISPLAY" not in os.environ) as started:
        yield started


@pytest.fixture(scope="module")
def session(firefox: Firefox, partner: Partner) -> Connection:
    """Paired by the popup's button, the code compared."""
    firefox.open(f"moz-extension://{firefox.host_name()}/popup.html")
    firefox.page("document.getElementById('pair').click()")
    made = partner.connection()
    asked = made.frame()
    assert asked is not None and asked["browser"].startswith("Firefox ")
    _key, code = made.pair(partner.key, asked)
    assert until(firefox, "return document.getElementById('code').textContent", code)
    made.put({"kind": "paired"})
    opened = partner.session()
    assert until(firefox, "return document.getElementById('status').textContent", "Connected to Second Me.")
    return opened


def until(firefox: Firefox, script: str, wanted: object) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if firefox.page(script) == wanted:
            return True
        time.sleep(0.05)
    return False


def gesture(firefox: Firefox, letter: str) -> None:
    if "DISPLAY" in os.environ:
        press(os.environ["DISPLAY"], "Alt_L", "Shift_L", letter)
    else:
        firefox.command(letter.upper())


def read(firefox: Firefox, session: Connection, address: str) -> dict[str, Any]:
    firefox.open(address)
    gesture(firefox, "m")
    while (asked := session.message())["kind"] != "propose":
        pass  # the page before this one is gone
    return asked


def test_a_page_is_read_filled_and_undone(firefox: Firefox, session: Connection, pages: Pages) -> None:
    body = (
        START
        + '<label>Town <input id="t"></label><input type="radio" id="r" value="x"><textarea id="m">mine</textarea>'
    )
    asked = read(firefox, session, pages.serve(body))
    assert [each["label"] for each in asked["form"]["fields"]] == ["Name", "Town", "", ""]
    session.send({"kind": "proposed", "request": asked["request"], "proposal": "p", "code": ""})
    fields = [{"index": 0, "value": "Ada"}, {"index": 1, "value": "Bern"}, {"index": 2, "value": "x"}]
    session.send({"kind": "fill", "proposal": "p", "fields": fields})
    assert session.message() == {
        "kind": "filled", "proposal": "p", "stopped": "", "fields": [{"index": n, "ok": True} for n in range(3)],
    }  # fmt: skip
    held = "return [n.value, t.value, r.checked, m.value]"
    assert firefox.page(held) == ["Ada", "Bern", True, "mine"]
    gesture(firefox, "u")
    assert session.message()["kind"] == "restored"
    assert firefox.page(held) == ["", "", False, "mine"]


def test_what_changed_gets_nothing(firefox: Firefox, session: Connection, pages: Pages) -> None:
    asked = read(firefox, session, pages.serve(START))
    session.send({"kind": "proposed", "request": asked["request"], "proposal": "q", "code": ""})
    firefox.page("document.getElementById('n').name = 'other'")
    session.send({"kind": "fill", "proposal": "q", "fields": [{"index": 0, "value": "Ada"}]})
    assert session.message()["stopped"] == "page_changed"
    assert firefox.page("return n.value") == ""


def test_a_page_that_went_away_is_told(firefox: Firefox, session: Connection, pages: Pages) -> None:
    asked = read(firefox, session, pages.serve(START))
    session.send({"kind": "proposed", "request": asked["request"], "proposal": "r", "code": ""})
    firefox.open(pages.serve("<title>elsewhere</title>"))
    assert session.message() == {"kind": "gone", "proposal": "r"}


def test_what_cannot_be_seen_is_found_here_too(firefox: Firefox, session: Connection, pages: Pages) -> None:
    wrong = {}
    for name, (body, _obstacle) in TRICKS.items():
        wrong[name] = obstacle(read(firefox, session, pages.serve(START + body)))
    assert {name for name, found in wrong.items() if found in ("", "not listed")} == UNKNOWN
    honest = {}
    for name, body in HONEST.items():
        honest[name] = obstacle(read(firefox, session, pages.serve(START + body)))
    assert {name: found for name, found in honest.items() if found} == {}


def obstacle(asked: dict[str, Any]) -> str:
    found = [each for each in asked["form"]["fields"] if each["id"] == "t"]
    return str(found[0]["obstacle"]) if found else "not listed"
