"""Facts as they stand in a vault, for tests: each of a memory of its own."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from second_me.core.memory.facts.claims import ME, Claim, Fact, Kept, Passage, Qualifier, State, passage
from second_me.core.memory.facts.slots import Slot

SAID = datetime(2024, 5, 1, 10, 0)
_numbers = count(1)


def fact(
    slot: Slot,
    value: str,
    sentence: str = "",
    subject: str = ME,
    qualifier: Qualifier = Qualifier.NONE,
    state: State = State.CURRENT,
    memory_id: str | None = None,
) -> Fact:
    """A fact said in `sentence` (without one: in the value alone)."""
    number, text = next(_numbers), sentence or value
    place = passage(text, text.index(value), text.index(value) + len(value))
    named = None if subject == ME else Passage(0, 1, place.digest)
    claim = Claim(slot, place, passage(text, 0, len(text)), named=named, qualifier=qualifier)
    kept = Kept(
        claim_id=number, claim=claim, subject=subject, value=value, quote=text,
        memory_id=memory_id or f"m_{number}", source_id=None, conversation="notes", seq=number,
        said_at=SAID, learned_at=SAID, edited=False,
    )  # fmt: skip
    return Fact(kept, state, SAID, None)
