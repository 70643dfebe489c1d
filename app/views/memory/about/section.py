"""Facts under one heading: those that hold in a card, past ones folded under "Before"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.memory.about.grouping import Section
from second_me.app.views.memory.about.row import FactRow
from second_me.app.views.memory.about.words import Fact
from second_me.app.views.widgets import Card, ElidedLabel, Line, LinkButton
from second_me.app.words import tr, trn

MOST = 8
"""Facts of a section that are shown before the person asks for all."""


class SectionCard(QWidget):
    """`rows` are those that are made."""

    opened = Signal(str)
    """The key of the section and what was opened: `me/home before`, `me/home all`."""

    def __init__(self, theme: Theme, section: Section, open_parts: frozenset[str]) -> None:
        """`open_parts`: what `opened` told of before, so that it is open again."""
        super().__init__()
        self._theme, self.section, self._today = theme, section, date.today()
        self.rows: list[FactRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID - 2)
        column.addLayout(self._heading())
        self.card = Card(section.title)
        self.card.body.setContentsMargins(1, 3, 1, 3)
        self.card.body.setSpacing(0)
        column.addWidget(self.card)
        self._all, self._before = f"{section.key} all", f"{section.key} before"
        self._everything = self._all in open_parts
        self._few(section.current)
        if section.past:
            self._past(self._before in open_parts)

    def _heading(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        title = ElidedLabel(self.section.title, "strong")
        title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        line.addWidget(title)
        line.addWidget(ElidedLabel(self.section.note, "muted"), 1)
        return line

    def _few(self, facts: Sequence[Fact]) -> None:
        shown = facts if self._everything or len(facts) <= MOST + 1 else facts[:MOST]
        self._add(shown)
        if len(shown) < len(facts):
            rest = LinkButton(trn("Show the other one", "Show all {n}", len(facts)), "accent")
            rest.setAccessibleName(tr("Show all of {section}", section=self.section.title))
            rest.clicked.connect(lambda: self.opened.emit(self._all))
            self._link(rest)

    def _past(self, unfolded: bool) -> None:
        words = trn("Before ({n})", "Before ({n})", len(self.section.past))
        folded = "◂" if self.isRightToLeft() else "▸"
        self.before = LinkButton(f"▾ {words}" if unfolded else f"{folded} {words}")
        name = tr("Hide what was before: {section}") if unfolded else tr("Show what was before: {section}")
        self.before.setAccessibleName(name.format(section=self.section.title))
        self.before.clicked.connect(lambda: self.opened.emit(self._before))
        if self.section.current:
            self.card.body.addWidget(Line())
        self._link(self.before)
        if unfolded:
            self._few(self.section.past)

    def _link(self, link: LinkButton) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(GRID + 4, 4, GRID, 4)
        line.addWidget(link)
        line.addStretch(1)
        self.card.body.addLayout(line)

    def _add(self, facts: Sequence[Fact]) -> None:
        last: object = None
        for fact in facts:
            kind = (fact["slot"], fact.get("qualifier"))
            row = FactRow(self._theme, fact, self._today, lead=kind != last)
            last = kind
            self.rows.append(row)
            self.card.body.addWidget(row)
