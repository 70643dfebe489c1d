"""What recall has learned, in words that a person understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from second_me.app.words import tr
from second_me.core.recall.learning import scale_of

MOST = 3
SMALLEST = 0.02
"""Share of the scale of the weights under which a change is not worth a word."""


def changes(deltas: Mapping[str, float], weights: Mapping[str, float]) -> list[dict[str, Any]]:
    """The largest changes, largest first: `{"name","text","delta"}`; `delta` in units of the weights' scale.

    Weights that mean the same to a person are told once, by the largest.
    """
    unit = scale_of(weights)
    told: dict[str, dict[str, Any]] = {}
    for name, delta in sorted(deltas.items(), key=lambda item: -abs(item[1])):
        if name not in weights or abs(delta) < SMALLEST * unit:
            continue
        told.setdefault(about(name), {"name": name, "text": _sentence(name, delta), "delta": delta / unit})
    return [{**each, "delta": round(each["delta"], 3)} for each in list(told.values())[:MOST]]


def about(name: str) -> str:
    """What a weight is about, for a person."""
    for part, words in _subjects().items():
        if part in name:
            return words
    return tr("Other signs of a memory that fits")


def _subjects() -> dict[str, str]:
    """Parts of the names of weights, the telling ones first."""
    near = tr("What was said just before and after")
    return {
        "session": tr("What the whole conversation was about"),
        "neighbour": near,
        "near": near,
        "before": near,
        "after": near,
        "previous": near,
        "date": tr("Dates and times"),
        "time": tr("Dates and times"),
        "speaker": tr("Who said it"),
        "name": tr("Names"),
        "entity": tr("Names"),
        "length": tr("How long a memory is"),
        "question": tr("Whether a memory is itself a question"),
        "meaning": tr("Nearness in meaning"),
        "dense": tr("Nearness in meaning"),
        "cosine": tr("Nearness in meaning"),
        "words": tr("Shared words"),
        "lexical": tr("Shared words"),
        "rarity": tr("Shared words"),
    }


def _sentence(name: str, delta: float) -> str:
    if delta > 0:
        return tr("{what}: counts more than at first.", what=about(name))
    return tr("{what}: counts less than at first.", what=about(name))
