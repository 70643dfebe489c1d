"""What a row turns into while the person changes it: the value as a field, or the day since when it ended."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.days import day_field
from second_me.app.views.flow import Flow
from second_me.app.views.widgets import LinkButton, button, label
from second_me.app.words import tr

LONGEST = 500
"""Code points of a value, as the service takes it."""


class Editor(QWidget):
    """`left`: nothing is to change. Esc leaves, wherever the focus is in it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Return goes no further than here."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class ValueEditor(Editor):
    """`kept` carries the new value."""

    kept = Signal(str)

    def __init__(self, what: str, value: str) -> None:
        super().__init__()
        self._before = value
        self.field = QLineEdit(value)
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(tr("New value of {what}", what=what))
        self.hint = label(tr("Return keeps it, Esc leaves it as it was."), "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.field)
        column.addWidget(self.hint)
        self.field.returnPressed.connect(self._keep)

    def start(self) -> None:
        """Give it the focus, all of it chosen."""
        self.field.setFocus()
        self.field.selectAll()

    def _keep(self) -> None:
        value = self.field.text().strip()
        if value and value != self._before.strip():
            self.kept.emit(value)
        else:
            self.left.emit()


class EndEditor(Editor):
    """`ended` carries the day since when it holds no longer, today unless the person says another."""

    ended = Signal(object)

    def __init__(self, what: str) -> None:
        super().__init__()
        today = QDate.currentDate()
        self.day = day_field(today, tr("Since when it is no longer true: {what}", what=what))
        self.day.setMaximumDate(today)
        self.keep = button(tr("It ended"), "primary", tr("It ended: {what}", what=what))
        self.leave = LinkButton(tr("Leave it"), name=tr("Leave it as it was: {what}", what=what))
        row = Flow(GRID)
        self.setLayout(row)
        row.addWidget(label(tr("Not true since"), "muted", wrap=False))
        for part in (self.day, self.keep, self.leave):
            row.addWidget(part)
        self.keep.clicked.connect(self._end)
        self.leave.clicked.connect(self.left)

    def start(self) -> None:
        """Give it the focus."""
        self.day.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return in the date ends it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
        else:
            super().keyPressEvent(event)

    def _end(self) -> None:
        chosen = self.day.date()
        self.ended.emit(date(chosen.year(), chosen.month(), chosen.day()))
