"""A screen of its own for tests that need a real one: Xvfb, a window manager, and which window has the focus."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

NEEDED = ("Xvfb", "openbox")
PATIENCE = 60


def missing() -> str:
    """Why there can be no screen here; empty where there can."""
    absent = [each for each in NEEDED if shutil.which(each) is None]
    return f"{', '.join(absent)} not installed" if absent else ""


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
    with running("Xvfb", "-displayfd", str(write), "-screen", "0", "1600x900x24", pass_fds=(write,), **quiet):
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        with running("openbox", env=environment, **quiet):
            yield environment


def active_title(name: str) -> str:
    """The title of the window that has the focus on a screen; empty where none has."""
    from Xlib import X, display
    from Xlib.error import XError

    server = display.Display(name)
    try:
        wanted = server.intern_atom("_NET_ACTIVE_WINDOW")
        found = server.screen().root.get_full_property(wanted, X.AnyPropertyType)
        if found is None or not found.value[0]:
            return ""
        title = server.create_resource_object("window", found.value[0]).get_full_property(
            server.intern_atom("_NET_WM_NAME"), X.AnyPropertyType
        )
        return title.value.decode() if title is not None else ""
    except XError:
        return ""  # it went while it was asked about
    finally:
        server.close()
