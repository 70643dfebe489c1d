"""Erasing asks once and says exactly what goes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.memory import phrases
from second_me.app.views.widgets import button, label
from second_me.app.words import tr


class EraseDialog(QDialog):
    """`accepted` when the person means it; the safe button has the focus."""

    def __init__(self, memory: dict[str, Any], preview: dict[str, Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Erase for good"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = label(
            tr("{what} This cannot be undone.", what=phrases.erasure_preview(preview)), selectable=True
        )
        quote = label(_short(phrases.quoted(str(memory["text"]))), "muted")
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
        column.addWidget(label(tr("Erase this memory?"), "heading"))
        column.addWidget(quote)
        column.addWidget(self.text)
        column.addSpacing(GRID)
        column.addLayout(row)
        self.setFixedWidth(min(420, max(320, parent.width() - GRID * 4)))
        self.keep.setFocus()


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…”"
