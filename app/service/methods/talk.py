"""Conversations and turns."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from second_me.app.service import shapes
from second_me.app.service.corrections import Corrections
from second_me.app.service.methods.memory import ids_of
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, optional_text, text_of
from second_me.app.words import tr
from second_me.core.memory.episodes import AnswerRecord, Episode, Role
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]


def _in_background(run: Callable[[], Any]) -> None:
    def guarded() -> None:
        with contextlib.suppress(EnvironmentFault):  # the client was told by turn.failed
            run()

    threading.Thread(target=guarded, name="turn", daemon=True).start()


def _in_place(turns: Sequence[Episode], records: Mapping[str, AnswerRecord]) -> list[Episode]:
    """Every answer after its question and what corrects it: one that was given anew stands where the old did."""
    placed = [turn for turn in turns if turn.memory_id not in records]
    answered = {record.question_id for record in records.values()}
    for answer in (turn for turn in turns if turn.memory_id in records):
        asked = records[answer.memory_id].question_id
        at = next((n for n, turn in enumerate(placed) if turn.memory_id == asked), None)
        if at is None:
            at = sum(turn.seq < answer.seq for turn in placed) - 1
        at += 1
        while at < len(placed) and _corrects(placed[at], answered) and placed[at].seq < answer.seq:
            at += 1
        placed.insert(at, answer)
    return placed


def _corrects(turn: Episode, answered: Collection[str | None]) -> bool:
    return turn.role is Role.PERSON and turn.remembered and turn.memory_id not in answered


def _missing() -> EnvironmentFault:
    return EnvironmentFault("not_found", tr("That is not there any more."))


class TalkMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def conversations(self, peer: Peer, params: Params) -> Any:
        """`talk.conversations`."""
        return [
            shapes.conversation(each)
            for each in self._state.turns.talks.listing(optional_text(params, "query"))
        ]

    def create(self, peer: Peer, params: Params) -> Any:
        """`talk.create`."""
        return shapes.conversation(self._state.turns.talks.create(bool(params.get("temporary"))))

    def rename(self, peer: Peer, params: Params) -> Any:
        """`talk.rename`."""
        self._state.turns.talks.open(text_of(params, "conversation")).rename(
            text_of(params, "title", 200).strip(), None
        )
        return {}

    def delete(self, peer: Peer, params: Params) -> Any:
        """`talk.delete`."""
        name = text_of(params, "conversation")
        if self._state.turns.talks.drop(name):
            self._state.house.model.forget(None)
        else:
            if not self._state.house.conversations.hide(name, self._state.house.clock.now()):
                raise _missing()
            self._state.house.model.forget(name)
            self._state.changed()
        return {}

    def restore(self, peer: Peer, params: Params) -> Any:
        """`talk.restore`."""
        if not self._state.house.conversations.restore(text_of(params, "conversation")):
            raise _missing()
        self._state.changed()
        return {}

    def turns(self, peer: Peer, params: Params) -> Any:
        """`talk.turns`."""
        talk = self._state.turns.talks.open(text_of(params, "conversation"))
        if not talk.temporary:
            self._state.house.model.prepare(talk.name)
        records = talk.answers()
        shown = []
        for turn in _in_place(talk.turns(), records):
            record = records.get(turn.memory_id)
            cited = talk.episodes([each.memory_id for each in record.citations]) if record else {}
            shown.append(shapes.turn(turn, shapes.answer(record, turn.text, cited) if record else None))
        return shown

    def send(self, peer: Peer, params: Params) -> Any:
        """`talk.send`."""
        number, question, run = self._state.turns.send(
            text_of(params, "conversation"), text_of(params, "text"), peer
        )
        _in_background(run)
        return {"turn": number, "question": shapes.turn(question, None)}

    def again(self, peer: Peer, params: Params) -> Any:
        """`talk.again`."""
        answer_id = text_of(params, "answer_id")
        exclude = ids_of(params, "exclude") if params.get("exclude") else []
        talk, _, _ = self._state.turns.talks.question_of(answer_id)
        if not talk.temporary:
            self._state.turns.lessons.refused(answer_id, exclude)
        number, run = self._state.turns.again(answer_id, exclude, peer)
        _in_background(run)
        return {"turn": number}

    def stop(self, peer: Peer, params: Params) -> Any:
        """`talk.stop`."""
        self._state.turns.stop(text_of(params, "turn"))
        return {}

    def remember(self, peer: Peer, params: Params) -> Any:
        """`talk.remember`."""
        if not self._state.house.episodes.set_remembered(
            text_of(params, "memory_id"), bool(params.get("remember"))
        ):
            raise _missing()
        self._state.changed()
        return {}

    def correct(self, peer: Peer, params: Params) -> Any:
        """`talk.correct`."""
        talk, question, record = self._state.turns.talks.question_of(text_of(params, "answer_id"))
        text = text_of(params, "text")
        corrections = Corrections(self._state.house)
        told = corrections.told(talk, question, record)
        kept = talk.append(Role.PERSON, text, self._state.house.clock.now(), True)
        if not talk.temporary:
            self._state.turns.lessons.corrected(text_of(params, "answer_id"))
            self._state.changed()
            self._state.jobs.drain(2.0)
            if told is not None and corrections.keep(kept, told):
                self._state.facts_changed()
        number, run = self._state.turns.again(text_of(params, "answer_id"), [], peer)
        _in_background(run)
        return {"turn": number, "question": shapes.turn(kept, None)}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "talk.conversations": self.conversations,
            "talk.create": self.create,
            "talk.rename": self.rename,
            "talk.delete": self.delete,
            "talk.restore": self.restore,
            "talk.turns": self.turns,
            "talk.send": self.send,
            "talk.again": self.again,
            "talk.stop": self.stop,
            "talk.remember": self.remember,
            "talk.correct": self.correct,
        }
