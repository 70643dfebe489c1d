"""An import as the window follows it: started, its progress in words, its end, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from second_me.app.service.protocol import RemoteFault
from second_me.app.views.bridge import Service
from second_me.app.words import tr, trn


class ImportJob(QObject):
    """One import at a time; notifications of other jobs are not for us."""

    progressed = Signal(str, int, int)
    """Words for what is happening, done, total (0: unknown yet)."""
    finished = Signal(dict)
    """The parameters of `import.done`."""
    failed = Signal(str, str)
    """What happened, what to do."""

    def __init__(self, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._job: object = None
        self._early: list[tuple[str, dict[str, Any]]] = []
        self.running = False
        service.notified.connect(self._hear)

    def start(self, paths: Sequence[str]) -> None:
        """Import files or folders."""
        if self.running or not paths:
            return
        self.running, self._job, self._early = True, None, []
        self._service.request("import.start", {"paths": list(paths)}, self._started, self._refused)

    def cancel(self) -> None:
        """Stop; what was read is kept, and importing again changes nothing of it."""
        if self._job is not None:
            self._service.request("import.cancel", {"job": self._job})

    def _started(self, result: dict[str, Any]) -> None:
        self._job = result["job"]
        early, self._early = self._early, []
        for method, params in early:
            self._hear(method, params)

    def _refused(self, fault: RemoteFault) -> None:
        self.running = False
        self.failed.emit(fault.what, fault.action)

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if not self.running or not method.startswith("import."):
            return
        if self._job is None:
            self._early.append((method, params))  # a small import may end before `import.start` is answered
        elif params["job"] != self._job:
            return
        elif method == "import.progress":
            self.progressed.emit(progress_words(params), int(params["done"]), int(params["total"] or 0))
        elif method == "import.done":
            self.running = False
            self.finished.emit(params)


def progress_words(params: dict[str, Any]) -> str:
    """`Reading: 120 of 400, about 12 seconds left`."""
    phase = tr("Reading") if params["phase"] == "reading" else tr("Learning by meaning")
    if not params.get("total"):
        return tr("{phase}: {done:,} so far", phase=phase, done=params["done"])
    words = tr("{phase}: {done:,} of {total:,}", phase=phase, done=params["done"], total=params["total"])
    left = time_left(params.get("seconds_left"))
    return f"{words}, {left}" if left else words


def time_left(seconds: float | None) -> str:
    """`about 12 seconds left`; empty while it is unknown or next to nothing."""
    if seconds is None or seconds < 2:
        return ""
    if seconds < 90:
        return tr("about {n} seconds left", n=round(seconds))
    return trn("about {n} minute left", "about {n} minutes left", round(seconds / 60))


def result_words(params: dict[str, Any]) -> str:
    """`312 memories added, 4 were there already, 2 lines could not be read.`"""
    parts = [trn("{n} memory added", "{n} memories added", int(params["added"]))]
    if params["already"]:
        parts.append(trn("{n} was there already", "{n} were there already", int(params["already"])))
    if params["refused"]:
        parts.append(trn("{n} line could not be read", "{n} could not be read", len(params["refused"])))
    if params.get("cancelled"):
        parts.append(tr("then stopped as you asked"))
    return ", ".join(parts) + "."


def refused_words(params: dict[str, Any], most: int = 5) -> str:
    """The first few parts that could not be read, one a line: `notes.jsonl, line 7: no text`."""
    refused = params["refused"]
    lines = [
        tr("{path}, line {line}: {reason}", path=item["path"], line=item["line"], reason=item["reason"])
        if item.get("line")
        else f"{item['path']}: {item['reason']}"
        for item in refused[:most]
    ]
    if len(refused) > most:
        lines.append(trn("and {n} more", "and {n} more", len(refused) - most))
    return "\n".join(lines)
