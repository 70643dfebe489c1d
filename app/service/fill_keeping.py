"""What is kept of a fill: what the person typed or changed, as a memory of theirs.

What a fill of ours wrote confirms nothing and is not kept. What the person typed for something that is not known is a
fact from then on, where it is certain what was asked for; else it is a note, found again for the same label or type.
What the person changed holds for that site. Secrets and numbers of cards are never kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from second_me.app.service.fact_edits import LONGEST, FactEdits, is_card_number
from second_me.app.service.fill_learned import asked_of
from second_me.app.service.fill_open import Proposal
from second_me.app.service.house import House
from second_me.app.words import tr
from second_me.core.acting.forms import Field
from second_me.core.acting.proposal import Decision, Row
from second_me.core.acting.types import SECRETS
from second_me.core.acting.values.asked import of_somebody_else
from second_me.core.memory.episodes import Kind, NewEpisode, Role
from second_me.core.memory.facts.claims import ME
from second_me.core.memory.facts.slots import Slot

FORMS = "forms"
"""The conversation that notes of forms stand in."""
CERTAIN = 0.6
"""The chance that a field asks for its type from which what is typed there is a fact."""
_SLOTS = {"bday": Slot.BIRTHDAY, "loginname": Slot.USERNAME, "street": Slot.ADDRESS_LINE1}
_UNKNOWN = frozenset({"", "not_known"})
"""Reasons for which a row has no value because nothing is known; for any other, what is typed belongs to this form."""
_LONGEST_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Given:
    """What the person agreed to put into a field: `field` is the one to be filled, of a group of buttons the one that
    was chosen. `remember`: None where nothing was said about it."""

    row: Row
    field: Field
    value: str
    remember: bool | None = None

    @property
    def own(self) -> bool:
        """Whether the person typed it or changed it."""
        return self.value != self.row.value

    @property
    def words(self) -> str:
        """The value as the person sees it: a select's text."""
        options = self.row.options or self.field.options
        return next((each.text for each in options if each.value == self.value and each.text), self.value)


class FillKeeping:
    """Keeps what the person typed."""

    def __init__(self, house: House) -> None:
        self._house = house

    def keep(self, proposal: Proposal, given: Given) -> str | None:
        """Keep one value; the id of its memory, None where nothing is kept. Raises EnvironmentFault."""
        if not given.own or given.remember is False or not _may_be_kept(given):
            return None
        slot = _slot(given)
        if slot is not None:
            return FactEdits(self._house).add(slot, given.words, ME).kept.memory_id
        return self._note(proposal, given)

    def _note(self, proposal: Proposal, given: Given) -> str | None:
        """A note of what was given here, and where in it the value stands."""
        site, now = proposal.site.site, self._house.clock.now()
        asked = asked_of(given.field, given.row.typed.type, site)
        if not asked.label:
            return None
        before, after = tr("On {site} I gave “{value}” for “{label}”.").split("{value}")
        names = {"{site}": site.partition("://")[2] or site, "{label}": given.row.label or asked.label}
        for place, name in names.items():
            before, after = before.replace(place, name), after.replace(place, name)
        text = f"{before}{given.words}{after}"
        kept = self._house.episodes.append(
            NewEpisode(FORMS, "me", text, now, Role.PERSON, Kind.NOTE, origin="fill"), now
        )
        end = len(before) + len(given.words)
        self._house.fills.learn(asked, kept.memory_id, len(before), end, now)
        return kept.memory_id


def _may_be_kept(given: Given) -> bool:
    if given.row.decision is Decision.DRAFT and given.remember is not True:
        return False
    if given.row.typed.type in SECRETS or given.row.decision is Decision.SECRET:
        return False
    words = given.words.strip()
    return bool(words) and len(words) <= _LONGEST_KEPT and not is_card_number(words)


def _slot(given: Given) -> Slot | None:
    """The slot of a fact that is made of it; None: it is only a note."""
    row, kind = given.row, given.row.typed.type
    if kind is None or row.typed.confidence < CERTAIN or of_somebody_else(given.field):
        return None
    if given.remember is not True and (row.value is not None or row.reason not in _UNKNOWN):
        return None
    if len(given.words) > LONGEST or row.decision is Decision.DRAFT:
        return None
    if kind == "country" and len(given.words) > 3:
        return Slot.COUNTRY_NAME
    try:
        return _SLOTS.get(kind) or Slot(kind)
    except ValueError:
        return None
