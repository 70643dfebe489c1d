"""Sending turns to the service and giving their answers back to the messages on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from second_me.app.service.protocol import RemoteFault
from second_me.app.views.bridge import Service
from second_me.app.views.talk.answer import AnswerMessage
from second_me.app.views.talk.live import LiveTurn, LiveTurns
from second_me.app.views.talk.person import PersonMessage


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn on its way: its text, its two widgets, where it is said (None: a conversation is made first)."""

    text: str
    question: PersonMessage
    message: AnswerMessage
    conversation: str | None
    temporary: bool = False
    corrects: str | None = None


class Exchange(QObject):
    """Who talks to the service for a conversation. A message that left the screen is not touched any more."""

    created = Signal(object, dict)
    """The message for which a conversation was made, and the conversation."""
    unsent = Signal(object, str)
    """The message whose turn did not reach the service, and the turn's text."""
    recalled = Signal(object)
    """The message whose memories are there."""
    ended = Signal(object)
    """The message (None: not on the screen) whose answer is there, or failed."""
    changed = Signal()
    """The list of conversations is another now."""
    remembered = Signal(str, bool)
    """A turn's id and whether it is remembered now."""
    faulted = Signal(object)
    """A RemoteFault that belongs to no message."""

    def __init__(self, service: Service, parent: QObject) -> None:
        super().__init__(parent)
        self._service = service
        self._found: dict[str, list[dict[str, Any]]] = {}
        self._excluded: dict[str, list[str]] = {}
        self.live = LiveTurns(service, self)
        self.live.ended.connect(self._ended)
        self.live.recalled.connect(self._recalled)

    def send(self, asked: Asked) -> None:
        """Say a turn; its message waits for the answer."""
        asked.message.wait()
        self.live.expect()
        if asked.conversation is not None:
            self._say(asked.conversation, asked)
            return
        made = partial(self._created, asked)
        params = {"temporary": asked.temporary}
        self._service.request("talk.create", params, made, partial(self._not_sent, asked), self)

    def again(self, message: AnswerMessage, conversation: str, without: str | None) -> None:
        """A new answer in the old one's place; what was left out once stays left out."""
        answer = message.answer
        if answer is None:
            return
        excluded = self._excluded.pop(answer["answer_id"], []) + ([without] if without else [])
        message.wait()
        self.live.expect()
        replaces = answer["answer_id"]
        self._excluded[replaces] = excluded
        self._service.request(
            "talk.again",
            {"answer_id": replaces, "exclude": excluded},
            lambda result: self.live.begin(LiveTurn(result["turn"], conversation, message, replaces)),
            partial(self._not_again, message, answer),
            self,
        )

    def stop(self, conversation: str | None) -> None:
        """Stop the answer under way in a conversation."""
        live = self.live.of(conversation)
        if live is not None:
            self._service.request("talk.stop", {"turn": live.turn}, None, self.faulted.emit, self)

    def remember(self, memory_id: str, remember: bool) -> None:
        """Let recall find a turn, or not."""
        self._service.request(
            "talk.remember",
            {"memory_id": memory_id, "remember": remember},
            lambda _: self.remembered.emit(memory_id, remember),
            self.faulted.emit,
            self,
        )

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation the title that the person typed."""
        params = {"conversation": conversation, "title": title}
        done = self.changed.emit
        self._service.request("talk.rename", params, lambda _: done(), self.faulted.emit, self)

    def found(self, answer_id: str) -> list[dict[str, Any]]:
        """What recall found for an answer given in this session; empty for earlier ones."""
        return self._found.get(answer_id, [])

    def forget(self) -> None:
        """Drop everything: the connection ended."""
        self.live.forget()
        self._found, self._excluded = {}, {}

    def _created(self, asked: Asked, made: dict[str, Any]) -> None:
        if isValid(asked.message):
            self.created.emit(asked.message, made)
        self._say(made["conversation"], asked)

    def _say(self, conversation: str, asked: Asked) -> None:
        method, params = "talk.send", {"conversation": conversation, "text": asked.text}
        if asked.corrects is not None:
            method, params = "talk.correct", {"answer_id": asked.corrects, "text": asked.text}
        done = partial(self._sent, conversation, asked)
        self._service.request(method, params, done, partial(self._not_sent, asked), self)

    def _sent(self, conversation: str, asked: Asked, result: dict[str, Any]) -> None:
        shown = isValid(asked.message)
        if shown:
            asked.question.show_turn(result["question"])
        message = asked.message if shown else None
        self.live.begin(LiveTurn(result["turn"], conversation, message))
        self.changed.emit()

    def _not_sent(self, asked: Asked, fault: RemoteFault) -> None:
        self.live.give_up()
        if isValid(asked.message):
            asked.message.fail(str(fault), fault.action, None, retry=False)
            self.unsent.emit(asked.message, asked.text)

    def _not_again(self, message: AnswerMessage, answer: dict[str, Any], fault: RemoteFault) -> None:
        self.live.give_up()
        if isValid(message):
            message.fail(str(fault), fault.action, answer, retry=True)
            self.ended.emit(message)

    def _recalled(self, live: LiveTurn) -> None:
        if live.message is not None:
            self.recalled.emit(live.message)

    def _ended(self, live: LiveTurn, method: str, params: dict[str, Any]) -> None:
        answer = params.get("answer")
        if answer is not None:
            self._found[answer["answer_id"]] = live.recalled or []
            self._excluded[answer["answer_id"]] = self._excluded.pop(live.replaces or "", [])
        if live.message is not None:
            found, again = live.message.found, answer is not None
            if method == "turn.done" and answer is not None:
                live.message.finish(answer)
                live.message.announce_answer()
            else:
                live.message.fail(params.get("text", ""), params.get("action", ""), answer, retry=again)
            live.message.found = found
        self.ended.emit(live.message)
        self.changed.emit()
