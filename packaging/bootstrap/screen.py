"""A screen of the tests' own on Linux: Xvfb with a window manager, and a session bus."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bootstrap import say

SIZE = "1600x1200x24"
PATIENCE = 20
"""Seconds until a screen that does not come up is given up."""


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """The environment variables under which a program finds the screen; it ends with the block."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="second-me-screen-")))
        display = stack.enter_context(_x_server(folder))
        variables = _variables(display, folder)
        stack.enter_context(_window_manager(folder, variables))
        yield variables


def _variables(display: str, folder: Path) -> dict[str, str]:
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    variables = {**os.environ, "DISPLAY": display, "XDG_RUNTIME_DIR": str(runtime)}
    # Qt warns about a locale without UTF-8, and a warning of Qt fails a test.
    variables.update(LC_ALL="C.UTF-8", XDG_SESSION_TYPE="x11", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
    for absent in ("WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM"):
        variables.pop(absent, None)
    return variables


@contextmanager
def _x_server(folder: Path) -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    with (folder / "xvfb.log").open("wb") as log:
        server = subprocess.Popen(command, pass_fds=(writing,), stdout=log, stderr=log)
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as numbers:
            number = numbers.readline().strip()  # empty when the server ended
        if not number:
            last = (folder / "xvfb.log").read_text(errors="replace").strip()
            raise say.Fault(f"The virtual screen did not start: {last}", "Mend that, then start again.")
        yield ":" + number
    finally:
        _end(server)


@contextmanager
def _window_manager(folder: Path, variables: Mapping[str, str]) -> Iterator[None]:
    ready = folder / "ready"
    command = ["openbox", "--sm-disable", "--startup", f"touch {ready}"]
    with (folder / "openbox.log").open("wb") as log:
        manager = subprocess.Popen(command, env=dict(variables), stdout=log, stderr=log)
    try:
        until = time.monotonic() + PATIENCE
        while not ready.exists():
            if manager.poll() is not None or time.monotonic() > until:
                last = (folder / "openbox.log").read_text(errors="replace").strip()
                raise say.Fault(f"The window manager did not start: {last}", "Mend that, then start again.")
            time.sleep(0.05)
        yield
    finally:
        _end(manager)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
