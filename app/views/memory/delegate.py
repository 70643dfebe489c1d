"""Draws a row of the timeline: the quote, then who, when and where from; months as headings."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, RADIUS_CONTROL, Step
from second_me.app.views.memory.rows import MEMORY_ROLE, Index, Row

BAR = 44
PADDING = 10


class RowDelegate(QStyledItemDelegate):
    """Two lines a memory; a found one has a bar of how strongly it was found."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        theme.follow(self, self._measure)

    def _measure(self) -> None:
        self._quote, self._caption = self._font("body"), self._font("small")
        self._quote_metrics, self._caption_metrics = QFontMetrics(self._quote), QFontMetrics(self._caption)
        self._bold = QFont(self._quote)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._bold_metrics = QFontMetrics(self._bold)
        self._memory_height = self._quote_metrics.height() + self._caption_metrics.height() + GRID * 2 + 2
        self._heading_height = self._caption_metrics.height() + GRID * 3
        self.sizeHintChanged.emit(self._view.rootIndex())

    def _font(self, step: Step) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(round(self._theme.pixels(step)))
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading or a memory high; as wide as the list."""
        row: Row = index.data(MEMORY_ROLE)
        return QSize(0, self._heading_height if row.memory is None else self._memory_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row: Row = index.data(MEMORY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        if row.memory is None:
            self._heading(painter, area, row)
        else:
            self._memory(painter, area, row, option.state)
        painter.restore()

    def _heading(self, painter: QPainter, area: QRect, row: Row) -> None:
        painter.setFont(self._caption)
        painter.setPen(self._theme.colour("muted"))
        line = area.adjusted(GRID, GRID, -GRID, -GRID // 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom, row.title)

    def _memory(self, painter: QPainter, area: QRect, row: Row, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            self._ground(painter, area, focused, selected)
        inner = area.adjusted(PADDING, GRID - 1, -PADDING, -GRID + 1)
        font, metrics = (self._bold, self._bold_metrics) if selected else (self._quote, self._quote_metrics)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        first = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        self._line(painter, first, metrics, row.title)
        painter.setFont(self._caption)
        painter.setPen(self._theme.colour("muted"))
        top = inner.bottom() - self._caption_metrics.height() + 1
        below = QRect(inner.left(), top, inner.width(), self._caption_metrics.height())
        self._below(painter, below, row)

    def _below(self, painter: QPainter, area: QRect, row: Row) -> None:
        strength = row.memory.get("strength") if row.memory is not None else None
        if strength is None:
            self._line(painter, area, self._caption_metrics, row.caption)
            return
        room = area.adjusted(0, 0, -(BAR + PADDING), 0)
        shown = self._line(painter, room, self._caption_metrics, row.caption)
        left_to_right = self._view.layoutDirection() == Qt.LayoutDirection.LeftToRight
        start = area.left() + shown + PADDING if left_to_right else area.right() - shown - PADDING - BAR
        self._bar(painter, QRectF(start, area.center().y() - 1.5, BAR, 5), float(strength), left_to_right)

    def _bar(self, painter: QPainter, area: QRectF, strength: float, left_to_right: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("border"))
        painter.drawRoundedRect(area, 2.5, 2.5)
        filled = QRectF(area)
        filled.setWidth(max(area.width() * min(max(strength, 0.0), 1.0), 3.0))
        if not left_to_right:
            filled.moveRight(area.right())
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(filled, 2.5, 2.5)

    def _ground(self, painter: QPainter, area: QRect, focused: bool, selected: bool) -> None:
        painter.setPen(self._theme.colour("accent") if focused else Qt.PenStyle.NoPen)
        ground = self._theme.colour("selection")
        if not selected:
            ground.setAlphaF(0.5)
        painter.setBrush(ground)
        box = QRectF(area).adjusted(0.5, 0.5, -0.5, -1.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)

    @staticmethod
    def _line(painter: QPainter, area: QRect, metrics: QFontMetrics, text: str) -> int:
        """One line, cut with an ellipsis; returns its width."""
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)
