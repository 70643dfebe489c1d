"""What is shown while a browser is paired: the steps, the two minutes of waiting, and the code of both sides."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.breaking import Verbatim, breakable
from second_me.app.views.command import Advice, CommandRun
from second_me.app.views.fill import words
from second_me.app.views.widgets import LinkButton, button, label, set_look
from second_me.app.words import tr

SECONDS = 120
"""How long a browser is waited for."""


def extension_folder() -> str:
    """Where the extension lies, for a browser that is told to load it."""
    return str(files("second_me.resources") / "extension")


class Code(QWidget):
    """The six digits, and whether the browser shows the same. `said` carries the answer."""

    said = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.text, self.digits = label(), label("", "code", wrap=False)
        self.same, self.other = button(tr("Yes, the same"), "primary"), button(tr("No"))
        self.same.clicked.connect(lambda: self.said.emit(True))
        self.other.clicked.connect(lambda: self.said.emit(False))
        answers = QHBoxLayout()
        answers.setSpacing(GRID)
        for part in (self.same, self.other):
            answers.addWidget(part)
        answers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.text)
        column.addWidget(self.digits, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label(tr("Do both show the same?"), "strong"))
        column.addLayout(answers)
        column.addStretch(1)

    def ask(self, name: str, code: str) -> None:
        """Show what the browser must show, too."""
        self.text.setText(
            tr("{browser} wants to be paired and shows a number.", browser=words.plain(name, 60))
        )
        self.digits.setText(words.plain(code, 12))
        self.digits.setAccessibleName(tr("The number here: {digits}", digits=" ".join(code.replace(" ", ""))))
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)  # a stray Return pairs nothing
        told = f"{self.text.text()} {self.digits.accessibleName()}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))


class Steps(QWidget):
    """What has to be done once in a browser. `ready`: wait for it now."""

    ready = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Verbatim(extension_folder(), "muted")
        self.copy = LinkButton(tr("Copy"), "accent", tr("Copy the folder of the extension"))
        self.copy.clicked.connect(self._copy)
        self.set_up = button(tr("Set up"), name=tr("Let the browsers here find Second Me"))
        self.said = label("", "muted")
        self.start = button(tr("Wait for the browser"), "primary")
        self.start.clicked.connect(self.ready)
        self.said.hide()
        advice = Advice(
            tr("The browsers could not be set up."), tr("In a terminal: second-me browser install")
        )
        self.look = CommandRun(["browser", "status"], advice, self)
        self.install = CommandRun(["browser", "install"], advice, self)
        self.look.finished.connect(lambda: self._say(self.look.output(), "muted"))
        self.install.finished.connect(self._done)
        self.install.failed.connect(self._partly)
        self.set_up.clicked.connect(self._set_up)
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(tr("1. Add the extension to the browser"), "strong"))
        column.addWidget(label(_how_to_add(), "muted"))
        folder = QHBoxLayout()
        folder.setSpacing(GRID)
        folder.addWidget(self.folder, 1)
        folder.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(folder)
        column.addSpacing(GRID)
        column.addWidget(label(tr("2. Let the browsers on this computer find Second Me"), "strong"))
        column.addWidget(self.said)
        column.addWidget(self.set_up, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(GRID)
        column.addWidget(
            label(
                tr(
                    "3. Press the extension's button there, then “Pair with Second Me”, and compare the numbers"
                ),
                "strong",
            )
        )
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(extension_folder())
        self.copy.setText(tr("Copied"))

    def begin(self) -> None:
        """Say how the browsers of this computer stand."""
        self.look.start()

    def _set_up(self) -> None:
        self._say(tr("Setting up …"), "muted")
        self.install.start()

    def _done(self) -> None:
        self._say(self.install.output(), "good")

    def _partly(self, what: str, action: str) -> None:
        """Some could not be: each says of itself why."""
        self._say(self.install.output() or f"{what} {action}".strip(), "warn")

    def _say(self, text: str, look: str) -> None:
        self.said.setText(breakable(text))
        self.said.setVisible(bool(text))
        set_look(self.said, look=look)


def _how_to_add() -> str:
    return tr(
        "Chromium, Chrome, Edge, Brave, Vivaldi: open chrome://extensions, switch on developer mode and load this "
        "folder unpacked. Firefox: on about:debugging, load its manifest.json as a temporary add-on."
    )


class Waiting(QWidget):
    """The two minutes in which a browser may come. `over` when they are."""

    over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = label()
        self.bar = QProgressBar(maximum=SECONDS, textVisible=False)
        self.bar.setAccessibleName(tr("Time left"))
        self._left = 0
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        column.addStretch(1)

    def start(self) -> None:
        """From the beginning."""
        self._left = SECONDS
        self._clock.start()
        self._show()

    def stop(self) -> None:
        """Nobody is waited for."""
        self._clock.stop()

    def _tick(self) -> None:
        self._left -= 1
        self._show()
        if self._left <= 0:
            self.stop()
            self.over.emit()

    def _show(self) -> None:
        left = f"{self._left // 60}:{self._left % 60:02}"
        self.text.setText(
            tr("Press the extension's button, then “Pair with Second Me”. Time left: {left}", left=left)
        )
        self.bar.setValue(self._left)
