"""What the model's process can be asked, each request as a job of bounded steps.

| op | fields | answer |
|---|---|---|
| `stream` | `messages` [[role, content]], `sampling` {...} | frames `{"piece"}`, at last `{"done"}` |
| `likelihood` | `text` | `{"done", "nats", "tokens"}` |
| `count` | `text` | `{"done", "tokens"}` |
| `embed` | `texts`, `urgent` | `{"done", "rows"}` with the rows as float32 |
| `load` | `which` ("chat", "embedder") | `{"done"}` |
| `budget` | | `{"done", "shape"}`: `budget.status` of docs/protocol.md; null while no model is loaded |
| `set_budget` | `bytes` (null: follow free memory) | `{"done"}` |
| `cancel` | the request's `id` | none |

Every answer has the request's `id`; a fault is `{"id", "error": {"code", "what", "action"}}`. Without an id
come the chat model's states: `{"event": "loading" | "ready" | "writing" | "failed"}`, and `{"event": "budget"}`
when the model was made smaller or larger.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models import pages
from second_me.models.budget_shape import Shape
from second_me.models.chat import BATCH, EXPERTS_BATCH, ChatContext
from second_me.models.elastic.ladder import has_ladder
from second_me.models.embedder import EmbeddingContext
from second_me.models.experts.layout import spared_by_window
from second_me.models.faults import absent
from second_me.models.frames import Fields
from second_me.models.free_memory import MemoryReader
from second_me.models.header import read_header
from second_me.models.jobs import Lane, Steps
from second_me.models.keeper import Keeper, Working
from second_me.models.llama import LoadedModel
from second_me.models.thread_trial import ThreadTrials
from second_me.models.threads import FreeCores

Send = Callable[[Fields, bytes], None]

COPY_ROOM = 2
"""Free memory, in times of the weights, from which they may be copied."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the process was started with. `ladders`: the folder of size ladders; `budget` in bytes, or None to
    follow free memory; `threads`: the file of what was measured about threads (None: nothing is tried)."""

    chat: Path | None
    embedder: Path | None
    ladders: Path | None
    budget: int | None
    threads: Path | None = None


class Contexts:
    """The two contexts, made at first use; a model that does not load is tried again by the next request."""

    def __init__(self, setup: Setup, cores: FreeCores, send: Send) -> None:
        self._setup, self._cores, self._send = setup, cores, send
        self._usual_threads = cores.most
        self._trials = ThreadTrials(cores, setup.threads)
        self._budget = setup.budget
        self._reader = MemoryReader()
        self._chat: ChatContext | None = None
        self._keeper: Keeper | None = None
        self._embedder: EmbeddingContext | None = None
        self._state = "idle"

    def chat(self) -> ChatContext:
        """The chat context. Raises EnvironmentFault."""
        if self._chat is None:
            self.become("loading")
            try:
                self._chat = self._loaded_chat()
            except EnvironmentFault:
                self.become("failed")
                raise
            self.become("ready")
        return self._chat

    def embedder(self) -> EmbeddingContext:
        """The embedding context. Raises EnvironmentFault."""
        if self._embedder is None:
            self._embedder = EmbeddingContext(
                self._load(self._setup.embedder, FreeCores(self._usual_threads))
            )
        return self._embedder

    def become(self, state: str) -> None:
        """Tell the chat model's state."""
        self._state = state
        self._send({"event": state}, b"")

    def tick(self, now: float) -> None:
        """Keep the chat model within its budget."""
        if self._keeper is None or self._chat is None:
            return
        if self._keeper.pressed and not self._chat.busy:
            self._chat.give_back()
        self._keeper.holds(self._chat.held_bytes)
        self._keeper.tick(now)

    def rest(self, now: float) -> Steps | None:
        """Work for when nobody has asked for anything; None when there is none."""
        return self._trials.due(now, lambda: self._reader.read().available)

    def choose(self, budget: int | None, now: float) -> None:
        """Another budget, at once."""
        self._budget = budget
        if self._keeper is not None:
            self._keeper.choose(budget, now)

    def shape(self) -> Shape | None:
        """`budget.status`; None while no chat model is loaded."""
        if self._keeper is None or self._chat is None:
            return None
        return self._keeper.shape(self._state, self._chat.resident_bytes)

    def _loaded_chat(self) -> ChatContext:
        model = self._load(self._setup.chat, self._cores, repack=self._may_copy())
        keeper = Keeper(
            model,
            self._setup.ladders,
            self._budget,
            self._reader,
            lambda: self._send({"event": "budget"}, b""),
        )
        keeper.tick(time.monotonic())  # llama.cpp has touched the whole file: make room for the context first
        before = pages.resident([]).anonymous
        batch = EXPERTS_BATCH if keeper.window else BATCH
        if keeper.window is None:  # else the disk says how fast it is
            self._trials.loaded(model)
        chat = ChatContext(model, batch=batch, observer=keeper.window, kv_kind=keeper.kv_kind)
        keeper.working(Working(chat.held_bytes, chat.compute_bytes, before))
        keeper.tick(time.monotonic())
        self._keeper = keeper
        return chat

    def _load(self, file: Path | None, cores: FreeCores, repack: bool = False) -> LoadedModel:
        if file is None:
            raise absent()
        return LoadedModel(file, cores, repack)

    def _may_copy(self) -> bool:
        """Whether the chat model's weights may be copied into the order that computes fastest: nothing swaps
        them or reads them one by one, and there is room for all of them twice: a copy is not the system's to
        drop."""
        if self._setup.chat is None or not self._setup.chat.is_file():
            return False
        header = read_header(self._setup.chat)
        if self._setup.ladders is not None and has_ladder(self._setup.ladders, header):
            return False
        if spared_by_window(header):
            return False
        return self._reader.read().available > COPY_ROOM * header.weight_bytes


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
            "budget": (Lane.URGENT, self._budget),
            "set_budget": (Lane.URGENT, self._set_budget),
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
        self._contexts.become("writing")
        try:
            for piece in chat.answer(messages, sampling):
                if piece:
                    self._send({"id": request["id"], "piece": piece}, b"")
                yield
        finally:
            self._contexts.become("ready")
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
        for row in self._contexts.embedder().embed(request["texts"]):
            rows.append(row)
            yield
        payload = np.stack(rows).tobytes() if rows else b""
        self._send({"id": request["id"], "done": True, "rows": len(request["texts"])}, payload)

    def _load(self, request: Fields) -> Steps:
        yield
        if request["which"] == "chat":
            self._contexts.chat()
        else:
            self._contexts.embedder()
        self._send({"id": request["id"], "done": True}, b"")

    def _budget(self, request: Fields) -> Steps:
        yield
        self._send({"id": request["id"], "done": True, "shape": self._contexts.shape()}, b"")

    def _set_budget(self, request: Fields) -> Steps:
        yield
        self._contexts.choose(request["bytes"], time.monotonic())
        self._send({"id": request["id"], "done": True}, b"")
