"""Undoing a fill: the browser's extension alone knows what stood there before, for as long as the page lives."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from second_me.app.service.filling.link import BrowserLink
from second_me.app.service.filling.records import FillRecords
from second_me.app.service.filling.results import results_of, word_of
from second_me.app.service.house import House
from second_me.app.words import tr
from second_me.core.acting.store import Fill, FillState
from second_me.core.ports import EnvironmentFault

UNDO_SECONDS = 10.0
"""How long a browser may take to put back what stood there."""
_DONE = (FillState.FILLED, FillState.PARTLY, FillState.UNKNOWN)
_LATEST = 50


@dataclass(frozen=True, slots=True)
class Restored:
    """Fields whose former content stands there again, and fields that were left as they are; `stopped`: why it ended
    early."""

    restored: tuple[int, ...]
    left: tuple[int, ...]
    stopped: str = ""


class FillUndoing:
    """Undoes fills of a vault. Safe to use from several threads."""

    def __init__(
        self, house: House, records: FillRecords, link: Callable[[], BrowserLink], tell: Callable[..., None]
    ) -> None:
        self._house, self._records, self._link, self._tell = house, records, link, tell
        self._guard = threading.Lock()
        self._pages: set[str] = set()
        self._asked: dict[str, queue.SimpleQueue[Restored]] = {}

    def can_undo(self, proposal_id: str) -> None:
        """The page of a fill is there."""
        with self._guard:
            self._pages.add(proposal_id)

    def undoable(self, fill: Fill) -> bool:
        """Whether the page of a fill may still be there."""
        with self._guard:
            return fill.state in _DONE and fill.proposal_id in self._pages

    def gone(self, browser_id: str, proposal_id: str) -> None:
        """The page of a fill is no more: nothing can be put back."""
        fill = self._house.fills.of_proposal(proposal_id)
        if fill is None or fill.browser_id != browser_id:
            return
        with self._guard:
            known = proposal_id in self._pages
            self._pages.discard(proposal_id)
            asked = self._asked.get(proposal_id)
        if asked is not None:
            asked.put(Restored((), tuple(each.index for each in fill.fields), "page_gone"))
        if known:
            self._tell("fill.changed")

    def undo(self, fill_id: int) -> Restored:
        """Put back what stood there before. Raises EnvironmentFault: "not_found", "refused" (it was undone, or never
        filled), "page_gone"."""
        fill = self._house.fills.get(fill_id)
        if fill is None:
            raise EnvironmentFault("not_found", tr("There is no fill of this id."))
        if fill.state not in _DONE:
            raise EnvironmentFault("refused", tr("There is nothing to put back."))
        answer: queue.SimpleQueue[Restored] = queue.SimpleQueue()
        with self._guard:
            self._asked[fill.proposal_id] = answer
        try:
            if not self._ask(fill):
                raise page_gone()
            found = answer.get(timeout=UNDO_SECONDS)
        except queue.Empty:
            raise page_gone() from None
        finally:
            with self._guard:
                self._asked.pop(fill.proposal_id, None)
        if found.stopped and not found.restored:
            raise page_gone()
        return found

    def ask_latest(self, browser_id: str) -> None:
        """The browser's undo key: its last fill that can be undone."""
        for fill in self._house.fills.listing(_LATEST):
            if fill.browser_id == browser_id and self.undoable(fill):
                self._ask(fill)
                return

    def restored(
        self, browser_id: str, proposal_id: str, fields: Sequence[object], stopped: object = ""
    ) -> None:
        """The browser put back what it could."""
        fill = self._house.fills.of_proposal(proposal_id)
        if fill is None or fill.browser_id != browser_id or fill.state not in _DONE:
            return
        results = results_of(fill, fields)
        found = Restored(
            tuple(index for index, ok in results.items() if ok),
            tuple(index for index, ok in results.items() if not ok),
            word_of(stopped),
        )
        if found.restored:
            self._records.undone(fill, found.restored, found.left, found.stopped)
        with self._guard:
            self._pages.discard(proposal_id)
            asked = self._asked.get(proposal_id)
        if asked is not None:
            asked.put(found)
        self._tell("fill.changed")

    def _ask(self, fill: Fill) -> bool:
        return self._link().send(fill.browser_id, {"kind": "restore", "proposal": fill.proposal_id})


def page_gone() -> EnvironmentFault:
    """The browser or the page is not there."""
    return EnvironmentFault(
        "page_gone", tr("The page is not open any more, or the browser does not answer."),
        tr("Reload the page and start again."),
    )  # fmt: skip
