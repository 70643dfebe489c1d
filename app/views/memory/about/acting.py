"""What the person does to facts, each with the words that say it was done and, where there is one, the way back."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from second_me.app.views.bridge import Done, Service
from second_me.app.views.memory import phrases
from second_me.app.views.memory.about import words
from second_me.app.views.memory.about.known import Known, Pair
from second_me.app.views.memory.about.words import Fact
from second_me.app.views.memory.erase import EraseDialog
from second_me.app.views.widgets import UndoToast
from second_me.app.words import tr
from second_me.core.memory.facts.claims import Verdict


class Acting(QObject):
    """Asks the service, then offers the undo."""

    def __init__(self, service: Service, known: Known, toast: UndoToast, window: QWidget) -> None:
        super().__init__(window)
        self._service, self._known, self._toast, self._window = service, known, toast, window

    def act(self, what: str, fact: Fact) -> None:
        """ "confirm", "reopen", "erase" or "copy"."""
        acts = {"confirm": self.confirm, "reopen": self.reopen, "erase": self.erase, "copy": self.copy}
        acts[what](fact)

    def add(self, subject: str, slot: str, value: str) -> None:
        """Tell a fact."""
        self._known.add(subject, slot, value, lambda _fact: self._toast.offer(tr("Added.")))

    def edit(self, fact: Fact, value: str) -> None:
        """Put another value in its place."""
        self._known.edit(
            fact, value, lambda _fact: self._toast.offer(tr("Changed. What was before is kept."))
        )

    def confirm(self, fact: Fact) -> None:
        """It is so."""
        self._known.confirm(fact, lambda _fact: self._toast.offer(tr("Confirmed.")))

    def end(self, fact: Fact, day: date) -> None:
        """It holds no longer."""
        said = tr("No longer true: {value}", value=_short(words.value(fact)))
        self._known.end(fact, day, lambda _fact: self._toast.offer(said, lambda: self.reopen(fact)))

    def reopen(self, fact: Fact) -> None:
        """It holds after all."""
        said = tr("True again: {value}", value=_short(words.value(fact)))
        self._known.reopen(fact, lambda _fact: self._toast.offer(said))

    def set_level(self, fact: Fact, level: str) -> None:
        """Who may know it, by how private it is; others like it are judged by that, too."""
        said = tr(
            "Held as {level}: {value}", level=words.level_names()[level], value=_short(words.value(fact))
        )
        back = lambda: self._known.set_level(fact, None, lambda _level: None)  # noqa: E731
        self._known.set_level(fact, level, lambda _level: self._toast.offer(said, back))

    def copy(self, fact: Fact) -> None:
        """The value as it was told."""
        QApplication.clipboard().setText(str(fact["value"]))
        self._toast.offer(tr("Copied."))

    def settle(self, pair: Pair, verdict: str) -> None:
        """The person's word on a contradiction; it can be taken back."""
        first, second = (_short(words.value(fact)) for fact in pair)
        said = {
            Verdict.FIRST.value: tr("Kept: {value}", value=first),
            Verdict.SECOND.value: tr("Kept: {value}", value=second),
            Verdict.BOTH.value: tr("Kept: both."),
            Verdict.LATER.value: tr("You will be asked again in a week."),
        }[verdict]
        self._known.settle(
            pair, verdict, lambda _none: self._toast.offer(said, lambda: self._take_back(pair))
        )

    def erase(self, fact: Fact) -> None:
        """Ask what would go with its memory, then ask the person."""
        memory_id = str(fact["memory_id"])
        self._ask("memory.get", {"memory_id": memory_id}, self._preview)

    def _preview(self, memory: dict[str, Any]) -> None:
        ids = {"memory_ids": [memory["memory_id"]]}
        self._ask("memory.preview_erasure", ids, lambda receipt: self._confirm(memory, receipt))

    def _confirm(self, memory: dict[str, Any], receipt: dict[str, Any]) -> None:
        dialog = EraseDialog(memory, receipt, self._window)
        ids = {"memory_ids": [memory["memory_id"]]}
        dialog.accepted.connect(lambda: self._ask("memory.erase", ids, self._erased))
        dialog.open()

    def _erased(self, receipt: dict[str, Any]) -> None:
        self._toast.offer(phrases.erasure_receipt(receipt))
        self._known.reload()

    def _take_back(self, pair: Pair) -> None:
        self._known.settle(pair, None, lambda _none: None)

    def _ask(self, method: str, params: dict[str, Any], done: Done) -> None:
        self._service.request(method, params, done, self._known.refused.emit, self)


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
