"""The smaller pieces: labels, buttons, cards, bars. See `second_me.app.views.widgets`."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID, Role
from second_me.app.words import tr


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look again after a property that it selects by was changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_look(widget: QWidget, **properties: object) -> None:
    """Set properties that the stylesheet selects by, and show it."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    restyle(widget)


def label(text: str = "", look: str = "", selectable: bool = False, wrap: bool = True) -> QLabel:
    """Plain text in one of the stylesheet's looks (muted, tiny, heading, title, strong, reading, ...)."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if look:
        result.setProperty("look", look)
    if selectable:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def button(text: str, look: str = "", name: str = "") -> QPushButton:
    """A push button; looks: "" (framed), primary, danger, row. `name` is for screen readers."""
    result = QPushButton(text)
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    result.setAccessibleName(name or text)
    if look:
        result.setProperty("look", look)
    return result


def icon_button(theme: Theme, drawing: str, name: str, role: Role = "muted", look: str = "") -> QToolButton:
    """A button that is only an icon; `name` is its tooltip and accessible name."""
    result = QToolButton()
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    result.setIconSize(QSize(18, 18))
    result.setToolTip(name)
    result.setAccessibleName(name)
    if look:
        result.setProperty("look", look)
    theme.follow(result, lambda: result.setIcon(theme.icon(drawing, role)))
    return result


def clear_layout(layout: QVBoxLayout | QHBoxLayout, keep: int = 0) -> None:
    """Delete all items of a layout but the first `keep`."""
    while layout.count() > keep:
        item = layout.takeAt(layout.count() - 1)
        if item is not None and (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def fill_height(inside: QWidget) -> None:
    """Let the content of a scroll area be as high as its texts are at this width.

    A layout's smallest height is that of its smallest width, which would leave an empty space below.
    """
    inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)


class Plane(QFrame):
    """A filled area: `background` (rail, lists) or `surface` (reading)."""

    def __init__(self, plane: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plane", plane)


class Line(QFrame):
    """A hairline, across or down."""

    def __init__(self, direction: str = "across") -> None:
        super().__init__()
        self.setProperty("line", direction)


class Card(QFrame):
    """A card with a hairline border. `clicked` comes from mouse, Enter and Space when it is `choosable`."""

    clicked = Signal()

    def __init__(self, name: str = "", choosable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(name)
        if choosable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._choosable = choosable
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 10, 12, 10)
        self.body.setSpacing(6)

    def choose(self, chosen: bool) -> None:
        """Draw the border in the accent."""
        set_look(self, chosen=chosen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere that no child took."""
        if self._choosable and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space do what a click does."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._choosable and event.key() in keys:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class Chip(QPushButton):
    """A filter that is on or off."""

    def __init__(self, text: str, checkable: bool = True) -> None:
        super().__init__(text)
        self.setProperty("look", "chip")
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self.toggled.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the bold letters that it has while it is on."""
        if not self.isChecked():
            return super().sizeHint()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        wider = QFontMetrics(bold).horizontalAdvance(self.text())
        wider -= self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(wider, 0), 0)


class LinkButton(QPushButton):
    """A quiet action in a line of text. Tones: "" (muted), accent, danger."""

    def __init__(self, text: str, tone: str = "", name: str = "") -> None:
        super().__init__(text)
        self.setProperty("look", "link")
        self.setProperty("tone", tone)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name or text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class SectionLabel(QLabel):
    """The small heading of a group in a list."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("look", "section")
        self.setContentsMargins(GRID, GRID * 2, GRID, GRID // 2)


class SearchField(QLineEdit):
    """A search box with its icon; `asked` comes when typing rests for a moment."""

    asked = Signal(str)

    def __init__(self, theme: Theme, placeholder: str) -> None:
        super().__init__()
        self.setProperty("look", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        glass = self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        theme.follow(self, lambda: glass.setIcon(theme.icon("search")))
        rest = QTimer(self, singleShot=True, interval=150)
        rest.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textChanged.connect(rest.start)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis when it does not fit; the whole text is in the tooltip then."""

    def __init__(self, text: str = "", look: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if look:
            self.setProperty("look", look)
        self._full = ""
        self.set_full(text)

    def set_full(self, text: str) -> None:
        """The whole text."""
        self._full = " ".join(text.split())
        self.setAccessibleName(self._full)
        self._elide()

    def full(self) -> str:
        """The whole text, without line breaks."""
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again."""
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes, a line high."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """The whole text on one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 4, super().sizeHint().height())

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width(), 0))
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class StrengthBar(QWidget):
    """A thin bar from 0 to 1."""

    def __init__(self, theme: Theme, value: float = 0.0, width: int = 44) -> None:
        super().__init__()
        self._theme, self._value = theme, value
        self.setFixedSize(width, 5)
        theme.changed.connect(self.update)
        self.set_value(value)

    def set_value(self, value: float) -> None:
        """Clamped to 0..1."""
        self._value = min(max(value, 0.0), 1.0)
        self.setAccessibleName(tr("strength {percent} %", percent=round(self._value * 100)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track and filled part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("border"))
        painter.drawRoundedRect(self.rect(), 2.5, 2.5)
        filled = self.rect()
        filled.setWidth(max(round(self.width() * self._value), 3 if self._value else 0))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            filled.moveRight(self.rect().right())
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(filled, 2.5, 2.5)


class Scroll(QScrollArea):
    """A column that scrolls up and down only; `column` is its layout."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        inside = QWidget()
        fill_height(inside)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)
