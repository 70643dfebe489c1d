"""How a memory fades, in its detail: the curve, in words too, and the person's hand on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, Role
from second_me.app.views.bridge import Service
from second_me.app.views.memory.curve import Curve, curve_words, recall_words
from second_me.app.views.widgets import Card, button, label
from second_me.app.words import tr


class LifeCard(Card):
    """The life of one memory, asked of the service when it is made. Pin and Let fade can both be taken back."""

    def __init__(self, service: Service, theme: Theme, memory_id: str) -> None:
        super().__init__(tr("How well it is held"))
        self._service, self._theme, self._memory_id = service, theme, memory_id
        self.shape: dict[str, Any] | None = None
        self.curve = Curve(theme)
        self.words = label("")
        self.recalls = label("", "muted")
        self.failure = label("", "danger")
        self.pin = self._button("pin", tr("Pin"))
        self.fade = self._button("forget", tr("Let fade"))
        self.pin.clicked.connect(self._toggle_pin)
        self.fade.clicked.connect(self._toggle_fade)
        self._place()
        self._ask("life.curve", {})

    def _button(self, drawing: str, text: str) -> QPushButton:
        made = button(text)
        self._theme.follow(made, lambda: made.setIcon(self._theme.icon(drawing, _ICON)))
        made.setEnabled(False)  # until it is known how the memory stands
        return made

    def _place(self) -> None:
        self.body.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        self.body.setSpacing(GRID)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.pin)
        row.addWidget(self.fade)
        row.addStretch(1)
        for widget in (self.words, self.curve, self.recalls, self.failure):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.recalls.hide()
        self.failure.hide()

    def show_life(self, shape: dict[str, Any]) -> None:
        """Draw a **curve** of the protocol."""
        self.shape = shape
        words, recalls = curve_words(shape, date.today()), recall_words(shape)
        self.words.setText(words)
        self.recalls.setText(recalls)
        self.recalls.setVisible(bool(recalls))
        self.failure.hide()
        self.curve.show_curve(shape, f"{words} {recalls}".strip())
        pinned, let_go = bool(shape["pinned"]), bool(shape["let_go"])
        _name(self.pin, tr("Unpin") if pinned else tr("Pin"), tr("A pinned memory never fades"))
        _name(
            self.fade,
            tr("Take it back") if let_go and not pinned else tr("Let fade"),
            tr("Out of the timeline until something recalls it; a question still finds it"),
        )
        self.fade.setVisible(pinned or let_go or not shape["faded"])

    def _toggle_pin(self) -> None:
        if self.shape is not None:
            self._ask("life.pin", {"pinned": not self.shape["pinned"]})

    def _toggle_fade(self) -> None:
        if self.shape is not None:
            back = self.shape["let_go"] and not self.shape["pinned"]
            self._ask("life.fade", {"faded": not back})

    def _ask(self, method: str, params: dict[str, Any]) -> None:
        wanted = {"memory_id": self._memory_id, **params}
        self._service.request(method, wanted, self.show_life, self._failed, owner=self)

    def _failed(self, fault: RemoteFault) -> None:
        self.failure.setText(f"{fault.what} {fault.action}".strip())
        self.failure.show()


_ICON: Role = "muted"


def _name(widget: QPushButton, text: str, why: str) -> None:
    widget.setText(text)
    widget.setAccessibleName(text)
    widget.setToolTip(why)
    widget.setEnabled(True)
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
