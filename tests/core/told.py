"""Claims as a reader would make them, for tests of what is computed of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from second_me.core.memory.facts.claims import ME, Claim, Kept, Mark, Stance, passage
from second_me.core.memory.facts.slots import Slot

LEARNED = datetime(2025, 1, 1)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def told(
    number: int,
    text: str,
    value: str,
    slot: Slot,
    said: str | None,
    stance: Stance = Stance.HOLDS,
    *,
    subject: str = ME,
    conversation: str | None = None,
    memory: str | None = None,
    edited: bool = False,
    marks: tuple[tuple[Mark, datetime], ...] = (),
    **more: Any,
) -> Kept:
    """The claim `number`, of an episode of its own; it claims `value`, which stands in `text`."""
    start = text.index(value)
    whole = passage(text, 0, len(text))
    if subject != ME:
        at = text.index(subject)
        more["named"] = passage(text, at, at + len(subject))
    claim = Claim(slot, passage(text, start, start + len(value)), whole, stance, **more)
    return Kept(
        claim_id=number, claim=claim, subject=subject, value=value, quote=text, memory_id=memory or f"m_{number}",
        source_id=None, conversation=conversation or f"talk-{number}", seq=number,
        said_at=day(said) if said else None, learned_at=LEARNED, edited=edited, marks=marks,
    )  # fmt: skip
