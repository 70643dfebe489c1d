"""Model: which one, how large, what of it is resident now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psutil
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.fetch import ModelFetch
from second_me.app.views.first_run.model import FetchCard, size_words
from second_me.app.views.settings.section import Section, pairs
from second_me.app.views.widgets import Card, ElidedLabel, ErrorBanner, LinkButton, label
from second_me.app.words import tr


def state_words(state: str) -> str:
    """The worker's state for people."""
    return {
        "absent": tr("no model yet"),
        "idle": tr("at rest, loads when it is needed"),
        "loading": tr("loading"),
        "ready": tr("ready"),
        "writing": tr("writing an answer"),
        "failed": tr("could not be loaded"),
    }.get(state, state)


def resident_words(status: dict[str, Any]) -> str:
    """`81 of 96 MB`; the conversation can make it more than the file."""
    resident, size = int(status.get("resident_bytes") or 0), int(status.get("bytes") or 0)
    if not resident:
        return tr("nothing of it is in this computer's memory now")
    if resident <= size:
        return tr("{resident} of {size}", resident=size_words(resident), size=size_words(size))
    return tr("{resident}, with the conversation", resident=size_words(resident))


class ModelSection(Section):
    """What `model.status` says, live; the starter where there is none."""

    def __init__(self, service: Service, theme: Theme, fetch_models: Callable[[], ModelFetch]) -> None:
        super().__init__(tr("Model"), tr("It writes the answers, on this computer only."))
        self._service = service
        self.name = label("", "heading")
        self.state, self.file, self.bytes = label("", "muted"), ElidedLabel(), label("", wrap=False)
        self.resident, self.free = label("", wrap=False), label("", wrap=False)
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self.bar.setAccessibleName(tr("Part of the model in this computer's memory"))
        self.reload = LinkButton(tr("Reload"), "accent", tr("Load the model again"))
        self.reload.clicked.connect(self._reload)
        self.starter = FetchCard(service, fetch_models)
        self.banner = ErrorBanner(theme, "")
        self.card = self._card()
        for part in (self.card, self.starter, self.banner):
            self.content.addWidget(part)
            part.hide()
        self.content.addStretch(1)
        service.notified.connect(self._hear)

    def _card(self) -> Card:
        card = Card(tr("The model in use"))
        card.body.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.name)
        row.addWidget(self.state, 1)
        row.addWidget(self.reload)
        form = pairs()
        rows: list[tuple[str, QLabel]] = [
            (tr("File"), self.file),
            (tr("Size"), self.bytes),
            (tr("Resident now"), self.resident),
            (tr("Free on this computer"), self.free),
        ]
        for title, value in rows:
            form.addRow(label(title, "muted", wrap=False), value)
        self.name.setWordWrap(False)
        card.body.addLayout(row)
        card.body.addWidget(self.bar)
        card.body.addSpacing(GRID // 2)
        card.body.addLayout(form)
        return card

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again."""
        super().showEvent(event)
        self.entered()

    def entered(self, _result: object = None) -> None:
        """Ask what is loaded now."""
        self._service.request("model.status", {}, self.show_status, self._failed)

    def show_status(self, status: dict[str, Any]) -> None:
        """Draw what `model.status` or `model.changed` said."""
        absent = status["state"] == "absent"
        self.banner.hide()
        self.card.setVisible(not absent)
        self.starter.setVisible(absent)
        path = str(status.get("file") or "")
        self.name.setText(str(status.get("name") or tr("Model")))
        self.state.setText(state_words(str(status["state"])))
        self.file.set_full(path)
        self.bytes.setText(size_words(int(status.get("bytes") or 0)))
        self.resident.setText(resident_words(status))
        self.free.setText(size_words(psutil.virtual_memory().available))
        share = int(status.get("resident_bytes") or 0) / max(int(status.get("bytes") or 0), 1)
        self.bar.setValue(round(1000 * min(share, 1.0)))

    def _reload(self) -> None:
        self._service.request("model.reload", {}, self.entered, self._failed)

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "model.changed":
            self.show_status(params)

    def _failed(self, fault: RemoteFault) -> None:
        self.banner.what.setText(fault.what)
        self.banner.action.setText(fault.action)
        self.banner.action.setVisible(bool(fault.action))
        self.banner.show()
