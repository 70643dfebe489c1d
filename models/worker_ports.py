"""What stands behind the ports Generator and Embedder in the service: requests to the model's process."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from second_me.core.ports import Matrix, Message, Sampling
from second_me.models.channel import Ticket, WorkerGone
from second_me.models.faults import absent, crashed
from second_me.models.frames import Fields
from second_me.models.header import embedding_length

if TYPE_CHECKING:
    from pathlib import Path

    from second_me.models.client import ModelProcess

POLL = 0.05
"""Seconds between two looks at `cancelled` while no token comes."""

QUANTIZATION = re.compile(r"[.-](I?Q\d\w*|B?F16|F32)$", re.IGNORECASE)


class WorkerGenerator:
    """The Generator port."""

    def __init__(self, process: ModelProcess) -> None:
        self._process = process

    @property
    def name(self) -> str:
        """The model's name for people: its file's, without the quantization."""
        return display_name(self._process.chat_file)

    def stream(
        self,
        messages: Sequence[Message],
        sampling: Sampling,
        cancelled: Callable[[], bool],
        conversation: str | None = None,
    ) -> Iterator[str]:
        """Pieces of text as they are made. An iterator that is closed early ends the writing too."""
        _ = self._process.chat_file
        request = {
            "op": "stream",
            "messages": [[message.role, message.content] for message in messages],
            "sampling": dataclasses.asdict(sampling),
        }
        try:
            channel, ticket = self._process.switching.stream(request, conversation, cancelled)
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

    def likelihoods(
        self,
        lead: str,
        contexts: Sequence[str],
        target: str,
        cancelled: Callable[[], bool],
        seconds: float | None = None,
    ) -> Sequence[float | None]:
        """Mean log-probability, nats a token, of `target` after `lead` and each context; None where not reached."""
        _ = self._process.chat_file
        found: list[float | None] = [None] * len(contexts)
        request = {"op": "likelihoods", "lead": lead, "contexts": list(contexts), "target": target}
        end = None if seconds is None else time.monotonic() + seconds
        try:
            channel, ticket = self._process.send(request)
        except WorkerGone:
            raise crashed() from None
        try:
            for fields in _fields(ticket, cancelled, end):
                found[fields["at"]] = fields["nats"] / fields["tokens"]
        except WorkerGone:
            raise crashed() from None
        finally:
            channel.drop(ticket)
        return found

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


def _pieces(ticket: Ticket, cancelled: Callable[[], bool]) -> Iterator[str]:
    for fields in _fields(ticket, cancelled, None):
        yield fields["piece"]


def _fields(ticket: Ticket, cancelled: Callable[[], bool], end: float | None) -> Iterator[Fields]:
    """What comes until the request is done, cancelled, or the time (monotonic, seconds) has come."""
    while not cancelled() and (end is None or time.monotonic() < end):
        left = POLL if end is None else max(0.0, min(POLL, end - time.monotonic()))
        frame = ticket.next(left)
        if frame is None:
            continue
        if "done" in frame[0]:
            return
        yield frame[0]
