"""The card of a model that has one size only: why, and making it fit any size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QProgressBar

from second_me.app.theme.tokens import GRID
from second_me.app.views.command import Advice, CommandRun
from second_me.app.views.settings.model_words import joined, left_words, steps_phase_words
from second_me.app.views.widgets import Card, button, label, set_look
from second_me.app.words import tr

ARGUMENTS = ("model", "ladder", "--json", "--progress-json")


def make_steps() -> CommandRun:
    """The command that makes the size steps of the model in use."""
    return CommandRun(ARGUMENTS, Advice(tr("The size steps could not be made."), tr("Try again later.")))


class StepsCard(Card):
    """Offer, progress, pause, and what went wrong. `made`: the model can be made smaller from now on."""

    made = Signal()

    def __init__(self, make: Callable[[], CommandRun] = make_steps) -> None:
        super().__init__(tr("Size steps"))
        self._make = make
        self.run: CommandRun | None = None
        self._started = self._told = False
        self.text = label("", "muted")
        self.begin = button(tr("Make it fit any size…"), "primary")
        self.pause = button(tr("Pause"), name=tr("Pause making size steps"))
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self.bar.setAccessibleName(tr("Making size steps"))
        self.begin.clicked.connect(self.start)
        self.pause.clicked.connect(self._pause)
        self.body.setContentsMargins(GRID * 2 + 4, GRID * 2, GRID * 2 + 4, GRID * 2)
        self.body.setSpacing(GRID)
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.row.setSpacing(GRID * 2)
        self.row.addWidget(self.text, 1)
        self.row.addWidget(self.begin)
        self.row.addWidget(self.pause)
        self.body.addLayout(self.row)
        self.body.addWidget(self.bar)
        self._dress()

    @property
    def running(self) -> bool:
        """Whether size steps are being made by this window."""
        return self.run is not None and self.run.running

    def show_shape(self, shape: Mapping[str, Any], offered: bool = True) -> None:
        """Say why there is one size. `offered`: more sizes would be of use."""
        if self.running or self._told:
            return
        ladder = shape["ladder"] if offered else "useless"
        self.begin.setText(
            tr("Go on") if self._started else tr("Make it again")
            if ladder == "refused" else tr("Make it fit any size…")
        )  # fmt: skip
        self.begin.setAccessibleName(self.begin.text())
        self.begin.setVisible(ladder in ("none", "refused"))
        self._say(_why(ladder, shape) if not self._started else _paused())
        self.text.setToolTip(str(shape.get("why") or ""))

    def fold(self, folded: bool) -> None:
        """The button goes under the words where there is less room."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.row.setDirection(down if folded else across)

    def forget(self) -> None:
        """Another model: what was said of the last one is not true of it."""
        if not self.running:
            self._started = self._told = False

    def start(self) -> None:
        """Begin, or go on where it was stopped."""
        if self.run is None:
            self.run = self._make()
            self.run.setParent(self)
            self.run.reported.connect(self.report)
            self.run.finished.connect(self._finished)
            self.run.failed.connect(self._failed)
        self._started, self._told = True, False
        self.bar.setRange(0, 0)
        self._say(tr("Looking at the model …"))
        self.run.start()
        self._dress()

    def report(self, told: Mapping[str, Any]) -> None:
        """Show a line of progress."""
        done, total = int(told["done"]), int(told.get("total") or 0)
        self.bar.setRange(0, 1000 if total else 0)
        self.bar.setValue(round(1000 * done / total) if total else 0)
        self._say(joined(steps_phase_words(str(told["phase"])), left_words(told.get("seconds_left"))))

    def _pause(self) -> None:
        if self.run is not None:
            self.run.cancel()

    def _finished(self) -> None:
        self._started = False
        self._dress()
        self._say(tr("Done. It fits any size now."), "good")
        self.made.emit()

    def _failed(self, what: str, action: str) -> None:
        self._dress()
        self._told = bool(what)
        self.begin.setText(tr("Try again") if what else tr("Go on"))
        self.begin.setAccessibleName(self.begin.text())
        self._say(f"{what} {action}".strip() or _paused(), "danger" if what else "muted")

    def _say(self, text: str, look: str = "muted") -> None:
        self.text.setText(text)
        set_look(self.text, look=look)

    def _dress(self) -> None:
        running = self.running
        self.begin.setVisible(not running)
        self.pause.setVisible(running)
        self.bar.setVisible(running)


def _paused() -> str:
    return tr("Paused. What is done is kept, and the model goes on as it was.")


def _why(ladder: str, shape: Mapping[str, Any]) -> str:
    why = str(shape.get("why") or "")
    if ladder == "useless":
        return why or tr("It is as small as it can usefully be: smaller sizes would save next to nothing.")
    if ladder == "making":
        return tr("Its size steps are being made by another program now.")
    if ladder == "refused":
        return tr("Its size steps cannot be used. It runs at its full size.")
    return tr(
        "It has one size so far. With size steps it gives memory back when other programs need it. They are "
        "made once, on this computer; that takes a while and some room on the disk."
    )
