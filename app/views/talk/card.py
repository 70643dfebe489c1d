"""One memory behind an answer: who, when, the words that mattered, how strong, how it was found."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.breaking import breakable
from second_me.app.views.memory.phrases import origin
from second_me.app.views.talk.phrases import found_by, strength, who_and_when
from second_me.app.views.widgets import Card, ElidedLabel, LinkButton, StrengthBar, label, set_look
from second_me.app.words import tr

_ROOM = 260
ACTIONS = ("open", "irrelevant", "delete", "erase")


def excerpt(text: str, quote: str, room: int = _ROOM) -> tuple[str, str, str]:
    """(before, quote, after), cut to about `room` characters around the quote, which is "" if absent."""
    text = text or quote
    at = text.find(quote) if quote else -1
    if at < 0 or quote == text:
        return (text if len(text) <= room else f"{text[:room].rstrip()} …"), "", ""
    spare = max((room - len(quote)) // 2, 24)
    before, after = text[:at], text[at + len(quote) :]
    if len(before) > spare:
        before = f"… {before[-spare:].lstrip()}"
    if len(after) > spare:
        after = f"{after[:spare].rstrip()} …"
    return before, quote, after


class MemoryCard(Card):
    """A memory in Why. `acted` is one of ACTIONS or "choose"."""

    acted = Signal(str)

    def __init__(self, theme: Theme, memory: Mapping[str, Any], number: int = 0) -> None:
        name = tr("{who}: {said}", who=who_and_when(memory, date.today()), said=memory.get("quote") or "")
        super().__init__(name, choosable=True)
        self._theme, self.memory, self.number = theme, dict(memory), number
        self.clicked.connect(lambda: self.acted.emit("choose"))
        self._number: QLabel | None = None
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addLayout(self._head())
        self.body.addWidget(self._words)
        self._measure: QWidget | None = None
        self._actions = self._action_row(number > 0)
        self.body.addWidget(self._actions)
        theme.follow(self, self._show_words)
        self.show_memory(memory)
        self.choose(False)

    def show_memory(self, memory: Mapping[str, Any]) -> None:
        """What more is known about the memory now (its whole text, its strength)."""
        self.memory |= memory
        self._show_words()
        if "strength" in self.memory and self._measure is None:
            self._measure = self._strength()
            self.body.insertWidget(2, self._measure)

    def choose(self, chosen: bool) -> None:
        """The chosen card has the accent and shows what can be done."""
        super().choose(chosen)
        self._actions.setVisible(chosen)
        if self._number is not None:
            set_look(self._number, chosen=chosen)

    def is_chosen(self) -> bool:
        """Whether it is."""
        return bool(self.property("chosen"))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        if self.number:
            self._number = label(str(self.number), "number", wrap=False)
            row.addWidget(self._number)
        words = who_and_when(self.memory, date.today())
        where = origin(self.memory) if self.memory.get("origin") else ""
        if where and self.memory.get("origin") != "talk":
            words = f"{words} · {where}"
        row.addWidget(ElidedLabel(words, "muted"), 1)
        return row

    def _show_words(self) -> None:
        parts = excerpt(str(self.memory.get("text") or ""), str(self.memory.get("quote") or ""))
        before, quote, after = (html.escape(breakable(part)).replace("\n", "<br>") for part in parts)
        paper, ink = self._theme.colour("accent_soft").name(), self._theme.colour("text").name()
        mark = f'<span style="background-color:{paper};color:{ink};">{quote}</span>' if quote else ""
        self._words.setText(f'<p style="line-height:130%;margin:0px;">{before}{mark}{after}</p>')

    def _strength(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        value = float(self.memory["strength"])
        row.addWidget(StrengthBar(self._theme, value))
        words = [strength(value), found_by(self.memory.get("why", ()))]
        row.addWidget(ElidedLabel(" · ".join(part for part in words if part), "muted"), 1)
        return line

    def _action_row(self, cited: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = {
            "open": tr("Open"),
            "irrelevant": tr("Not relevant"),
            "delete": tr("Delete"),
            "erase": tr("Erase ..."),
        }
        for name in ACTIONS:
            if name == "irrelevant" and not cited:
                continue
            tone = {"open": "accent", "erase": "danger"}.get(name, "")
            link = LinkButton(words[name], tone, tr("{what}: this memory", what=words[name]))
            link.clicked.connect(lambda _=False, name=name: self.acted.emit(name))
            row.addWidget(link)
        row.addStretch(1)
        return line
