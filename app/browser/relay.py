"""The relay: the process that a browser starts to reach the service (docs/browser.md). It forwards frames both ways and
understands none of them; one refusal, then it ends.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from second_me.app.browser import extension
from second_me.app.browser.extension import Ids
from second_me.app.browser.native import Frame, Pipes, TooLarge, own_pipes
from second_me.app.crash import write_crash_report
from second_me.app.paths import HOME_VARIABLE, HomeLayout, home_folder
from second_me.app.service.browsers.rate import Rate
from second_me.app.service.client import PASSPHRASE_VARIABLE, Client
from second_me.app.service.protocol import RemoteFault
from second_me.core.ports import EnvironmentFault

MOST_MESSAGES = 20
"""A second."""
MOST_WAITING = 8
PATIENCE = 120.0
"""Seconds that the service may take over one frame."""
WINDOW_SECONDS = 20.0
DETACHED = 0x00000008 | 0x00000200 | 0x01000000
"""Windows: no console, a group of its own, and out of the job in which Firefox ends what a host has started."""


class _End(Exception):
    """It is over; `code` is what the browser is told, "" when there is nobody to tell or nothing more to say."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


class Relay:
    """One browser's way to the service of a home. `open_window` starts our window, hidden."""

    def __init__(self, home: Path, pipes: Pipes, open_window: Callable[[], None]) -> None:
        self._layout, self._pipes, self._open_window = HomeLayout(home), pipes, open_window
        self._came: queue.Queue[Frame | _End] = queue.Queue(MOST_WAITING)
        self._rate = Rate(MOST_MESSAGES)
        self._client: Client | None = None
        self._said_no = False
        self._window_at = -WINDOW_SECONDS
        self._over = False
        self.reader = threading.Thread(target=self._read, name="browser-reader", daemon=True)

    def run(self) -> None:
        """Forward until one of both ends has gone, or something was refused."""
        self.reader.start()
        try:
            while True:
                came = self._came.get()
                if isinstance(came, _End):
                    raise came
                self._forward(came)
        except _End as end:
            refuse(self._pipes, end.code)
        finally:
            if self._client is not None:
                self._client.close()
            self._over = True
            while not self._came.empty():
                self._came.get()  # the reader may wait for room

    def _read(self) -> None:
        """What the browser sends, in its order; a browser that sends too fast waits at its pipe."""
        try:
            while not self._over and (frame := self._pipes.read()) is not None:
                if not self._rate.allows():
                    raise _End("busy")
                self._came.put(frame)
            raise _End()
        except TooLarge:
            self._came.put(_End("too_large"))
        except ValueError:
            self._came.put(_End("bad_message"))
        except OSError:
            self._came.put(_End())
        except _End as end:
            self._came.put(end)

    def _forward(self, frame: Frame) -> None:
        try:
            if self._client is None:
                self._client = self._connected()
            self._client.call("browser.receive", patience=PATIENCE, frame=frame)
        except RemoteFault as fault:
            raise _End(self._gone() if fault.code == "closed" else "no_service") from None
        except EnvironmentFault:
            raise _End("no_service") from None

    def _connected(self) -> Client:
        """A connection to an open vault. No service is started for it: it would not be unlocked.

        Raises _End("locked"), RemoteFault, EnvironmentFault.
        """
        if self._layout.locked_marker.exists():
            raise _End("locked")
        try:
            client = Client.connect(self._layout.home, "browser", start=False)
        except RemoteFault:
            raise _End("locked" if self._layout.vault.is_dir() else "no_service") from None
        if client.state != "unlocked":
            client.close()
            raise _End("locked")
        client.subscribe(self._heard)
        return client

    def _heard(self, method: str, params: dict[str, Any]) -> None:
        """In the client's thread."""
        if method == "browser.send":
            self._send(params["frame"])
        elif method == "browser.window_wanted":
            self._want_window()
        elif method == "closed":
            with contextlib.suppress(queue.Full):  # then the next call finds it out
                self._came.put_nowait(_End(self._gone()))

    def _send(self, frame: dict[str, Any]) -> None:
        try:
            self._pipes.write(frame)
        except (OSError, ValueError):
            with contextlib.suppress(queue.Full):
                self._came.put_nowait(_End())
        self._said_no = frame.get("kind") == "refused"

    def _want_window(self) -> None:
        now = time.monotonic()
        if now - self._window_at >= WINDOW_SECONDS:
            self._window_at = now
            with contextlib.suppress(OSError):
                self._open_window()

    def _gone(self) -> str:
        """What to say of a service that went: it said it itself, or it was locked, or it ended."""
        if self._said_no:
            return ""
        return "locked" if self._layout.locked_marker.exists() else "no_service"


def refuse(pipes: Pipes, code: str) -> None:
    """Tell the browser why it is over; one that is gone is not an error."""
    if code:
        with contextlib.suppress(OSError):
            pipes.write({"kind": "refused", "code": code})


def start_window(home: Path) -> None:
    """Start our window, hidden, as a process of its own in the person's session; never with the passphrase."""
    environment = {name: value for name, value in os.environ.items() if name != PASSPHRASE_VARIABLE}
    environment[HOME_VARIABLE] = str(home)
    detached: dict[str, Any] = (
        {"creationflags": DETACHED} if sys.platform == "win32" else {"start_new_session": True}
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "second_me", "--hidden"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **detached,
    )
    threading.Thread(target=process.wait, name="window-reaper", daemon=True).start()


def serve(arguments: Sequence[str], home: Path, pipes: Pipes, ids: Ids) -> None:
    """Relay for the extension that had the browser start us, if it is ours."""
    if not ids.started(arguments):
        refuse(pipes, "other_extension")
        return
    Relay(home, pipes, lambda: start_window(home)).run()


def main() -> int:
    """Entry of the relay's process."""
    pipes, home = own_pipes(), home_folder()
    try:
        serve(sys.argv[1:], home, pipes, extension.read_ids(extension.folder()))
    except Exception as bug:  # noqa: BLE001 - the edge of the process
        write_crash_report(HomeLayout(home).logs, bug)
        refuse(pipes, "no_service")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
