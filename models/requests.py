"""What the model's process can be asked, each request as a job of bounded steps.

| op | fields | answer |
|---|---|---|
| `stream` | `messages` [[role, content]], `sampling` {...} | frames `{"piece"}`, at last `{"done"}` |
| `likelihood` | `text` | `{"done", "nats", "tokens"}` |
| `count` | `text` | `{"done", "tokens"}` |
| `embed` | `texts`, `urgent` | `{"done", "rows"}` with the rows as float32 |
| `load` | `which` ("chat", "embedder") | `{"done"}` |
| `cancel` | the request's `id` | none |

Every answer has the request's `id`; a fault is `{"id", "error": {"code", "what", "action"}}`. Without an id
come the chat model's states: `{"event": "loading" | "ready" | "writing" | "failed"}`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.chat import ChatContext
from second_me.models.embedder import EmbeddingContext
from second_me.models.faults import absent
from second_me.models.frames import Fields
from second_me.models.jobs import Lane, Steps
from second_me.models.llama import LoadedModel
from second_me.models.threads import FreeCores

Send = Callable[[Fields, bytes], None]


class Contexts:
    """The two contexts, made at first use; a model that does not load is tried again by the next request."""

    def __init__(self, chat: Path | None, embedder: Path | None, cores: FreeCores, send: Send) -> None:
        self._chat_file, self._embedder_file, self._cores = chat, embedder, cores
        self._send = send
        self._chat: ChatContext | None = None
        self._embedder: EmbeddingContext | None = None

    def chat(self) -> ChatContext:
        """The chat context. Raises EnvironmentFault."""
        if self._chat is None:
            self._send({"event": "loading"}, b"")
            try:
                self._chat = ChatContext(self._load(self._chat_file))
            except EnvironmentFault:
                self._send({"event": "failed"}, b"")
                raise
            self._send({"event": "ready"}, b"")
        return self._chat

    def embedder(self) -> EmbeddingContext:
        """The embedding context. Raises EnvironmentFault."""
        if self._embedder is None:
            self._embedder = EmbeddingContext(self._load(self._embedder_file))
        return self._embedder

    def _load(self, file: Path | None) -> LoadedModel:
        if file is None:
            raise absent()
        return LoadedModel(file, self._cores)


class Desk:
    """Turns requests into jobs."""

    def __init__(self, contexts: Contexts, send: Send) -> None:
        self._contexts = contexts
        self._send = send

    def accept(self, request: Fields) -> tuple[Lane, Steps]:
        """The lane and the steps of a request. Nothing is computed yet."""
        lane, work = {
            "stream": (Lane.ANSWER, self._stream),
            "likelihood": (Lane.ANSWER, self._likelihood),
            "count": (Lane.URGENT, self._count),
            "embed": (Lane.URGENT if request.get("urgent") else Lane.BACKGROUND, self._embed),
            "load": (Lane.URGENT, self._load),
        }[request["op"]]
        return lane, self._answer_faults(request["id"], work(request))

    def _answer_faults(self, number: int, steps: Steps) -> Steps:
        try:
            yield from steps
        except EnvironmentFault as fault:
            error = {"code": fault.code, "what": fault.what, "action": fault.action}
            self._send({"id": number, "error": error}, b"")

    def _stream(self, request: Fields) -> Steps:
        messages = [Message(role, content) for role, content in request["messages"]]
        sampling = Sampling(**{**request["sampling"], "stop": tuple(request["sampling"]["stop"])})
        chat = self._contexts.chat()
        self._send({"event": "writing"}, b"")
        try:
            for piece in chat.answer(messages, sampling):
                if piece:
                    self._send({"id": request["id"], "piece": piece}, b"")
                yield
        finally:
            self._send({"event": "ready"}, b"")
        self._send({"id": request["id"], "done": True}, b"")

    def _likelihood(self, request: Fields) -> Steps:
        nats, tokens = yield from self._contexts.chat().likelihood(request["text"])
        self._send({"id": request["id"], "done": True, "nats": nats, "tokens": tokens}, b"")

    def _count(self, request: Fields) -> Steps:
        yield
        tokens = len(self._contexts.chat().model.tokenize(request["text"]))
        self._send({"id": request["id"], "done": True, "tokens": tokens}, b"")

    def _embed(self, request: Fields) -> Steps:
        rows = []
        for some in self._contexts.embedder().embed(request["texts"]):
            rows.append(some)
            yield
        payload = np.concatenate(rows).tobytes() if rows else b""
        self._send({"id": request["id"], "done": True, "rows": len(request["texts"])}, payload)

    def _load(self, request: Fields) -> Steps:
        yield
        if request["which"] == "chat":
            self._contexts.chat()
        else:
            self._contexts.embedder()
        self._send({"id": request["id"], "done": True}, b"")
