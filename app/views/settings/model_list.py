"""The models of this computer and of the catalogue, each in its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.settings import model_words as words
from second_me.app.views.settings.model_rows import MakeRun, ModelRow, key_of, make_run
from second_me.app.views.widgets import Skeleton, label
from second_me.app.words import tr

PARTS = ("projector", "vocabulary", "adapter")
"""No models by themselves: not shown."""


class ModelList(QWidget):
    """Asks for `models.list`. `changed`: another model may be in use now. `listed`: the rows that came."""

    changed = Signal()
    listed = Signal(list)

    def __init__(self, service: Service, theme: Theme, make: MakeRun = make_run) -> None:
        super().__init__()
        self._service, self._make = service, make
        self._asking = self._again = False
        self.rows: dict[str, ModelRow] = {}
        self.here, self.there = label(tr("Models"), "heading"), label(tr("To download"), "heading")
        self.skeleton, self.failure = Skeleton(theme, 3), label("", "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID * 2, 0, 0)
        column.setSpacing(GRID)
        self._here, self._there = QVBoxLayout(), QVBoxLayout()
        for part in (self.here, self.skeleton, self._here, self.failure, self.there, self._there):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                part.setSpacing(GRID)
                column.addLayout(part)
        self.there.setContentsMargins(0, GRID * 2, 0, 0)
        for hidden in (self.skeleton, self.failure, self.there):
            hidden.hide()

    def refresh(self) -> None:
        """Ask again; one question at a time."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        if not self.rows:
            self.skeleton.start()
        self._service.request("models.list", {}, self.show_rows, self._failed)

    def show_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Draw the list: the one in use first, then what fits; a row that is there keeps its work."""
        self._came()
        self.failure.hide()
        shown = sorted((row for row in rows if row.get("role") not in PARTS), key=_order)
        keys = {key_of(row) for row in shown}
        for key in [key for key, row in self.rows.items() if key not in keys and not row.running]:
            self._forget(self.rows.pop(key))
        counts = {id(self._here): 0, id(self._there): 0}
        for row in shown:
            place = self._there if row["source"] == words.CATALOGUE else self._here
            card = self._card(row)
            if place.indexOf(card) != counts[id(place)]:
                place.removeWidget(card)
                place.insertWidget(counts[id(place)], card)
            counts[id(place)] += 1
        self.there.setVisible(counts[id(self._there)] > 0)
        self._name_tab_order()
        self.listed.emit(list(rows))

    def _card(self, row: Mapping[str, Any]) -> ModelRow:
        card = self.rows.get(key_of(row))
        if card is None:
            card = self.rows[key_of(row)] = ModelRow(row, self._make)
            card.changed.connect(self.refresh)
            card.changed.connect(self.changed)
        else:
            card.show_row(row)
        return card

    def _forget(self, card: ModelRow) -> None:
        card.hide()
        card.deleteLater()

    def _name_tab_order(self) -> None:
        """Tab goes down the list as the eye does, also after rows changed places."""
        before: QWidget | None = None
        for place in (self._here, self._there):
            for at in range(place.count()):
                item = place.itemAt(at)
                card = item.widget() if item is not None else None
                if not isinstance(card, ModelRow):
                    continue
                for part in (card.remove, card.cancel, card.act, card.pause, card.yes, card.no):
                    if before is not None:
                        QWidget.setTabOrder(before, part)
                    before = part

    def _failed(self, fault: RemoteFault) -> None:
        self._came()
        self.failure.setText(f"{fault.what} {fault.action}".strip())
        self.failure.show()

    def _came(self) -> None:
        self._asking = False
        self.skeleton.stop()
        if self._again:
            self._again = False
            self.refresh()


def _order(row: Mapping[str, Any]) -> tuple[int, int, str]:
    chat = row.get("role") in words.CHAT_ROLES
    fits = ("full", "tight", "by experts", "by ladder", "no")
    rank = fits.index(row["fits"]) if row.get("fits") in fits else len(fits)
    return (0 if row["in_use"] and chat else 1 if chat else 2, rank, str(row["name"]).lower())
