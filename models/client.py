"""The service's side of the models: a process that starts when needed, and the ports that it stands for.

    process = ModelProcess(chat_file, embedder_file)
    process.generator.stream(...)     # the Generator port
    process.embedder.embed([...])     # the Embedder port

Thread-safe. A process that crashed is started again by the next request: an answer that was being written
ends with a fault, a vector that was being made is asked for once more.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from second_me.core.ports import EnvironmentFault, Matrix, Message, Sampling
from second_me.models.budget_shape import budget_at_rest
from second_me.models.channel import Channel, Frame, Ticket, WorkerGone
from second_me.models.faults import absent
from second_me.models.frames import Fields
from second_me.models.header import embedding_length

POLL = 0.05
"""Seconds between two looks at `cancelled` while no token comes."""

QUANTIZATION = re.compile(r"[.-](I?Q\d\w*|B?F16|F32)$", re.IGNORECASE)

Status = dict[str, Any]


class ModelProcess:
    """The model's process and its two models; either may be absent. `log` gets the stderr.

    `ladders`: the folder of size ladders; `budget`: bytes that the chat model may hold, None to follow free
    memory; `threads`: the file of what was measured about threads, None to measure nothing.
    """

    def __init__(
        self,
        chat: Path | None,
        embedder: Path | None,
        log: Path | None = None,
        ladders: Path | None = None,
        budget: int | None = None,
        threads: Path | None = None,
    ) -> None:
        self._chat, self._embedder, self._log = chat, embedder, log
        self._ladders, self._budget, self._threads = ladders, budget, threads
        self._lock = threading.Lock()
        self._channel: Channel | None = None
        self._state = "idle"
        self._listeners: list[Callable[[Status], None]] = []
        self.generator = WorkerGenerator(self)
        self.embedder = WorkerEmbedder(self)

    @property
    def chat_file(self) -> Path:
        """The chat model's file. Raises EnvironmentFault ("model_absent")."""
        if self._chat is None:
            raise absent()
        return self._chat

    @property
    def embedder_file(self) -> Path:
        """The embedder's file. Raises EnvironmentFault ("model_absent")."""
        if self._embedder is None:
            raise absent()
        return self._embedder

    def status(self) -> Status:
        """{"name", "file", "bytes", "resident_bytes", "state"} of the chat model and its process.

        `state` is "absent", "idle" (not loaded), "loading", "ready", "writing" or "failed".
        """
        with self._lock:
            chat, channel, state = self._chat, self._channel, self._state
        return {
            "name": display_name(chat) if chat else None,
            "file": str(chat) if chat else None,
            "bytes": chat.stat().st_size if chat and chat.is_file() else 0,
            "resident_bytes": resident_bytes(channel.pid) if channel else 0,
            "state": state if chat else "absent",
        }

    def budget(self) -> Status:
        """`budget.status` of docs/protocol.md. Raises EnvironmentFault for a chat model that cannot be read."""
        with self._lock:
            chat, running, state = self._chat, self._channel is not None, self._state
        shape = self.ask({"op": "budget"})[0]["shape"] if running and chat else None
        if shape is None:
            shape = {
                **budget_at_rest(chat, self._ladders, self._budget),
                "state": state if chat else "absent",
            }
        return {**shape, "state": "absent"} if chat is None else shape

    def set_budget(self, size: int | None) -> None:
        """Bytes that weights, KV and compute buffers may hold from now on; None: follow free memory."""
        with self._lock:
            self._budget = size
            running = self._channel is not None
        if running:
            self.ask({"op": "set_budget", "bytes": size})

    def listen(self, listener: Callable[[Status], None]) -> None:
        """Call `listener` with the status whenever the state changes, from whichever thread saw it."""
        with self._lock:
            self._listeners.append(listener)

    def load(self) -> None:
        """Load the chat model now, so that the first answer does not wait. Raises EnvironmentFault."""
        _ = self.chat_file
        self.ask({"op": "load", "which": "chat"})

    def reload(self, chat: Path | None, embedder: Path | None) -> None:
        """Use other files from the next request on. An answer that is being written ends with a fault."""
        with self._lock:
            self._chat, self._embedder = chat, embedder
        self.close()

    def close(self) -> None:
        """End the process, if there is one. A later request starts another."""
        with self._lock:
            channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()
        self._become("idle")

    def ask(self, fields: Fields) -> Frame:
        """A request with one answer, asked again of a new process if one dies. Raises EnvironmentFault."""
        try:
            return self.send(fields)[1].answer()
        except WorkerGone:
            return self._last_try(fields)

    def send(self, fields: Fields) -> tuple[Channel, Ticket]:
        """Send a request to the running process, or to a new one. Raises WorkerGone, EnvironmentFault."""
        channel = self._running()
        return channel, channel.request(fields)

    def _last_try(self, fields: Fields) -> Frame:
        try:
            return self.send(fields)[1].answer()
        except WorkerGone:
            raise crashed() from None

    def _running(self) -> Channel:
        with self._lock:
            if self._channel is None:
                try:
                    self._channel = Channel(self._arguments(), self._log, self._become, self._ended)
                except OSError as problem:
                    raise crashed() from problem
            return self._channel

    def _arguments(self) -> list[str]:
        chosen = {
            "--chat": self._chat,
            "--embedder": self._embedder,
            "--ladders": self._ladders,
            "--budget": self._budget,
            "--threads-file": self._threads,
        }
        return [
            part for option, value in chosen.items() if value is not None for part in (option, str(value))
        ]

    def _ended(self, channel: Channel) -> None:
        with self._lock:
            unexpected = self._channel is channel
            if unexpected:
                self._channel = None
        if unexpected:
            self._become("failed")

    def _become(self, state: str) -> None:
        with self._lock:
            changed = state == "budget" or self._state != state
            self._state = self._state if state == "budget" else state
            listeners = list(self._listeners) if changed else []
        if listeners:
            status = self.status()
            for listener in listeners:
                listener(status)


class WorkerGenerator:
    """The Generator port."""

    def __init__(self, process: ModelProcess) -> None:
        self._process = process

    @property
    def name(self) -> str:
        """The model's name for people: its file's, without the quantization."""
        return display_name(self._process.chat_file)

    def stream(
        self, messages: Sequence[Message], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Iterator[str]:
        """Pieces of text as they are made. An iterator that is closed early ends the writing too."""
        _ = self._process.chat_file
        request = {
            "op": "stream",
            "messages": [[message.role, message.content] for message in messages],
            "sampling": dataclasses.asdict(sampling),
        }
        try:
            channel, ticket = self._process.send(request)
        except WorkerGone:
            raise crashed() from None
        try:
            yield from _pieces(ticket, cancelled)
        except WorkerGone:
            raise crashed() from None
        finally:
            channel.drop(ticket)

    def constrained(self, messages: Sequence[Message], grammar: str, max_tokens: int) -> str:
        """Text that a GBNF grammar admits, drawn greedily; cut off when the tokens run out."""
        sampling = Sampling(max_tokens=max_tokens, grammar=grammar, repeat_penalty=1.0)
        return "".join(self.stream(messages, sampling, lambda: False))

    def likelihood(self, text: str) -> tuple[float, int]:
        """(sum of log-probabilities in nats, number of tokens scored) of a text."""
        _ = self._process.chat_file
        fields, _payload = self._process.ask({"op": "likelihood", "text": text})
        return float(fields["nats"]), int(fields["tokens"])

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, without special ones."""
        _ = self._process.chat_file
        return int(self._process.ask({"op": "count", "text": text})[0]["tokens"])


class WorkerEmbedder:
    """The Embedder port."""

    def __init__(self, process: ModelProcess) -> None:
        self._process = process
        self._known: dict[tuple[str, int, int], str] = {}

    @property
    def name(self) -> str:
        """The file's name and the beginning of its SHA-256 (20 ms for the starter, then remembered)."""
        file = self._process.embedder_file
        try:
            stat = file.stat()
            key = (str(file), stat.st_size, stat.st_mtime_ns)
            if key not in self._known:
                with file.open("rb") as content:
                    self._known[key] = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as problem:
            raise absent() from problem
        return f"{file.stem}:{self._known[key][:16]}"

    @property
    def dimensions(self) -> int:
        """Length of a vector, read from the file's header."""
        return embedding_length(self._process.embedder_file)

    def embed(self, texts: Sequence[str], urgent: bool = False) -> Matrix:
        """(len(texts), dimensions), rows of unit length."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        _ = self._process.embedder_file
        _fields, payload = self._process.ask({"op": "embed", "texts": list(texts), "urgent": urgent})
        return np.frombuffer(payload, np.float32).reshape(len(texts), -1)


def display_name(file: Path) -> str:
    """A model's name for people."""
    return QUANTIZATION.sub("", file.stem)


def resident_bytes(pid: int) -> int:
    """Resident bytes of a process; 0 when it is gone. Exact on Linux, else the system's nearest figure."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Rss:"))
    except (OSError, StopIteration):
        pass
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def crashed() -> EnvironmentFault:
    """The process died under a request."""
    return EnvironmentFault(
        "model_failed",
        "The model stopped unexpectedly.",
        "Ask again: it starts anew. If that does not help, choose another model.",
    )


def _pieces(ticket: Ticket, cancelled: Callable[[], bool]) -> Iterator[str]:
    while not cancelled():
        frame = ticket.next(POLL)
        if frame is None:
            continue
        if "done" in frame[0]:
            return
        yield frame[0]["piece"]
