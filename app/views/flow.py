"""A layout that puts widgets beside each other and goes on in a new line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lines of widgets, each as wide as it likes; hidden ones take no room. Mirrored for right-to-left."""

    def __init__(self, gap: int, line_gap: int | None = None) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._line_gap = gap if line_gap is None else line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """At the end."""
        self._items.append(item)

    def count(self) -> int:
        """Of all items, hidden ones too."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """None where there is none, as Qt asks for it."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Out of the layout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Neither way."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines that this width needs."""
        return self._laid_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(area)
        self._laid_out(area, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() + self._gap for size in sizes) - self._gap
        return QSize(max(width, 0), max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        sizes = [item.minimumSize() for item in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _laid_out(self, area: QRect, move: bool) -> int:
        """The height that all lines take; `move` puts the items there."""
        top = 0
        for line in self._lines(area.width()):
            height = max(place.height() for _item, place in line)
            for item, place in line if move else ():
                place.moveTop(top + (height - place.height()) // 2)
                item.setGeometry(self._mirrored(place, area))
            top += height + self._line_gap
        return max(top - self._line_gap, 0)

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QRect]]]:
        """The items of each line with their places in it."""
        lines: list[list[tuple[QLayoutItem, QRect]]] = []
        left = 0
        for item in self._shown():
            size = item.sizeHint()
            width = min(size.width(), room)
            if not lines or left + width > room:
                lines.append([])
                left = 0
            lines[-1].append((item, QRect(left, 0, width, size.height())))
            left += width + self._gap
        return lines

    def _mirrored(self, place: QRect, area: QRect) -> QRect:
        owner = self.parentWidget()
        mirrored = isinstance(owner, QWidget) and owner.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = area.width() - place.right() - 1 if mirrored else place.left()
        return QRect(area.topLeft() + QPoint(left, place.top()), place.size())
