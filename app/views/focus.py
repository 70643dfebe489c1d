"""The order of the Tab key follows the place of things, also where some of them are made anew."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def order_by_place(inside: QWidget) -> None:
    """Let Tab go through a widget's content as its layouts stand; call it when parts of it were made anew."""
    before: QWidget | None = None
    for widget in _focusable(inside.layout()):
        if before is not None:
            QWidget.setTabOrder(before, widget)
        before = widget


def _focusable(layout: QLayout | None) -> Iterator[QWidget]:
    """What the Tab key stops at, in the order of the layouts."""
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            yield from _focusable(widget.layout())
        elif item is not None:
            yield from _focusable(item.layout())
