"""The list of messages: real widgets, the latest first built, earlier ones in slices when they come near."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID, READING_WIDTH
from second_me.app.views.widgets import Scroll, clear_layout, fill_height
from second_me.app.words import tr

SLICE = 12
_NEAR = 600
_AT_END = 24
Factory = Callable[[dict[str, Any], dict[str, Any] | None], Sequence[QWidget]]


class ReadingColumn(QWidget):
    """A column whose content is at most 760 px wide, in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.top, self.bottom = 0, 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the text in the middle."""
        side = max(GRID * 3 if self.width() > 420 else GRID * 2, (self.width() - READING_WIDTH) // 2)
        self.column.setContentsMargins(side, self.top, side, self.bottom)
        super().resizeEvent(event)


class MessageList(Scroll):
    """Messages from top to bottom; stays at the end while it grows, unless the person scrolled away."""

    bar_width = Signal(int)
    """How much the scroll bar takes of the width: what stands below keeps in line."""

    def __init__(self, factory: Factory) -> None:
        super().__init__(tr("Messages"))
        self._factory = factory
        self._turns: Sequence[dict[str, Any]] = ()
        self._unbuilt = 0
        self._from_end: int | None = None
        self._follow = True
        self._inside = ReadingColumn()
        fill_height(self._inside)
        self._inside.top, self._inside.bottom = GRID * 2, GRID * 3
        self._messages = QVBoxLayout()
        self._messages.setSpacing(GRID * 3)
        self._inside.column.addLayout(self._messages)
        self._inside.column.addStretch(1)
        self.setWidget(self._inside)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._hold)
        bar.valueChanged.connect(self._moved)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._build_slice)

    def show_turns(self, turns: Sequence[dict[str, Any]]) -> None:
        """Replace everything; the last turns are built at once."""
        clear_layout(self._messages)
        self._turns, self._unbuilt = turns, len(turns)
        self._follow, self._from_end = True, None
        self._build_slice()

    def add(self, widget: QWidget) -> None:
        """Append a message and go to it."""
        self._messages.addWidget(widget)
        self._follow = True

    def widgets(self) -> list[QWidget]:
        """Everything built, in order."""
        items = (self._messages.itemAt(at) for at in range(self._messages.count()))
        return [widget for item in items if item and (widget := item.widget()) is not None]

    def unbuilt(self) -> int:
        """How many turns have no widgets yet."""
        return self._unbuilt

    def _build_slice(self) -> None:
        start = max(0, self._unbuilt - SLICE)
        fresh: list[QWidget] = []
        for at in range(start, self._unbuilt):
            fresh += self._factory(self._turns[at], self._turns[at - 1] if at else None)
        self._unbuilt = start
        if not fresh:
            return
        bar = self.verticalScrollBar()
        if not self._follow:
            self._from_end = bar.maximum() - bar.value()
        for at, widget in enumerate(fresh):
            self._messages.insertWidget(at, widget)
        if self._unbuilt and bar.maximum() < _NEAR:
            self._more.start()

    def _hold(self, _: int, maximum: int) -> None:
        bar = self.verticalScrollBar()
        self.bar_width.emit(bar.sizeHint().width() if maximum else 0)
        if self._follow:
            bar.setValue(maximum)
        elif self._from_end is not None:
            bar.setValue(maximum - self._from_end)
            self._from_end = None
        if self._unbuilt and maximum < _NEAR:
            self._more.start()

    def _moved(self, value: int) -> None:
        if self._from_end is None:
            self._follow = value >= self.verticalScrollBar().maximum() - _AT_END
        if self._unbuilt and value < _NEAR:
            self._more.start()
