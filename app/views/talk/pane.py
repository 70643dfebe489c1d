"""The conversation in the middle: header, messages, composer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.talk import phrases
from second_me.app.views.talk.answer import AnswerMessage, Separator, bare_answer
from second_me.app.views.talk.bottom import Bottom
from second_me.app.views.talk.empty import talk_empty
from second_me.app.views.talk.exchange import Asked, Exchange
from second_me.app.views.talk.header import Header
from second_me.app.views.talk.live import LiveTurn
from second_me.app.views.talk.messages import MessageList
from second_me.app.views.talk.person import PersonMessage
from second_me.app.views.widgets import Line, Plane, Skeleton
from second_me.app.words import tr


class ConversationPane(Plane):
    """One conversation at a time. `answer_chosen` carries the message that Why explains, or None."""

    answer_chosen = Signal(object)
    cited = Signal(object, int)
    why_wanted = Signal()
    search_memory = Signal(str)
    changed = Signal()
    faulted = Signal(object)

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__("surface")
        self._service, self._theme = service, theme
        self.conversation: dict[str, Any] | None = None
        self._temporary = False
        self._chosen: AnswerMessage | None = None
        self.exchange = Exchange(service, self)
        self.header = Header(theme)
        self.messages = MessageList(self._widgets_for)
        self.bottom = Bottom(service, theme)
        self.composer = self.bottom.composer
        self._skeleton = Skeleton(theme, 8)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.start_new(False)

    def name(self) -> str | None:
        """The open conversation's id; None while it has no turn."""
        return self.conversation["conversation"] if self.conversation else None

    def start_new(self, temporary: bool) -> None:
        """An empty conversation; the service hears of it with the first turn."""
        self._leave()
        self.conversation, self._temporary = None, temporary
        self._dress()
        self.messages.show_turns([])
        self._stack.setCurrentIndex(0)
        self._choose(None)
        self.composer.focus()

    def open(self, conversation: dict[str, Any]) -> None:
        """Show a conversation of the list; of the one that is open, what is new about it."""
        if self.name() == conversation["conversation"]:
            self.conversation = conversation
            self._dress()
            return
        self._leave()
        self.conversation, self._temporary = conversation, conversation["temporary"]
        self._dress()
        self.messages.show_turns([])
        self._skeleton.start()
        self._stack.setCurrentWidget(self._skeleton)
        self.reload()

    def reload(self) -> None:
        """Ask for the turns again, after an erasure for example."""
        name = self.name()
        if name is not None:
            show = partial(self._show_turns, name)
            self._service.request("talk.turns", {"conversation": name}, show, self.faulted.emit, self)

    def clear(self) -> None:
        """Everything of the person's goes off the screen."""
        self.exchange.forget()
        self.start_new(False)
        self.composer.set_text("")

    def send(self, text: str, corrected: AnswerMessage | None = None) -> None:
        """A turn of the person's: on the screen at once, then to the service."""
        shown = {"memory_id": "", "role": "person", "text": text, "time": None, "remembered": True}
        question, message = self._person_message(shown), self._answer_message()
        self._stack.setCurrentWidget(self.messages)
        self.messages.add(question)
        self.messages.add(message)
        self.composer.set_running(True)
        corrects = corrected.answer["answer_id"] if corrected and corrected.answer else None
        self.exchange.send(Asked(text, question, message, self.name(), self._temporary, corrects))
        self._choose(message)

    def stop(self) -> None:
        """Stop the answer under way; what is there stays."""
        self.exchange.stop(self.name())

    def again(self, message: AnswerMessage, without: str | None = None) -> None:
        """A new answer in the place of the old one, leaving out a memory that was not relevant."""
        name = self.name()
        if name is None or message.answer is None or self.exchange.live.of(name) is not None:
            return
        self.composer.set_running(True)
        self.exchange.again(message, name, without)
        self._choose(message)

    def chosen(self) -> AnswerMessage | None:
        """The answer that Why explains."""
        return self._chosen

    def answers(self) -> list[AnswerMessage]:
        """The answers that are built, in order."""
        return [widget for widget in self.messages.widgets() if isinstance(widget, AnswerMessage)]

    def cite(self, message: AnswerMessage, number: int) -> None:
        """Follow a citation of an answer."""
        self._choose(message)
        message.choose(number)
        self.cited.emit(message, number)

    def act(self, message: AnswerMessage, what: str) -> None:
        """Do what was asked for below an answer; see `AnswerMessage.acted`."""
        actions: dict[str, Callable[[], None]] = {
            "stop": self.stop,
            "copy": partial(self._copy, message),
            "again": partial(self.again, message),
            "correct": partial(self.bottom.correct, message),
            "choose": partial(self._choose, message),
            "why": partial(self._explain, message),
            "tell": self.composer.focus,
            "search": partial(self._search, message),
            "forget": partial(self._forget, message),
        }
        actions[what]()

    def _build(self) -> None:
        empty = talk_empty(self.composer.set_text, self.composer.focus)
        for page in (empty, self.messages, self._skeleton):
            self._stack.addWidget(page)
        self._beside = QVBoxLayout()
        self._beside.addWidget(self.bottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, Line("across")):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addLayout(self._beside)

    def _connect(self) -> None:
        self.header.renamed.connect(self._rename)
        self.header.temporary_wanted.connect(lambda: self.start_new(True))
        self.messages.bar_width.connect(lambda width: self._beside.setContentsMargins(0, 0, width, 0))
        self.bottom.submitted.connect(self.send)
        self.composer.stop_wanted.connect(self.stop)
        self.composer.temporary_wanted.connect(lambda: self.start_new(True))
        self.exchange.created.connect(self._created)
        self.exchange.unsent.connect(self._not_sent)
        self.exchange.recalled.connect(self._look_again)
        self.exchange.ended.connect(self._ended)
        self.exchange.changed.connect(self.changed)
        self.exchange.remembered.connect(self._show_remembered)
        self.exchange.faulted.connect(self.faulted)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._escape)

    def _escape(self) -> None:
        if self.exchange.live.of(self.name()) is not None:
            self.stop()
        else:
            self.bottom.leave_correction()

    def _dress(self) -> None:
        title = self.conversation["title"] if self.conversation and not self._temporary else ""
        self.header.show_title(title, self._temporary, self.conversation is not None)
        self.composer.set_temporary(self._temporary)

    def _leave(self) -> None:
        self.exchange.live.leave()
        self._chosen = None
        self.bottom.leave_correction()
        self.composer.set_running(False)

    def _rename(self, title: str) -> None:
        name = self.name()
        if name is not None:
            self.exchange.rename(name, title)

    def _show_turns(self, name: str, turns: Sequence[dict[str, Any]]) -> None:
        if name != self.name():
            return
        self._skeleton.stop()
        self._chosen = None
        self.messages.show_turns(turns)
        self._stack.setCurrentWidget(self.messages)
        live = self.exchange.live.of(name)
        if live is not None:
            self._resume(live)
        answers = self.answers()
        self._choose(answers[-1] if answers else None)

    def _resume(self, live: LiveTurn) -> None:
        message = next((m for m in self.answers() if m.answer_id() == live.replaces), None)
        if message is None:
            message = self._answer_message()
            self.messages.add(message)
        message.wait()
        live.message = message
        if live.recalled is not None:
            message.recalled(live.recalled)
        message.grow(live.text)
        self.composer.set_running(True)

    def _widgets_for(self, turn: dict[str, Any], before: dict[str, Any] | None) -> list[QWidget]:
        widgets: list[QWidget] = []
        if before is None or phrases.spoken_on(before) != phrases.spoken_on(turn):
            widgets.append(Separator(phrases.separator(turn["time"], date.today())))
        if turn["role"] != "assistant":
            return [*widgets, self._person_message(turn)]
        message, answer = self._answer_message(), turn["answer"] or bare_answer(turn)
        message.finish(answer, turn["time"])
        message.found = self.exchange.found(answer["answer_id"])
        return [*widgets, message]

    def _person_message(self, turn: dict[str, Any]) -> PersonMessage:
        question = PersonMessage(self._theme, turn, self._temporary)
        question.remember_wanted.connect(self.exchange.remember)
        return question

    def _answer_message(self) -> AnswerMessage:
        message = AnswerMessage(self._theme)
        message.acted.connect(partial(self.act, message))
        message.cited.connect(partial(self.cite, message))
        return message

    def _created(self, message: AnswerMessage, made: dict[str, Any]) -> None:
        if message in self.answers():
            self.conversation = made
            self._dress()

    def _not_sent(self, message: AnswerMessage, text: str) -> None:
        if message in self.answers():
            self.composer.set_running(False)
            if not self.composer.text():
                self.composer.set_text(text)

    def _look_again(self, message: AnswerMessage | None) -> None:
        if message is self._chosen:
            self.answer_chosen.emit(message)

    def _ended(self, message: AnswerMessage | None) -> None:
        if message in self.answers():
            self.composer.set_running(False)
            self._look_again(message)

    def _choose(self, message: AnswerMessage | None) -> None:
        if message is self._chosen and message is not None and message.answer is not None:
            return
        if self._chosen is not None and self._chosen is not message:
            self._chosen.choose(0)
        self._chosen = message
        self.answer_chosen.emit(message)

    def _copy(self, message: AnswerMessage) -> None:
        QGuiApplication.clipboard().setText(message.text())
        message.announce(tr("Copied"))
        if message.answer is not None:  # what it cites was of use; nobody waits for that, or hears complaints
            copied = {"answer_id": message.answer["answer_id"]}
            self._service.request("talk.copied", copied, None, lambda _: None, owner=self)

    def _explain(self, message: AnswerMessage) -> None:
        self._choose(message)
        self.why_wanted.emit()

    def _search(self, message: AnswerMessage) -> None:
        widgets = self.messages.widgets()
        before = widgets[: widgets.index(message)]
        asked = [widget.turn["text"] for widget in before if isinstance(widget, PersonMessage)]
        self.search_memory.emit(asked[-1] if asked else "")

    def _forget(self, message: AnswerMessage) -> None:
        if message.answer is not None:
            self.exchange.remember(message.answer["question_id"], False)

    def _show_remembered(self, memory_id: str, remembered: bool) -> None:
        for widget in self.messages.widgets():
            if isinstance(widget, PersonMessage) and widget.turn.get("memory_id") == memory_id:
                widget.show_remembered(remembered)
            elif isinstance(widget, AnswerMessage):
                widget.show_remembered(memory_id, remembered)
