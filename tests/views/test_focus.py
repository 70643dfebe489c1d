"""Who has the focus on a real X11 screen with a window manager: the proposal takes it and gives it back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

NEEDED = ("Xvfb", "openbox")
PATIENCE = 60


@contextmanager
def running(*command: str, **options: object) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the block."""
    process = subprocess.Popen(command, text=True, **options)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment of a screen of its own with a window manager."""
    read, write = os.pipe()
    quiet = {"stderr": subprocess.DEVNULL}
    with running("Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", pass_fds=(write,), **quiet):
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        with running("openbox", env=environment, **quiet):
            yield environment


def part(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.views.on_a_screen", name)


@pytest.mark.skipif(sys.platform != "linux", reason="X11 is of Linux")
@pytest.mark.skipif(
    any(shutil.which(each) is None for each in NEEDED), reason="Xvfb and openbox are not here"
)
def test_the_proposal_takes_the_focus_and_gives_it_back() -> None:
    with screen() as environment:
        piped = {"env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with running(*part("browser"), **piped) as browser:
            assert browser.stdout is not None and browser.stdout.readline() == "active\n"
            with running(*part("desk"), **piped) as desk:
                told = desk.communicate(timeout=PATIENCE)[0].split("\n")
            assert browser.stdout.readline() == "inactive\n"
            assert browser.stdout.readline() == "active\n"
    assert told[:3] == ["active", "beside 668", "agreed 5"]
    assert "result False" in told
