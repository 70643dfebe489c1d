"""Below the messages: the composer, and above it the files on their way into memory."""

from __future__ import annotations

from PySide6.QtCore import Signal

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.talk.answer import AnswerMessage
from second_me.app.views.talk.composer import Composer
from second_me.app.views.talk.imports import ImportCard
from second_me.app.views.talk.messages import ReadingColumn


class Bottom(ReadingColumn):
    """`submitted` carries the text and the answer that it corrects, or None."""

    submitted = Signal(str, object)

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__()
        self._service, self._theme = service, theme
        self._correcting: AnswerMessage | None = None
        self.top, self.bottom = 4, GRID * 2
        self.composer = Composer(theme)
        self.composer.submitted.connect(self._submit)
        self.composer.files.connect(self.remember_files)
        self.composer.left.connect(self.leave_correction)
        self.column.setSpacing(GRID)
        self.column.addWidget(self.composer)

    def correct(self, message: AnswerMessage) -> None:
        """What is written next says what is right instead of an answer."""
        self._correcting = message
        self.composer.correct(message.text())
        self.composer.focus()

    def leave_correction(self) -> None:
        """An ordinary turn after all."""
        self._correcting = None
        self.composer.correct("")

    def remember_files(self, paths: list[str]) -> None:
        """Import files; a card tells how it goes."""
        card = ImportCard(self._service, self._theme, paths)
        card.finished.connect(card.hide)
        card.finished.connect(card.deleteLater)
        self.column.insertWidget(0, card)

    def _submit(self, text: str) -> None:
        corrected = self._correcting
        self.leave_correction()
        self.submitted.emit(text, corrected)
