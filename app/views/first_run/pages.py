"""The shape that the pages of the first run share: a heading, what it is about, a body, buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.unlock.field import centred
from second_me.app.views.widgets import LinkButton, Plane, Scroll, button, label
from second_me.app.words import tr

COLUMN = 480


class Page(Plane):
    """One page. `onward` is emitted when its work is done or skipped, `back` when it is left backwards."""

    onward = Signal()
    back = Signal()

    def __init__(self, step: int, title: str, lead: str, backward: bool = True) -> None:
        super().__init__("background")
        self.area = Scroll(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(GRID)
        self.skip = LinkButton(tr("Skip"), name=tr("Skip: {step}", step=title))
        self.next = button(tr("Continue"), "primary")
        self.backward = button(tr("Back"))
        self.skip.clicked.connect(self.onward)
        self.next.clicked.connect(self.go)
        self.backward.clicked.connect(self.back)
        self.backward.setVisible(backward)
        self._arrange(step, title, lead)

    def _arrange(self, step: int, title: str, lead: str) -> None:
        self.column = QWidget()
        column = QVBoxLayout(self.column)
        column.setContentsMargins(0, GRID * 3, 0, GRID * 3)
        column.setSpacing(GRID)
        column.addWidget(label(tr("Step {n} of 3", n=step), "muted"))
        column.addWidget(label(title, "title"))
        column.addWidget(label(lead, "muted"))
        column.addSpacing(GRID)
        column.addLayout(self.body)
        column.addSpacing(GRID * 2)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.next)
        row.addWidget(self.backward)
        row.addStretch(1)
        row.addWidget(self.skip)
        column.addLayout(row)
        self.area.column.addStretch(2)
        self.area.column.addLayout(centred(self.column))
        self.area.column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def go(self) -> None:
        """The main button; pages with something to do first override it."""
        self.onward.emit()

    def entered(self) -> None:
        """The page comes to the front: give the focus to where work begins."""
        self.next.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as it may be."""
        super().resizeEvent(event)
        self.column.setFixedWidth(min(COLUMN, self.width() - GRID * 6))
