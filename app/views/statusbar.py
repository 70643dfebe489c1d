"""The thin bar at the bottom. Each number leads to the thing itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel

from second_me.app.views.widgets import LinkButton, Plane, label
from second_me.app.words import tr, trn

_NARROW = 640
_MEGABYTE = 1_000_000


class StatusBar(Plane):
    """What is unlocked, remembered, connected and resident. `asked` names the place of a number."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("background")
        self.setAccessibleName(tr("Status"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(4)
        self._state = label("", "muted", wrap=False)
        self._memories = self._link("memory")
        self._connections = self._link("settings")
        self._pending = label("", "muted", wrap=False)
        self._model = self._link("settings")
        self._dots = [label("·", "muted", wrap=False) for _ in range(3)]
        for part in (self._state, self._dots[0], self._memories, self._dots[1], self._connections):
            row.addWidget(part)
        for part in (self._dots[2], self._pending):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._model)
        self.clear()

    def clear(self) -> None:
        """Say nothing: locked, or not yet known."""
        for part in (self._state, self._memories, self._connections, self._pending, self._model):
            part.setText("")
        self._dress()

    def show_status(self, status: dict[str, Any]) -> None:
        """The result of the method `status`."""
        self._state.setText(tr("Unlocked") if status["state"] == "unlocked" else tr("Locked"))
        self.show_memories(status["memories"])
        self.show_pending(status["pending_vectors"])
        count = int(status["connections"])
        words = trn("{n} connection since start", "{n} connections since start", count)
        self._name(self._connections, words, tr("Connections to other computers since Second Me started"))
        if status["model"] is not None:
            self.show_model(status["model"])

    def show_memories(self, count: int) -> None:
        """How many memories there are."""
        number = QLocale().toString(count)
        text = tr("{number} memory", number=number) if count == 1 else tr("{number} memories", number=number)
        self._name(self._memories, text, tr("Open memory"))

    def show_pending(self, count: int) -> None:
        """How many pieces of text still wait for their vectors."""
        self._pending.setText(tr("{n} still being read", n=QLocale().toString(count)) if count else "")
        self._dress()

    def show_model(self, model: dict[str, Any]) -> None:
        """The result of `model.status`, in words."""
        self._name(self._model, model_words(model), tr("Model settings"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window only the essential stays."""
        super().resizeEvent(event)
        self._dress()

    def _link(self, place: str) -> LinkButton:
        link = LinkButton("")
        link.clicked.connect(lambda: self.asked.emit(place))
        return link

    def _name(self, link: LinkButton, text: str, tip: str) -> None:
        link.setText(text)
        link.setAccessibleName(text)
        link.setToolTip(tip)
        self._dress()

    def _dress(self) -> None:
        narrow = self.width() < _NARROW
        for part in (self._state, self._memories, self._connections, self._pending, self._model):
            part.setVisible(bool(part.text()))
        if narrow:
            self._connections.hide()
            self._pending.hide()
        pairs: tuple[QLabel | LinkButton, ...] = (self._memories, self._connections, self._pending)
        for dot, part in zip(self._dots, pairs, strict=True):
            dot.setVisible(not part.isHidden())


def model_words(model: dict[str, Any]) -> str:
    """`SmolLM2 · 81 MB resident`, or what is the matter."""
    name = str(model.get("name") or "")
    state = model["state"]
    if state == "absent":
        return tr("No model: answers are the memories themselves")
    if state == "failed":
        return tr("{name} · could not be loaded", name=name or tr("Model"))
    if state == "loading":
        return tr("{name} · loading", name=name)
    resident = int(model.get("resident_bytes") or 0)
    if not resident:
        return tr("{name} · not in memory yet", name=name)
    return tr("{name} · {size} MB resident", name=name, size=QLocale().toString(round(resident / _MEGABYTE)))
