"""Memory: how memories are found: looking longer, what recall has learned from use, and starting over; upkeep."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.settings.looking import LookingCard
from second_me.app.views.settings.pace import PaceCard
from second_me.app.views.settings.section import Section
from second_me.app.views.settings.upkeep import UpkeepCard
from second_me.app.views.widgets import Card, button, clear_layout, label, set_look
from second_me.app.words import tr, trn


class StartOverDialog(QDialog):
    """`accepted` when the person means it; the safe button has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Start over"))
        self.text = label(
            tr(
                "Recall forgets what it learned from how you used its answers, and ranks as on the first day. "
                "Your memories stay as they are. This cannot be undone."
            )
        )
        self.keep = button(tr("Keep it"))
        self.forget = button(tr("Start over"), "danger")
        self.keep.clicked.connect(self.reject)
        self.forget.clicked.connect(self.accept)
        self.keep.setAutoDefault(True)
        self.forget.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(label(tr("Forget what was learned?"), "heading"))
        column.addWidget(self.text)
        column.addSpacing(GRID)
        column.addLayout(row)
        self.setFixedWidth(min(420, max(320, parent.width() - GRID * 4)))
        self.keep.setFocus()


class MemorySection(Section):
    """Four cards: how fast memories fade, looking longer, what recall has learned, and what upkeep does."""

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__(tr("Memory"), tr("How your memories fade, and are found when you ask."))
        self._service = service
        self.pace = PaceCard(service, theme)
        self.looking, self.upkeep = LookingCard(service), UpkeepCard(service)
        self.learned = label("", "muted")
        self.changes = QVBoxLayout()
        self.changes.setSpacing(2)
        self.said = label("", "good")
        self.reset = button(tr("Start over…"), name=tr("Start over: forget what recall has learned"))
        self.reset.setEnabled(False)
        self.reset.clicked.connect(self.open_dialog)
        self._place()

    def _place(self) -> None:
        card = Card(tr("What recall has learned"))
        card.body.setContentsMargins(GRID * 2, GRID * 1, GRID * 2, GRID * 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr("What recall has learned"), "strong"))
        words.addWidget(self.learned)
        words.addLayout(self.changes)
        words.addWidget(self.said)
        self.said.hide()
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        row.addLayout(words, 1)
        row.addWidget(self.reset)
        card.body.addLayout(row)
        self.content.addWidget(self.pace)
        self.content.addWidget(self.looking)
        self.content.addWidget(card)
        self.content.addWidget(self.upkeep)
        self.content.addStretch(1)

    def entered(self) -> None:
        """Bring the cards up to date."""
        self.pace.entered()
        self.looking.entered()
        self.upkeep.entered()
        self._ask()

    def _ask(self) -> None:
        self._service.request("recall.learned", {}, self.show_learned, self._failed, self)

    def show_learned(self, learned: dict[str, Any]) -> None:
        """Say it."""
        lessons = int(learned["lessons"])
        self.learned.setText(_summary(lessons))
        clear_layout(self.changes)
        for change in learned["changes"]:
            self.changes.addWidget(label(str(change["text"]), "muted"))
        self.reset.setEnabled(lessons > 0)

    def open_dialog(self) -> StartOverDialog:
        """Ask whether the person means it."""
        dialog = StartOverDialog(self)
        dialog.accepted.connect(self._start_over)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _start_over(self) -> None:
        self._service.request("recall.reset", {}, self._forgotten, self._failed, self)

    def _forgotten(self, _result: object) -> None:
        self._say(tr("Forgotten: recall ranks as on the first day."), "good")
        self._ask()

    def _failed(self, fault: RemoteFault) -> None:
        self._say(f"{fault.what} {fault.action}".strip(), "danger")

    def _say(self, text: str, look: str) -> None:
        self.said.setText(text)
        set_look(self.said, look=look)
        self.said.show()


def _summary(lessons: int) -> str:
    if not lessons:
        return tr("Nothing yet. It learns from what you open, correct, or call not relevant.")
    return trn(
        "Recall has learned once from how you used its answers.",
        "Recall has learned {n} times from how you used its answers.",
        lessons,
    )
