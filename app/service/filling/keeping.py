"""What is kept of a fill: what the person typed or changed, as a memory of theirs.

What a fill of ours wrote confirms nothing and is not kept. What the person typed for something that is not known is a
fact from then on, where it is certain what was asked for; else it is a note, found again for the same label or type.
What the person changed holds for that site. Secrets and numbers of cards are never kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from second_me.app.service.fact_edits import LONGEST, FactEdits, is_card_number
from second_me.app.service.filling.given import Given
from second_me.app.service.filling.joining import joined
from second_me.app.service.filling.learned import asked_of
from second_me.app.service.filling.open import Proposal
from second_me.app.service.house import House
from second_me.app.words import tr
from second_me.core.acting.proposal import Decision
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


class FillKeeping:
    """Keeps what the person typed."""

    def __init__(self, house: House) -> None:
        self._house = house

    def keep(self, proposal: Proposal, given: Sequence[Given]) -> dict[int, str]:
        """Keep what is to be kept: {index of a field: id of its memory}. Raises EnvironmentFault."""
        typed = [each for each in given if each.own and each.remember is not False and _may_be_kept(each)]
        kept: dict[int, str] = {}
        for whole in joined([each for each in typed if _is_answer(each)]):
            memory_id = self._fact(whole.slot, whole.value)
            kept |= {each.field.index: memory_id for each in whole.parts}
        for each in typed:
            if each.field.index not in kept:
                slot = _slot(each)
                made = self._note(proposal, each) if slot is None else self._fact(slot, each.words)
                kept |= {} if made is None else {each.field.index: made}
        return kept

    def _fact(self, slot: Slot, value: str) -> str:
        return FactEdits(self._house).add(slot, value, ME).kept.memory_id

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


def _is_answer(given: Given) -> bool:
    """Whether it says something about the person that was not known, or that the person wants to be known."""
    row = given.row
    if row.typed.confidence < CERTAIN or of_somebody_else(given.field) or row.decision is Decision.DRAFT:
        return False
    return given.remember is True or (row.value is None and row.reason in _UNKNOWN)


def _slot(given: Given) -> Slot | None:
    """The slot of a fact that is made of it; None: it is only a note."""
    kind = given.row.typed.type
    if kind is None or not _is_answer(given) or len(given.words) > LONGEST:
        return None
    if kind == "bday" and not _one_date(given.words):
        return None
    if kind == "country" and len(given.words) > 3:
        return Slot.COUNTRY_NAME
    try:
        return _SLOTS.get(kind) or Slot(kind)
    except ValueError:
        return None


def _one_date(text: str) -> bool:
    """Whether a date can be read in one way only: 03/04/1987 is the third of April here, the fourth of March there."""
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    if any(sign.isalpha() for sign in text) or len(numbers) != 3 or numbers[0] > 31:
        return True
    first, second, _ = numbers
    return first > 12 or second > 12 or first == second
