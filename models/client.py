"""The service's side of the models: a process that starts when needed, and the ports that it stands for.

    process = ModelProcess(chat_file, embedder_file)
    process.generator.stream(...)     # the Generator port
    process.embedder.embed([...])     # the Embedder port

Thread-safe. A process that crashed is started again by the next request: an answer that was being written
ends with a fault, a vector that was being made is asked for once more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import psutil

from second_me.core.ports import SessionState
from second_me.models.budget_shape import budget_at_rest
from second_me.models.channel import Channel, Frame, Ticket, WorkerGone
from second_me.models.faults import absent, crashed
from second_me.models.frames import Fields, Payload
from second_me.models.switching import Switching
from second_me.models.worker_ports import WorkerEmbedder, WorkerGenerator, display_name

Status = dict[str, Any]


class ModelProcess:
    """The model's process and its two models; either may be absent. `log` gets the stderr.

    `ladders`: the folder of size ladders; `budget`: bytes that the chat model may hold, None to follow free
    memory; `threads`: the file of what was measured about threads, None to measure nothing; `states` keeps the
    states of conversations; `length`: tokens of context, None for the usual.
    """

    def __init__(
        self,
        chat: Path | None,
        embedder: Path | None,
        log: Path | None = None,
        ladders: Path | None = None,
        budget: int | None = None,
        threads: Path | None = None,
        states: SessionState | None = None,
        length: int | None = None,
    ) -> None:
        self._chat, self._embedder, self._log = chat, embedder, log
        self._ladders, self._budget = ladders, budget
        self._threads, self._length = threads, length
        self._lock = threading.Lock()
        self._channel: Channel | None = None
        self._state = "idle"
        self._listeners: list[Callable[[Status], None]] = []
        self.switching = Switching(self._running, states)
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

    def prepare(self, conversation: str) -> None:
        """A question may come in this conversation: enter it now, in the background, if the model is at rest."""
        with self._lock:
            ready = self._channel is not None and self._state == "ready"
        if ready:
            self.switching.prepare(conversation)

    def forget(self, conversation: str | None) -> None:
        """Drop what the model has read in a conversation; None: in those that are not kept."""
        with self._lock:
            channel = self._channel
        self.switching.forget(channel, conversation)

    def forgetting(self) -> AbstractContextManager[None]:
        """While something is erased: no state is saved, and at the end the model has forgotten all it read."""
        return self.switching.forgetting(lambda: self._channel)

    def close(self) -> None:
        """End the process, if there is one, its conversation saved. A later request starts another."""
        with self._lock:
            channel, self._channel = self._channel, None
        if channel is not None:
            self.switching.leave(channel)
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
                    self._channel = Channel(self._arguments(), self._log, self._heard, self._ended)
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
            "--length": self._length,
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

    def _heard(self, event: Fields, payload: Payload) -> None:
        if event["event"] == "state":
            self.switching.keep(event["conversation"], payload)
        else:
            self._become(event["event"])

    def _become(self, state: str) -> None:
        with self._lock:
            changed = state == "budget" or self._state != state
            self._state = self._state if state == "budget" else state
            listeners = list(self._listeners) if changed else []
        if listeners:
            status = self.status()
            for listener in listeners:
                listener(status)


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
