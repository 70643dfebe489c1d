"""Pairing a browser: from the steps to the code that both sides show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.fill import words
from second_me.app.views.fill.pairing_pages import SECONDS, Code, Steps, Waiting
from second_me.app.views.widgets import Card, LinkButton, label
from second_me.app.words import tr


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
