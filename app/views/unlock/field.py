"""A passphrase field: hidden or shown, with the caps-lock hint under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.unlock.capslock import CapsLock
from second_me.app.views.widgets import LinkButton, label
from second_me.app.words import tr


def centred(column: QWidget) -> QHBoxLayout:
    """A column in the middle; an alignment would measure its wrapped texts at the width of the window."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(column)
    row.addStretch(1)
    return row


class PassphraseField(QWidget):
    """One line whose text is hidden until the person asks to see it."""

    entered = Signal()
    changed = Signal(str)

    def __init__(self, theme: Theme, name: str, placeholder: str = "") -> None:
        super().__init__()
        self._caps = CapsLock()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.line.returnPressed.connect(self.entered)
        self.line.textChanged.connect(self.changed)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self.show_text = LinkButton(tr("Show"), name=tr("Show: {field}", field=name))
        self.show_text.setCheckable(True)
        self.show_text.toggled.connect(self._reveal)
        self.caps_hint = label(tr("Caps lock is on."), "warn")
        self.caps_hint.hide()
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        column.addWidget(self.caps_hint)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def wipe(self) -> None:
        """Empty and hidden again; Qt's own undo history of the line goes with the text."""
        self.line.setText("")
        self.show_text.setChecked(False)

    def freeze(self, frozen: bool) -> None:
        """Take no typing for a while; the focus stays."""
        self.line.setReadOnly(frozen)
        self.show_text.setEnabled(not frozen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Learn about caps lock from what is typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._caps.learn(event)
            self.caps_hint.setVisible(self._caps.on is True)
        return super().eventFilter(watched, event)

    def _reveal(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_text.setText(tr("Hide") if shown else tr("Show"))
