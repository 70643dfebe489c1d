"""The log of what was told and withheld, newest first; each memory in it can be opened."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.settings.disclosure_words import entry_words, row_words, time_words
from second_me.app.views.widgets import Card, Line, LinkButton, clear_layout, label
from second_me.app.words import tr

FEW, MANY = 10, 200


class ToldCard(Card):
    """The entries. `open_memory` carries the memory that the person wants to see."""

    open_memory = Signal(str)

    def __init__(self, service: Service) -> None:
        super().__init__(tr("What was told and withheld"))
        self._service = service
        self._limit = FEW
        self.none = label(tr("Nothing yet. Whatever others are told or not told will stand here."), "muted")
        self.more = LinkButton(tr("Show more"), "accent")
        self.more.hide()
        self.more.clicked.connect(self._more)
        self.entries = QVBoxLayout()
        self.entries.setSpacing(0)
        self.body.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self.body.addWidget(self.none)
        self.body.addLayout(self.entries)
        self.body.addWidget(self.more)

    def entered(self) -> None:
        """Ask for the entries, one more than are shown: then there are more."""
        self._service.request("audit.list", {"limit": self._limit + 1}, self.show_entries, self._failed)

    def show_entries(self, entries: list[dict[str, Any]]) -> None:
        """The newest ones."""
        self.none.setVisible(not entries)
        self.more.setVisible(len(entries) > self._limit and self._limit < MANY)
        clear_layout(self.entries)
        for number, entry in enumerate(entries[: self._limit]):
            if number:
                self.entries.addWidget(Line())
            self.entries.addWidget(self._entry(entry))

    def _entry(self, entry: dict[str, Any]) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(2)
        column.addWidget(label(entry_words(entry)))
        column.addWidget(label(time_words(entry["time"]), "tiny"))
        for row in entry["memories"]:
            column.addLayout(self._memory(row))
        return whole

    def _memory(self, row: dict[str, Any]) -> QHBoxLayout:
        words = row_words(row)
        see = LinkButton(tr("See the memory"), "accent", name=tr("See the memory. {what}", what=words))
        see.clicked.connect(lambda: self.open_memory.emit(str(row["memory_id"])))
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(label(words, "muted"), 1)
        line.addWidget(see)
        return line

    def _more(self) -> None:
        self._limit = MANY
        self.entered()

    def _failed(self, fault: RemoteFault) -> None:
        self.none.setText(f"{fault.what} {fault.action}".strip())
        self.none.show()
