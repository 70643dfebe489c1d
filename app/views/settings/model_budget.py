"""The card with the slider: how much the model may hold, what it then is worth, what it holds now."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.settings import larger_words as larger
from second_me.app.views.settings import model_words as words
from second_me.app.views.settings.model_bar import LayerBar
from second_me.app.views.widgets import Card, label, set_look
from second_me.app.words import tr

MB = 1_000_000
APPLY_MS = 150
"""While the slider moves, the model follows so often."""
STEPS = 50
"""Presses of an arrow key from one end to the other, about."""


class BudgetCard(Card):
    """Slider and switch. `wanted` asks for another budget: bytes, or None to follow free memory."""

    wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("How much the model may hold"))
        self.shape: Mapping[str, Any] | None = None
        self.amount, self.expected = label("", "heading", wrap=False), label("", "muted")
        self.follow = QCheckBox(tr("Follow free memory"))
        self.follow.setAccessibleName(tr("Follow free memory"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMinimumHeight(GRID * 3)
        self.lowest, self.free, self.full = (label("", "muted", wrap=False) for _ in range(3))
        self.bar, self.legend = LayerBar(theme), label("", "muted")
        self.experts, self.resident, self.why = label("", "muted"), label("", "muted"), label("", "warn")
        self._sent: int | None = None
        self._waiting = 0
        self._rest = QTimer(self, singleShot=True, interval=APPLY_MS)
        self._arrange()
        self._rest.timeout.connect(self._apply)
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._apply)
        self.follow.toggled.connect(self._switched)

    def _arrange(self) -> None:
        self.body.setContentsMargins(GRID * 2 + 4, GRID * 2, GRID * 2 + 4, GRID * 2)
        self.body.setSpacing(GRID)
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.setSpacing(GRID)
        numbers = QHBoxLayout()
        numbers.setSpacing(GRID)
        numbers.addWidget(self.amount)
        numbers.addWidget(self.expected, 1)
        self.top.addLayout(numbers, 1)
        self.top.addWidget(self.follow)
        self.range = QWidget()
        inside = QVBoxLayout(self.range)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        inside.addWidget(self.slider)
        ends = QHBoxLayout()
        for end, stretch in ((self.lowest, 0), (self.free, 1), (self.full, 0)):
            ends.addWidget(end, stretch)
        self.free.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addLayout(ends)
        self.body.addLayout(self.top)
        for part in (self.range, self.bar, self.legend, self.experts, self.why, self.resident):
            self.body.addWidget(part)

    def fold(self, folded: bool) -> None:
        """The switch goes under the numbers where there is less room."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.top.setDirection(down if folded else across)

    @property
    def busy(self) -> bool:
        """Whether the person is moving the slider, or the service has not taken yet what was chosen."""
        return self.slider.isSliderDown() or self._rest.isActive() or self._waiting > 0

    def show_shape(self, shape: Mapping[str, Any], row: Mapping[str, Any] | None = None) -> None:
        """Draw `budget.status`. What the person is moving stays where it is. `row`: the model's of `models.list`."""
        self.shape = shape
        elastic = shape["lowest"] < shape["full"]
        self.range.setVisible(elastic)
        self.follow.setVisible(elastic)
        self.bar.setVisible(elastic)
        self.legend.setVisible(elastic)
        self.free.setText(tr("free now: {size}", size=words.size_words(shape["free"])))
        self.bar.show_layers(shape["layers"])
        self.legend.setText(words.legend_words(shape["layers"]))
        self.experts.setText(larger.experts_words(shape))
        self.experts.setVisible(shape["experts"] is not None)
        self.resident.setText(words.resident_words(shape))
        self._say_why(larger.why_words(shape, row), "warn" if larger.is_warning(shape) else "muted")
        if not self.busy:
            self._place_slider(shape)
        self._tell()

    def _say_why(self, text: str, look: str) -> None:
        self.why.setText(text)
        set_look(self.why, look=look)
        self.why.setVisible(bool(text))

    def _place_slider(self, shape: Mapping[str, Any]) -> None:
        auto = shape["mode"] == "auto"
        low, high = math.ceil(shape["lowest"] / MB), math.ceil(shape["full"] / MB)
        value = words.now_size(shape) if auto else shape["bytes"]
        for part in (self.slider, self.follow):
            part.blockSignals(True)
        self.slider.setRange(low, max(low, high))
        self.slider.setSingleStep(max(1, (high - low) // STEPS))
        self.slider.setPageStep(max(1, (high - low) // 10))
        self.slider.setValue(round(value / MB))
        self.slider.setEnabled(not auto)
        self.follow.setChecked(auto)
        for part in (self.slider, self.follow):
            part.blockSignals(False)
        self._sent = None if auto else self.slider.value()
        self.lowest.setText(words.size_words(shape["lowest"]))
        self.full.setText(words.size_words(shape["full"]))

    def _tell(self) -> None:
        assert self.shape is not None
        chosen = self.slider.value() * MB
        elastic = self.shape["lowest"] < self.shape["full"]
        now = chosen if elastic and not self.follow.isChecked() else words.now_size(self.shape)
        self.amount.setText(words.budget_words(now))
        self.expected.setText(words.expected_words(self.shape, now) if elastic else "")
        self.slider.setAccessibleName(
            tr("Model memory: {size} {expected}", size=self.amount.text(), expected=self.expected.text())
        )

    def _moved(self, _value: int) -> None:
        if self.shape is None:
            return
        self._tell()
        if not self._rest.isActive():
            self._rest.start()

    def _apply(self) -> None:
        self._rest.stop()
        value = self.slider.value()
        if value != self._sent and not self.follow.isChecked():
            self._sent = value
            self._want(value * MB)

    def _switched(self, on: bool) -> None:
        self.slider.setEnabled(not on)
        self._sent = None
        if on:
            self._rest.stop()
            self._want(None)
        else:
            self._apply()

    def _want(self, size: int | None) -> None:
        self._waiting += 1
        self.wanted.emit(size)

    def settle(self) -> None:
        """The service has answered what was wanted."""
        self._waiting = max(0, self._waiting - 1)

    def refuse(self, text: str) -> None:
        """Say why a budget was not taken."""
        self.settle()
        self._sent = None
        self._say_why(text, "danger")
