"""Conversations and turns."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from second_me.app.service import shapes
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, optional_text, text_of
from second_me.app.words import tr
from second_me.core.memory.episodes import Role
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]


def _in_background(run: Callable[[], Any]) -> None:
    def guarded() -> None:
        try:
            run()
        except EnvironmentFault:
            return  # the client was told by turn.failed

    threading.Thread(target=guarded, name="turn", daemon=True).start()


def _missing() -> EnvironmentFault:
    return EnvironmentFault("not_found", tr("That is not there any more."))


def methods(state: ServiceState) -> dict[str, Method]:
    """The table of this subject."""

    def conversations(peer: Peer, params: Params) -> Any:
        return [shapes.conversation(each) for each in state.turns.talks.listing(optional_text(params, "query"))]

    def create(peer: Peer, params: Params) -> Any:
        return shapes.conversation(state.turns.talks.create(bool(params.get("temporary"))))

    def rename(peer: Peer, params: Params) -> Any:
        state.turns.talks.open(text_of(params, "conversation")).rename(text_of(params, "title", 200).strip(), None)
        return {}

    def delete(peer: Peer, params: Params) -> Any:
        name = text_of(params, "conversation")
        if not state.turns.talks.drop(name):
            if not state.house.conversations.hide(name, state.house.clock.now()):
                raise _missing()
            state.changed()
        return {}

    def restore(peer: Peer, params: Params) -> Any:
        if not state.house.conversations.restore(text_of(params, "conversation")):
            raise _missing()
        state.changed()
        return {}

    def turns(peer: Peer, params: Params) -> Any:
        talk = state.turns.talks.open(text_of(params, "conversation"))
        records = talk.answers()
        shown = []
        for turn in talk.turns():
            record = records.get(turn.memory_id) if turn.role is Role.ASSISTANT else None
            cited = talk.episodes([each.memory_id for each in record.citations]) if record else {}
            shown.append(shapes.turn(turn, shapes.answer(record, turn.text, cited) if record else None))
        return shown

    def send(peer: Peer, params: Params) -> Any:
        number, question, run = state.turns.send(text_of(params, "conversation"), text_of(params, "text"), peer)
        _in_background(run)
        return {"turn": number, "question": shapes.turn(question, None)}

    def again(peer: Peer, params: Params) -> Any:
        exclude = [str(each) for each in params.get("exclude") or []]
        answer_id = text_of(params, "answer_id")
        for memory_id in exclude:
            state.house.feedback.record(answer_id, memory_id, "not_relevant", state.house.clock.now())
        number, run = state.turns.again(answer_id, exclude, peer)
        _in_background(run)
        return {"turn": number}

    def stop(peer: Peer, params: Params) -> Any:
        state.turns.stop(text_of(params, "turn"))
        return {}

    def remember(peer: Peer, params: Params) -> Any:
        if not state.house.episodes.set_remembered(text_of(params, "memory_id"), bool(params.get("remember"))):
            raise _missing()
        state.changed()
        return {}

    def correct(peer: Peer, params: Params) -> Any:
        talk, _, _ = state.turns.talks.question_of(text_of(params, "answer_id"))
        text = text_of(params, "text")
        kept = talk.append(Role.PERSON, text, state.house.clock.now(), True)
        if not talk.temporary:
            state.changed()
            state.jobs.drain(2.0)
        number, run = state.turns.again(text_of(params, "answer_id"), [], peer)
        _in_background(run)
        return {"turn": number, "question": shapes.turn(kept, None)}

    return {
        "talk.conversations": conversations,
        "talk.create": create,
        "talk.rename": rename,
        "talk.delete": delete,
        "talk.restore": restore,
        "talk.turns": turns,
        "talk.send": send,
        "talk.again": again,
        "talk.stop": stop,
        "talk.remember": remember,
        "talk.correct": correct,
    }
