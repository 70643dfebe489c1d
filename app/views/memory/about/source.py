"""The link to where a fact is known from. It shortens itself: conversations may have long names."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from second_me.app.views.widgets import LinkButton
from second_me.app.words import tr

_FRAME = 4


class SourceLink(LinkButton):
    """One line that ends in an ellipsis where it does not fit."""

    def __init__(self, told: str) -> None:
        super().__init__(told, name=tr("Open where it is known from: {where}", where=told))
        self._full = told
        self.setToolTip(tr("Open the memory that it is known from"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def full(self) -> str:
        """The whole text."""
        return self._full

    def sizeHint(self) -> QSize:
        """The whole text on one line."""
        width = self.fontMetrics().horizontalAdvance(self._full) + _FRAME
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Other texts have other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
