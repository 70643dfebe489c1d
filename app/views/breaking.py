"""Places where a line may break inside what has none: links, keys, very long words."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu

from second_me.app.words import tr

_BREAK = "\u200b"


def breakable(text: str, longest: int = 40) -> str:
    """The text with places to break inside runs (links, keys) that are too long for a line of `longest` characters."""
    piece = re.compile(f".{{1,{longest // 2}}}")
    return re.sub(rf"\S{{{longest},}}", lambda run: _BREAK.join(piece.findall(run.group())), text)


class Verbatim(QLabel):
    """A text to be read and copied word for word; its lines break anywhere, what is copied has no such places."""

    def __init__(self, text: str, look: str = "") -> None:
        super().__init__(breakable(text))
        self._words = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if look:
            self.setProperty("look", look)
        by = Qt.TextInteractionFlag
        self.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, by the mouse."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy")).triggered.connect(self.copy)
        menu.popup(event.globalPos())

    def copy(self) -> None:
        """What is selected, or all of it, without the places to break at."""
        chosen = self.selectedText().replace("\u2029", "\n").replace(_BREAK, "")
        QGuiApplication.clipboard().setText(chosen or self._words)
