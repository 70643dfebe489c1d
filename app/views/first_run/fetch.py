"""Fetching the starter model: our own command in a process of its own, its progress as signals."""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from second_me.app.words import tr

ARGUMENTS = ("model", "fetch", "starter", "--json", "--progress-json")


def own_command() -> tuple[str, list[str]]:
    """Program and first arguments that run `second-me`, from source as from a frozen application."""
    if getattr(sys, "frozen", False):
        return sys.executable, []
    return sys.executable, ["-m", "second_me"]


class ModelFetch(QObject):
    """One fetch of the starter model. What has arrived is kept when it is cancelled or fails."""

    progressed = Signal(str, object, object)
    """The file on its way, bytes done, bytes in total (0: unknown yet)."""
    finished = Signal()
    failed = Signal(str, str)
    """What happened, what to do. Both are empty after `cancel`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = False
        self._rest = b""
        self._said: list[str] = []
        self._process = QProcess(self)
        self._process.readyReadStandardError.connect(self._read)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._could_not_start)

    @property
    def running(self) -> bool:
        """Whether a fetch is under way."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Begin, or go on where a cancelled fetch stopped."""
        if self.running:
            return
        self._cancelled, self._rest, self._said = False, b"", []
        program, first = own_command()
        self._process.start(program, [*first, *ARGUMENTS])

    def cancel(self) -> None:
        """Stop soon; `failed("", "")` follows."""
        self._cancelled = True
        if sys.platform == "win32":
            self._process.kill()  # a console process there has no ears for terminate
        else:
            self._process.terminate()

    def _read(self) -> None:
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardError().data())).split(b"\n")
        for line in lines:
            self._take(line.decode("utf-8", "replace").strip())

    def _take(self, line: str) -> None:
        report = _report(line)
        if report is None:
            self._said = [*self._said, line][-3:] if line else self._said
            return
        self.progressed.emit(str(report["phase"]), int(report["done"]), int(report.get("total") or 0))

    def _ended(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._read()
        if self._cancelled:
            self.failed.emit("", "")
        elif code == 0:
            self.finished.emit()
        else:
            what = " ".join(self._said) or tr("The model could not be fetched.")
            self.failed.emit(what, tr("What has arrived is kept. Try again later."))

    def _could_not_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit(tr("The fetch could not be started."), tr("Reinstall Second Me."))


def _report(line: str) -> dict[str, Any] | None:
    """A progress line `{"phase","done","total"}`; None for a sentence for people."""
    try:
        report = json.loads(line)
    except ValueError:
        return None
    return report if isinstance(report, dict) and {"phase", "done"} <= report.keys() else None
