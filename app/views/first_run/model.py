"""Step 2: the model. Found, fetched now, or later; and what fits this computer's memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psutil
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.fetch import ModelFetch
from second_me.app.views.first_run.pages import Page
from second_me.app.views.widgets import Card, button, label, set_look
from second_me.app.words import tr

NEEDED = 400_000_000
"""Bytes that the starter wants while it runs: weights, conversation, its own process."""


def size_words(size: float) -> str:
    """`96 MB`, `3.1 GB`."""
    if size < 1e9:
        return tr("{n} MB", n=round(size / 1e6))
    return tr("{n:.1f} GB", n=size / 1e9)


def fits_words(available: int) -> str:
    """What the free memory of this computer allows."""
    free = size_words(available)
    if available < NEEDED:
        return tr("{free} are free on this computer now: close something before you use it.", free=free)
    if available < 3 * NEEDED:
        return tr("{free} are free on this computer now: the starter fits, no larger one.", free=free)
    largest = size_words(available * 0.6)
    return tr(
        "{free} are free on this computer now: the starter fits easily, and so would a model of {largest}.",
        free=free,
        largest=largest,
    )


class FetchCard(Card):
    """The starter model with its fetch: offer, progress, end. Used here and in the settings."""

    arrived = Signal()
    """It is there, and the service knows."""

    def __init__(self, service: Service, fetch_models: Callable[[], ModelFetch]) -> None:
        super().__init__(tr("Starter model"))
        self._service = service
        self._make = fetch_models
        self.fetch: ModelFetch | None = None
        self.title = label(tr("Starter model"), "strong")
        self.text = label(
            tr("180 MB to fetch, once. It phrases answers in English, on this computer."), "muted"
        )
        self.get = button(tr("Fetch it now"), "primary")
        self.stop = button(tr("Pause"), name=tr("Pause the fetch"))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("Fetching the model"))
        self.get.clicked.connect(self.start)
        self.stop.clicked.connect(self._pause)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.text, 1)
        row.addWidget(self.get)
        row.addWidget(self.stop)
        self.body.addWidget(self.title)
        self.body.addLayout(row)
        self.body.addWidget(self.bar)
        self._set_running(False)

    def start(self) -> None:
        """Begin or go on."""
        if self.fetch is None:
            self.fetch = self._make()
            self.fetch.setParent(self)
            self.fetch.progressed.connect(self._progress)
            self.fetch.finished.connect(self._finished)
            self.fetch.failed.connect(self._failed)
        self._set_running(True)
        self.bar.setRange(0, 0)
        self._say(tr("Looking for it …"))
        self.fetch.start()

    def found(self, status: dict[str, Any]) -> None:
        """Show a model that is there."""
        self._set_running(False)
        self.get.hide()
        self.title.setText(str(status.get("name") or tr("Starter model")))
        size = tr("{size}, ", size=size_words(status["bytes"])) if status.get("bytes") else ""
        self._say(tr("{size}found on this computer. Nothing to do.", size=size), "good")

    def _pause(self) -> None:
        if self.fetch is not None:
            self.fetch.cancel()

    def _progress(self, _file: str, done: int, total: int) -> None:
        waiting = not total or done >= total
        self.bar.setRange(0, 0 if waiting else 1000)
        self.bar.setValue(0 if waiting else round(1000 * done / total))
        self._say(_progress_words(done, total))

    def _finished(self) -> None:
        self._set_running(False)
        self.get.hide()
        self._say(tr("It is here, and checked."), "good")
        self._service.request("model.reload", {}, self._reloaded)

    def _reloaded(self, _result: object) -> None:
        self.arrived.emit()

    def _failed(self, what: str, action: str) -> None:
        self._set_running(False)
        self.get.setText(tr("Go on"))
        self.get.setAccessibleName(tr("Go on fetching"))
        paused = tr("Paused. What has arrived is kept.")
        self._say(f"{what} {action}".strip() or paused, "danger" if what else "muted")

    def _say(self, text: str, look: str = "muted") -> None:
        self.text.setText(text)
        set_look(self.text, look=look)

    def _set_running(self, running: bool) -> None:
        self.get.setVisible(not running)
        self.stop.setVisible(running)
        self.bar.setVisible(running)


def _progress_words(done: int, total: int) -> str:
    if not total:
        return tr("Fetching …")
    if done >= total:
        return tr("Checking and preparing it …")
    return tr("Fetching: {done} of {total}", done=size_words(done), total=size_words(total))


class ModelPage(Page):
    """Offers the starter unless a model is there already."""

    def __init__(self, service: Service, theme: Theme, fetch_models: Callable[[], ModelFetch]) -> None:
        lead = tr("It writes the answers. Without one, the answers are your memories themselves.")
        super().__init__(2, tr("The model"), lead)
        self._service = service
        self.card = FetchCard(service, fetch_models)
        self.fits = label(fits_words(psutil.virtual_memory().available), "muted")
        self.body.addWidget(self.card)
        self.body.addWidget(self.fits)
        self.skip.setText(tr("Later"))
        self.skip.setAccessibleName(tr("Fetch the model later"))

    def entered(self) -> None:
        """Look for a model."""
        self._service.request("model.status", {}, self._know)
        (self.card.get if self.card.get.isVisible() else self.next).setFocus()

    def _know(self, status: dict[str, Any]) -> None:
        running = self.card.fetch is not None and self.card.fetch.running
        if status["state"] not in ("absent", "failed") and not running:
            self.card.found(status)
            self.skip.hide()
            self.next.setFocus()
