"""All sections under each other, and the way among their rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.memory.about.grouping import Section, sections
from second_me.app.views.memory.about.row import FactRow
from second_me.app.views.memory.about.section import SectionCard
from second_me.app.views.memory.about.words import Fact
from second_me.app.views.widgets import LinkButton, clear_layout
from second_me.app.words import trn

MOST = 14
"""Sections that are made before the person asks for all: nine groups and some people."""


class Listing(QWidget):
    """`acted` carries what and the fact; `rested`: no row is being edited any more; `rebuilt`: rows were made anew."""

    acted = Signal(str, object)
    edited = Signal(object, str)
    ended = Signal(object, object)
    levelled = Signal(object, str)
    rested = Signal()
    rebuilt = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[list[Section], int, frozenset[str]] | None = None
        self._facts: Sequence[Fact] = ()
        self._text, self._width, self._all = "", 0, False
        self._open: frozenset[str] = frozenset()
        self.rows: list[FactRow] = []
        self.cards: list[SectionCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID * 2)

    @property
    def busy(self) -> bool:
        """Whether a row is being edited: then nothing may move."""
        return any(row.editor is not None for row in self.rows)

    def show_facts(self, facts: Sequence[Fact], text: str, width: int) -> None:
        """The facts that match `text`; rows that are the same stay."""
        self._facts, self._text, self._width = facts, text, width
        self._build()

    def lay_out(self, width: int) -> None:
        """At another width."""
        self._width = width
        for row in self.rows:
            row.lay_out(width)

    def row(self, fact_id: int) -> FactRow | None:
        """The row of a fact, None where it is not shown."""
        return next((row for row in self.rows if row.fact["fact_id"] == fact_id), None)

    def open_past_of(self, fact_id: int) -> None:
        """Open what a fact is folded away under."""
        for section in sections(self._facts):
            if any(fact["fact_id"] == fact_id for fact in (*section.current, *section.past)):
                self._all = True
                self._open |= {f"{section.key} all"}
                if any(fact["fact_id"] == fact_id for fact in section.past):
                    self._open |= {f"{section.key} before"}
        self._build()

    def _build(self) -> None:
        found = sections(self._facts, self._text)
        shown = found if self._all or len(found) <= MOST + 1 else found[:MOST]
        state = (shown, len(found), self._open_parts(shown))
        if state == self._shown:
            return
        self._shown = state
        focused = self._focused()
        clear_layout(self._column)
        self.rows, self.cards = [], []
        for section in shown:
            self._add(SectionCard(self._theme, section, state[2]))
        if len(shown) < len(found):
            rest = LinkButton(trn("Show {n} more", "Show {n} more", len(found) - len(shown)), "accent")
            rest.clicked.connect(self._show_all)
            self._column.addWidget(rest)
        self._refocus(focused)
        self.rebuilt.emit()

    def _open_parts(self, shown: Sequence[Section]) -> frozenset[str]:
        """What the person opened; while searching, what was before is open too."""
        if self._text:
            return self._open | {f"{section.key} before" for section in shown}
        return self._open

    def _add(self, card: SectionCard) -> None:
        card.opened.connect(self._toggle)
        self.cards.append(card)
        self._column.addWidget(card)
        for row in card.rows:
            row.acted.connect(partial(self._acted, row))
            row.edited.connect(partial(self._edited, row))
            row.ended.connect(partial(self._ended, row))
            row.levelled.connect(partial(self.levelled.emit, row.fact))
            row.moved.connect(partial(self._move, row))
            row.rested.connect(self.rested)
            row.lay_out(self._width)
            self.rows.append(row)

    def _acted(self, row: FactRow, what: str) -> None:
        self.acted.emit(what, row.fact)

    def _edited(self, row: FactRow, value: str) -> None:
        self.edited.emit(row.fact, value)
        row.close_editor()

    def _ended(self, row: FactRow, day: object) -> None:
        self.ended.emit(row.fact, day)
        row.close_editor()

    def _move(self, row: FactRow, step: int) -> None:
        at = self.rows.index(row) + step
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus()

    def _toggle(self, part: str) -> None:
        self._open ^= {part}
        self._build()

    def _show_all(self) -> None:
        self._all = True
        self._build()

    def _focused(self) -> tuple[int, int] | None:
        """The fact and the place of the row that has the focus."""
        for at, row in enumerate(self.rows):
            if row.hasFocus():
                return int(row.fact["fact_id"]), at
        return None

    def _refocus(self, before: tuple[int, int] | None) -> None:
        """The same fact again, or the one that took its place."""
        if before is None or not self.rows or QApplication.activeModalWidget() is not None:
            return
        fact_id, at = before
        (self.row(fact_id) or self.rows[min(at, len(self.rows) - 1)]).setFocus()
