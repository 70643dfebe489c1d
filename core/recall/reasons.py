"""Why a memory was found, as codes for the person: `name`, `date`, `words`, `meaning`, `time`, `related`, `session`."""

from __future__ import annotations

from collections.abc import Mapping

from second_me.core.memory.episodes import Episode
from second_me.core.recall.asked import Asked
from second_me.core.recall.date_words import date_words
from second_me.core.recall.keys import words

NEAR_IN_MEANING = 0.35
"""A cosine from which texts are about the same."""


def reasons(
    asked: Asked, episode: Episode, lexical: float, cosine: float | None, seen: Mapping[str, float]
) -> tuple[str, ...]:
    """The codes that hold; `session` when none does. `seen` are the memory's features, in deviations."""
    said = set(asked.said)
    dates = {word for word in words(date_words(episode.spoken_at)) if len(word) > 2}
    found = {
        "name": bool(said & set(words(episode.speaker))),
        "date": bool(said & dates),
        "words": lexical > 0,
        "meaning": cosine is not None and cosine >= NEAR_IN_MEANING,
        "time": max(seen.get("said_then", 0.0), seen.get("happened_then", 0.0)) > 1,
        "related": seen.get("related_only", 0.0) > 1,
    }
    return tuple(code for code, holds in found.items() if holds) or ("session",)
