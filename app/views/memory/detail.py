"""One memory beside the list: its words in their place, where it came from, what used it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.breaking import Verbatim, breakable
from second_me.app.views.bridge import Service
from second_me.app.views.memory import phrases
from second_me.app.views.memory.learned import fact_card
from second_me.app.views.memory.life import LifeCard
from second_me.app.views.widgets import (
    Card,
    ElidedLabel,
    Line,
    LinkButton,
    Plane,
    Scroll,
    clear_layout,
    label,
)
from second_me.app.words import tr

COLUMN = 640
HEADER = 47


class MemoryDetail(Plane):
    """Shows what `memory.get` answered."""

    back = Signal()
    delete = Signal()
    erase = Signal()
    open_conversation = Signal(str)
    about_me = Signal(int)
    """The id of a fact that was learned from it."""

    def __init__(self, theme: Theme, service: Service) -> None:
        super().__init__("surface")
        self._theme, self._service = theme, service
        self.life: LifeCard | None = None
        self.memory: dict[str, Any] | None = None
        self.words: QLabel | None = None
        self.backward = LinkButton(tr("Back"), "accent", tr("Back to the list"))
        self.title = ElidedLabel("", "heading")
        self.delete_it = LinkButton(tr("Delete"), name=tr("Delete this memory"))
        self.erase_it = LinkButton(tr("Erase…"), name=tr("Erase this memory for good"))
        self.delete_it.setToolTip(tr("Hides it for 30 days (Del)"))
        self.erase_it.setToolTip(tr("Now and for good"))
        self.backward.clicked.connect(self.back)
        self.delete_it.clicked.connect(self.delete)
        self.erase_it.clicked.connect(self.erase)
        self.area = Scroll(tr("Memory"))
        self.content = QVBoxLayout()
        self._arrange()
        self.fold(False)

    def _arrange(self) -> None:
        self.header = QWidget()
        self.header.setMinimumHeight(HEADER)
        row = QHBoxLayout(self.header)
        row.setContentsMargins(GRID * 3, 0, GRID * 3, 0)
        row.setSpacing(GRID)
        row.addWidget(self.backward)
        row.addWidget(self.title, 1)
        row.addWidget(self.delete_it)
        row.addWidget(self.erase_it)
        inside = QWidget()
        inside.setMaximumWidth(COLUMN)
        inside.setLayout(self.content)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(GRID)
        self._line = QHBoxLayout()
        self._line.addWidget(inside, 1)
        self._line.addStretch(0)
        self.area.column.addLayout(self._line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(Line())
        whole.addWidget(self.area, 1)

    def fold(self, folded: bool) -> None:
        """Alone in the window (with a way back) or beside the list."""
        self.backward.setVisible(folded)
        margin = GRID * 2 if folded else GRID * 3
        self._line.setContentsMargins(margin, GRID * 2 + 2, margin, GRID * 3)
        row = self.header.layout()
        if row is not None:
            row.setContentsMargins(margin, 0, margin, 0)

    def focus_words(self) -> None:
        """Put the focus where reading begins."""
        if self.words is not None:
            self.words.setFocus()

    def show_memory(self, memory: dict[str, Any]) -> None:
        """Draw a memory."""
        self.memory = memory
        time = phrases.moment(memory.get("time"))
        who, day = phrases.speaker(memory), phrases.full_day(time)
        self.title.set_full(tr("{speaker}, {day}", speaker=who, day=day))
        clear_layout(self.content)
        self.content.addWidget(self._words(memory))
        facts = memory.get("facts") or []
        if facts:
            cards: list[QWidget] = [fact_card(fact, self.about_me.emit) for fact in facts]
            self._section(tr("Facts from this memory"), cards)
        self.life = None
        if memory.get("role") != "assistant":
            self.life = LifeCard(self._service, self._theme, str(memory["memory_id"]))
            self._section(tr("How well it is held"), [self.life])
        self._section(tr("Where it came from"), [self._origin(memory)])
        used = memory.get("used_in") or []
        if used:
            self._section(tr("Used in"), [self._used(item) for item in used])
        self.content.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _section(self, title: str, cards: list[QWidget]) -> None:
        self.content.addSpacing(GRID)
        self.content.addWidget(label(title, "strong"))
        for card in cards:
            self.content.addWidget(card)

    def _words(self, memory: dict[str, Any]) -> Card:
        card = Card()
        card.body.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        for turn in memory.get("before", [])[-1:]:
            card.body.addWidget(_context(turn))
        text = Verbatim(str(memory["text"]), "reading")
        self.words = text
        card.body.addWidget(text)
        for turn in memory.get("after", [])[:1]:
            card.body.addWidget(_context(turn))
        return card

    def _origin(self, memory: dict[str, Any]) -> Card:
        card = Card()
        said, recorded = phrases.moment(memory.get("time")), phrases.moment(memory.get("recorded_at"))
        card.body.addWidget(label(breakable(phrases.place(memory))))
        card.body.addWidget(label(tr("Said: {time}", time=phrases.day_and_hour(said)), "muted"))
        card.body.addWidget(label(tr("Recorded: {time}", time=phrases.day_and_hour(recorded)), "muted"))
        if not memory.get("remembered", True):
            card.body.addWidget(label(tr("Kept in the talk, not used for answers."), "warn"))
        return card

    def _used(self, item: dict[str, Any]) -> Card:
        today = date.today()
        when = phrases.day(phrases.moment(item.get("time")), today)
        where = tr("{day}, {title}", day=when, title=item["title"])
        question = phrases.quoted(str(item.get("question") or tr("A question that was erased")))
        card = Card(tr("Open {question}, {where}", question=question, where=where), choosable=True)
        card.setCursor(Qt.CursorShape.PointingHandCursor)
        card.body.setSpacing(2)
        card.body.addWidget(ElidedLabel(question))
        card.body.addWidget(ElidedLabel(where, "muted"))
        card.clicked.connect(lambda: self.open_conversation.emit(str(item["conversation"])))
        return card

    def changeEvent(self, event: QEvent) -> None:
        """Other texts have other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.title.set_full(self.title.full())


def _context(turn: dict[str, Any]) -> QLabel:
    """A neighbouring turn, muted: `You: what would you even like`."""
    text = " ".join(str(turn["text"]).split())
    return label(tr("{speaker}: {words}", speaker=phrases.speaker(turn), words=breakable(text)), "muted")
