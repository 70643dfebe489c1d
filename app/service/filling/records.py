"""What is written down of fills: the fill itself and its entries in the audit log, before anything leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from second_me.app.service.filling.given import Given
from second_me.app.service.filling.open import Proposal
from second_me.app.service.house import House
from second_me.core.acting.proposal import Decision, Row
from second_me.core.acting.store import Fill, FilledField, FillState
from second_me.core.disclosure.audit import AuditMemory
from second_me.core.disclosure.gate import Reason
from second_me.core.memory.sentences import sentences

BY_HAND = "by_hand"
_LONGEST = 200
"""Characters of a title or a label that are kept."""


class FillRecords:
    """Fills of a vault, written down."""

    def __init__(self, house: House) -> None:
        self._house = house

    def begin(self, proposal: Proposal, given: Sequence[Given], kept: Mapping[int, str]) -> int:
        """Write down what is about to be sent; `kept` are the memories that were made of it: {index: id}. The id of
        the fill. Raises EnvironmentFault."""
        at, fields = self._house.clock.now(), tuple(_field(each, kept) for each in given)
        fill_id = self._house.fills.begin(
            Fill(
                proposal.proposal_id, at, proposal.site.site, proposal.form.title[:_LONGEST],
                proposal.browser_id, proposal.browser, fields,
            )
        )  # fmt: skip
        told = [row for each in given for row in self._told(each, kept)]
        taken = {each.row.index for each in given}
        withheld = [row for each in proposal.rows if each.index not in taken for row in _withheld(each)]
        detail = {
            "fill_id": fill_id,
            "fields": len(given),
            "types": sorted({each.row.typed.type for each in given if each.row.typed.type}),
            "typed": sum(each.own for each in given),
        }
        self._house.audit.record(
            "fill", detail, at, audience=proposal.site.audience.value, asker=proposal.site.site, consent=BY_HAND,
            memories=[*told, *withheld],
        )  # fmt: skip
        return fill_id

    def finish(self, fill: Fill, results: Mapping[int, bool], stopped: str) -> FillState:
        """Write down what was read back; what was not filled after all stands in the log, too."""
        good = sum(results.values())
        state = (
            FillState.STOPPED if not good else FillState.PARTLY if good < len(results) else FillState.FILLED
        )
        with self._house.together():
            self._house.fills.finish(fill.fill_id, state, results)
            if state is not FillState.FILLED:
                failed = sorted(index for index, ok in results.items() if not ok)
                self._record("not_filled", fill, {"failed": failed, "stopped": stopped})
        return state

    def undone(self, fill: Fill, restored: Sequence[int], left: Sequence[int], stopped: str) -> None:
        """Write down that what stood there before stands there again."""
        with self._house.together():
            self._house.fills.finish(fill.fill_id, FillState.UNDONE, {})
            self._record("undo", fill, {"restored": list(restored), "left": list(left), "stopped": stopped})

    def _record(self, action: str, fill: Fill, detail: Mapping[str, object]) -> None:
        self._house.audit.record(
            action, {"fill_id": fill.fill_id, **detail}, self._house.clock.now(), asker=fill.site,
            consent=BY_HAND if action == "undo" else "",
        )  # fmt: skip

    def _told(self, given: Given, kept: Mapping[int, str]) -> list[AuditMemory]:
        """The memories that a value comes from, each with its own part of it: no memory's words stand in the row of
        another, where erasing would not find them."""
        if given.own:
            made = kept.get(given.field.index)
            return [AuditMemory(made, True, BY_HAND, given.words)] if made else []
        sources = tuple(dict.fromkeys(given.row.sources))
        reason = Reason.CLEARED.value if given.row.cleared else BY_HAND
        if len(sources) == 1:
            return [AuditMemory(sources[0], True, reason, given.words)]
        return [AuditMemory(each, True, reason, self._part(each, given.words)) for each in sources]

    def _part(self, memory_id: str, value: str) -> str:
        """What of a memory stands in a value that was made of several: its facts' values, or whole sentences."""
        episode, folded = self._house.episodes.get(memory_id), value.casefold()
        if episode is None:
            return ""
        own = [each.value for each in self._house.facts.of_memory(memory_id)]
        parts = dict.fromkeys((*own, *sentences(episode.text)))
        found = [each for each in parts if each.strip() and each.casefold() in folded]
        return ", ".join(found)


def _field(given: Given, kept: Mapping[int, str]) -> FilledField:
    row = given.row
    made = kept.get(given.field.index)
    sources = tuple(dict.fromkeys(row.sources)) if not given.own else (made,) if made else ()
    by_hand = not row.cleared and not given.own
    return FilledField(given.field.index, row.typed.type, row.label[:_LONGEST], sources, by_hand)


def _withheld(row: Row) -> list[AuditMemory]:
    if row.decision is not Decision.WITHHELD:
        return []
    return [AuditMemory(each, False, Reason.TOO_SENSITIVE.value) for each in row.sources]
