"""A home of its own for the benchmarks of filling: its service, a client of it as a window is one, what is told."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from second_me.app.paths import HOME_VARIABLE
from second_me.app.service.client import Client

PASSPHRASE = "benchmark-passphrase"
READ_SECONDS = 600
END_SECONDS = 15.0


class TellingHouse:
    """A vault that is told things. `client` stands for the window; `environment` is for programs that belong to it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.home = folder / "home"
        self._heard: queue.SimpleQueue[tuple[str, dict[str, Any]]] = queue.SimpleQueue()
        self.client = self._connected()
        self.sources: dict[str, str] = {}
        """Memory id -> number of the fact that was told in it."""

    def _connected(self) -> Client:
        client = Client.connect(self.home, "window")
        client.call("vault.create", passphrase=PASSPHRASE)
        client.subscribe(lambda method, params: self._heard.put((method, params)))
        return client

    def tell(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Remember each `text` as said at `said_at`, and wait until all of it is read for facts."""
        for row in rows:
            kept = self.client.call("remember", text=row["text"], time=row["said_at"])
            self.sources[kept["memory_id"]] = row.get("id", "")
        if not self.client.call("facts.wait", timeout=READ_SECONDS)["read"]:
            raise TimeoutError("what was told is not read")

    def read_numbers(self) -> frozenset[str]:
        """The numbers of the turns of which a fact was read."""
        found = self.client.call("facts.list", ended=True)
        return frozenset(self.sources.get(fact["memory_id"], "") for fact in found) - {""}

    def quiet(self) -> None:
        """Forget what was heard until now."""
        while not self._heard.empty():
            self._heard.get_nowait()

    def wait_for(self, methods: Iterable[str], seconds: float) -> tuple[str, dict[str, Any]] | None:
        """The next notification of one of these names, or None when it does not come in time."""
        wanted, until = set(methods), time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                method, params = self._heard.get(timeout=left)
            except queue.Empty:
                break
            if method in wanted:
                return method, params
        return None

    def alive(self) -> bool:
        """Whether the service still answers."""
        return bool(self.client.call("status", patience=30.0)["state"] == "unlocked")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`second-me` with these words, in this home."""
        return subprocess.run(
            [sys.executable, "-m", "second_me", *words], env=self.environment, capture_output=True,
            stdin=subprocess.DEVNULL, encoding="utf-8", timeout=120,
        )  # fmt: skip

    def leave(self) -> None:
        """End the service, and whatever else of this home still runs."""
        self.client.close()
        for process in _of(self.home):
            process.terminate()
        _gone, left = psutil.wait_procs(list(_of(self.home)), timeout=END_SECONDS)
        for process in left:
            process.kill()


def _of(home: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            ours = process.pid != os.getpid() and process.environ().get(HOME_VARIABLE) == str(home)
            if ours and "second_me" in " ".join(process.cmdline()):
                yield process
        except psutil.Error:
            continue


@contextmanager
def telling_house(screen: Mapping[str, str] | None = None) -> Iterator[TellingHouse]:
    """A new home in a temporary folder, with the variables of a screen if there is one; both go in the end.

    This process's environment is changed meanwhile: the service is started with it.
    """
    folder = Path(tempfile.mkdtemp(prefix="sm-fill-"))
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    ours = {
        **(screen or os.environ), HOME_VARIABLE: str(folder / "home"), "XDG_RUNTIME_DIR": str(runtime),
        "XDG_CONFIG_HOME": str(folder / "config"), "HOME": str(folder),
    }  # fmt: skip
    before = dict(os.environ)
    os.environ.update(ours)
    try:
        house = TellingHouse(folder, ours)
        try:
            yield house
        finally:
            house.leave()
    finally:
        for name in set(ours) - set(before):
            os.environ.pop(name, None)
        os.environ.update(before)
        shutil.rmtree(folder, ignore_errors=True)
