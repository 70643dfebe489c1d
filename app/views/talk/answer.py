"""What Second Me said: the memories first, then the growing answer, then what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.talk import phrases
from second_me.app.views.talk.blocks import Blocks
from second_me.app.views.talk.markdown import plain
from second_me.app.views.talk.recalled import RecalledList
from second_me.app.views.widgets import ErrorBanner, LinkButton, clear_layout, label, set_look
from second_me.app.words import tr


class AnswerMessage(QWidget):
    """One answer. `acted` names what the person wants: copy, again, correct, why, stop, tell, search, forget.

    `cited` is the number of a citation that was followed.
    """

    acted = Signal(str)
    cited = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.answer: dict[str, Any] | None = None
        self.found: list[dict[str, Any]] = []
        self.time: str | None = None
        self._source = label("", "muted", wrap=False)
        self._blocks = Blocks(theme)
        self._blocks.cited.connect(self.cited)
        self._recalled = RecalledList(theme)
        self._note = label("", "good", wrap=False)
        self._progress = label("", "muted", wrap=False)
        self._banner: ErrorBanner | None = None
        self._warning = QVBoxLayout()
        self._actions = QHBoxLayout()
        self._actions.setSpacing(12)
        self._build()

    def text(self) -> str:
        """The Markdown that is shown."""
        return self._blocks.text()

    def answer_id(self) -> str:
        """The answer's id; empty while it is being made."""
        return str(self.answer["answer_id"]) if self.answer else ""

    def blocks(self) -> Blocks:
        """The text's widget."""
        return self._blocks

    def recalled_shown(self) -> bool:
        """Whether the memories themselves are on the screen in place of an answer."""
        return not self._recalled.isHidden()

    def wait(self, words: str = "") -> None:
        """Asked, nothing there yet."""
        self.answer, self.found = None, []
        self._blocks.set_text("")
        self._source.setText("")
        self._note.hide()
        self._recalled.hide()
        self._drop_banner()
        self._progress.setText(words or tr("Looking through your memories ..."))
        self._progress.show()
        self._offer(("stop", tr("Stop")))

    def recalled(self, memories: Sequence[dict[str, Any]]) -> None:
        """The memories, before the first word."""
        self.found = list(memories)
        self._recalled.show_memories(memories)
        self._progress.setText(tr("Reading them ...") if memories else tr("Thinking ..."))

    def grow(self, text: str) -> None:
        """More of the answer: `text` is all of it so far."""
        self._progress.hide()
        self._blocks.grow(text)

    def finish(self, answer: dict[str, Any], time: str | None = None) -> None:
        """The answer as it stays, and when it was given (None: now)."""
        self.answer, self.time = answer, time or datetime.now().isoformat(timespec="seconds")
        self._progress.hide()
        self._recalled.hide()
        numbers = frozenset(citation["n"] for citation in answer["citations"])
        self._blocks.set_text(answer["text"], numbers)
        words = phrases.provenance(answer)
        self._source.setText(f"· {words}" if words else "")
        self._offer_after(answer)

    def fail(self, what: str, action: str, answer: dict[str, Any] | None, retry: bool) -> None:
        """It did not work: what happened, what to do, and the memories where there are any."""
        if answer is not None:
            self.finish(answer)
        else:
            self._progress.hide()
            self._offer()
        self._drop_banner()
        self._banner = ErrorBanner(self._theme, what, action, tr("Try again") if retry else "")
        self._banner.acted.connect(lambda: self.acted.emit("again"))
        self._warning.addWidget(self._banner)
        self._warning.setContentsMargins(0, 4, 0, 8)
        self.announce(f"{what} {action}")

    def choose(self, number: int) -> None:
        """Mark one citation (0: none)."""
        self._blocks.choose(number)

    def announce(self, text: str) -> None:
        """Tell screen readers."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def announce_answer(self) -> None:
        """Tell screen readers the finished answer."""
        self.announce(tr("Second Me: {said}", said=plain(self.text())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Clicking an answer makes it the one that Why explains."""
        if self.answer is not None:
            self.acted.emit("choose")
        super().mousePressEvent(event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(label(tr("Second Me"), "muted", wrap=False))
        head.addWidget(self._source)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addLayout(head)
        self._warning.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._warning)
        for part in (self._recalled, self._blocks, self._progress, self._note):
            self._column.addWidget(part)
        self._column.addLayout(self._actions)
        self._note.hide()

    def _offer(self, *actions: tuple[str, str]) -> None:
        clear_layout(self._actions)
        for name, words in actions:
            link = LinkButton(words)
            link.clicked.connect(lambda _=False, name=name: self.acted.emit(name))
            self._actions.addWidget(link)
        self._actions.addStretch(1)

    def _offer_after(self, answer: dict[str, Any]) -> None:
        remembered = answer["kind"] == "statement" and answer["question_id"] and not answer["abstained"]
        self._note.setText(tr("✓ remembered"))
        set_look(self._note, look="good")
        self._note.setVisible(bool(remembered))
        if answer["abstained"]:
            self._offer(("tell", tr("Tell me ...")), ("search", tr("Search all memories")))
            return
        actions = [("copy", tr("Copy")), ("again", tr("Again"))]
        if answer["kind"] == "statement":
            actions = [("copy", tr("Copy")), ("forget", tr("Do not remember this"))]
        elif answer["source"] != "words":
            actions.append(("correct", tr("Correct ...")))
        self._offer(*actions, ("why", phrases.used(answer)))

    def show_remembered(self, question_id: str, remembered: bool) -> None:
        """Whether the statement that this answer acknowledged is remembered now."""
        if self.answer is None or self.answer["question_id"] != question_id or self._note.isHidden():
            return
        set_look(self._note, look="good" if remembered else "muted")
        self._note.setText(tr("✓ remembered") if remembered else tr("not remembered"))
        if not remembered:
            self._offer(("copy", tr("Copy")))

    def _drop_banner(self) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._warning.setContentsMargins(0, 0, 0, 0)
            self._banner.deleteLater()
            self._banner = None


def bare_answer(turn: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a turn of which nothing but the text is known."""
    known = {"answer_id": turn["memory_id"], "text": turn["text"], "kind": "question", "source": "words"}
    unknown = {"question_id": None, "model": None, "abstained": False, "stopped": False, "ms": 0}
    return {**known, **unknown, "citations": [], "considered": []}


class Separator(QWidget):
    """The day, centred above its messages."""

    def __init__(self, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(label(words, "muted", wrap=False), 0, Qt.AlignmentFlag.AlignHCenter)
