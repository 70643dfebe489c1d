"""The bar of layers: one cell a layer, the stronger its colour the finer its weights, or the more of it is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.settings.model_words import held_share, layer_words, legend_words
from second_me.app.words import tr

HEIGHT = 34
WIDE = 2.4
"""Widths of a cell that the embedding has."""
APART = 6.0
"""Pixels between it and the layers."""
FAINTEST = 0.16


def strength(bits: float, full: float, held: float = 1.0) -> float:
    """How strong a cell's colour is, 0 to 1. `held`: the share of the layer that is held."""
    share = min(max(held * bits / full, 0.0), 1.0) if full > 0 else held
    return float(FAINTEST + (1 - FAINTEST) * share**1.5)


class LayerBar(QWidget):
    """Painted cells. The arrow keys go from cell to cell, and its name says the one they are at."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layers: list[Mapping[str, Any]] = []
        self._at = -1
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)
        self._tell()

    def show_layers(self, layers: Sequence[Mapping[str, Any]]) -> None:
        """Draw `layers` of `budget.status`."""
        if list(layers) == self._layers:
            return
        self._layers = list(layers)
        self._at = min(self._at, len(self._layers) - 1)
        self._tell()
        self.update()

    def cells(self) -> list[QRectF]:
        """Where each layer's cell is, from the left (from the right where one reads that way)."""
        weights: list[float] = [WIDE if layer["name"] == "embedding" else 1.0 for layer in self._layers]
        if not weights:
            return []
        apart = APART if weights[0] > 1 and len(weights) > 1 else 0.0
        gap = 3.0 if self.width() > 8 * len(weights) else 1.0
        unit = (self.width() - apart - gap * (len(weights) - 1)) / sum(weights)
        x, found = 0.0, list[QRectF]()
        for number, weight in enumerate(weights):
            found.append(QRectF(x, 0, max(unit * weight, 1.0), self.height()))
            x += unit * weight + gap + (apart if number == 0 else 0.0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            found = [QRectF(self.width() - cell.right(), 0, cell.width(), cell.height()) for cell in found]
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells; a frame around the one that the keys are at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent, surface = self._theme.colour("accent"), self._theme.colour("surface")
        for number, (cell, layer) in enumerate(zip(self.cells(), self._layers, strict=True)):
            chosen = self.hasFocus() and number == max(self._at, 0)
            painter.setPen(QPen(self._theme.colour("text"), 2) if chosen else Qt.PenStyle.NoPen)
            strong = strength(layer["bits"], layer["full_bits"], held_share(layer))
            painter.setBrush(_mixed(surface, accent, strong))
            inside = cell.adjusted(1, 1, -1, -1) if chosen else cell
            painter.drawRoundedRect(inside, 3, 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, Home and End."""
        onward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        last = len(self._layers) - 1
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = onward if event.key() == Qt.Key.Key_Right else -onward
            self._go(min(max(self._at + step, 0), last))
        elif event.key() == Qt.Key.Key_Home:
            self._go(0)
        elif event.key() == Qt.Key.Key_End:
            self._go(last)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The whole bar is meant again."""
        super().focusOutEvent(event)
        self._at = -1
        self._tell()
        self.update()

    def event(self, event: QEvent) -> bool:
        """A cell's own tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = [n for n, cell in enumerate(self.cells()) if cell.contains(event.pos())]
            QToolTip.showText(event.globalPos(), layer_words(self._layers[hit[0]]) if hit else "", self)
            return True
        return super().event(event)

    def _go(self, at: int) -> None:
        self._at = at
        self._tell()
        self.update()
        if 0 <= at < len(self._layers):
            below = self.mapToGlobal(self.cells()[at].bottomLeft().toPoint())
            QToolTip.showText(below, layer_words(self._layers[at]), self)

    def _tell(self) -> None:
        here = self._layers[self._at] if 0 <= self._at < len(self._layers) else None
        name = tr("Layers of the model")
        self.setAccessibleName(f"{name}, {layer_words(here)}" if here else name)
        self.setAccessibleDescription(
            " ".join((legend_words(self._layers), *(f"{layer_words(layer)}." for layer in self._layers)))
        )


def _mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    pairs = (
        (ground.red(), colour.red()),
        (ground.green(), colour.green()),
        (ground.blue(), colour.blue()),
    )
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))
