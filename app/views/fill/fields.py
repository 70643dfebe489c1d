"""The rows of a proposal, one below the other; what nothing can be done with is told in a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, TEXT
from second_me.app.views.breaking import breakable
from second_me.app.views.fill import words
from second_me.app.views.fill.editors import is_focusable
from second_me.app.views.fill.row import NARROW, ProposalRow, is_row_of
from second_me.app.views.fill.words import Row
from second_me.app.views.focus import order_by_place
from second_me.app.views.widgets import LinkButton, Scroll, clear_layout, label, set_look
from second_me.app.words import tr, trn

MANY = 40
"""From so many rows on, those that nothing is known of wait behind a line."""


class Fold(QFrame):
    """A line that opens: fields that are left alone, each with its reason."""

    opened = Signal()

    def __init__(self, rows: Sequence[Row], said: str, tells: bool = True) -> None:
        """`tells`: the reasons stand below it; else who made it shows something on `opened`."""
        super().__init__()
        self._rows, self._tells = rows, tells
        self.setProperty("fieldrow", True)
        self.said, self.told = label(said, "muted"), label("", "muted")
        self.line = LinkButton("", name=said)
        self.line.clicked.connect(self._turn)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.said, 1)
        top.addWidget(self.line, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(top)
        column.addWidget(self.told)
        self.told.hide()
        self._sign()

    def _turn(self) -> None:
        if self._tells:
            lines = [f"{words.field_name(row)}: {words.obstacle(row)}" for row in self._rows]
            self.told.setText(breakable("\n".join(lines)))
            self.told.setVisible(self.told.isHidden())
            self._sign()
        self.opened.emit()

    def _sign(self) -> None:
        self.line.setText(tr("Hide ▴") if self.told.isVisibleTo(self) else tr("Show ▾"))


class Fields(Scroll):
    """`changed`: what would be filled is another; `grown`: it wants another height."""

    changed = Signal()
    grown = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Fields"))
        self._theme, self._today = theme, date.today()
        self._narrow = False
        self._waiting: list[Row] = []
        self.rows: list[ProposalRow] = []
        self.folds: list[Fold] = []
        self.column.setSpacing(0)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Anew; what the person has changed already stays changed."""
        kept = {row.row["index"]: row.typed() for row in self.rows if row.is_changed()}
        self._forget()
        own = [row for row in rows if not words.is_folded(row)]
        shown, self._waiting = _split(own)
        for row, section in zip(shown, words.sections(shown), strict=True):
            if section:
                self._head(section)
            self._add(row, self.column.count())
        self._add_folds([row for row in rows if words.is_folded(row)])
        for made in self.rows:
            if (typed := kept.get(made.row["index"])) is not None:
                made.type_again(typed)
        self._lay_out()

    def fields(self) -> int:
        """How many could be filled, those that wait behind a line too."""
        return len(self.rows) + len(self._waiting)

    def ticked(self) -> list[ProposalRow]:
        """What would be filled."""
        return [row for row in self.rows if row.is_on()]

    def wanted_height(self, width: int) -> int:
        """Pixels that all rows take at a width."""
        self._fold(width)
        layout = self.column
        return layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()

    def focused(self) -> ProposalRow | None:
        """The row that has the focus."""
        there = QApplication.focusWidget()
        return next((row for row in self.rows if is_row_of(row, there)), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where it is narrow."""
        super().resizeEvent(event)
        self._fold(self.viewport().width())

    def wipe(self) -> None:
        """Nothing of it stays."""
        self._forget()
        self._waiting = []

    def _forget(self) -> None:
        self.rows, self.folds = [], []
        clear_layout(self.column)

    def _head(self, section: str) -> None:
        heading = label(section, "section")
        heading.setContentsMargins(GRID * 2, GRID + 4, GRID * 2, 0)
        self.column.addWidget(heading)

    def _add(self, row: Row, at: int) -> None:
        made = ProposalRow(self._theme, row, self._today)
        made.changed.connect(self.changed)
        made.changed.connect(self.grown)
        made.grown.connect(self.grown)
        made.moved.connect(self._move)
        made.fold(self._narrow)
        self.column.insertWidget(at, made)
        self.rows.append(made)

    def _add_folds(self, rows: Sequence[Row]) -> None:
        if self._waiting:
            n = len(self._waiting)
            said = trn("{n} more field that I know nothing of", "{n} more fields that I know nothing of", n)
            self._fold_of(self._waiting, said, self._show_waiting)
        unseen = [row for row in rows if row["decision"] == "obstacle"]
        for group in (unseen, [row for row in rows if row["decision"] != "obstacle"]):
            if group:
                self._fold_of(group, words.left_alone(group))

    def _fold_of(self, rows: Sequence[Row], said: str, show: Any = None) -> None:
        fold = Fold(rows, said, tells=show is None)
        fold.opened.connect(show or self.grown)
        self.column.addWidget(fold)
        self.folds.append(fold)

    def _show_waiting(self) -> None:
        """In the line's place, where the focus then is."""
        fold, first = self.folds.pop(0), len(self.rows)
        waiting, self._waiting = self._waiting, []
        at = self.column.indexOf(fold)
        for number, row in enumerate(waiting):
            self._add(row, at + number)
        fold.hide()
        fold.deleteLater()
        self._lay_out()
        self.rows[first].value.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()

    def _lay_out(self) -> None:
        inside = self.widget()
        if inside is not None:
            order_by_place(inside)
        for at in range(self.column.count()):
            item = self.column.itemAt(at)
            if item is not None and (part := item.widget()) is not None:
                set_look(part, last=at == self.column.count() - 1)

    def _fold(self, width: int) -> None:
        narrow = width < NARROW * self._theme.pixels("body") / TEXT["body"]
        if narrow != self._narrow:
            self._narrow = narrow
            for row in self.rows:
                row.fold(narrow)

    def _move(self, by: int) -> None:
        """The same part of the next row that can have the focus."""
        there, row = QApplication.focusWidget(), self.focused()
        if row is None:
            return
        on_tick = there is row.tick
        at = self.rows.index(row) + by
        while 0 <= at < len(self.rows):
            part: QWidget = self.rows[at].tick if on_tick else self.rows[at].value
            if is_focusable(part):
                part.setFocus(Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason)
                self.ensureWidgetVisible(self.rows[at], 0, 0)
                return
            at += by


def _split(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """What is shown at once, and what waits; what can be filled is never hidden."""
    if len(rows) <= MANY:
        return list(rows), []
    known = [row for row in rows if row.get("value") is not None or row["decision"] == "secret"]
    return known, [row for row in rows if not any(row is other for other in known)]
