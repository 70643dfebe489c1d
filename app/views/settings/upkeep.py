"""What upkeep does, as a small plain list."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.widgets import Card, clear_layout, label
from second_me.app.words import tr


class UpkeepCard(Card):
    """One line a job. `entered` reads it; while it is seen it follows."""

    def __init__(self, service: Service) -> None:
        super().__init__(tr("Upkeep"))
        self._service = service
        self.body.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr("Upkeep"), "strong"))
        words.addWidget(label(tr("Done by itself while you are away, a little at a time."), "muted"))
        words.addLayout(self.lines)
        self.body.addLayout(words)
        service.notified.connect(self._hear)

    def entered(self) -> None:
        """Ask how it stands."""
        self._service.request("upkeep.status", {}, self.show_jobs, self._failed, self)

    def show_jobs(self, jobs: list[dict[str, Any]]) -> None:
        """Say it."""
        clear_layout(self.lines)
        for job in jobs:
            self.lines.addWidget(label(str(job["text"]), "danger" if job["state"] == "failed" else ""))

    def _hear(self, method: str, _params: dict[str, Any]) -> None:
        if method == "upkeep.changed" and self.isVisible():
            self.entered()

    def _failed(self, fault: RemoteFault) -> None:
        clear_layout(self.lines)
        self.lines.addWidget(label(f"{fault.what} {fault.action}".strip(), "danger"))
