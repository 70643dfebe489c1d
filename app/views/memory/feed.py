"""Where the timeline's rows come from: pages of the timeline, or what a search found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal

from second_me.app.service.protocol import RemoteFault
from second_me.app.views.bridge import Done, Service
from second_me.app.views.memory.filters import Filters
from second_me.app.views.memory.rows import MemoryRows

PAGE = 200
FOUND = 60
SCREENFUL = 40
LOOK_FAR = 10
"""Pages that a filter looks through by itself before the person is asked to look on."""


class Feed(QObject):
    """Fills the rows. Answers to a question that is no longer asked are passed over."""

    loading = Signal()
    settled = Signal()
    """The rows are what was asked for, as far as fetched."""
    failed = Signal(object)
    """A RemoteFault."""

    def __init__(self, service: Service, rows: MemoryRows, parent: QObject) -> None:
        super().__init__(parent)
        self._service, self._rows = service, rows
        self._asked = 0
        self._busy = False
        self._more = False
        self._pages_left = 0
        self.text = ""
        self.filters = Filters()
        rows.wanted_more.connect(self._next_page)

    @property
    def more(self) -> bool:
        """Whether the timeline goes on after what was fetched."""
        return self._more

    def ask(self, text: str) -> None:
        """Search, or show the timeline when there is no text."""
        self.text = text
        self._asked += 1
        self._busy = True
        self.loading.emit()
        asked = self._asked
        if text:
            search = {"text": text, "limit": FOUND, **self._narrow()}
            self._request("memory.search", search, lambda found: self._found(asked, found))
        else:
            first = {"limit": PAGE, **self._narrow()}
            self._request("memory.timeline", first, lambda page: self._first(asked, page))

    def narrow(self, filters: Filters) -> None:
        """Filter; you and the others are told apart here, all else by the service."""
        before, self.filters = self.filters, filters
        self._rows.show(filters.who)
        if replace(before, who=filters.who) == filters:
            self.look_on()
        else:
            self.ask(self.text)

    def look_on(self) -> None:
        """Fetch until the filter has a screenful, for some pages."""
        self._pages_left = LOOK_FAR
        self._fill()

    def _found(self, asked: int, found: list[dict[str, Any]]) -> None:
        if asked != self._asked:
            return
        self._busy, self._more = False, False
        self._rows.replace(found, more=False, by_month=False)
        self.settled.emit()

    def _first(self, asked: int, page: list[dict[str, Any]]) -> None:
        if asked != self._asked:
            return
        self._busy, self._more = False, len(page) == PAGE
        self._rows.replace(page, self._more, by_month=True)
        self.look_on()

    def _following(self, asked: int, page: list[dict[str, Any]]) -> None:
        if asked != self._asked:
            return
        self._busy, self._more = False, len(page) == PAGE
        self._rows.extend(page, self._more)
        self._fill()

    def _fill(self) -> None:
        if self._more and self._rows.shown < SCREENFUL and self._pages_left:
            self._pages_left -= 1
            self._next_page()
        else:
            self.settled.emit()

    def _next_page(self) -> None:
        if self._busy or not self._more:
            return
        self._busy = True
        asked = self._asked
        page = {"before": self._rows.last_id, "limit": PAGE, **self._narrow()}
        self._request("memory.timeline", page, lambda found: self._following(asked, found))

    def _narrow(self) -> Mapping[str, Any]:
        return self.filters.params(date.today(), QLocale().firstDayOfWeek().value)

    def _request(self, method: str, params: dict[str, Any], done: Done) -> None:
        asked = self._asked
        self._service.request(method, params, done, lambda fault: self._fault(asked, fault), self)

    def _fault(self, asked: int, fault: RemoteFault) -> None:
        if asked == self._asked:
            self._busy = False
            self.failed.emit(fault)
