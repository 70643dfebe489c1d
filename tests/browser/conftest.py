from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from second_me.app.service.client import Client
from tests.browser.extension import Extension, SocketWire
from tests.service.conftest import own_runtime as own_runtime
from tests.service.kit import Ear, Seat, seat


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    """A home without models that the tests of a module share, its service unlocked."""
    with seat(tmp_path_factory.mktemp("house") / "home", None) as made:
        made.unlocked()
        yield made


@pytest.fixture
def window(house: Seat) -> Iterator[Client]:
    """A window of the shared service."""
    made = Client.connect(house.home, "window", start=False)
    yield made
    made.close()


@pytest.fixture
def wired(house: Seat) -> Iterator[Callable[[], SocketWire]]:
    """Makes connections as a relay would; they end with the test."""
    made: list[SocketWire] = []

    def wire() -> SocketWire:
        made.append(SocketWire(house))
        return made[-1]

    yield wire
    for each in made:
        each.close()


@pytest.fixture
def paired(window: Client, wired: Callable[[], SocketWire]) -> Extension:
    """An extension that the person has paired."""
    return pair(window, wired())


def pair(window: Client, wire: SocketWire, extension: Extension | None = None) -> Extension:
    """Pair an extension, the person saying that the codes are the same."""
    ear, extension = Ear(window), extension or Extension()
    window.call("browser.allow_pairing", seconds=120)
    shown = extension.begin_pairing(wire)
    told = ear.next("browser.pairing")
    assert told["code"] == shown
    window.call("browser.confirm_pairing", pairing_id=told["pairing_id"], same=True)
    assert wire.receive() == {"kind": "paired"}
    return extension


@pytest.fixture
def bare_place(tmp_path: Path) -> Iterator[Seat]:
    """A home of this test, without models."""
    with seat(tmp_path / "home", None) as made:
        yield made
