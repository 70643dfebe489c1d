"""Where the person writes: grows to eight lines, Enter sends, Shift+Enter breaks, files can be dropped."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from second_me.app.theme.style import Theme
from second_me.app.views.widgets import LinkButton, icon_button, label, set_look
from second_me.app.words import tr

_LINES = 8


class Entry(QPlainTextEdit):
    """The text; `sent` is Enter, `files` were dropped or pasted, `focused` tells who has the focus."""

    sent = Signal()
    files = Signal(list)
    focused = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._grow)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends; with Shift it breaks the line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files too."""
        return bool(_paths(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Files are remembered, text is inserted as plain text."""
        paths = _paths(source)
        if paths:
            self.files.emit(paths)
        elif source.hasText():
            self.insertPlainText(source.text())

    def sizeHint(self) -> QSize:
        """As high as the text, one line at least and eight at most."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """The same height: the column gives way, not the text."""
        return QSize(80, self._height())

    def _height(self) -> int:
        lines = max(1, min(int(self.document().documentLayout().documentSize().height()), _LINES))
        return int(lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin() + 2)

    def _grow(self) -> None:
        tall = self.document().documentLayout().documentSize().height() > _LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if tall else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()


class Composer(QFrame):
    """What the person writes and attaches. `submitted` is the text, `left` gives a correction up."""

    submitted = Signal(str)
    files = Signal(list)
    stop_wanted = Signal()
    temporary_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("composer", True)
        self.setAcceptDrops(True)
        self.entry = Entry()
        self.entry.sent.connect(self._submit)
        self.entry.files.connect(self.files)
        self.entry.focused.connect(lambda active: set_look(self, active=active))
        self.entry.textChanged.connect(self._enable)
        self._about = label("", "muted", wrap=False)
        self._leave = LinkButton(tr("Leave it"))
        self._leave.clicked.connect(self.left)
        self._attach = LinkButton(tr("+ Attach"), name=tr("Attach files to remember"))
        self._attach.clicked.connect(self._choose_files)
        self._temporary = LinkButton(tr("Temporary"), name=tr("Temporary conversation"))
        self._temporary.setIcon(theme.icon("dashed-circle"))
        theme.follow(self._temporary, lambda: self._temporary.setIcon(theme.icon("dashed-circle")))
        self._temporary.setIconSize(QSize(13, 13))
        self._temporary.setToolTip(tr("Start a conversation of which nothing is kept"))
        self._temporary.clicked.connect(self.temporary_wanted)
        self._hint = label("", "muted", wrap=False)
        self._send = self._button(theme, "send", tr("Send"))
        self._send.clicked.connect(self._submit)
        self._stop = self._button(theme, "stop", tr("Stop (Esc)"))
        self._stop.clicked.connect(self.stop_wanted)
        self._running = False
        self._build()
        self.correct("")
        self.set_running(False)

    def text(self) -> str:
        """What is written."""
        return self.entry.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a text there, the cursor at its end."""
        self.entry.setPlainText(text)
        self.entry.moveCursor(self.entry.textCursor().MoveOperation.End)

    def set_running(self, running: bool) -> None:
        """While an answer is under way there is Stop in place of Send."""
        self._running = running
        self._send.setVisible(not running)
        self._stop.setVisible(running)
        self._hint.setText(tr("Esc stops") if running else tr("Enter sends"))
        self._enable()

    def set_temporary(self, temporary: bool) -> None:
        """Draw it dashed."""
        set_look(self, temporary=temporary)
        self._temporary.setVisible(not temporary)

    def correct(self, question: str) -> None:
        """Write a correction of the answer to `question`; empty: an ordinary turn."""
        self._about.setText(tr("What is right?") if question else "")
        self._about.setVisible(bool(question))
        self._leave.setVisible(bool(question))
        words = tr("No, it is ...") if question else tr("Ask, tell, or drop a file to remember")
        self.entry.setPlaceholderText(words)
        self.entry.setAccessibleName(tr("Correction") if question else tr("Message"))

    def focus(self) -> None:
        """Ready to write."""
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only files."""
        if _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Remember what was dropped."""
        self.files.emit(_paths(event.mimeData()))
        event.acceptProposedAction()

    def _build(self) -> None:
        correction = QHBoxLayout()
        correction.addWidget(self._about)
        correction.addWidget(self._leave)
        correction.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._attach)
        below.addWidget(self._temporary)
        below.addStretch(1)
        parts: tuple[QLabel | QToolButton, ...] = (self._hint, self._send, self._stop)
        for part in parts:
            below.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 7)
        column.setSpacing(6)
        column.addLayout(correction)
        column.addWidget(self.entry)
        column.addLayout(below)

    @staticmethod
    def _button(theme: Theme, drawing: str, name: str) -> QToolButton:
        result = icon_button(theme, drawing, name, "on_accent", "filled")
        result.setIconSize(QSize(16, 16))
        result.setFixedSize(28, 28)
        return result

    def _enable(self) -> None:
        self._send.setEnabled(bool(self.text().strip()))

    def _submit(self) -> None:
        text = self.text().strip()
        if text and not self._running:
            self.entry.clear()
            self.submitted.emit(text)

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, tr("Files to remember"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.files)
        dialog.open()


def _paths(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
