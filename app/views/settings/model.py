"""Model: how much of this computer it may hold, how good it then is, and which one it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.fetch import ModelFetch
from second_me.app.views.first_run.model import FetchCard
from second_me.app.views.settings import model_words as words
from second_me.app.views.settings.model_budget import BudgetCard
from second_me.app.views.settings.model_list import ModelList
from second_me.app.views.settings.model_steps import StepsCard
from second_me.app.views.settings.section import Section
from second_me.app.views.widgets import ElidedLabel, ErrorBanner, LinkButton
from second_me.app.words import tr

LOOK_MS = 1000
"""While the section is on the screen, what is resident is asked for so often."""
NEWS_MS = 250
"""After news of the model it is asked for at once, but not more often than this."""


class ModelSection(Section):
    """`budget.status`, live while it is seen; the starter where there is no model."""

    def __init__(self, service: Service, theme: Theme, fetch_models: Callable[[], ModelFetch]) -> None:
        heading = tr("How much of this computer the model may hold")
        super().__init__(tr("Model"), tr("It changes while it speaks; conversations are kept."), heading)
        self._service = service
        self._asking = self._stale = False
        self._file: str | None = None
        self._chat_row: Mapping[str, Any] | None = None
        self.named = ElidedLabel("", "muted")
        self.reload = LinkButton(tr("Reload"), "accent", tr("Load the model again"))
        self.card, self.steps = BudgetCard(theme), StepsCard()
        self.starter = FetchCard(service, fetch_models)
        self.banner = ErrorBanner(theme, "")
        self.models = ModelList(service, theme)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.named, 1)
        line.addWidget(self.reload)
        self.card.body.addLayout(line)
        for part in (self.banner, self.starter, self.card, self.steps, self.models):
            self.content.addWidget(part)
        for hidden in (self.banner, self.starter, self.card, self.steps):
            hidden.hide()
        self.content.addStretch(1)
        self._look = QTimer(self, interval=LOOK_MS)
        self._news = QTimer(self, singleShot=True, interval=NEWS_MS)
        self._connect()

    def _connect(self) -> None:
        self._look.timeout.connect(self._ask)
        self._news.timeout.connect(self._ask)
        self.reload.clicked.connect(self._reload)
        self.card.wanted.connect(self._want)
        self.steps.made.connect(self._reload)
        self.starter.arrived.connect(self.entered)
        self.models.changed.connect(self.entered)
        self.models.listed.connect(self._know_models)
        self._service.notified.connect(self._hear)

    def showEvent(self, event: QShowEvent) -> None:
        """On the screen: ask now, and every second."""
        super().showEvent(event)
        self._look.start()
        self.entered()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: ask nothing."""
        super().hideEvent(event)
        self._look.stop()
        self._news.stop()

    def fold(self, folded: bool) -> None:
        """Less room."""
        super().fold(folded)
        if hasattr(self, "card"):
            self.card.fold(folded)
            self.steps.fold(folded)

    def entered(self, _result: object = None) -> None:
        """Ask for everything."""
        if self.isVisible():
            self._service.request("model.status", {}, self.show_status, self._failed)
            self._ask()
            self.models.refresh()

    def _ask(self) -> None:
        """One question at a time: a model that is being loaded answers late."""
        if self._asking or not self.isVisible() or self.window().isMinimized():
            return
        self._asking = True
        self._service.request("budget.status", {}, self._know, self._lost)

    def _know(self, shape: Mapping[str, Any]) -> None:
        self._asking = False
        if self._stale:  # asked before another budget was chosen
            self._stale = False
            self._ask()
            return
        self.show_shape(shape)

    def _lost(self, fault: RemoteFault) -> None:
        self._asking = self._stale = False
        self._failed(fault)

    def show_shape(self, shape: Mapping[str, Any]) -> None:
        """Draw `budget.status`."""
        absent = shape["state"] == "absent"
        self.card.setVisible(not absent)
        self.starter.setVisible(absent)
        self.steps.setVisible(not absent and (shape["lowest"] >= shape["full"] or self.steps.running))
        self.card.show_shape(shape, self._chat_row)
        useless = self._chat_row is not None and self._chat_row.get("ladder") == "useless"
        self.steps.show_shape(shape, offered=not useless or shape["ladder"] == "refused")

    def show_status(self, status: Mapping[str, Any]) -> None:
        """Draw what `model.status` or `model.changed` said."""
        if status["state"] not in ("failed", "absent"):
            self.banner.hide()
        if self._file != status.get("file"):
            self._file = status.get("file")
            self.steps.forget()
        name = str(status.get("name") or tr("Model"))
        self.named.set_full(words.joined(name, words.state_words(str(status["state"]))))
        self.named.setToolTip(str(status.get("file") or ""))

    def _know_models(self, rows: Sequence[Mapping[str, Any]]) -> None:
        chat = (row for row in rows if row["in_use"] and row.get("role") in words.CHAT_ROLES)
        self._chat_row = next(chat, None)
        if self.card.shape is not None:
            self.show_shape(self.card.shape)

    def _want(self, size: int | None) -> None:
        self._stale = self._asking
        self._service.request("budget.set", {"bytes": size}, self._taken, self._refused)

    def _taken(self, _result: object) -> None:
        self.card.settle()
        self._ask()

    def _refused(self, fault: RemoteFault) -> None:
        self.card.refuse(f"{fault.what} {fault.action}".strip())

    def _reload(self) -> None:
        self._service.request("model.reload", {}, self.entered, self._failed)

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "model.changed":
            self.show_status(params)
        if method == "budget.changed" and self.isVisible() and not self._news.isActive():
            self._news.start()

    def _failed(self, fault: RemoteFault) -> None:
        self.banner.what.setText(fault.what)
        self.banner.action.setText(fault.action)
        self.banner.action.setVisible(bool(fault.action))
        self.banner.show()
