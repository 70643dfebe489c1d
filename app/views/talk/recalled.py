"""The memories that are on the screen before the answer: a line each, gone when the answer is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.memory.phrases import quoted
from second_me.app.views.talk.card import excerpt
from second_me.app.views.talk.phrases import strength, who_and_when
from second_me.app.views.widgets import ElidedLabel, StrengthBar, clear_layout, label
from second_me.app.words import trn

SHOWN = 5
_ROOM = 140


class RecalledList(QWidget):
    """At most five lines; Why has all of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 2)
        self._column.setSpacing(4)
        self.hide()

    def show_memories(self, memories: Sequence[dict[str, Any]]) -> None:
        """Replace the lines."""
        clear_layout(self._column)
        if memories:
            title = trn("{n} memory found", "{n} memories found", len(memories))
            self._column.addWidget(label(title, "muted"))
        for memory in memories[:SHOWN]:
            self._column.addWidget(self._line(memory))
        self.setVisible(bool(memories))

    def _line(self, memory: dict[str, Any]) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        bar = StrengthBar(self._theme, memory["strength"], 28)
        bar.setToolTip(strength(memory["strength"]))
        row.addWidget(bar, 0, Qt.AlignmentFlag.AlignVCenter)
        said = quoted("".join(excerpt(memory["text"], memory["quote"], _ROOM)))
        row.addWidget(ElidedLabel(f"{who_and_when(memory, date.today())}  {said}"), 1)
        return line
