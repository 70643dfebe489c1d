"""Questions that ask for several memories: "What books has Melanie read?", "How many times did I ...?".

Their answers lie in several sessions, so the turn itself tells more and what stands around it less. The ranking
learns its own weights for them: each of some features comes a second time, times how surely several are wanted.
A short question asks for all of a kind; a long one names the single occasion that it means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from second_me.core.recall.asked import Asked
from second_me.core.recall.pool import Floats

FEATURES = (
    "cover_near", "cover_squared", "length", "meaning", "meaning_after", "meaning_after2", "meaning_before",
    "meaning_gap", "meaning_place", "named_speaker", "numbers", "other_speaker", "question_before",
    "question_inside", "rarest", "related_before", "session_cover", "session_meaning_place", "session_words",
    "short", "speaks_of_named", "sum_place", "words", "words_place",
)  # fmt: skip
"""Those whose weight for such questions differs most (docs/recall-hops.md)."""

TERMS = 2.5
"""A question with more terms than this is the less sure to ask for several, the more it has."""

_ASKS = re.compile(
    r"^(?:what|which)(?: \w+){0,3} (?!(?:is|was|does|has|this)\b)\w+s\b"
    r"|\b(?:kinds?|types?|ways|both|all|various|different|how many)\b"
    r"|\bwie ?viele\b|\bwelche (?:\w+ )?[A-ZÄÖÜ]\w*(?:en|er|s)\b|\balle[nr]?\b"
    r"|\b(?:quels|quelles|combien de|tous|toutes)\b|\b(?:cuáles|cuántos|cuántas|qué \w+s|todos|todas)\b",
    re.IGNORECASE,
)


def asks_for_several(asked: Asked) -> float:
    """How surely the answer is more than one memory, 0..1, by the form of the question."""
    if not _ASKS.search(asked.question):
        return 0.0
    return min(1.0, TERMS / max(len(asked.groups), 1))


def several_features(asked: Asked, features: Mapping[str, Floats]) -> dict[str, Floats]:
    """{"several_" + name: values of shape (candidates,)}; zeros for a question that wants one memory."""
    sure = asks_for_several(asked)
    if not sure:
        nothing = np.zeros(len(features["words"]))
        return {f"several_{name}": nothing for name in FEATURES}
    return {f"several_{name}": features[name] * sure for name in FEATURES}
