"""The last fills: where, when, what became of them, the memories behind each value, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.breaking import breakable
from second_me.app.views.fill import words
from second_me.app.views.memory import phrases
from second_me.app.views.widgets import Card, ElidedLabel, Line, LinkButton, clear_layout, label
from second_me.app.words import tr, trn

FEW, MANY = 8, 200
Fill = Mapping[str, Any]


def when(time: str, today: date) -> str:
    """`10:42` today, else the day and the hour."""
    at = datetime.fromisoformat(time)
    hour = at.strftime("%H:%M")
    return hour if at.date() == today else tr("{day}, {hour}", day=phrases.day(at, today), hour=hour)


class FillRow(QWidget):
    """One fill. Its fields are behind a line, each with the memories that its value was known from."""

    undo = Signal(object)
    open_memory = Signal(str)

    def __init__(self, fill: Fill, today: date) -> None:
        super().__init__()
        self.fill = fill
        name = words.site_name(str(fill["site"]))
        self.site, self.title = (
            label(breakable(name), "strong"),
            ElidedLabel(words.plain(fill["title"]), "muted"),
        )
        moment = when(str(fill["time"]), today)
        self.state = label(" · ".join((words.state(fill), str(words.browser_name(fill)), moment)), "muted")
        n = len(fill["fields"])
        self.more = LinkButton("", name=trn("{n} field of {site}", "{n} fields of {site}", n, site=name))
        self.take_back = LinkButton(
            tr("Undo"), "accent", tr("Undo the fill of {site}, {time}", site=name, time=moment)
        )
        self.take_back.setVisible(bool(fill["can_undo"]))
        self.take_back.clicked.connect(lambda: self.undo.emit(fill["fill_id"]))
        self.more.clicked.connect(self._turn)
        self.fields = QWidget()
        self._arrange()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.site, 1)
        top.addWidget(self.take_back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.title)
        self.title.setVisible(bool(self.title.full()))
        column.addWidget(self.state)
        column.addWidget(self.fields)
        self._list = QVBoxLayout(self.fields)
        self._list.setContentsMargins(0, GRID // 2, 0, 0)
        self._list.setSpacing(2)
        self.fields.hide()
        self._sign()

    def _turn(self) -> None:
        if not self._list.count():
            for field in self.fill["fields"]:
                self._list.addLayout(self._field(field))
        self.fields.setVisible(self.fields.isHidden())
        self._sign()

    def _sign(self) -> None:
        said = trn("{n} field", "{n} fields", len(self.fill["fields"]))
        self.more.setText(f"{said} {'▾' if self.fields.isHidden() else '▴'}")

    def _field(self, field: Mapping[str, Any]) -> QHBoxLayout:
        name = words.plain(field["label"], 120) or tr("Field without a name")
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(label(breakable(f"{name}: {_became(field)}"), "muted"), 1)
        for number, memory_id in enumerate(field["source_ids"][:3]):
            said = tr("See the memory") if not number else tr("and this one")
            see = LinkButton(said, "accent", tr("See the memory behind {field}", field=name))
            see.clicked.connect(lambda _on=False, wanted=str(memory_id): self.open_memory.emit(wanted))
            line.addWidget(see, 0, Qt.AlignmentFlag.AlignTop)
        return line


def _became(field: Mapping[str, Any]) -> str:
    taken = {True: tr("filled"), False: tr("not taken by the page"), None: tr("not known")}[field["ok"]]
    return tr("{taken}, ticked by you although private", taken=taken) if field["by_hand"] else taken


class FillsCard(Card):
    """The last fills. `undo` carries a fill's id; `more_wanted` that all of them are to be asked for."""

    undo = Signal(object)
    open_memory = Signal(str)
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Last fills"))
        self.limit = FEW
        self.rows: list[FillRow] = []
        self.none = label(
            tr(
                "Nothing was filled yet. Press Alt+Shift+F in a form (in Firefox Alt+Shift+M), or the button."
            ),
            "muted",
        )
        self.more = LinkButton(tr("Show more"), "accent")
        self.more.hide()
        self.more.clicked.connect(self._more)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(0)
        self.body.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self.body.addWidget(self.none)
        self.body.addLayout(self._entries)
        self.body.addWidget(self.more)

    def show_fills(self, fills: Sequence[Fill]) -> None:
        """The newest ones; what was open stays open."""
        opened = {row.fill["fill_id"] for row in self.rows if not row.fields.isHidden()}
        self.none.setVisible(not fills)
        self.more.setVisible(len(fills) > self.limit and self.limit < MANY)
        clear_layout(self._entries)
        self.rows = [FillRow(fill, date.today()) for fill in fills[: self.limit]]
        for number, row in enumerate(self.rows):
            if number:
                self._entries.addWidget(Line())
            row.undo.connect(self.undo)
            row.open_memory.connect(self.open_memory)
            self._entries.addWidget(row)
            if row.fill["fill_id"] in opened:
                row.more.click()

    def _more(self) -> None:
        self.limit = MANY
        self.more_wanted.emit()
