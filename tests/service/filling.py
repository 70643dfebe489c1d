"""A vault with fills and a browser that is none: for tests of what stands before and behind the browsers' channel."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from second_me.app.paths import HomeLayout
from second_me.app.service.fact_edits import FactEdits
from second_me.app.service.filling.fills import Fills
from second_me.app.service.filling.open import Proposal
from second_me.app.service.house import House
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.acting.proposal import Row
from second_me.core.memory.facts.claims import ME
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import EnvironmentFault
from second_me.storage.vault import create_vault
from tests.storage.conftest import QUICK

PASSPHRASE = "correct horse battery"
SITE = "https://shop.example"
BROWSER = "b1"


class FakeBrowser:
    """Stands where the channel to real browsers stands: keeps what it is sent, answers when it is told to.

    What it answers to is the test's to say: `answer` is called with each message.
    """

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.wanted: list[str] = []
        self.connected = True
        self.answer: Callable[[str, Mapping[str, Any]], None] = lambda browser_id, message: None

    def send(self, browser_id: str, message: Mapping[str, Any]) -> bool:
        if not self.connected:
            return False
        self.sent.append((browser_id, dict(message)))
        self.answer(browser_id, message)
        return True

    def want_window(self, browser_id: str) -> None:
        self.wanted.append(browser_id)

    def last(self, kind: str) -> dict[str, Any]:
        return next(message for _, message in reversed(self.sent) if message["kind"] == kind)


def form(*fields: Mapping[str, Any], url: str = f"{SITE}/order", title: str = "Order") -> dict[str, Any]:
    numbered = [{"index": at, **each} for at, each in enumerate(fields)]
    return {"url": url, "title": title, "language": "en", "fields": numbered}


def text(label: str, **more: Any) -> dict[str, Any]:
    return {"tag": "input", "kind": "text", "label": label, "name": label.lower().replace(" ", "_"), **more}


@dataclass
class Desk:
    """An open vault, its fills, a browser, and what was told to everybody."""

    house: House
    browser: FakeBrowser = field(default_factory=FakeBrowser)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    windowed: bool = True

    def __post_init__(self) -> None:
        self._more = threading.Condition()
        self.fills = Fills(self.house, lambda: self.browser, self._tell, lambda: self.windowed)

    def _tell(self, method: str, **params: Any) -> None:
        with self._more:
            self.told.append((method, params))
            self._more.notify_all()

    def wait_for(self, method: str) -> None:
        """Return when it was told."""
        with self._more:
            assert self._more.wait_for(lambda: self.heard(method), 60), f"{method} was never told"

    def know(self, slot: Slot, value: str) -> str:
        """A fact as the person types it; its memory."""
        return FactEdits(self.house).add(slot, value, ME).kept.memory_id

    def propose(self, *fields: Mapping[str, Any], browser: str = BROWSER, **more: Any) -> Proposal:
        made = self.fills.propose(form(*fields, **more), browser, "Chromium 156", None)
        assert made.proposal_id is not None, made.code
        return self.fills.proposal(made.proposal_id)

    def rows(self, *fields: Mapping[str, Any], **more: Any) -> tuple[Row, ...]:
        return self.propose(*fields, **more).rows

    def fill(self, *fields: Mapping[str, Any], values: Mapping[int, str], **more: Any) -> int:
        """Propose, agree to these values, and let the browser fill them all; the fill's id."""
        self.browser.answer = self.fills_all
        proposal = self.propose(*fields, **more)
        rows = [{"index": index, "value": value} for index, value in values.items()]
        return self.fills.accept(proposal.proposal_id, rows)

    def fills_all(self, browser_id: str, message: Mapping[str, Any]) -> None:
        """A browser that fills, and puts back, all that it is asked to."""
        if message["kind"] == "fill":
            done = [{"index": each["index"], "ok": True} for each in message["fields"]]
            self.fills.filled(browser_id, message["proposal"], done)
        elif message["kind"] == "restore":
            sent = self.browser.last("fill")["fields"]
            done = [{"index": each["index"], "ok": True} for each in sent]
            self.fills.restored(browser_id, message["proposal"], done)

    def heard(self, method: str) -> list[dict[str, Any]]:
        return [params for name, params in self.told if name == method]

    def audit(self, action: str) -> list[Mapping[str, Any]]:
        return list(self.house.audit.entries(50, action))

    def close(self) -> None:
        self.fills.close()
        self.house.model.close()
        self.house.close()


@contextmanager
def desk_in(home: Path) -> Iterator[Desk]:
    """A desk on the vault of a home, which is made if there is none, with a passphrase that is quickly tried."""
    home.mkdir(parents=True, exist_ok=True)
    layout = HomeLayout(home)
    door = HomeDoor(layout, SystemClock(), lambda _: None)
    if not door.exists():
        create_vault(layout.vault, PASSPHRASE, QUICK)[0].close()
    house = door.open(passphrase=PASSPHRASE, recovery_key=None)
    made = Desk(house)
    try:
        yield made
    finally:
        made.close()


def code_of(action: Callable[[], object]) -> str:
    """The code with which it is refused, in words too."""
    with pytest.raises(EnvironmentFault) as caught:
        action()
    assert caught.value.what
    return caught.value.code
