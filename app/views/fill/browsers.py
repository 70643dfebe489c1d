"""The paired browsers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.breaking import breakable
from second_me.app.views.fill import words
from second_me.app.views.memory import phrases
from second_me.app.views.widgets import Card, Line, LinkButton, button, clear_layout, label
from second_me.app.words import tr

Browser = Mapping[str, Any]


class BrowsersCard(Card):
    """A row a browser. `forget` carries the browser, `pair` that one more is wanted."""

    forget = Signal(dict)
    pair = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Browsers"))
        self.add = button(tr("Pair a browser"))
        self.add.clicked.connect(self.pair)
        self.none = label(tr("No browser is paired. Forms can be filled in a browser that is."), "muted")
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID * 2)
        self.body.addWidget(self.none)
        self.body.addLayout(self._column)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_browsers(self, browsers: Sequence[Browser]) -> None:
        """All of them."""
        self.none.setVisible(not browsers)
        self.add.setText(tr("Pair another browser") if browsers else tr("Pair a browser"))
        self.add.setAccessibleName(self.add.text())
        clear_layout(self._column)
        for number, browser in enumerate(browsers):
            if number:
                self._column.addWidget(Line())
            self._column.addWidget(self._row(browser))

    def _row(self, browser: Browser) -> QWidget:
        name = words.plain(browser["name"], 60)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(label(breakable(name), "strong"))
        text.addWidget(label(_told(browser, date.today()), "muted"))
        away = LinkButton(tr("Forget"), "danger", tr("Forget {browser}", browser=name))
        away.clicked.connect(lambda: self.forget.emit(dict(browser)))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, GRID, 0, GRID)
        row.setSpacing(GRID)
        row.addLayout(text, 1)
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return whole


def _told(browser: Browser, today: date) -> str:
    paired, seen = phrases.moment(browser["paired_at"]), phrases.moment(browser.get("seen_at"))
    parts = [tr("paired {day}", day=phrases.day(paired, today))]
    if browser.get("connected"):
        parts.append(tr("connected now"))
    elif seen is not None:
        parts.append(tr("last seen {day}", day=phrases.day(seen, today)))
    return " · ".join(parts)
