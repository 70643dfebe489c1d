"""What the person said: a bubble at the right, and whether it is remembered."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.breaking import breakable
from second_me.app.views.widgets import label
from second_me.app.words import tr

_PADDING_X, _ABOVE, _BELOW = 14, 9, 4  # the line height adds its share below each line
_SHARE = 0.86


class RememberButton(QToolButton):
    """Remember, or do not: seen while the mouse or the focus is there.

    That a question is no memory is the ordinary case and needs no mark.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._remembered, self._pointed = theme, True, False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(QSize(26, 26))
        self.setIconSize(QSize(15, 15))
        theme.follow(self, self._draw)

    def show_state(self, remembered: bool, said: str) -> None:
        """What it would change, in words too."""
        self._remembered = remembered
        words = tr("Do not remember this") if remembered else tr("Remember this")
        self.setToolTip(words)
        self.setAccessibleName(tr("{what}: {said}", what=words, said=said))
        self._draw()

    def point(self, pointed: bool) -> None:
        """The mouse is over the turn."""
        self._pointed = pointed
        self._draw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Seen."""
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Quiet again."""
        super().focusOutEvent(event)
        self._draw()

    def _draw(self) -> None:
        seen = self._pointed or self.hasFocus()
        drawing = "remember" if self._remembered else "forget"
        self.setIcon(self._theme.icon(drawing) if seen else QIcon())


class PersonMessage(QWidget):
    """One turn of the person's. `remember_wanted` asks to change whether it is remembered."""

    remember_wanted = Signal(str, bool)

    def __init__(self, theme: Theme, turn: dict[str, Any], temporary: bool = False) -> None:
        super().__init__()
        self.turn = turn
        self._temporary = temporary
        self._shown = breakable(turn["text"])
        self._text = label("", "reading", selectable=True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setText(_spaced(self._shown))
        self._text.setAccessibleName(tr("You: {said}", said=turn["text"]))
        bubble = QFrame()
        bubble.setProperty("bubble", True)
        bubble.setProperty("temporary", temporary)
        inside = QVBoxLayout(bubble)
        inside.setContentsMargins(_PADDING_X, _ABOVE, _PADDING_X, _BELOW)
        inside.addWidget(self._text)
        self._state = label("", "muted", wrap=False)
        self._toggle = RememberButton(theme)
        self._toggle.clicked.connect(self._ask)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addStretch(1)
        line.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(bubble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(line)
        column.addWidget(self._state, 0, Qt.AlignmentFlag.AlignRight)
        self.show_turn(turn)

    def show_turn(self, turn: dict[str, Any]) -> None:
        """What the service says about the turn; before that it has no id and nothing can be asked."""
        self.turn = turn
        self._toggle.setEnabled(bool(turn.get("memory_id")))
        self._state.hide()
        self._mark(turn["remembered"])

    def show_remembered(self, remembered: bool) -> None:
        """What the person has just changed: whether recall may find it."""
        self._state.setText(tr("remembered") if remembered else tr("not remembered"))
        self._state.show()
        self._mark(remembered)

    def _mark(self, remembered: bool) -> None:
        self.turn["remembered"] = remembered
        self._toggle.show_state(remembered, self.turn["text"])
        self._toggle.setVisible(not self._temporary)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The quiet action shows itself to the mouse; the keyboard finds it by its focus."""
        self._toggle.point(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Quiet again."""
        self._toggle.point(False)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as the text, at most most of the column."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size is another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        self._text.ensurePolished()
        metrics = self._text.fontMetrics()
        natural = max(metrics.horizontalAdvance(line) for line in self._shown.split("\n")) + 6
        room = int((self.width() - 30) * _SHARE) - 2 * _PADDING_X
        self._text.setFixedWidth(max(min(natural, room), 24))

    def _ask(self) -> None:
        self.remember_wanted.emit(self.turn["memory_id"], not self.turn["remembered"])


def _spaced(text: str) -> str:
    """Plain text as rich text, only to have the line height of the answers."""
    lines = html.escape(text).replace("\n", "<br>")
    return f'<p style="line-height:135%;margin:0px;white-space:pre-wrap;">{lines}</p>'
