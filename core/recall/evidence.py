"""How likely a memory holds the answer: a few calibrated weights (`resources/weights/evidence.json`).

Weights are fitted by `benchmarks/fit_evidence.py` on development data; the file names their origin.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from second_me.core.memory.episodes import Episode
from second_me.core.recall.keys import words


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """Logistic weights; `threshold` is the probability under which evidence is weak;
    `enough_cosine` is the nearness in meaning that makes it strong without a shared word.

    `alone` and `near` weigh the share of the question's rarity that the turn holds, alone and with its
    neighbours; `cosine` the nearness in meaning; `other_speaker` is added when the question names somebody
    and the turn was said by somebody else without naming them.
    """

    bias: float
    alone: float
    near: float
    cosine: float
    other_speaker: float
    threshold: float
    enough_cosine: float = 1.0


def features(
    alone: float, near: float, cosine: float | None, named: Collection[str], episode: Episode
) -> tuple[float, float, float, float]:
    """(alone, near, cosine, other speaker) as numbers; a missing cosine is 0.3, the middle of what is found.

    `named` are the question's words that are names of speakers.
    """
    said = set(words(episode.speaker)) | set(words(episode.text))
    other = 1.0 if named and not said & set(named) else 0.0
    return alone, near, 0.3 if cosine is None else cosine, other


def probability(
    weights: EvidenceWeights,
    alone: float,
    near: float,
    cosine: float | None,
    named: Collection[str],
    episode: Episode,
) -> float:
    """Calibrated chance, 0..1, that this memory holds the answer."""
    a, n, c, other = features(alone, near, cosine, named, episode)
    total = weights.bias + weights.alone * a + weights.near * n + weights.cosine * c
    chance = 1 / (1 + math.exp(-(total + weights.other_speaker * other)))
    return max(chance, weights.threshold) if c >= weights.enough_cosine and not other else chance
