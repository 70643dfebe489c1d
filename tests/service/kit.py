"""A home with its service as a real process, seen through the eyes of a client."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Client as connect_to
from pathlib import Path
from typing import Any

import psutil

from second_me.app.paths import runtime_folder
from second_me.app.service.client import Client
from second_me.app.service.protocol import Channel, address

PASSPHRASE = "correct horse battery"
PATIENCE = 60.0
"""Seconds after which a test calls an answer lost."""


@dataclass
class Ear:
    """Hears a client's notifications, in order."""

    client: Client
    heard: queue.SimpleQueue[tuple[str, dict[str, Any]]] = field(default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        self.client.subscribe(lambda method, params: self.heard.put((method, params)))

    def until(self, wanted: Callable[[str, dict[str, Any]], bool]) -> list[tuple[str, dict[str, Any]]]:
        """Everything that is heard up to the wanted one, the wanted one last."""
        told: list[tuple[str, dict[str, Any]]] = []
        while True:
            told.append(self.heard.get(timeout=PATIENCE))
            if wanted(*told[-1]):
                return told

    def next(self, method: str) -> dict[str, Any]:
        """The parameters of the next notification of this name."""
        return self.until(lambda name, _: name == method)[-1][1]


class Talker:
    """A conversation of a client, spoken to turn by turn."""

    def __init__(self, client: Client, temporary: bool = False) -> None:
        self.client, self.ear = client, Ear(client)
        self.name: str = client.call("talk.create", temporary=temporary)["conversation"]
        self.events: list[tuple[str, dict[str, Any]]] = []

    def say(self, text: str) -> dict[str, Any]:
        """One turn; its answer."""
        return self.finish(self.client.call("talk.send", conversation=self.name, text=text)["turn"])

    def begin(self, text: str) -> str:
        """One turn, not waited for; its name."""
        return str(self.client.call("talk.send", conversation=self.name, text=text)["turn"])

    def finish(self, turn: str) -> dict[str, Any]:
        """The answer of a turn; what was heard on the way is in `events`."""
        self.events = self.ear.until(
            lambda method, params: params.get("turn") == turn and method in ("turn.done", "turn.failed")
        )
        method, params = self.events[-1]
        assert method == "turn.done", params
        answer: dict[str, Any] = params["answer"]
        return answer

    def failed(self, turn: str) -> dict[str, Any]:
        """The parameters of `turn.failed`."""
        self.events = self.ear.until(
            lambda method, params: params.get("turn") == turn and method in ("turn.done", "turn.failed")
        )
        assert self.events[-1][0] == "turn.failed", self.events[-1]
        return self.events[-1][1]

    def turns(self) -> list[dict[str, Any]]:
        """The conversation as it is kept."""
        kept: list[dict[str, Any]] = self.client.call("talk.turns", conversation=self.name)
        return kept

    def texts(self) -> list[str]:
        return [turn["text"] for turn in self.turns()]


class Seat:
    """A home. Services that are still running when it is left are ended."""

    def __init__(self, home: Path, models: Path | None) -> None:
        self.home = home
        self.clients: list[Client] = []
        home.mkdir(parents=True, exist_ok=True)
        if models is not None and not (home / "models").exists():
            (home / "models").symlink_to(models)

    @property
    def runtime(self) -> Path:
        return runtime_folder(self.home)

    def client(self, start: bool = True) -> Client:
        """A connected client, ended with the seat."""
        made = Client.connect(self.home, "window", start=start)
        self.clients.append(made)
        return made

    def unlocked(self, passphrase: str = PASSPHRASE) -> Client:
        """A client of an unlocked service, its model's process running where there are models."""
        client = self.client()
        if client.state == "absent":
            client.call("vault.create", passphrase=passphrase)
        else:
            client.call("vault.unlock", passphrase=passphrase)
        if client.call("model.status")["state"] != "absent":
            client.call("talk.conversations")
            client.call("recall", text="wakes the process of the model", k=1)
        return client

    def service(self) -> psutil.Process:
        """The service's process."""
        return next(iter(services(self.home)))

    def worker(self) -> psutil.Process:
        """The model's process."""
        return next(child for child in self.service().children() if "worker" in " ".join(child.cmdline()))

    def kill_all(self) -> None:
        """End service and worker at once, as a power cut would."""
        for process in services(self.home):
            family = [process, *process.children(recursive=True)]
            for each in family:
                each.kill()
            psutil.wait_procs(family, timeout=PATIENCE)

    def leave(self) -> None:
        for client in self.clients:
            client.close()
        self.clients.clear()
        for process in services(self.home):
            process.terminate()
            _gone, left = psutil.wait_procs([process], timeout=15)
            for each in left:
                each.kill()

    def raw(self) -> Channel:
        """A connection that has said nothing yet."""
        return Channel(connect_to(address(self.runtime)))

    def token(self) -> str:
        return (self.runtime / "token").read_text()


def services(home: Path) -> list[psutil.Process]:
    """The running services of a home."""
    found = []
    for process in psutil.process_iter():
        try:
            is_service = process.cmdline()[-3:] == ["-m", "second_me", "service"]
            if is_service and process.environ().get("SECOND_ME_HOME") == str(home):
                found.append(process)
        except psutil.Error:
            continue
    return found


@contextmanager
def seat(home: Path, models: Path | None) -> Iterator[Seat]:
    made = Seat(home, models)
    try:
        yield made
    finally:
        made.leave()


def serve_in_foreground(home: Path) -> subprocess.CompletedProcess[str]:
    """Run `second-me service` for a home to its end."""
    return subprocess.run(
        [sys.executable, "-m", "second_me", "service"],
        env={**os.environ, "SECOND_ME_HOME": str(home)},
        capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL,
    )  # fmt: skip
