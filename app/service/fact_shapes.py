"""Facts as the protocol's JSON."""

from __future__ import annotations

from typing import Any

from second_me.app.service.shapes import time_text
from second_me.core.memory.facts.claims import Contradiction, Defined, Fact
from second_me.core.memory.facts.slots import group_of

Json = dict[str, Any]


def fact(item: Fact) -> Json:
    """A fact."""
    kept = item.kept
    return {
        "fact_id": kept.claim_id,
        "subject": kept.subject,
        "slot": kept.claim.slot.value,
        "group": group_of(kept.claim.slot).value,
        "value": kept.value,
        "qualifier": kept.claim.qualifier.value,
        "valid_from": time_text(item.valid_from),
        "valid_to": time_text(item.valid_to),
        "said_at": time_text(kept.said_at),
        "memory_id": kept.memory_id,
        "source_id": kept.source_id,
        "conversation": kept.conversation,
        "quote": kept.quote,
        "start": kept.claim.value.start,
        "end": kept.claim.value.end,
        "origin": "edit" if kept.edited else "said",
        "stance": kept.claim.stance.value,
        "state": item.state.value,
        "confirmed": item.confirmed,
        "sensitivity": None,
        "topic": None,
    }


def contradiction(item: Contradiction) -> Json:
    """Two facts that contradict each other."""
    return {"first": fact(item.first), "second": fact(item.second)}


def defined(item: Defined) -> Json:
    """A word of the person's own."""
    return {
        "term": item.term,
        "meaning": item.meaning,
        "memory_id": item.memory_id,
        "time": time_text(item.said_at),
    }
