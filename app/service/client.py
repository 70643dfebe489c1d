"""A client of the service: finds it, starts it when there is none, calls it, hears its notifications."""

from __future__ import annotations

import itertools
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Client as connect_to
from pathlib import Path
from typing import Any

from second_me.app.paths import HOME_VARIABLE, runtime_folder
from second_me.app.service.protocol import BUG, Channel, RemoteFault, address
from second_me.app.words import tr

START_SECONDS = 30.0
PASSPHRASE_VARIABLE = "SECOND_ME_PASSPHRASE"
TAKEN = 75
"""Exit code of a service that found another one serving the same home (sysexits' EX_TEMPFAIL)."""

Listener = Callable[[str, dict[str, Any]], None]


class Client:
    """A connection to the service of a home. Calls are blocking and safe from several threads."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._ids = itertools.count(1)
        self._waiting: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self._guard = threading.Lock()
        self._listeners: list[Listener] = []
        self._open = True
        self.state = "locked"
        threading.Thread(target=self._read, name="service-reader", daemon=True).start()

    @classmethod
    def connect(cls, home: Path, client: str = "window", start: bool = True) -> Client:
        """Connect to the service of `home`; with `start`, start one when there is none.

        Raises RemoteFault("no_service") when there is none and it may not be or could not be started.
        """
        runtime = runtime_folder(home)
        found = cls._try(runtime, client)
        if found is None and start:
            found = cls._start(home, runtime, client)
        if found is None:
            raise RemoteFault("no_service", tr("Second Me is not running."), tr("Start it with: second-me"))
        return found

    @classmethod
    def _try(cls, runtime: Path, client: str) -> Client | None:
        try:
            token = (runtime / "token").read_text()
            channel = Channel(connect_to(address(runtime)))
        except OSError:
            return None
        made = cls(channel)
        try:
            made.state = made.call("hello", token=token, client=client)["state"]
        except RemoteFault as fault:
            made.close()
            if fault.code == "closed":
                return None
            raise
        return made

    @classmethod
    def _start(cls, home: Path, runtime: Path, client: str) -> Client | None:
        process = start_service(home)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            found = cls._try(runtime, client)
            if found is not None:
                return found
            if process.poll() not in (None, TAKEN):
                raise RemoteFault(
                    "no_service",
                    tr("The service of Second Me could not start."),
                    tr("Run second-me doctor to see what is missing."),
                )
            if process.poll() == TAKEN and not (runtime / "token").exists():
                process = start_service(home)
            time.sleep(0.02)
        return None

    def call(self, method: str, patience: float | None = None, **params: object) -> Any:
        """The result of a method, waited for at most `patience` seconds.

        Raises RemoteFault; its code is `closed` when the service went, `timeout` when patience ended.
        """
        number, answers = next(self._ids), queue.SimpleQueue[dict[str, Any]]()
        with self._guard:
            if not self._open:
                raise _closed()
            self._waiting[number] = answers
        try:
            self._channel.send({"id": number, "method": method, "params": params})
            answer = answers.get(timeout=patience)
        except OSError:
            raise _closed() from None
        except ValueError:
            raise RemoteFault(
                "bad_parameters", tr("This is too much at once."), tr("Import it as a file instead.")
            ) from None
        except queue.Empty:
            raise RemoteFault("timeout", tr("Second Me did not answer in time.")) from None
        finally:
            with self._guard:
                self._waiting.pop(number, None)
        if "error" in answer:
            raise _remote_fault(answer["error"])
        return answer["result"]

    def subscribe(self, listener: Listener) -> None:
        """Hear notifications, in the reader's thread; `("closed", {})` is the last one."""
        self._listeners.append(listener)

    def close(self) -> None:
        """End the connection; the service ends by itself when nobody is left."""
        with self._guard:
            self._open = False
        self._channel.hang_up()

    def _read(self) -> None:
        while True:
            try:
                message = self._channel.receive()
            except (OSError, EOFError, ValueError, TypeError):
                break
            self._deliver(message)
        with self._guard:
            self._open = False
            left = list(self._waiting.values())
        self._channel.close()
        for answers in left:
            answers.put({"error": {"code": 0, "message": "closed", "data": {"code": "closed"}}})
        self._tell("closed", {})

    def _deliver(self, message: dict[str, Any]) -> None:
        if "method" in message:
            self._tell(message["method"], message.get("params", {}))
            return
        with self._guard:
            answers = self._waiting.get(message.get("id", 0))
        if answers is not None:
            answers.put(message)

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        for listener in list(self._listeners):
            listener(method, params)


def _closed() -> RemoteFault:
    return RemoteFault(
        "closed", tr("The connection to the memory service ended."), tr("Unlock again to go on.")
    )


def _remote_fault(error: dict[str, Any]) -> RemoteFault:
    data = error.get("data") or {}
    if data.get("code") == "closed":
        return _closed()
    if error.get("code") == BUG:
        return RemoteFault("bug", tr("Something went wrong in Second Me."), data.get("action", ""))
    return RemoteFault(data.get("code", "fault"), str(error.get("message", "")), data.get("action", ""))


def start_service(home: Path) -> subprocess.Popen[bytes]:
    """Start the service of a home as a process of its own, which outlives us; never with the passphrase."""
    environment = {k: v for k, v in os.environ.items() if k != PASSPHRASE_VARIABLE}
    environment[HOME_VARIABLE] = str(home)
    detached: dict[str, Any] = (
        {"creationflags": 0x00000008 | 0x00000200} if sys.platform == "win32" else {"start_new_session": True}
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "second_me", "service"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **detached,
    )
    threading.Thread(target=process.wait, name="service-reaper", daemon=True).start()
    return process
