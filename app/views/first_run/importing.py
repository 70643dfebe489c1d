"""The place to drop files on: choosing, progress, what came of it. The memory place uses it too."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.first_run.jobs import ImportJob, refused_words, result_words
from second_me.app.views.widgets import Card, LinkButton, button, label, set_look
from second_me.app.words import tr


class ImportPanel(Card):
    """Files are chosen or dropped; `imported` carries how many memories were added.

    `upright` puts the button under the words, where it is narrow.
    """

    imported = Signal(int)

    def __init__(self, service: Service, upright: bool = False) -> None:
        super().__init__(tr("Import"))
        self.setAcceptDrops(True)
        self.job = ImportJob(service, self)
        self.text = label(tr("Drop files here: conversations or notes that you exported elsewhere."), "muted")
        self.details = label("", "muted", selectable=True)
        self.choose_files = button(tr("Choose files…"), name=tr("Choose files to import"))
        self.stop = LinkButton(tr("Stop"), name=tr("Stop the import"))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("Importing"))
        self.choose_files.clicked.connect(self._choose)
        self.stop.clicked.connect(self.job.cancel)
        self.job.progressed.connect(self._progress)
        self.job.finished.connect(self._finished)
        self.job.failed.connect(self._failed)
        self._arrange(upright)
        self._set_running(False)

    def _arrange(self, upright: bool) -> None:
        row = QVBoxLayout() if upright else QHBoxLayout()
        row.setSpacing(GRID if upright else GRID * 2)
        words = QVBoxLayout()
        words.addWidget(self.text)
        words.addWidget(self.details)
        row.addLayout(words, 1)
        place = Qt.AlignmentFlag.AlignLeft if upright else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.choose_files, 0, place)
        row.addWidget(self.stop, 0, place)
        self.body.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        self.body.addLayout(row)
        self.body.addWidget(self.bar)
        self.details.hide()

    def start(self, paths: list[str]) -> None:
        """Import these files or folders."""
        if self.job.running or not paths:
            return
        self._set_running(True)
        self.details.hide()
        self.bar.setRange(0, 0)
        self._say(tr("Reading …"))
        self.job.start(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer are welcome."""
        if _files(event) and not self.job.running:
            event.acceptProposedAction()
            self.choose(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.choose(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """They are here."""
        self.choose(False)
        self.start(_files(event))

    def _choose(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(self, tr("Import"))
        self.start(paths)

    def _progress(self, words: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._say(words)

    def _finished(self, params: dict[str, Any]) -> None:
        self._set_running(False)
        self._say(result_words(params), "good" if not params["refused"] else "warn")
        self.details.setText(refused_words(params))
        self.details.setVisible(bool(params["refused"]))
        self.imported.emit(int(params["added"]))

    def _failed(self, what: str, action: str) -> None:
        self._set_running(False)
        self._say(f"{what} {action}".strip(), "danger")

    def _say(self, text: str, look: str = "muted") -> None:
        self.text.setText(text)
        set_look(self.text, look=look)

    def _set_running(self, running: bool) -> None:
        self.choose_files.setVisible(not running)
        self.stop.setVisible(running)
        self.bar.setVisible(running)


def _files(event: QDropEvent) -> list[str]:
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
