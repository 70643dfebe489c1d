from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.app.service.client import Client
from tests.service.kit import Seat, Talker, seat


@pytest.fixture(scope="session", autouse=True)
def own_runtime() -> Iterator[Path]:
    """Sockets lie in a folder of these tests; a short one, for a socket's path has at most 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="sm-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        yield folder
    shutil.rmtree(folder)


@pytest.fixture
def place(tmp_path: Path, starter_models: Path) -> Iterator[Seat]:
    """A home of this test, with models."""
    with seat(tmp_path / "home", starter_models) as made:
        yield made


@pytest.fixture
def bare_place(tmp_path: Path) -> Iterator[Seat]:
    """A home of this test, without models."""
    with seat(tmp_path / "home", None) as made:
        yield made


@pytest.fixture(scope="module")
def shared_place(tmp_path_factory: pytest.TempPathFactory, starter_models: Path) -> Iterator[Seat]:
    """A home that the tests of a module share, its service unlocked and its model's process running."""
    with seat(tmp_path_factory.mktemp("shared") / "home", starter_models) as made:
        made.unlocked()
        yield made


@pytest.fixture
def client(shared_place: Seat) -> Iterator[Client]:
    """A client of the shared service."""
    made = Client.connect(shared_place.home, "window", start=False)
    yield made
    made.close()


@pytest.fixture
def talker(client: Client) -> Talker:
    """A new conversation in the shared vault."""
    return Talker(client)
