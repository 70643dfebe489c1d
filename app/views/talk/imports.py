"""Files on their way into memory: one small card above the composer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.widgets import Card, LinkButton, icon_button, label
from second_me.app.words import tr, trn


class ImportCard(Card):
    """One import, from its start to its result. `finished` comes when the person puts the card away."""

    finished = Signal()

    def __init__(self, service: Service, theme: Theme, paths: list[str]) -> None:
        super().__init__()
        self._service = service
        self._job: str | None = None
        self._early: list[tuple[str, dict[str, Any]]] = []
        names = ", ".join(Path(path).name for path in paths)
        self._title = label(tr("Remembering {names}", names=names))
        self._state = label(tr("Reading ..."), "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(tr("Progress of the import"))
        self._cancel = LinkButton(tr("Cancel"), name=tr("Cancel the import"))
        self._cancel.clicked.connect(self._stop)
        self._away = icon_button(theme, "close", tr("Put away"))
        self._away.clicked.connect(self.finished)
        self._away.hide()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._cancel)
        head.addWidget(self._away)
        self.body.addLayout(head)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._state)
        service.notified.connect(self._hear)
        service.request("import.start", {"paths": paths}, self._started, self._failed)

    def words(self) -> str:
        """What the card says now."""
        return self._state.text()

    def _started(self, result: dict[str, Any]) -> None:
        self._job = result["job"]
        for method, params in self._early:
            self._hear(method, params)
        self._early = []

    def _failed(self, fault: RemoteFault) -> None:
        self._close(f"{fault} {fault.action}".strip())

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if not method.startswith("import."):
            return
        if self._job is None:
            self._early.append((method, params))
        elif params["job"] == self._job:
            self._done(params) if method == "import.done" else self._progress(params)

    def _progress(self, params: dict[str, Any]) -> None:
        self._bar.setRange(0, params["total"] or 0)
        self._bar.setValue(params["done"])
        phase = tr("Reading") if params["phase"] == "reading" else tr("Making it findable")
        done = QLocale().toString(params["done"])
        words = tr("{phase}: {done}", phase=phase, done=done)
        if params["total"]:
            words = tr("{words} of {total}", words=words, total=QLocale().toString(params["total"]))
        left = params.get("seconds_left")
        if left:
            words = tr("{words} · about {left} s left", words=words, left=max(1, round(left)))
        self._state.setText(words)

    def _done(self, params: dict[str, Any]) -> None:
        parts = [trn("{n} new memory", "{n} new memories", params["added"])]
        if params["already"]:
            parts.append(tr("{n} known already", n=params["already"]))
        if params["refused"]:
            parts.append(tr("{n} could not be read", n=len(params["refused"])))
            self._state.setToolTip("\n".join(_reason(item) for item in params["refused"][:20]))
        if params["cancelled"]:
            parts.append(tr("cancelled"))
        self._close(" · ".join(parts))

    def _close(self, words: str) -> None:
        self._bar.hide()
        self._cancel.hide()
        self._away.show()
        self._state.setText(words)

    def _stop(self) -> None:
        if self._job is not None:
            self._service.request("import.cancel", {"job": self._job})


def _reason(item: dict[str, Any]) -> str:
    where = f"{Path(item['path']).name}:{item['line']}" if item.get("line") else Path(item["path"]).name
    return f"{where} {item['reason']}"
