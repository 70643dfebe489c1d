"""The shape of a section: heading, what it is about, then its cards, at most as wide as one reads."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID, READING_WIDTH
from second_me.app.views.widgets import Scroll, label


class Section(Scroll):
    """One section of the settings. `heading`: what stands above it where that is not its name in the list."""

    def __init__(self, title: str, lead: str, heading: str = "") -> None:
        super().__init__(title)
        inside = QWidget()
        inside.setMaximumWidth(READING_WIDTH)
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(GRID)
        self.content.addWidget(label(heading or title, "title"))
        self.content.addWidget(label(lead, "muted"))
        self.content.addSpacing(GRID)
        self._row = QHBoxLayout()
        self._row.addWidget(inside, 1)
        self._row.addStretch(0)
        self.column.addLayout(self._row)
        self.fold(False)

    def entered(self) -> None:
        """The section comes to the front: bring it up to date."""

    def fold(self, folded: bool) -> None:
        """Less margin where there is less room."""
        side = GRID * 2 if folded else 34
        self._row.setContentsMargins(side, GRID * 3 + 2, side, GRID * 3)

    def heading(self, text: str) -> None:
        """A heading between cards."""
        self.content.addSpacing(GRID * 2)
        self.content.addWidget(label(text, "heading"))


def pairs() -> QFormLayout:
    """Rows of a name and a value."""
    form = QFormLayout()
    form.setHorizontalSpacing(GRID * 3)
    form.setVerticalSpacing(GRID)
    form.setContentsMargins(0, 0, 0, 0)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form
