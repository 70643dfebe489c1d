"""The chips above the timeline: who, when, what kind, and how it is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.days import day_field
from second_me.app.views.flow import Flow
from second_me.app.views.memory.filters import Filters, Time
from second_me.app.views.memory.rows import Who
from second_me.app.views.widgets import Chip, label
from second_me.app.words import tr

LONGEST_NAME = 24
Entry = tuple[str, object]
"""What a menu says, and what it stands for."""


class MenuChip(Chip):
    """A filter with a menu: off it opens the menu, on a click takes it away. `chosen` carries what stands behind
    the entry; None: taken away."""

    chosen = Signal(object)

    def __init__(self, off: str, name: str, entries: Callable[[], Sequence[Entry]]) -> None:
        """`off`: what it says when it is off; `name`: what it filters by, for screen readers."""
        super().__init__(off)
        self._off, self._name, self._entries = off, name, entries
        self.clicked.connect(self._press)
        self.show_choice(None)

    def show_choice(self, words: str | None) -> None:
        """What is chosen, in words; None: nothing."""
        self.setChecked(words is not None)
        short = words if words is None or len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1] + "…"
        self.setText(f"{self._off} ▾" if short is None else f"{short} ✕")
        on = tr("{filter}: {choice}. Press to take it away", filter=self._name, choice=words)
        self.setAccessibleName(tr("{filter}: all", filter=self._name) if words is None else on)

    def menu_now(self) -> QMenu:
        """The menu, made for this moment."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, value in self._entries():
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, value=value: self.chosen.emit(value))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow down opens the menu, whether it is on or off."""
        if event.key() == Qt.Key.Key_Down:
            self._open()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        on = not self.isChecked()  # the click has changed it already
        self.setChecked(on)
        if on:
            self.chosen.emit(None)
        else:
            self._open()

    def _open(self) -> None:
        self.menu_now().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))


class RangeRow(QWidget):
    """Two days. `chosen` carries them."""

    chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        today = QDate.currentDate()
        self.first = day_field(today.addMonths(-1), tr("First day"), "small")
        self.last = day_field(today, tr("Last day"), "small")
        line = Flow(GRID // 2)
        self.setLayout(line)
        for day, before in ((self.first, tr("From")), (self.last, tr("to"))):
            day.dateChanged.connect(self._tell)
            both = QWidget()
            row = QHBoxLayout(both)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(GRID // 2)
            row.addWidget(label(before, "muted", wrap=False))
            row.addWidget(day)
            line.addWidget(both)
        self.hide()

    def days(self) -> tuple[date, date]:
        """The earlier day first, whichever way round they stand."""
        first, last = (date(d.year(), d.month(), d.day()) for d in (self.first.date(), self.last.date()))
        return min(first, last), max(first, last)

    def _tell(self) -> None:
        self.chosen.emit(*self.days())


class FilterChips(QWidget):
    """`changed` carries the `Filters`. `speakers` is who can be chosen."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.filters = Filters()
        self.speakers: list[str] = []
        self.who = MenuChip(tr("Anyone"), tr("Said by"), self._people)
        self.time = MenuChip(tr("Any time"), tr("When"), _times)
        self.kind = MenuChip(tr("Any kind"), tr("Kind"), _kinds)
        self.faded, self.pinned = Chip(tr("Faded")), Chip(tr("Pinned"))
        self.contradicting = Chip(tr("Contradictions"))
        self.range = RangeRow()
        line = Flow(4)
        for chip in (self.who, self.time, self.kind, self.faded, self.pinned, self.contradicting):
            line.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(line)
        column.addWidget(self.range)
        self._connect()

    def clear(self) -> None:
        """Take all filters away."""
        self._set(Filters())

    def show_waiting(self, waiting: int) -> None:
        """How many contradictions wait to be decided."""
        words = tr("Contradictions {n}", n=waiting) if waiting else tr("Contradictions")
        self.contradicting.setText(words)
        self.contradicting.setAccessibleName(words)
        self.contradicting.updateGeometry()

    def _connect(self) -> None:
        self.who.chosen.connect(self._said_by)
        self.time.chosen.connect(self._when)
        self.kind.chosen.connect(lambda kind: self._set(replace(self.filters, kind=kind)))
        self.range.chosen.connect(
            lambda first, last: self._set(replace(self.filters, first=first, last=last))
        )
        self.faded.clicked.connect(lambda on: self._set(replace(self.filters, faded=on)))
        self.pinned.clicked.connect(lambda on: self._set(replace(self.filters, pinned=on)))
        self.contradicting.clicked.connect(lambda on: self._set(replace(self.filters, contradicting=on)))

    def _people(self) -> list[Entry]:
        return [(tr("You"), Who.YOU), (tr("Others"), Who.OTHERS), *[(name, name) for name in self.speakers]]

    def _said_by(self, who: object) -> None:
        if isinstance(who, Who):
            self._set(replace(self.filters, who=who, speaker=None))
        else:
            self._set(replace(self.filters, who=Who.ALL, speaker=None if who is None else str(who)))

    def _when(self, time: object) -> None:
        wanted = time if isinstance(time, Time) else Time.ANY
        first, last = self.range.days() if wanted is Time.RANGE else (None, None)
        self._set(replace(self.filters, time=wanted, first=first, last=last))
        if wanted is Time.RANGE:
            self.range.first.setFocus()

    def _set(self, filters: Filters) -> None:
        before, self.filters = self.filters, filters
        self._show(filters)
        if filters != before:
            self.changed.emit(filters)

    def _show(self, filters: Filters) -> None:
        people = {Who.YOU: tr("You"), Who.OTHERS: tr("Others")}
        self.who.show_choice(filters.speaker or people.get(filters.who))
        self.time.show_choice(_span(filters))
        self.kind.show_choice(dict((kind, words) for words, kind in _kinds()).get(filters.kind))
        self.faded.setChecked(filters.faded)
        self.pinned.setChecked(filters.pinned)
        self.contradicting.setChecked(filters.contradicting)
        self.range.setVisible(filters.time is Time.RANGE)


def _times() -> list[Entry]:
    return [
        (tr("This week"), Time.WEEK),
        (tr("This month"), Time.MONTH),
        (tr("This year"), Time.YEAR),
        (tr("From … to …"), Time.RANGE),
    ]


def _kinds() -> list[Entry]:
    return [(tr("Said in a talk"), "turn"), (tr("Notes"), "note"), (tr("Documents"), "document")]


def _span(filters: Filters) -> str | None:
    if filters.time is Time.RANGE and filters.first is not None and filters.last is not None:
        return tr("Chosen days")
    return dict((time, words) for words, time in _times()).get(filters.time)
