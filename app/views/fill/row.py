"""One field of a proposal: whether it is filled, what it is called, the value, and where that is known from."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, TEXT
from second_me.app.views.breaking import breakable
from second_me.app.views.fill import words
from second_me.app.views.fill.editors import RETURN, LineValue, TextValue, value_of
from second_me.app.views.fill.words import Row
from second_me.app.views.widgets import label, set_look
from second_me.app.words import tr

NAME_WIDTH = 116
NAME_RUN = 14
"""Characters of one word that the name's column holds."""
NARROW = 400
"""Below this width of a row its name stands above the value."""
_QUIET = ("withheld", "occupied")
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Tick(QCheckBox):
    """Space ticks; Return and the arrows are the window's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only what a tick is for."""
        if event.key() in RETURN or event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ProposalRow(QFrame):
    """`changed` tells that what would be filled is another now, `moved` that an arrow key was pressed,
    `grown` that it wants another height."""

    changed = Signal()
    moved = Signal(int)
    grown = Signal()

    def __init__(self, theme: Theme, row: Row, today: date) -> None:
        super().__init__()
        self._theme, self.row, self._today = theme, row, today
        self.decision = str(row["decision"])
        name = words.field_name(row)
        self.tick = Tick()
        self.tick.setAccessibleName(tr("Fill {field}", field=name))
        self.tick.setChecked(bool(row.get("ticked")) and row.get("value") is not None)
        self.tick.setEnabled(self._can_be_filled())
        self.name, self.above = label(breakable(name, NAME_RUN)), label(breakable(name))
        self.name.setToolTip(name)
        self.value = value_of(row)
        self.sure = label(words.confidence(row), words.doubt(row), wrap=False)
        self.note, self.quote = label(breakable(words.note(row, today)), "muted"), label("", "tiny")
        self.remember = Tick(self._remember_words())
        self.remember.setChecked(True)
        self._describe(name)
        self._arrange()
        self.tick.toggled.connect(self._ticked)
        self.value.edited.connect(self._edited)
        if isinstance(self.value, TextValue):
            self.value.grown.connect(self.grown)
        theme.follow(self, self._align)
        self._show_state()

    def is_on(self) -> bool:
        """Whether it would be filled."""
        return self.tick.isChecked() and self.tick.isEnabled()

    def is_changed(self) -> bool:
        """Whether the person put another value there."""
        return self.value.value() != str(self.row.get("value") or "").strip()

    def answer(self) -> dict[str, Any]:
        """What is agreed to, in the protocol's shape."""
        given: dict[str, Any] = {"index": self.row["index"], "value": self.value.value()}
        if self.is_changed() and not self.remember.isChecked():
            given["remember"] = False
        return given

    def typed(self) -> tuple[str, bool]:
        """What the person put there, and whether it is to be filled."""
        return self.value.value(), self.is_on()

    def type_again(self, typed: tuple[str, bool]) -> None:
        """What was typed into the row that stood here before."""
        self.value.put(typed[0])
        self.tick.setChecked(typed[1])
        self._show_state()

    def fold(self, narrow: bool) -> None:
        """The name above the value where there is little room."""
        self.name.setVisible(not narrow)
        self.above.setVisible(narrow)

    def show_source(self) -> None:
        """The whole of what was said, or away with it again."""
        told = words.source(self.row)
        self.quote.setText(breakable(told))
        self.quote.setVisible(bool(told) and self.quote.isHidden())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go from row to row."""
        if event.key() in _ARROWS:
            self.moved.emit(_ARROWS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _can_be_filled(self) -> bool:
        return self.decision != "secret" and not words.is_folded(self.row)

    def _remember_words(self) -> str:
        return tr("remember this") if self.decision == "unknown" else tr("next time on this site, too")

    def _describe(self, name: str) -> None:
        """For screen readers and the mouse: everything that stands around the value."""
        told = words.source(self.row)
        said = " · ".join(
            part for part in (self.sure.text(), words.note(self.row, self._today), told) if part
        )
        self.value.setAccessibleName(name)
        self.value.setAccessibleDescription(said)
        self.value.setToolTip(told)
        self.note.setToolTip(told)
        self.remember.setAccessibleName(tr("{field}: {what}", field=name, what=self._remember_words()))
        self.sure.setToolTip(tr("How sure it is that the field asks for this"))

    def _arrange(self) -> None:
        under = QHBoxLayout()
        under.setSpacing(GRID)
        under.addWidget(self.sure, 0, Qt.AlignmentFlag.AlignTop)
        under.addWidget(self.note, 1)
        column = QVBoxLayout()
        column.setSpacing(3)
        for part in (self.above, self.value):
            column.addWidget(part)
        column.addLayout(under)
        column.addWidget(self.remember)
        column.addWidget(self.quote)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 2, GRID + 1, GRID, GRID)
        row.setSpacing(GRID * 2 - 4)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setProperty("fieldrow", True)
        self.above.hide()
        self.quote.hide()
        self.remember.hide()
        self.sure.setVisible(bool(self.sure.text()))

    def _align(self) -> None:
        """Tick and name stand at the middle of the value's first line, whatever the text size."""
        line = LineValue("")
        for part in (line, self.name):
            part.ensurePolished()
        high = line.sizeHint().height()
        self.tick.setFixedHeight(high)
        self.name.setContentsMargins(0, max((high - self.name.fontMetrics().lineSpacing()) // 2, 0), 0, 0)
        self.name.setFixedWidth(round(NAME_WIDTH * self._theme.pixels("body") / TEXT["body"]))

    def _ticked(self, on: bool) -> None:
        if on and not self.value.value():
            self.tick.setChecked(False)
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show_state()
        self.changed.emit()

    def _edited(self) -> None:
        self.tick.setChecked(bool(self.value.value()))
        self._show_state()
        self.changed.emit()

    def _show_state(self) -> None:
        """A value that is not told is quiet; one that was typed can be remembered or not."""
        typed = self.is_changed() and bool(self.value.value()) and self.decision != "draft"
        self.remember.setVisible(typed)
        self.note.setVisible(
            bool(self.note.text()) and not typed
        )  # what was typed is known from nowhere else
        self.sure.setVisible(bool(self.sure.text()) and not typed)
        set_look(self.value, quiet=self.decision in _QUIET and not self.is_on())


def is_row_of(row: ProposalRow, focused: QWidget | None) -> bool:
    """Whether the focus is in a row."""
    return focused is not None and (focused is row or row.isAncestorOf(focused))
