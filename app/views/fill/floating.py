"""Windows of ours that float above others: their frame, their shadow, and the place beside the browser."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QMoveEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, RADIUS_CARD, Role

SHADOW = 24
"""Pixels around the card in which its shadow fades, where the desktop can blend windows."""
_STEPS = 12


def blends() -> bool:
    """Whether the desktop blends windows. X11 without a compositor does not: what is see-through is black there."""
    if QGuiApplication.platformName() != "xcb":
        return True
    name = ctypes.util.find_library("X11")
    return name is not None and _has_compositor(ctypes.CDLL(name))


def _has_compositor(x11: ctypes.CDLL) -> bool:
    """Somebody owns the selection that compositors own (Extended Window Manager Hints, _NET_WM_CM_Sn)."""
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display:
        return False
    selection = f"_NET_WM_CM_S{x11.XDefaultScreen(display)}".encode()
    atom = ctypes.c_ulong(x11.XInternAtom(display, selection, 0))
    owner = int(x11.XGetSelectionOwner(display, atom))
    x11.XCloseDisplay(display)
    return owner != 0


class Floating(QWidget):
    """A card above everything. What it shows goes into `inside`; `fill` and `line` are the roles of its colours."""

    def __init__(self, theme: Theme, fill: Role = "surface", line: Role = "border") -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags | Qt.WindowType.NoDropShadowWindowHint)
        self._theme, self._fill, self._line = theme, fill, line
        self.margin = SHADOW if blends() else 0
        self._stood, self._dragged = QRect(), False
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        if self.margin:
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.inside = QVBoxLayout(self)
        edge = self.margin + 1
        self.inside.setContentsMargins(edge, edge, edge, edge)
        self.inside.setSpacing(0)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The shadow and the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(self.margin, self.margin, -self.margin, -self.margin)
        if self.margin:
            _shadow(painter, card, 20 if self._theme.dark else 6)
        painter.setBrush(self._theme.colour(self._fill))
        painter.setPen(self._theme.colour(self._line))
        radius = RADIUS_CARD if self.margin else 0
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def put(self, card: QRect) -> None:
        """Stand so that the card, without its shadow, is there."""
        self._stood = card
        self.setGeometry(card.adjusted(-self.margin, -self.margin, self.margin, self.margin))

    def card(self) -> QRect:
        """Where the card was put or dragged to; some window managers tell Qt another place."""
        return QRect(self._stood)

    def drag(self) -> None:
        """Follow the mouse until its button is let go."""
        handle = self.windowHandle()
        if handle is not None:
            self._dragged = handle.startSystemMove() or self._dragged

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember where it was dragged to."""
        super().moveEvent(event)
        if self._dragged:
            self._stood.moveTopLeft(event.pos() + QPoint(self.margin, self.margin))


def _shadow(painter: QPainter, card: QRectF, strength: int) -> None:
    """Rings that grow fainter outwards, a little lower than the card."""
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(_STEPS, 0, -1):
        out = step * (SHADOW - 4) / _STEPS
        faint = QColor(0, 0, 0, max(round(strength * (1 - step / (_STEPS + 1)) ** 2), 1))
        painter.setBrush(faint)
        ring = card.adjusted(-out, -out + 4, out, out + 4 if out + 4 < SHADOW else SHADOW)
        painter.drawRoundedRect(ring, RADIUS_CARD + out, RADIUS_CARD + out)


def browser_window(window: Mapping[str, Any] | None) -> QRect:
    """The browser's window as it told it; empty where it told nothing of use."""
    try:
        x, y, width, height = (round(float((window or {})[key])) for key in ("x", "y", "width", "height"))
    except (KeyError, TypeError, ValueError, OverflowError):
        return QRect()
    far = max(abs(x), abs(y), abs(width), abs(height)) > 100_000
    return QRect() if far or width <= 0 or height <= 0 else QRect(x, y, width, height)


def screen_of(browser: QRect) -> QRect:
    """The room on the screen that holds most of the browser, the main screen's where none does."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    best = max(screens, key=lambda room: _area(room.intersected(browser)))
    primary = QGuiApplication.primaryScreen().availableGeometry()
    return best if _area(best.intersected(browser)) else primary


def beside(browser: QRect, room: QRect, size: QSize, mirrored: bool = False) -> QRect:
    """Right of the browser where there is room (left, mirrored), else inside it at that edge; never off the room."""
    size = size.boundedTo(room.size())
    if browser.isEmpty():
        return within(QRect(room.center() - QPoint(size.width() // 2, size.height() // 2), size), room)
    right = browser.right() + 1 + GRID
    left = browser.left() - GRID - size.width()
    inside_right, inside_left = browser.right() - GRID * 3 - size.width(), browser.left() + GRID * 3
    fits = left >= room.left() if mirrored else right + size.width() <= room.right() + 1
    x = (left if mirrored else right) if fits else (inside_left if mirrored else inside_right)
    return within(QRect(QPoint(x, browser.top() + GRID * 11), size), room)


def within(place: QRect, room: QRect) -> QRect:
    """The same size, moved so that all of it is in the room."""
    x = max(min(place.x(), room.right() + 1 - place.width()), room.left())
    y = max(min(place.y(), room.bottom() + 1 - place.height()), room.top())
    return QRect(QPoint(x, y), place.size())


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
