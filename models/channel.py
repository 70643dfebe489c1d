"""The service's end of the pipe: one child process, its requests under way, and how it ended."""

from __future__ import annotations

import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from second_me.core.ports import EnvironmentFault
from second_me.models.frames import Fields, Payload, TornFrame, read_frame, widen, write_frame

PATIENCE = 5.0
"""Seconds that a child is given to end by itself before it is killed."""

WINDOWS_NO_CONSOLE = 0x08000000

Frame = tuple[Fields, Payload]


class WorkerGone(Exception):
    """The process ended before it had answered."""


class Ticket:
    """A request under way."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()

    def put(self, frame: Frame | None) -> None:
        """Something came for it; None: the process is gone."""
        self._frames.put(frame)

    def next(self, timeout: float | None = None) -> Frame | None:
        """The next frame; None when none came within `timeout` seconds.

        Raises WorkerGone, and EnvironmentFault when the worker answered with a fault.
        """
        try:
            frame = self._frames.get(timeout=timeout)
        except queue.Empty:
            return None
        if frame is None:
            raise WorkerGone
        error = frame[0].get("error")
        if error is not None:
            raise EnvironmentFault(error["code"], error["what"], error["action"])
        return frame

    def answer(self) -> Frame:
        """The one frame of a request that has one. Raises as `next` does."""
        frame = self.next()
        assert frame is not None
        return frame


class Channel:
    """A running worker. `on_event` and `on_end` are called by the channel's own thread, in the order of frames.

    Raises OSError when the process cannot be started.
    """

    def __init__(
        self,
        arguments: list[str],
        log: Path | None,
        on_event: Callable[[Fields, Payload], None],
        on_end: Callable[[Channel], None],
    ) -> None:
        self._on_event, self._on_end = on_event, on_end
        self._process = _start(arguments, log)
        self._numbers = itertools.count(1)
        self._tickets: dict[int, Ticket] = {}
        self._ended = False
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._reader = threading.Thread(target=self._read, name="model replies", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def request(self, fields: Fields, payload: Payload = b"") -> Ticket:
        """Send a request. Raises WorkerGone."""
        with self._lock:
            if self._ended:
                raise WorkerGone
            ticket = Ticket(next(self._numbers))
            self._tickets[ticket.number] = ticket
        self._write({**fields, "id": ticket.number}, payload)
        return ticket

    def drop(self, ticket: Ticket) -> None:
        """The answer is not waited for any more: end it if it is under way."""
        with self._lock:
            if self._tickets.pop(ticket.number, None) is None:
                return
        try:
            self._write({"op": "cancel", "id": ticket.number})
        except WorkerGone:
            return

    def close(self) -> None:
        """End the process and wait for it."""
        if self._writing.acquire(timeout=PATIENCE):
            _close(self._stdin)
            self._writing.release()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        if threading.current_thread() is not self._reader:
            self._reader.join()

    @property
    def _stdin(self) -> BinaryIO:
        assert self._process.stdin is not None
        return self._process.stdin  # type: ignore[return-value]

    def _write(self, fields: Fields, payload: Payload = b"") -> None:
        try:
            with self._writing:
                write_frame(self._stdin, fields, payload)
        except (OSError, ValueError) as gone:  # ValueError: closed by us
            raise WorkerGone from gone

    def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            while self._deliver_next(self._process.stdout):  # type: ignore[arg-type]
                pass
        except (OSError, TornFrame):
            self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        with self._writing:
            _close(self._stdin)
        with self._lock:
            self._ended = True
            waiting = list(self._tickets.values())
        self._on_end(self)
        for ticket in waiting:
            ticket.put(None)

    def _deliver_next(self, pipe: BinaryIO) -> bool:
        """A function of its own, for whoever waits for the next frame must not hold the bytes of the last."""
        frame = read_frame(pipe)
        if frame is not None:
            self._deliver(frame)
        return frame is not None

    def _deliver(self, frame: Frame) -> None:
        fields = frame[0]
        if "event" in fields:
            self._on_event(fields, frame[1])
            return
        over = "done" in fields or "error" in fields
        with self._lock:
            number = fields["id"]
            ticket = self._tickets.pop(number, None) if over else self._tickets.get(number)
        if ticket is not None:
            ticket.put(frame)


def _start(arguments: list[str], log: Path | None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "second_me.models.worker", *arguments]
    flags = WINDOWS_NO_CONSOLE if sys.platform == "win32" else 0
    # Barriers that spin cost 12x on a busy machine; it matters only where llama.cpp was built with OpenMP.
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    with contextlib.ExitStack() as files:
        errors = files.enter_context(log.open("ab")) if log else None
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            creationflags=flags,
        )
    for pipe in (process.stdin, process.stdout):
        widen(pipe)  # type: ignore[arg-type]
    return process


def _close(pipe: BinaryIO) -> None:
    with contextlib.suppress(OSError):
        pipe.close()
