"""`ask`: one question, one answer; a batch stores nothing, and nothing that others ask is stored."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

from second_me.app.service import shapes
from second_me.app.service.methods.disclosure import audience_of
from second_me.app.service.methods.memory import time_of
from second_me.app.service.others import LONGEST_NAME, Asker, Others, asker_of
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, optional_text, text_of
from second_me.app.service.wording import answer_text
from second_me.core.memory.episodes import AnswerRecord
from second_me.core.ports import EnvironmentFault, Scope
from second_me.core.recall.deep import Deep
from second_me.core.recall.found import Found
from second_me.core.twin.answers import Answer, Recalled
from second_me.core.twin.twin import Turn

Params = dict[str, Any]
COMMAND_LINE = "talk/command-line"


def deep_of(params: Params) -> Deep:
    """Scripts wait only where they ask for it."""
    return Deep.ALWAYS if params.get("deep") else Deep.NO


def _asker(state: ServiceState, params: Params) -> Asker | None:
    """Who asks, when it is not the person."""
    name = text_of(params, "asker", LONGEST_NAME).strip() if params.get("asker") is not None else None
    audience = audience_of(params) if params.get("audience") is not None else None
    return asker_of(state.house, audience, name)


class _Silent:
    def notify(self, method: str, **params: Any) -> None:
        """A batch tells nobody."""


def _unkept(state: ServiceState, turn: Turn) -> Params:
    """An answer that leaves no trace."""
    house = state.house
    found: Sequence[Found] = ()
    answer: Answer | None = None
    failed: Params = {}
    stop = threading.Event()
    try:
        for event in house.twin.reply(turn, stop.is_set):
            if isinstance(event, Recalled):
                found = event.found
            elif isinstance(event, Answer):
                answer = event
    except EnvironmentFault as fault:
        answer = house.twin.from_memories(found)
        failed = {"failed": {"code": fault.code, "text": fault.what, "action": fault.action}}
    assert answer is not None
    cited = {c.memory_id: house.episodes.get(c.memory_id) for c in answer.citations}
    episodes = {key: value for key, value in cited.items() if value is not None}
    record = AnswerRecord(
        "", None, answer.kind.value, answer.source.value, answer.abstained, answer.stopped, answer.model, 0,
        answer.citations,
    )  # fmt: skip
    return {**shapes.answer(record, answer_text(answer, episodes), episodes), **failed}


def _kept(state: ServiceState, peer: Peer, params: Params, text: str) -> Params:
    house = state.house
    house.conversations.create(COMMAND_LINE, "", "talk", False, house.clock.now())
    hearer = peer if params.get("stream") else _Silent()
    number, _, run = state.turns.send(
        COMMAND_LINE, text, hearer, use_model=not params.get("no_model"), deep=deep_of(params)
    )
    if params.get("stream"):
        peer.notify("turn.started", turn=number)
    return run()


class AskMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def ask(self, peer: Peer, params: Params) -> Any:
        """`ask`."""
        started = time.perf_counter()
        text = text_of(params, "text", 10_000)
        conversation = optional_text(params, "conversation")
        now = time_of(params, "now")
        asker = _asker(self._state, params)
        if asker is not None:
            shape = Others(self._state.house).answer(text, asker)
        elif params.get("store") and conversation is None and now is None:
            shape = _kept(self._state, peer, params, text)
        else:
            turn = Turn(
                text=text,
                scope=Scope(conversation=conversation),
                about_memories=conversation is not None,
                use_model=not params.get("no_model"),
                deep=deep_of(params),
                now=now or self._state.house.clock.now(),
            )
            shape = _unkept(self._state, turn)
        spent = round((time.perf_counter() - started) * 1000)
        kept = {key: shape[key] for key in ("kind", "abstained", "citations", "model", "source")}
        extra = {"failed": shape["failed"]} if "failed" in shape else {}
        return {"id": params.get("id"), "answer": shape["text"], **kept, "ms": spent, **extra}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {"ask": self.ask}
