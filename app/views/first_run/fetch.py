"""Fetching the starter model: our own command in a process of its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from second_me.app.views.command import Advice, CommandRun
from second_me.app.words import tr

ARGUMENTS = ("model", "fetch", "starter", "--json", "--progress-json")


class ModelFetch(CommandRun):
    """One fetch of the starter model. What has arrived is kept when it is cancelled or fails."""

    progressed = Signal(str, object, object)
    """The file on its way, bytes done, bytes in total (0: unknown yet)."""

    def __init__(self, parent: QObject | None = None) -> None:
        advice = Advice(
            tr("The model could not be fetched."), tr("What has arrived is kept. Try again later.")
        )
        super().__init__(ARGUMENTS, advice, parent)
        self.reported.connect(self._tell)

    def _tell(self, report: dict[str, Any]) -> None:
        self.progressed.emit(str(report["phase"]), int(report["done"]), int(report.get("total") or 0))
