"""What came of a fill, said near the form for some seconds, with the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.fill.floating import Floating, screen_of, within
from second_me.app.views.widgets import label
from second_me.app.words import tr

SHOWN_MS = 8000
_WIDEST, _BESIDE = 420, 140


class Result(Floating):
    """A dark card that goes by itself, unless the mouse or the focus is on it. It never takes the focus."""

    closed = Signal()

    def __init__(self, theme: Theme, near: QRect) -> None:
        """`near`: where the proposal stood; it comes at the foot of that."""
        super().__init__(theme, "text", "text")
        self._near = near
        self._undo: Callable[[], None] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(tr("Second Me"))
        card = QFrame()
        card.setProperty("toast", True)
        self.text, self.button = label(), QPushButton(tr("Undo"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._take_back)
        row = QHBoxLayout(card)
        row.setContentsMargins(GRID * 2, GRID, GRID * 2 - 4, GRID)
        row.setSpacing(GRID * 2)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.inside.addWidget(card)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.close)

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show `text`; with `undo` there is a button for it."""
        self._undo = undo
        self.text.setText(text)
        self.button.setVisible(undo is not None)
        self.button.setAccessibleName(tr("Undo: {what}", what=text))
        self._place()
        self.show()
        self.raise_()
        self._wait()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def is_waiting(self) -> bool:
        """Whether it will go by itself."""
        return self._timer.isActive()

    def enterEvent(self, event: QEnterEvent) -> None:
        """It is being read."""
        super().enterEvent(event)
        self._wait()

    def leaveEvent(self, event: QEvent) -> None:
        """Not any more."""
        super().leaveEvent(event)
        self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """With the focus it stays."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible():
            self._wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away, Return takes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._undo is not None:
            self._take_back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """It is over."""
        self._timer.stop()
        super().closeEvent(event)
        self.closed.emit()

    def _wait(self) -> None:
        if self.underMouse() or self.isActiveWindow():
            self._timer.stop()
        else:
            self._timer.start()

    def _place(self) -> None:
        self.text.ensurePolished()
        room = screen_of(self._near).adjusted(GRID, GRID, -GRID, -GRID)
        words = self.text.fontMetrics().horizontalAdvance(self.text.text()) + GRID
        self.text.setMinimumWidth(min(words, _WIDEST, room.width() - _BESIDE))
        self.inside.activate()
        width = self.sizeHint().width()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        card = QRect(0, 0, width - 2 * self.margin, height - 2 * self.margin)
        foot = QPoint(self._near.center().x() - card.width() // 2, self._near.bottom() - card.height())
        card.moveTopLeft(foot)
        self.put(within(card, room))

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.button.hide()
        if undo is not None:
            undo()
