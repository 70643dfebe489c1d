from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.service.kit import PASSPHRASE, Seat, seat

SCREEN = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
"""What makes Qt find a screen: the command line has none, wherever the tests run."""


@dataclass
class Shell:
    """Runs `second-me` for a home, nothing on its stdin but what a test gives."""

    home: Path

    def __call__(
        self, *words: str | bytes, passphrase: str | None = PASSPHRASE, stdin: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        ours = {name: value for name, value in os.environ.items() if name not in SCREEN}
        environment = {**ours, "SECOND_ME_HOME": str(self.home), **more}
        if passphrase is not None:
            environment["SECOND_ME_PASSPHRASE"] = passphrase
        done = subprocess.run(
            [sys.executable, "-m", "second_me", *words], env=environment, capture_output=True,
            input=stdin, encoding="utf-8", timeout=120,
        )  # fmt: skip
        assert "Traceback" not in done.stderr + done.stdout
        assert "Something went wrong" not in done.stderr
        return done


@pytest.fixture(scope="session", autouse=True)
def own_runtime() -> Iterator[Path]:
    """Sockets lie in a folder of these tests; a short one, for a socket's path has at most 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="sm-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def shared_place(tmp_path_factory: pytest.TempPathFactory, starter_models: Path) -> Iterator[Seat]:
    """A home with models whose service stays unlocked for the tests of a module."""
    with seat(tmp_path_factory.mktemp("a home of Zoë") / "home", starter_models) as made:
        made.unlocked()
        yield made


@pytest.fixture
def run(shared_place: Seat) -> Shell:
    """`second-me` in the shared home: spaces and letters beyond ASCII are in its path."""
    return Shell(shared_place.home)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Shell]:
    """`second-me` in a home of this test that does not exist yet."""
    with seat(tmp_path / "home", None) as made:
        made.home.rmdir()
        yield Shell(made.home)
