"""What is allowed on which site, and as whom a site is treated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.breaking import breakable
from second_me.app.views.fill import words
from second_me.app.views.memory import phrases
from second_me.app.views.widgets import Card, Line, SearchField, clear_layout, label
from second_me.app.words import tr, trn

SEARCH_FROM = 8
"""So many sites are worth a search."""
TEXT_WIDTH = 180
"""Pixels that the name wants beside the boxes."""
Site = Mapping[str, Any]


class SiteRow(QWidget):
    """One site. `set` carries {"site", "rule"} or {"site", "audience"}."""

    set = Signal(dict)

    def __init__(self, site: Site, today: date) -> None:
        super().__init__()
        self.site = str(site["site"])
        name = words.site_name(self.site)
        self.name, self.told = label(breakable(name), "strong"), label(_told(site, today), "muted")
        self.rule, self.audience = QComboBox(), QComboBox()
        self.rule.setAccessibleName(tr("What is allowed on {site}", site=name))
        self.audience.setAccessibleName(tr("Who {site} is", site=name))
        self.audience.setToolTip(
            tr("It is told what may be known by {who}", who=words.audience(site["audience"]))
        )
        for word, text in (("ask", tr("Ask each time")), ("never", tr("Never"))):
            self.rule.addItem(text, word)
        for word in words.AUDIENCES:
            self.audience.addItem(words.audience(word), word)
        self.rule.setCurrentIndex(self.rule.findData(site["rule"]))
        self.audience.setCurrentIndex(self.audience.findData(site["audience"]))
        self.rule.activated.connect(lambda _at: self._set("rule", self.rule))
        self.audience.activated.connect(lambda _at: self._set("audience", self.audience))
        self._arrange()

    def _arrange(self) -> None:
        text, boxes = QVBoxLayout(), QHBoxLayout()
        text.setSpacing(2)
        text.addWidget(self.name)
        text.addWidget(self.told)
        boxes.setSpacing(GRID)
        boxes.addWidget(self.rule)
        boxes.addWidget(self.audience)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, GRID, 0, GRID)
        self._row.setSpacing(GRID)
        self._row.addLayout(text, 1)
        self._row.addLayout(boxes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The boxes stand below the name where there is little room."""
        super().resizeEvent(event)
        needed = self.rule.sizeHint().width() + self.audience.sizeHint().width() + TEXT_WIDTH
        down = needed > self.width()
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)

    def _set(self, name: str, box: QComboBox) -> None:
        self.set.emit({"site": self.site, name: str(box.currentData())})


def _told(site: Site, today: date) -> str:
    fills = int(site["fills"])
    if not fills:
        return tr("never filled")
    said = trn("filled once", "filled {n} times", fills)
    last = phrases.moment(site.get("last"))
    return tr("{said}, last {day}", said=said, day=phrases.day(last, today)) if last else said


class SitesCard(Card):
    """All sites, with a search where there are many."""

    set = Signal(dict)

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Sites"))
        self._sites: Sequence[Site] = ()
        self.rows: list[SiteRow] = []
        self.search = SearchField(theme, tr("Search the sites"))
        self.search.asked.connect(lambda _text: self._draw())
        self.none = label("", "muted")
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        for part in (self.search, self.none):
            self.body.addWidget(part)
        self.body.addLayout(self._column)

    def show_sites(self, sites: Sequence[Site]) -> None:
        """All of them."""
        self._sites = sites
        self.search.setVisible(len(sites) >= SEARCH_FROM)
        self._draw()

    def _draw(self) -> None:
        wanted = self.search.text().strip().casefold()
        found = [site for site in self._sites if wanted in words.site_name(str(site["site"])).casefold()]
        self.none.setText(_none(bool(self._sites)))
        self.none.setVisible(not found)
        clear_layout(self._column)
        self.rows = [SiteRow(site, date.today()) for site in found]
        for number, row in enumerate(self.rows):
            if number:
                self._column.addWidget(Line())
            row.set.connect(self.set)
            self._column.addWidget(row)


def _none(any_at_all: bool) -> str:
    if any_at_all:
        return tr("No site is called that.")
    return tr(
        "No site yet. Each one is asked about in the proposal, and treated as a shop until you say otherwise."
    )
