"""The states that a place can be in: empty, waiting, failed, undoable. See `second_me.app.views.widgets`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.widgets_parts import Card, button, icon_button, label, set_look
from second_me.app.words import tr

SKELETON_AFTER_MS = 200
UNDO_MS = 8000


class EmptyState(QWidget):
    """What will be here, and one action. `acted` is the action's click."""

    acted = Signal()

    def __init__(self, title: str, text: str, action: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        column.setSpacing(GRID)
        column.addStretch(2)
        heading = label(title, "title")
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(heading)
        self.text = label(text, "muted")
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.text)
        self.extra = QVBoxLayout()
        column.addLayout(self.extra)
        if action:
            act = button(action)
            act.clicked.connect(self.acted)
            column.addSpacing(GRID)
            column.addWidget(act, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


class ErrorBanner(Card):
    """What happened and what to do. `acted` is the action's click, `dismissed` the cross's."""

    acted = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, what: str, action: str = "", doable: str = "") -> None:
        super().__init__(name=f"{what} {action}".strip())
        set_look(self, tone="warn")
        row = QHBoxLayout()
        row.setSpacing(10)
        sign = QLabel()
        ratio = self.devicePixelRatioF()
        theme.follow(sign, lambda: sign.setPixmap(theme.pixmap("warning", "warn", 18, ratio)))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.what, self.action = label(what, selectable=True), label(action, "muted", selectable=True)
        words.addWidget(self.what)
        words.addWidget(self.action)
        self.action.setVisible(bool(action))
        row.addLayout(words, 1)
        if doable:
            act = button(doable)
            act.clicked.connect(self.acted)
            words.addSpacing(6)
            words.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        cross = icon_button(theme, "close", tr("Dismiss"))
        cross.clicked.connect(self.dismissed)
        cross.clicked.connect(self.hide)
        row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)


class Skeleton(QWidget):
    """Grey lines where content will be; they appear only when it takes longer than 200 ms."""

    def __init__(self, theme: Theme, lines: int = 4) -> None:
        super().__init__()
        self._theme, self._lines, self._due = theme, lines, False
        self._timer = QTimer(self, singleShot=True, interval=SKELETON_AFTER_MS)
        self._timer.timeout.connect(self._show_lines)
        self.setMinimumHeight(lines * 28)
        self.setAccessibleName(tr("Loading"))
        theme.changed.connect(self.update)

    def start(self) -> None:
        """Begin to wait."""
        self._due = False
        self.show()
        self._timer.start()

    def stop(self) -> None:
        """The content is there."""
        self._timer.stop()
        self.hide()

    def visible_lines(self) -> bool:
        """Whether the wait was long enough for the lines to be drawn."""
        return self._due

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines of uneven length."""
        if not self._due:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("selection"))
        for n in range(self._lines):
            share = (0.9, 0.7, 0.8, 0.5)[n % 4]
            painter.drawRoundedRect(8, 8 + n * 28, int((self.width() - 16) * share), 12, 6, 6)

    def _show_lines(self) -> None:
        self._due = True
        self.update()


class UndoToast(QFrame):
    """Says what was done and offers to undo it, at the bottom of its parent, for some seconds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("toast", True)
        self._undo: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(tr("Undo"))
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._take_back)
        row.addWidget(self._text)
        row.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def offer(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show `text`; with `undo` there is a button for it."""
        self._undo = undo
        self._text.setText(text)
        self._button.setVisible(undo is not None)
        self._button.setAccessibleName(tr("Undo: {what}", what=text))
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def place(self) -> None:
        """Bottom centre of the parent."""
        self.adjustSize()
        parent = self.parentWidget()
        if parent is None:
            return
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - GRID * 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the parent changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def _take_back(self) -> None:
        self.hide()
        if self._undo is not None:
            self._undo()
