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
    """Parts of the names of weights (`core/recall/features.py`), the telling ones first."""
    answers, near = tr("Answers to what was asked"), tr("What was said just before and after")
    times, numbers = tr("Dates and times"), tr("Numbers")
    shared, length = tr("Shared words"), tr("How long a memory is")
    question, said_by = tr("Whether a memory is itself a question"), tr("Who said it")
    return {
        "opens_session": tr("What a conversation began with"),
        "session": tr("What the whole conversation was about"),
        "answers": answers,
        "question_before": answers,
        "question": question,
        "asks": question,
        "before": near,
        "after": near,
        "near": near,
        "time": times,
        "_then": times,
        "speaker": said_by,
        "speaks_of": tr("Who is spoken of"),
        "names": tr("Names"),
        "numbers": numbers,
        "digits": numbers,
        "quotes": tr("Titles and quotations"),
        "reasons": tr("Reasons and feelings"),
        "length": length,
        "short": length,
        "related": tr("Related words"),
        "meaning": tr("Nearness in meaning"),
        "words": shared,
        "cover": shared,
        "rarest": shared,
        "phrase": shared,
        "sum": tr("Words and meaning together"),
    }


def _sentence(name: str, delta: float) -> str:
    if delta > 0:
        return tr("{what}: counts more than at first.", what=about(name))
    return tr("{what}: counts less than at first.", what=about(name))
