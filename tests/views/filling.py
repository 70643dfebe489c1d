"""A real service with a browser: a window's connection, and an extension in Python at the service's socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from second_me.app.service.client import Client
from second_me.app.views.bridge import Service
from tests.browser.extension import Extension, Session, SocketWire
from tests.service.kit import Ear, Seat, seat


@dataclass
class Filling:
    """A home whose service is unlocked; `service` is what windows are given, `client` asks without a window."""

    seat: Seat
    client: Client
    service: Service
    wires: list[SocketWire] = field(default_factory=list)

    def wire(self) -> SocketWire:
        """A connection as a relay would make it."""
        self.wires.append(SocketWire(self.seat))
        return self.wires[-1]

    def paired(self, name: str = "Chromium 156") -> Extension:
        """An extension that was paired without a window."""
        ear, extension, wire = Ear(self.client), Extension(), self.wire()
        self.client.call("browser.allow_pairing", seconds=120)
        extension.begin_pairing(wire, name)
        told = ear.next("browser.pairing")
        self.client.call("browser.confirm_pairing", pairing_id=told["pairing_id"], same=True)
        assert wire.receive() == {"kind": "paired"}
        return extension

    def browser(self) -> Session:
        """A browser that is paired and connected."""
        return self.paired().session(self.wire())

    def forget_browsers(self) -> None:
        """As if none had ever been paired."""
        for each in self.client.call("browser.list"):
            self.client.call("browser.forget", browser_id=each["browser_id"])


@contextmanager
def known(home: Path) -> Iterator[Seat]:
    """A home without models whose vault knows a name."""
    with seat(home, None) as made:
        client = made.unlocked()
        client.call("facts.add", slot="given-name", value="Jonas")
        client.call("facts.add", slot="family-name", value="de Vries")
        yield made


@contextmanager
def visited(made: Seat) -> Iterator[Filling]:
    """A visit: connections of its own to the service of a home."""
    clients = [Client.connect(made.home, "window", start=False) for _ in range(2)]
    found = Filling(made, clients[0], Service(clients[1]))
    try:
        yield found
    finally:
        found.service.close()
        clients[0].close()
        for wire in found.wires:
            wire.close()


FIELDS = (
    {"label": "First name", "autocomplete": "given-name"},
    {"label": "Last name", "autocomplete": "family-name"},
    {"label": "E-mail", "autocomplete": "email"},
    {"label": "Password", "autocomplete": "current-password", "kind": "password"},
    {"label": "Fax", "autocomplete": "tel", "obstacle": "hidden"},
)
"""What the forms of these tests ask for."""


def form(url: str = "https://clinic.example/register", **more: Any) -> dict[str, Any]:
    """A form as an extension reads it."""
    fields = [
        {"index": n, "id": f"f{n}", "width": 200, "height": 20, **each} for n, each in enumerate(FIELDS)
    ]
    return {"url": url, "title": "Clinic registration", "language": "en", "fields": fields, **more}


WINDOW = {"x": 40, "y": 30, "width": 620, "height": 720}


def ask(browser: Session, wanted: dict[str, Any], request: int = 1) -> dict[str, Any]:
    """Press the shortcut in a form; what the service answers."""
    browser.say({"kind": "propose", "request": request, "form": wanted, "window": WINDOW})
    answer = browser.hear()
    assert (answer["kind"], answer["request"]) == ("proposed", request), answer
    return answer


def fill(browser: Session, taken: int | None = None) -> list[dict[str, Any]]:
    """Hear what is to be filled, and say that it was; `taken`: how many fields the page took."""
    message = browser.hear()
    assert message["kind"] == "fill", message
    fields: list[dict[str, Any]] = message["fields"]
    done = [{"index": each["index"], "ok": taken is None or n < taken} for n, each in enumerate(fields)]
    browser.say({"kind": "filled", "proposal": message["proposal"], "fields": done, "stopped": ""})
    return fields


def put_back(browser: Session, fields: list[dict[str, Any]]) -> None:
    """Hear that a fill is to be undone, and say that it was."""
    message = browser.hear()
    assert message["kind"] == "restore", message
    done = [{"index": each["index"], "ok": True} for each in fields]
    browser.say({"kind": "restored", "proposal": message["proposal"], "fields": done, "stopped": ""})
