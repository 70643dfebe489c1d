"""Who has the focus on a real X11 screen with a window manager: the proposal takes it and gives it back."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.views.x11 import PATIENCE, missing, running, screen


def part(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.views.on_a_screen", name)


@pytest.mark.skipif(sys.platform != "linux", reason="X11 is of Linux")
@pytest.mark.skipif(bool(missing()), reason=missing())
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
