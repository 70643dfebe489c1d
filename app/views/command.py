"""Our own commands in processes of their own, for work that outlives a click: their progress as signals."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, Signal
from shiboken6 import isValid

from second_me.app.words import tr

END_MS = 3000
"""Milliseconds that a command is given to end when the application does."""


def own_command() -> tuple[str, list[str]]:
    """Program and first arguments that run `second-me`, from source as from a frozen application."""
    if getattr(sys, "frozen", False):
        return sys.executable, []
    return sys.executable, ["-m", "second_me"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said when a command fails: `what` where it said nothing itself, and `action`."""

    what: str
    action: str = ""


class CommandRun(QObject):
    """One command. What it has done is kept when it is stopped: the next `start` goes on there."""

    reported = Signal(dict)
    """A line of `--progress-json`: {"phase", "done", "total"}, some with "speed" and "seconds_left"."""
    finished = Signal()
    failed = Signal(str, str)
    """What happened, what to do. Both are empty after `cancel`."""

    def __init__(self, arguments: Sequence[str], advice: Advice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arguments, self._advice = list(arguments), advice
        self._cancelled = False
        self._rest = b""
        self._said: list[str] = []
        # Not a child of ours: when a window goes, the command is told to end and is waited for.
        self._process = QProcess(QCoreApplication.instance())
        self._process.readyReadStandardError.connect(self._read)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._could_not_start)
        self.destroyed.connect(partial(_let_go, self._process))
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(partial(_end_now, self._process))

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Begin, or go on where it was stopped."""
        if self.running:
            return
        self._cancelled, self._rest, self._said = False, b"", []
        program, first = own_command()
        self._process.start(program, [*first, *self._arguments])

    def output(self) -> str:
        """What it has written to its standard output since it was last asked."""
        return bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace").strip()

    def cancel(self) -> None:
        """Stop soon; `failed("", "")` follows."""
        self._cancelled = True
        _stop(self._process)

    def _read(self) -> None:
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardError().data())).split(b"\n")
        for line in lines:
            self._take(line.decode("utf-8", "replace").strip())

    def _take(self, line: str) -> None:
        report = _report(line)
        if report is None:
            self._said = [*self._said, line][-3:] if line else self._said
            return
        self.reported.emit(report)

    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        if self._cancelled:
            self.failed.emit("", "")
        elif code == 0 and status == QProcess.ExitStatus.NormalExit:
            self.finished.emit()
        else:
            self.failed.emit(" ".join(self._said) or self._advice.what, self._advice.action)

    def _could_not_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit(tr("It could not be started."), tr("Reinstall Second Me."))


def _stop(process: QProcess) -> None:
    if sys.platform == "win32":
        process.kill()  # a console process there has no ears for terminate
    else:
        process.terminate()


def _let_go(process: QProcess) -> None:
    """Nobody listens any more."""
    if not isValid(process):
        return
    if process.state() == QProcess.ProcessState.NotRunning:
        process.deleteLater()
        return
    process.finished.connect(process.deleteLater)
    _stop(process)


def _end_now(process: QProcess) -> None:
    if isValid(process) and process.state() != QProcess.ProcessState.NotRunning:
        _stop(process)
        process.waitForFinished(END_MS)


def _report(line: str) -> dict[str, Any] | None:
    """A progress line; None for a sentence for people."""
    try:
        report = json.loads(line)
    except ValueError:
        return None
    return report if isinstance(report, dict) and {"phase", "done"} <= report.keys() else None
