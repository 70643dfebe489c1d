"""Why: the memories behind the answer that is selected, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.memory.erase import EraseDialog
from second_me.app.views.memory.phrases import moment
from second_me.app.views.talk.card import MemoryCard
from second_me.app.views.widgets import (
    LinkButton,
    Plane,
    Scroll,
    UndoToast,
    clear_layout,
    icon_button,
    label,
)
from second_me.app.words import tr, trn

_MOST_OTHERS = 20


class WhyPanel(Plane):
    """Cards of memories. `number_chosen` follows the cards, `again_without` leaves a memory out."""

    number_chosen = Signal(int)
    open_memory = Signal(str)
    again_without = Signal(str)
    erased = Signal()
    folded = Signal()

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__("background")
        self.setAccessibleName(tr("Why"))
        self._service, self._theme = service, theme
        self._cards: list[MemoryCard] = []
        self._others: Sequence[str] = ()
        self._found: dict[str, dict[str, Any]] = {}
        self._answer_id = ""
        self._about = label("", "muted", wrap=False)
        fold = icon_button(theme, "close", tr("Close Why (Ctrl+I)"))
        fold.clicked.connect(self.folded)
        self.setFocusProxy(fold)
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(label(tr("Why"), "heading", wrap=False))
        head.addWidget(self._about)
        head.addStretch(1)
        head.addWidget(fold)
        self._scroll = Scroll(tr("Memories behind the answer"))
        self._scroll.column.setSpacing(10)
        self._scroll.column.setContentsMargins(0, 0, 6, GRID * 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.toast = UndoToast(self)
        self.clear()

    def cards(self) -> list[MemoryCard]:
        """The cards shown, in order."""
        return list(self._cards)

    def clear(self) -> None:
        """No answer is selected."""
        self._reset("")
        self._say(tr("Select an answer to see its memories."))

    def show_found(self, found: Sequence[dict[str, Any]]) -> None:
        """The memories of an answer that is still being made."""
        self._reset(tr("being answered"))
        self._found = {memory["memory_id"]: memory for memory in found}
        for memory in found:
            self._add(memory, 0)
        if not found:
            self._say(tr("Nothing in your memories seems to fit."))

    def show_answer(
        self, answer: Mapping[str, Any], time: str | None, found: Sequence[dict[str, Any]]
    ) -> None:
        """The memories that an answer cites; what else was considered is a click away."""
        spoken = moment(time)
        self._reset(tr("answer of {time}", time=spoken.strftime("%H:%M")) if spoken else "")
        self._found = {memory["memory_id"]: memory for memory in found}
        self._answer_id = str(answer["answer_id"])
        cited = [citation["memory_id"] for citation in answer["citations"]]
        for citation in answer["citations"]:
            card = self._add(citation | self._found.get(citation["memory_id"], {}), citation["n"])
            card.show_memory({"quote": citation["quote"]})
            self._complete(card)
        if not cited:
            self._say(_nothing(answer))
        self._others = [name for name in answer["considered"] if name not in cited]
        self._offer_others()

    def choose(self, number: int) -> None:
        """Bring the card of a citation forward (0: none)."""
        for card in self._cards:
            card.choose(bool(number) and card.number == number)
            if card.is_chosen():
                self._scroll.ensureWidgetVisible(card)

    def _reset(self, about: str) -> None:
        self._about.setText(f"· {about}" if about else "")
        self._cards, self._others, self._found, self._answer_id = [], (), {}, ""
        clear_layout(self._scroll.column)

    def _say(self, words: str) -> None:
        note = label(words, "muted")
        note.setContentsMargins(0, 4, 0, 0)
        self._scroll.column.addWidget(note)

    def _add(self, memory: Mapping[str, Any], number: int) -> MemoryCard:
        card = MemoryCard(self._theme, memory, number)
        card.acted.connect(lambda what: self._act(card, what))
        self._cards.append(card)
        self._scroll.column.addWidget(card)
        return card

    def _complete(self, card: MemoryCard) -> None:
        """Answers of earlier hold only the quote: the whole text is asked for."""
        if "text" in card.memory:
            return
        identity = card.memory["memory_id"]
        self._service.request(
            "memory.get", {"memory_id": identity}, card.show_memory, lambda _: None, owner=card
        )

    def _offer_others(self) -> None:
        if not self._others:
            return
        count = len(self._others)
        words = trn("{n} more was considered · show", "{n} more were considered · show", count)
        link = LinkButton(words)
        link.clicked.connect(lambda: self._show_others(link))
        self._scroll.column.addWidget(link)

    def _show_others(self, link: LinkButton) -> None:
        link.hide()
        for identity in self._others[:_MOST_OTHERS]:
            if identity in self._found:
                self._add(self._found[identity], 0)
            else:
                self._service.request(
                    "memory.get", {"memory_id": identity}, self._add_other, lambda _: None, owner=self
                )

    def _add_other(self, memory: dict[str, Any]) -> None:
        if memory["memory_id"] in self._others:
            self._add(memory, 0)

    def _act(self, card: MemoryCard, what: str) -> None:
        identity = card.memory["memory_id"]
        if what == "choose":
            self._choose(card)
        elif what == "open":
            self._tell_opened(identity)
            self.open_memory.emit(identity)
        elif what == "irrelevant":
            self.again_without.emit(identity)
        elif what == "delete":
            self._service.request(
                "memory.delete", {"memory_id": identity}, lambda _: self._deleted(identity), owner=self
            )
        else:
            self._ask_erase(card)

    def _tell_opened(self, identity: str) -> None:
        """Recall learns from it; that is no reason to keep anybody waiting, or to complain."""
        if self._answer_id:
            wanted = {"answer_id": self._answer_id, "memory_id": identity}
            self._service.request("memory.opened", wanted, None, lambda _: None, owner=self)

    def _choose(self, card: MemoryCard) -> None:
        for other in self._cards:
            other.choose(other is card)
        self.number_chosen.emit(card.number)

    def _deleted(self, identity: str) -> None:
        """The cards may be others by now: the answer has come meanwhile."""
        self._show_cards_of(identity, False)
        self.toast.offer(
            tr("Deleted, kept for 30 days"),
            lambda: self._service.request(
                "memory.restore",
                {"memory_id": identity},
                lambda _: self._show_cards_of(identity, True),
                owner=self,
            ),
        )

    def _show_cards_of(self, identity: str, shown: bool) -> None:
        for card in self._cards:
            if card.memory["memory_id"] == identity:
                card.setVisible(shown)

    def _ask_erase(self, card: MemoryCard) -> None:
        wanted = {"memory_ids": [card.memory["memory_id"]]}
        self._service.request(
            "memory.preview_erasure",
            wanted,
            lambda preview: self._confirm(card, preview),
            self.say_fault,
            owner=card,
        )

    def _confirm(self, card: MemoryCard, preview: dict[str, Any]) -> None:
        memory = {"text": card.memory.get("quote", "")} | card.memory
        dialog = EraseDialog(memory, preview, self.window())
        wanted = {"memory_ids": [memory["memory_id"]]}
        dialog.accepted.connect(
            lambda: self._service.request(
                "memory.erase", wanted, lambda _: self.erased.emit(), self.say_fault, owner=self
            )
        )
        dialog.open()

    def say_fault(self, fault: RemoteFault) -> None:
        """A short word about what did not work."""
        self.toast.offer(f"{fault} {fault.action}".strip())


def _nothing(answer: Mapping[str, Any]) -> str:
    if answer["source"] == "general":
        return tr("The model's own words: no memory is behind them.")
    if answer["abstained"]:
        return tr("Nothing that was found answers this.")
    return tr("No memory is behind this.")
