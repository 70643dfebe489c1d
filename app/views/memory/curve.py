"""The forgetting curve of a memory: what it was, its recalls, today, and what comes if nothing recalls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.memory import phrases
from second_me.app.words import tr, trn

HEIGHT = 156
_DOT, _LINE = 4.0, 2.0

Point = tuple[datetime, float]


def curve_words(shape: Mapping[str, Any], today: date) -> str:
    """`81 % today. If nothing recalls it, below 50 % around 3 March.`"""
    percent = round(100 * float(shape["strength"]))
    if shape["pinned"]:
        return tr("Pinned: it does not fade.")
    if shape["let_go"]:
        return tr("You let it fade. A question still finds it, and using it brings it back.")
    if shape["faded"]:
        return tr("Faded, {percent} % today. A question still finds it.", percent=percent)
    if shape["half"] is None:
        return tr("{percent} % today.", percent=percent)
    when = phrases.day(phrases.moment(str(shape["half"])), today)
    return tr("{percent} % today. If nothing recalls it, below 50 % around {day}.", percent=percent, day=when)


def recall_words(shape: Mapping[str, Any]) -> str:
    """`Recalled 3 times, corrected once.`; empty while there was neither."""
    grades = [use["grade"] for use in shape["recalls"]]
    good, lapses = grades.count("good"), grades.count("lapse")
    recalled = trn("recalled once", "recalled {n} times", good) if good else ""
    corrected = trn("corrected once", "corrected {n} times", lapses) if lapses else ""
    said = ", ".join(part for part in (recalled, corrected) if part)
    return said[:1].upper() + said[1:] + "." if said else ""


class Curve(QWidget):
    """Draws a **curve** of the protocol; its accessible name says the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._past, self._ahead = list[Point](), list[Point]()
        self._uses: list[tuple[datetime, bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_curve(self, shape: Mapping[str, Any], words: str) -> None:
        """Draw it; `words` say what it shows."""
        self._past, self._ahead = _points(shape["past"]), _points(shape["ahead"])
        self._uses = [(datetime.fromisoformat(use["at"]), use["grade"] == "good") for use in shape["recalls"]]
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its axis labels want."""
        return QSize(320, round(HEIGHT * self._theme.pixels("tiny") / 11.5))

    def plot(self) -> QRectF:
        """Where the curve is drawn, without the labels."""
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(self._percent(100)) + 8.0
        return QRectF(
            left, _DOT + 2, self.width() - left - _DOT - 2, self.height() - metrics.height() - _DOT - 8
        )

    def at(self, when: datetime, height: float) -> QPointF:
        """The place of a point of the curve in the widget."""
        plot = self.plot()
        first, last = self._span()
        share = (when - first) / (last - first) if last > first else 0.0
        return QPointF(
            plot.left() + plot.width() * min(max(share, 0.0), 1.0), plot.bottom() - plot.height() * height
        )

    def _span(self) -> tuple[datetime, datetime]:
        return self._past[0][0], self._ahead[-1][0]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axis, curve, recalls, today."""
        font = self.font()
        font.setPixelSize(round(self._theme.pixels("tiny")))
        if font != self.font():
            self.setFont(font)
        if not self._past or not self._ahead:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_axis(painter)
        self._draw_today(painter)
        accent = self._theme.colour("accent")
        painter.setPen(QPen(accent, _LINE))
        for stretch in _stretches(self._past):
            painter.drawPolyline(self._line(stretch))
        dashed = QPen(accent, _LINE, Qt.PenStyle.DashLine)
        dashed.setDashPattern([3.0, 3.0])
        painter.setPen(dashed)
        painter.drawPolyline(self._line(self._ahead))
        self._draw_uses(painter)

    def _line(self, points: Sequence[Point]) -> QPolygonF:
        return QPolygonF([self.at(when, height) for when, height in points])

    def _draw_axis(self, painter: QPainter) -> None:
        plot, metrics = self.plot(), self.fontMetrics()
        for percent in (100, 50, 0):
            y = plot.bottom() - plot.height() * percent / 100
            style = Qt.PenStyle.DotLine if percent == 50 else Qt.PenStyle.SolidLine
            painter.setPen(QPen(self._theme.colour("border" if percent != 50 else "muted"), 1, style))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(self._theme.colour("muted"))
            box = QRectF(0, y - metrics.height() / 2, plot.left() - 8, metrics.height())
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._percent(percent)
            )

    def _draw_today(self, painter: QPainter) -> None:
        """Today's line, and the labels of time: the ends of the axis, where today leaves them room."""
        plot, metrics = self.plot(), self.fontMetrics()
        x = self.at(self._ahead[0][0], 0).x()
        painter.setPen(QPen(self._theme.colour("warn"), 1.2))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom() + 3))
        first, last = self._span()
        today = tr("today")
        wide = metrics.horizontalAdvance(today)
        middle = min(max(x - wide / 2, plot.left()), plot.right() - wide)
        begin, end = (_short(each, self._ahead[0][0]) for each in (first, last))
        painter.drawText(QPointF(middle, plot.bottom() + 5 + metrics.ascent()), today)
        painter.setPen(self._theme.colour("muted"))
        taken = list[tuple[float, str]]()
        if plot.left() + metrics.horizontalAdvance(begin) + 10 < middle:
            taken.append((plot.left(), begin))
        at_end = plot.right() - metrics.horizontalAdvance(end)
        if at_end > middle + wide + 10:
            taken.append((at_end, end))
        for left, text in taken:
            painter.drawText(QPointF(left, plot.bottom() + 5 + metrics.ascent()), text)

    def _draw_uses(self, painter: QPainter) -> None:
        """A recall is a full dot, as the beginning is; a correction an empty one."""
        surface = self._theme.colour("surface")
        for when, good in [(self._past[0][0], True), *self._uses]:
            height = max((high for day, high in self._past if day.date() == when.date()), default=None)
            if height is None:
                continue
            colour = self._theme.colour("accent" if good else "danger")
            painter.setPen(QPen(surface if good else colour, 1.5))
            painter.setBrush(colour if good else surface)
            painter.drawEllipse(self.at(when.replace(hour=12, minute=0, second=0), height), _DOT, _DOT)

    @staticmethod
    def _percent(percent: int) -> str:
        return tr("{percent} %", percent=percent)


def _stretches(points: Sequence[Point]) -> list[list[Point]]:
    """Between uses: where there are two points of one time, one stretch ends and the next begins."""
    found = [[points[0]]]
    for before, after in pairwise(points):
        if after[0] == before[0]:
            found.append([])
        found[-1].append(after)
    return found


def _points(points: Sequence[Sequence[Any]]) -> list[Point]:
    return [(datetime.fromisoformat(when), float(height)) for when, height in points]


def _short(when: datetime, now: datetime) -> str:
    pattern = "d MMM" if when.year == now.year else "MMM yyyy"
    return QLocale().toString(QDate(when.year, when.month, when.day), pattern)
