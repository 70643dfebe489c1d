"""Pairing a browser: the extension, the way to it, and the code that both sides show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.tokens import GRID
from second_me.app.views.breaking import Verbatim, breakable
from second_me.app.views.bridge import Service
from second_me.app.views.command import Advice, CommandRun
from second_me.app.views.fill import words
from second_me.app.views.widgets import Card, LinkButton, button, label, set_look
from second_me.app.words import tr

SECONDS = 120


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
        again = tr("A browser that was open must be started again.")
        self._say(f"{self.install.output()}\n{again}".strip(), "good")

    def _partly(self, what: str, action: str) -> None:
        """Some could not be: each says of itself why."""
        self._say(self.install.output() or f"{what} {action}".strip(), "warn")

    def _say(self, text: str, look: str) -> None:
        self.said.setText(breakable(text))
        self.said.setVisible(bool(text))
        set_look(self.said, look=look)


def _how_to_add() -> str:
    return tr(
        "Chromium, Chrome, Edge, Brave, Vivaldi: on the page of extensions, switch on developer mode and load this "
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


class PairingCard(Card):
    """From the steps to the code. `closed` when it is put away, `paired` with the browser's name."""

    closed = Signal()
    paired = Signal(str)

    def __init__(self, service: Service) -> None:
        super().__init__(tr("Pair a browser"))
        self._service = service
        self._pairing: dict[str, Any] = {}
        self._known: frozenset[str] = frozenset()
        self._end = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._end.timeout.connect(self._too_late)
        self.steps, self.waiting, self.code = Steps(), Waiting(), Code()
        self.failure = label("", "danger")
        self.leave = LinkButton(tr("Cancel"), name=tr("Cancel pairing"))
        self._pages = (self.steps, self.waiting, self.code)
        self.steps.ready.connect(self.wait)
        self.waiting.over.connect(self._too_late)
        self.code.said.connect(self._answer)
        self.leave.clicked.connect(self.cancel)
        self.body.setContentsMargins(GRID * 2, GRID * 2 - 4, GRID * 2, GRID * 2)
        self.body.setSpacing(GRID)
        for part in (label(tr("Pair a browser"), "heading"), self.failure, *self._pages, self.leave):
            self.body.addWidget(part)
        self.failure.hide()
        self._turn(self.steps)

    def begin(self) -> None:
        """The steps."""
        self._say("")
        self._turn(self.steps)
        self.steps.begin()
        self.steps.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self) -> None:
        """Let one browser come, for two minutes."""
        self._say("")
        self._service.request("browser.allow_pairing", {"seconds": SECONDS}, self._allowed, self._failed)

    def ask(self, pairing: dict[str, Any]) -> None:
        """A browser has come."""
        self._pairing = pairing
        self.waiting.stop()
        self._say("")
        self._end.start()
        self._turn(self.code)
        self.code.ask(str(pairing["name"]), str(pairing["code"]))

    def see(self, browsers: Sequence[Mapping[str, Any]]) -> None:
        """The browsers that are paired now; one more while the code is shown was agreed to in another window."""
        found = {str(each["browser_id"]): str(each["name"]) for each in browsers}
        new = [name for browser_id, name in found.items() if browser_id not in self._known]
        self._known = frozenset(found)
        if new and not self.code.isHidden():
            self.paired.emit(words.plain(new[-1], 60))

    def cancel(self) -> None:
        """No browser is waited for any more."""
        self.waiting.stop()
        if not self.code.isHidden():
            self._service.request("browser.confirm_pairing", self._word(False), None, self._no_matter)
        self._service.request("browser.allow_pairing", {"seconds": 0}, None, self._no_matter)
        self.closed.emit()

    def _allowed(self, _none: object) -> None:
        self._turn(self.waiting)
        self.waiting.start()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, same: bool) -> None:
        name = words.plain(self._pairing.get("name"), 60)
        done = (lambda _none: self.paired.emit(name)) if same else (lambda _none: self._refused())
        self._service.request("browser.confirm_pairing", self._word(same), done, self._failed, self)

    def _word(self, same: bool) -> dict[str, Any]:
        return {"pairing_id": self._pairing.get("pairing_id", ""), "same": same}

    def _refused(self) -> None:
        self._say(
            tr("Not paired. If the numbers differ again, another program may stand between: do not pair.")
        )
        self._turn(self.steps)

    def _too_late(self) -> None:
        late = tr("It took too long. Begin again in the browser.")
        none = tr("No browser came. Is the extension there, and was its button pressed?")
        self._say(none if self.code.isHidden() else late)
        self._turn(self.steps)

    def _failed(self, fault: RemoteFault) -> None:
        self._say(f"{fault.what} {fault.action}".strip())
        self._turn(self.steps)

    def _say(self, text: str) -> None:
        self.failure.setText(text)
        self.failure.setVisible(bool(text))

    def _turn(self, page: QWidget) -> None:
        if page is not self.code:
            self._end.stop()
        for each in self._pages:
            each.setVisible(each is page)

    def _no_matter(self, _fault: RemoteFault) -> None:
        """It was over already."""
