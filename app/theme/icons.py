"""The icons: one set of stroke drawings (24 px grid, 1.6 px lines), tinted when they are shown."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = (16, 20, 24, 32, 40, 48, 72)


@cache
def _drawing(name: str) -> str:
    return (files("second_me.resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """The drawing `name` in one colour, `size` logical pixels wide at a screen's `ratio`.

    Raises FileNotFoundError for a name without a drawing: that is a mistake of ours.
    """
    renderer = QSvgRenderer(QByteArray(tinted(name, colour).encode()))
    edge = round(size * ratio)
    picture = QPixmap(edge, edge)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def tinted(name: str, colour: QColor) -> str:
    """The drawing's SVG text in one colour, for the places where a stylesheet wants a file."""
    return _drawing(name).replace("currentColor", colour.name())


def icon(name: str, colour: QColor, checked: QColor | None = None) -> QIcon:
    """The drawing as an icon; `checked` is its colour on a button that is down. `Theme.icon` takes roles."""
    result = QIcon()
    for size in _SIZES:
        drawn = pixmap(name, colour, size)
        result.addPixmap(drawn, QIcon.Mode.Normal, QIcon.State.Off)
        result.addPixmap(drawn, QIcon.Mode.Disabled, QIcon.State.Off)
        if checked is not None:
            result.addPixmap(pixmap(name, checked, size), QIcon.Mode.Normal, QIcon.State.On)
    return result
