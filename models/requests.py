"""What the model's process can be asked, each request as a job of bounded steps.

| op | fields | answer |
|---|---|---|
| `stream` | `messages` [[role, content]], `sampling` {...}, `conversation` | frames `{"piece"}`, at last `{"done"}` |
| `enter` | `conversation`, its state as bytes | `{"done", "restored"}` |
| `leave` | | `{"done"}`, after the state of the conversation, if it is not saved |
| `forget` | `conversation`, or `everything` true | `{"done"}`: nothing of it is kept, and none of its states comes |
| `likelihood` | `text` | `{"done", "nats", "tokens"}` |
| `likelihoods` | `lead`, `contexts`, `target` | frames `{"at", "nats", "tokens"}` of each context, at last `{"done"}` |
| `count` | `text` | `{"done", "tokens"}` |
| `embed` | `texts`, `urgent` | `{"done", "rows"}` with the rows as float32 |
| `load` | `which` ("chat", "embedder") | `{"done"}` |
| `budget` | | `{"done", "shape"}`: `budget.status` of docs/protocol.md; null while no model is loaded |
| `set_budget` | `bytes` (null: follow free memory) | `{"done"}` |
| `cancel` | the request's `id` | none |

Every answer has the request's `id`; a fault is `{"id", "error": {"code", "what", "action"}}`. Without an id
come the chat model's states: `{"event": "loading" | "ready" | "writing" | "failed"}`, `{"event": "budget"}`
when the model was made smaller or larger, and `{"event": "state", "conversation"}` with bytes to be saved: when
another conversation is entered (before the answer to that), after a second of rest, and at `leave`. A
conversation of null is one that is never saved.
"""

from __future__ import annotations

import contextlib
import time

import numpy as np

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.contexts import Contexts
from second_me.models.frames import Fields, Payload, Send
from second_me.models.jobs import Lane, Steps


class Desk:
    """Turns requests into jobs."""

    def __init__(self, contexts: Contexts, send: Send) -> None:
        self._contexts = contexts
        self._send = send

    def accept(self, request: Fields, payload: Payload = b"") -> tuple[Lane, Steps]:
        """The lane and the steps of a request. Nothing is computed yet."""
        lane, work = {
            "stream": (Lane.ANSWER, self._stream),
            "enter": (Lane.ANSWER, lambda request: self._enter(request, payload)),
            "leave": (Lane.ANSWER, self._leave),
            "forget": (Lane.URGENT, self._forget),
            "likelihood": (Lane.MEASURE, self._likelihood),
            "likelihoods": (Lane.MEASURE, self._likelihoods),
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
            self._send({"id": number, "error": error})

    def _stream(self, request: Fields) -> Steps:
        messages = [Message(role, content) for role, content in request["messages"]]
        sampling = Sampling(**{**request["sampling"], "stop": tuple(request["sampling"]["stop"])})
        self._contexts.enter(request.get("conversation"))
        chat = self._contexts.chat()
        self._contexts.become("writing")
        try:
            for piece in chat.answer(messages, sampling):
                if piece:
                    self._send({"id": request["id"], "piece": piece})
                yield
        finally:
            self._contexts.become("ready")
        self._send({"id": request["id"], "done": True})

    def _enter(self, request: Fields, state: Payload) -> Steps:
        yield
        restored = self._contexts.enter(request["conversation"], state)
        self._send({"id": request["id"], "done": True, "restored": restored})

    def _leave(self, request: Fields) -> Steps:
        yield
        self._contexts.save()
        self._send({"id": request["id"], "done": True})

    def _forget(self, request: Fields) -> Steps:
        yield
        self._contexts.forget(request.get("conversation"), bool(request.get("everything")))
        self._send({"id": request["id"], "done": True})

    def _likelihood(self, request: Fields) -> Steps:
        nats, tokens = yield from self._contexts.likelihoods().of_text(request["text"])
        self._send({"id": request["id"], "done": True, "nats": nats, "tokens": tokens})

    def _likelihoods(self, request: Fields) -> Steps:
        given = (request["lead"], request["contexts"], request["target"])
        with contextlib.closing(self._contexts.likelihoods().measure(*given)) as batches:
            for batch in batches:
                for each in batch:
                    self._send(
                        {"id": request["id"], "at": each.number, "nats": each.nats, "tokens": each.tokens}
                    )
                yield
        self._send({"id": request["id"], "done": True})

    def _count(self, request: Fields) -> Steps:
        yield
        tokens = len(self._contexts.chat().model.tokenize(request["text"]))
        self._send({"id": request["id"], "done": True, "tokens": tokens})

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
        self._send({"id": request["id"], "done": True})

    def _budget(self, request: Fields) -> Steps:
        yield
        self._send({"id": request["id"], "done": True, "shape": self._contexts.shape()})

    def _set_budget(self, request: Fields) -> Steps:
        yield
        self._contexts.choose(request["bytes"], time.monotonic())
        self._send({"id": request["id"], "done": True})
