"""Who answers under pressure: our model process through its client, and plain llama-cpp-python.

Both answer the same questions without a pause, in a control group, with as many threads and as much context.
"""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cgroup import MemoryGroup

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.chat import CONTEXT
from second_me.models.client import ModelProcess
from second_me.models.threads import physical_cores

ANSWER = 2000
"""Tokens that an answer may have: about as long as the whole course takes, where the model goes on so long."""

TOPICS = (
    "a lighthouse keeper",
    "two sisters who bake bread",
    "a dog that crosses the Alps",
    "an old mapmaker",
)
PATIENCE = 120.0
"""Seconds that loading may take."""

HERE = Path(__file__).parent


def questions() -> Iterator[str]:
    """For ever."""
    for topic in itertools.cycle(TOPICS):
        yield f"Write a very long story with many chapters about {topic}. Do not stop early."


@dataclass(frozen=True)
class Held:
    """What a process holds and did, by the system's own counts; bytes, and numbers since it began."""

    weights: int
    anonymous: int
    major_faults: int
    read: int


class Side(Protocol):
    """A process that answers. `pieces`: when each piece of text came, in seconds of the monotonic clock."""

    name: str
    pid: int
    pieces: list[float]

    def answer(self) -> None:
        """Begin."""

    def budget(self) -> dict[str, Any] | None:
        """`budget.status`, where there is such a thing."""

    def ended(self) -> str | None:
        """Why it answers no more, None while it does."""

    def close(self) -> None:
        """End it."""


class Ours:
    """The model's process as the service runs it, following free memory."""

    name = "ours"

    def __init__(self, model: Path, ladders: Path, group: MemoryGroup) -> None:
        self.pieces: list[float] = []
        self._process = ModelProcess(model, None, ladders=ladders)
        with group.entered():
            self._process.load()
        (self.pid,) = group.processes()
        self._stop = threading.Event()
        self._why: str | None = None
        self._thread = threading.Thread(target=self._answer, daemon=True)

    def answer(self) -> None:
        self._thread.start()

    def budget(self) -> dict[str, Any] | None:
        # Never ask a dead process: the client would start another, outside of the group.
        return None if self._why else self._process.budget()

    def ended(self) -> str | None:
        return self._why

    def close(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(PATIENCE)
        self._process.close()

    def _answer(self) -> None:
        sampling = Sampling(max_tokens=ANSWER)
        try:
            for question in questions():
                for _ in self._process.generator.stream(
                    [Message("user", question)], sampling, self._stop.is_set
                ):
                    self.pieces.append(time.monotonic())
                if self._stop.is_set():
                    return
        except EnvironmentFault as fault:
            self._why = fault.what


class Plain:
    """llama-cpp-python's `Llama`, the same GGUF, mapped."""

    name = "plain mmap"

    def __init__(self, model: Path, group: MemoryGroup) -> None:
        self.pieces: list[float] = []
        command = [sys.executable, str(HERE / "plain_answers.py"), str(model)]
        command += ["--context", str(CONTEXT), "--threads", str(physical_cores())]
        self._child = group.start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pid = self._child.pid
        assert self._child.stdin is not None and self._child.stdout is not None
        self._in, self._out = self._child.stdin, self._child.stdout
        if self._out.readline() != b"ready\n":
            raise RuntimeError(f"it ended while loading (code {self._child.wait()})")
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def answer(self) -> None:
        self._thread.start()

    def budget(self) -> dict[str, Any] | None:
        return None

    def ended(self) -> str | None:
        code = self._child.poll()
        return None if code is None else f"it ended (code {code})"

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._in.close()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        if self._thread.is_alive():
            self._thread.join(PATIENCE)
        self._out.close()

    def _listen(self) -> None:
        for _ in self._out:
            self.pieces.append(time.monotonic())


def held(pid: int) -> Held | None:
    """Of a process, from smaps (mappings of GGUFs and rungs; anonymous ones), stat and io; None: it has gone."""
    folder = Path(f"/proc/{pid}")
    try:
        stat = (folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
        counts = dict(line.split(": ") for line in (folder / "io").read_text("ascii").splitlines())
        weights, anonymous = _resident((folder / "smaps").read_text("utf-8", "surrogateescape"))
    except OSError:
        return None
    return Held(weights, anonymous, int(stat[9]), int(counts["read_bytes"]))


def _resident(smaps: str) -> tuple[int, int]:
    weights = anonymous = 0
    file = ""
    for line in smaps.splitlines():
        first, _, rest = line.partition(" ")
        if not first.endswith(":"):
            file = rest.split(maxsplit=4)[4] if len(rest.split(maxsplit=4)) > 4 else ""
        elif first == "Rss:" and file.endswith((".gguf", ".rungs")):
            weights += int(rest.split()[0]) * 1024
        elif first == "Anonymous:" and not file.endswith((".gguf", ".rungs")):
            anonymous += int(rest.split()[0]) * 1024
    return weights, anonymous
