"""Do the memories hold the answer? A calibrated chance from a few signs (`resources/weights/evidence.json`).

The signs are read from the first memories, as the ranking saw them: whether they speak of what is asked, and
whether of the person who is asked about. Weights are fitted by `benchmarks/fit_evidence.py` on development data;
the file names their origin (docs/abstention.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from second_me.core.memory.episodes import Episode
from second_me.core.recall.about import asked_about, tells_about
from second_me.core.recall.asked import Asked
from second_me.core.recall.pool import Floats

Bools = npt.NDArray[np.bool_]

FIRST = 30
"""The memories, best first, that the signs are read from."""

TOP = 5
"""Those of them that an answer could cite."""

WHO = ("named_speaker", "other_speaker", "speaks_of_named")
"""Features that say who speaks: what is told is compared without them."""

_TELLING = frozenset("tell told tells say said says mention mentioned talk talked remember know".split())
"""Words of a question that ask for a memory and need not be in it: "What did I tell you about the dentist?"."""

_NEAR = 0.3
"""A cosine from which a memory is about what is asked, more or less."""

_SILENT = 0.3
"""The strength, at most, of a memory that does not speak of what is asked."""

_LEAST = -500.0
"""Nats, beyond which a chance is as good as none."""

_LEAST_SHARE = 0.02
"""Shares of 0 and 1 are drawn in by this before their odds are taken."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Logistic weights by the name of the sign, and the chance under which the evidence is weak."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def chance(self, signs: Mapping[str, float]) -> float:
        """Calibrated chance, 0..1, that the memories hold the answer. A sign without a weight counts nothing."""
        total = self.bias + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-min(max(total, _LEAST), -_LEAST)))


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """`both` judge with vectors, `words` without. A memory that is less than `share` times as likely as the best
    one is weak beside it."""

    both: Signs
    words: Signs
    share: float

    def strengths(
        self, signs: Mapping[str, float] | None, meaning: bool, scores: Floats, speaks: Bools
    ) -> Floats:
        """The strength of each memory, 0..1, from 0.5 on strong. `scores` (memories,) are those of the ranking,
        the best among them, `speaks` (memories,) as `speaks_of_it` says; `meaning`: there was a vector. Without
        signs all are 0.

        Three things must hold: the memories hold the answer, this one is likely to be it, and it speaks of what
        is asked. The ranking is a softmax of its scores, so `exp` of a difference is how many times as likely one
        memory is as another.
        """
        if signs is None:
            return np.zeros(len(scores))
        judge = self.both if meaning else self.words
        whole = _scaled(np.full(len(scores), judge.chance(signs)), judge.threshold)
        beside = np.exp(np.maximum(scores - scores.max(initial=-np.inf), _LEAST))
        return np.minimum(np.minimum(whole, _scaled(beside, self.share)), np.where(speaks, 1.0, _SILENT))


def speaks_of_it(features: Mapping[str, Floats]) -> Bools:
    """Whether a memory by itself speaks of what is asked: it holds a word of the question or one near to it, is
    near in meaning, or answers a question that does. What only stands beside such a memory does not. (memories,)"""
    near = (features["related"] > 0) | (features["answers_related"] > 0)
    return np.asarray(near | (features["meaning"] >= _NEAR), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """The first memories, best first.

    `scores` (memories,) are those of the ranking and `told` the same without who speaks; `features` {name:
    (memories,)} in natural units; `holds` (terms, memories) and `rarity` (terms,) as in the pool; `heard` (terms,)
    whether any memory holds it. `others_speak`: somebody is named, and others are among the candidates.
    """

    asked: Asked
    episodes: Sequence[Episode]
    scores: Floats
    told: Floats
    features: Mapping[str, Floats]
    holds: Bools
    rarity: Floats
    heard: Bools
    others_speak: bool


def signs_of(seen: FirstSeen) -> dict[str, float] | None:
    """The signs, by name; None when there is no memory.

    `best` is the score of the best memory (nats); `near_words` and `meaning` how near the nearest of the first
    five is, in words (with the turns beside it) and as a cosine; `missing` the share of the question's rarity that
    none of the five holds; `unheard` is 1 when a word of it is in no memory at all. `person_asked` is 1 when the
    question is about one person among several, and `person` then the log odds that what is told is told by or
    about that person: each memory that speaks of it counts as often as it is likely, by what it tells alone. That
    is what finds "What did Anna buy?" out, where it was Ben who bought.
    """
    if not seen.episodes:
        return None
    holds = seen.holds[:, :TOP].any(axis=1)
    asked_for = np.array([term not in _TELLING for term in seen.asked.groups], dtype=np.bool_)
    rarity = seen.rarity * asked_for
    total = float(rarity.sum())
    person_asked, person = _person(seen)
    return {
        "best": float(seen.scores[0]),
        "near_words": float(seen.features["related_near"][:TOP].max()),
        "meaning": float(seen.features["meaning"][:TOP].max()),
        "missing": float(rarity @ ~holds) / total if total > 0 else 1.0,
        "unheard": float(not seen.heard[asked_for].all()),
        "person_asked": person_asked,
        "person": person,
    }


def _person(seen: FirstSeen) -> tuple[float, float]:
    """(is one person among several asked about, log odds that they are told of)."""
    names = asked_about(seen.asked, seen.others_speak)
    if not names:
        return 0.0, 0.0
    about = np.array(
        [tells_about(episode, names, seen.others_speak) for episode in seen.episodes], dtype=np.float64
    )
    speaks = speaks_of_it(seen.features)
    likely = np.exp(seen.told - seen.told.max()) * (speaks if speaks.any() else 1.0)
    share = float(about @ likely / max(float(likely.sum()), math.exp(_LEAST)))
    return 1.0, math.log((share + _LEAST_SHARE) / (1 - share + _LEAST_SHARE))


def _scaled(chances: Floats, limit: float) -> Floats:
    """0..1 with the limit at 0.5, straight on both sides."""
    return np.where(chances < limit, chances / limit / 2, 0.5 + (chances - limit) / (1 - limit) / 2)
