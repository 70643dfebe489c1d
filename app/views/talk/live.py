"""Answers under way: keeps what was heard about each, at most thirty times a second passes it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from second_me.app.views.bridge import Service
from second_me.app.views.talk.answer import AnswerMessage

UPDATE_MS = 34
_METHODS = ("turn.recalled", "turn.token", "turn.done", "turn.failed")


@dataclass(slots=True)
class LiveTurn:
    """An answer that is being made. `message` is its widget while its conversation is open."""

    turn: str
    conversation: str
    message: AnswerMessage | None
    replaces: str | None = None
    recalled: list[dict[str, Any]] | None = None
    text: str = ""
    dirty: bool = field(default=False)


class LiveTurns(QObject):
    """The answers that were asked for in this window. `ended`: the turn, the method, its parameters."""

    ended = Signal(object, str, dict)
    recalled = Signal(object)

    def __init__(self, service: Service, parent: QObject) -> None:
        super().__init__(parent)
        self._turns: dict[str, LiveTurn] = {}
        self._expected = 0
        self._early: list[tuple[str, dict[str, Any]]] = []
        self._beat = QTimer(self, singleShot=True, interval=UPDATE_MS)
        self._beat.timeout.connect(self._pass_on)
        service.notified.connect(self._hear)

    def expect(self) -> None:
        """A turn was asked for; what is heard before its number is known is kept."""
        self._expected += 1

    def begin(self, live: LiveTurn) -> None:
        """The turn has its number now."""
        self._turns[live.turn] = live
        early, self._early = self._early, []
        for method, params in early:
            self._hear(method, params)
        self.give_up()

    def give_up(self) -> None:
        """One turn less is expected."""
        self._expected -= 1
        if self._expected <= 0:
            self._expected, self._early = 0, []

    def of(self, conversation: str | None) -> LiveTurn | None:
        """The answer under way in a conversation."""
        return next((live for live in self._turns.values() if live.conversation == conversation), None)

    def leave(self) -> None:
        """The messages are gone from the screen; the turns go on."""
        for live in self._turns.values():
            live.message = None

    def forget(self) -> None:
        """Drop everything: the connection ended."""
        self._turns, self._early, self._expected = {}, [], 0

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method not in _METHODS:
            return
        live = self._turns.get(params["turn"])
        if live is None:
            if self._expected:
                self._early.append((method, params))
        elif method == "turn.token":
            live.text += params["text"]
            self._mark(live)
        elif method == "turn.recalled":
            live.recalled = params["memories"]
            if live.message is not None:
                live.message.recalled(live.recalled)
            self.recalled.emit(live)
        else:
            del self._turns[live.turn]
            self.ended.emit(live, method, params)

    def _mark(self, live: LiveTurn) -> None:
        live.dirty = True
        if not self._beat.isActive():
            self._beat.start()

    def _pass_on(self) -> None:
        for live in self._turns.values():
            if live.dirty and live.message is not None:
                live.message.grow(live.text)
            live.dirty = False
