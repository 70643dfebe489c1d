"""The fields of a proposal's values. Return is never theirs: it fills, wherever the focus is."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from second_me.app.views.fill.words import CHOICES, Row, plain
from second_me.app.words import tr

RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FEWEST_LINES, MOST_LINES = 2, 7
_AROUND = 16
"""Pixels of the stylesheet's padding and border, and one to spare."""


class LineValue(QLineEdit):
    """A value on one line; `edited` comes when the person changes it."""

    edited = Signal()

    def __init__(self, value: str, placeholder: str = "") -> None:
        super().__init__(value)
        self.setPlaceholderText(placeholder)
        self.setCursorPosition(0)
        self.textEdited.connect(self.edited)

    def put(self, value: str) -> None:
        """Another value, not from the person's hand."""
        self.setText(value)

    def value(self) -> str:
        """As it stands, without space around it."""
        return self.text().strip()


class FixedValue(QLineEdit):
    """A value that is only ticked or not, or the dash of one that is not ours."""

    edited = Signal()

    def __init__(self, shown: str, value: str) -> None:
        super().__init__(shown)
        self._value = value
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursorPosition(0)

    def put(self, value: str) -> None:
        """It is fixed."""

    def value(self) -> str:
        """What the field would be given."""
        return self._value


class ChoiceValue(QComboBox):
    """One of a field's options, or none yet."""

    edited = Signal()

    def __init__(self, options: Sequence[dict[str, Any]], value: str | None) -> None:
        super().__init__()
        self.setProperty("look", "list")
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        values = [str(option["value"]) for option in options]
        if value is None or value not in values:
            self.addItem(tr("choose …"), "")
        for option in options:
            self.addItem(plain(option["text"], 120) or plain(option["value"], 120), str(option["value"]))
        self.setCurrentIndex(max(self.findData(value if value in values else ""), 0))
        self.activated.connect(self.edited)

    def put(self, value: str) -> None:
        """Another option, where there is such a one."""
        self.setCurrentIndex(max(self.findData(value), 0))

    def value(self) -> str:
        """The value of the option that is chosen, empty for none."""
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the fields; it chooses nothing by chance."""
        event.ignore()


class TextValue(QPlainTextEdit):
    """A longer text. It is as high as its lines, up to seven; Shift and Return break a line."""

    edited = Signal()
    grown = Signal()

    def __init__(self, value: str, placeholder: str = "") -> None:
        super().__init__(value)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self.edited)
        self.textChanged.connect(self._grow)

    def put(self, value: str) -> None:
        """Another text, not from the person's hand."""
        self.setPlainText(value)

    def value(self) -> str:
        """As it stands."""
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on to the window."""
        if event.key() in RETURN and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        elif event.key() in RETURN:
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has other lines."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._grow()

    def sizeHint(self) -> QSize:
        """Seven lines at most."""
        return QSize(super().sizeHint().width(), self._wanted())

    def _wanted(self) -> int:
        lines = min(max(round(self.document().size().height()), FEWEST_LINES), MOST_LINES)
        text = lines * QFontMetricsF(self.font()).lineSpacing() + 2 * self.document().documentMargin()
        return ceil(text) + _AROUND

    def _grow(self) -> None:
        bar = Qt.ScrollBarPolicy
        over = self.document().size().height() > MOST_LINES
        self.setVerticalScrollBarPolicy(bar.ScrollBarAsNeeded if over else bar.ScrollBarAlwaysOff)
        if self.height() != self._wanted():
            self.setFixedHeight(self._wanted())
            self.grown.emit()


Value = LineValue | FixedValue | ChoiceValue | TextValue


def value_of(row: Row) -> Value:
    """The editor of a row's value."""
    decision, kind = row["decision"], str(row.get("kind") or "text")
    value = row.get("value")
    if decision == "secret":
        return FixedValue("—", "")
    if kind in CHOICES:
        return FixedValue(plain(row.get("shown") or value) or "—", str(value or ""))
    if row.get("options"):
        return ChoiceValue(row["options"], value)
    asked = tr("tell me once …") if decision == "unknown" else ""
    if decision == "draft" or kind == "textarea":
        return TextValue(str(value or ""), asked)
    return LineValue(str(value or ""), asked)


def is_focusable(widget: QWidget) -> bool:
    """Whether the Tab key stops there now."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
