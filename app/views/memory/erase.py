"""Erasing asks once and says exactly what goes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from second_me.app import erasure_words
from second_me.app.theme.tokens import GRID
from second_me.app.views.memory import phrases
from second_me.app.views.widgets import button, label
from second_me.app.words import tr


class _Confirmation(QDialog):
    """`accepted` when the person means it; the safe button has the focus. `preview` is a receipt."""

    def __init__(
        self, heading: str, quoted: str, words: str, preview: dict[str, Any], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Erase for good"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = label(tr("{what} This cannot be undone.", what=words), selectable=True)
        self.rest = label(erasure_words.remaining(preview), "muted", selectable=True)
        self.keep = button(tr("Keep it"))
        self.erase = button(tr("Erase for good"), "danger")
        self.keep.clicked.connect(self.reject)
        self.erase.clicked.connect(self.accept)
        self.keep.setAutoDefault(True)
        self.erase.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.erase)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(label(heading, "heading"))
        column.addWidget(label(_short(quoted), "muted"))
        column.addWidget(self.text)
        column.addWidget(self.rest)
        column.addSpacing(GRID)
        column.addLayout(row)
        self.setFixedWidth(min(420, max(320, parent.width() - GRID * 4)))
        self.keep.setFocus()


class EraseDialog(_Confirmation):
    """Asks about one memory."""

    def __init__(self, memory: dict[str, Any], preview: dict[str, Any], parent: QWidget) -> None:
        quoted = phrases.quoted(str(memory["text"]))
        words = phrases.erasure_preview(preview)
        super().__init__(tr("Erase this memory?"), quoted, words, preview, parent)


class EraseConversationDialog(_Confirmation):
    """Asks about a whole conversation."""

    def __init__(self, title: str, preview: dict[str, Any], parent: QWidget) -> None:
        words = phrases.conversation_erasure(preview)
        super().__init__(tr("Erase this conversation?"), phrases.quoted(title), words, preview, parent)


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…”"
