"""Recall that learns from use: small changes to the weights of the ranking, bounded, and fading.

Retrospective reflection (RMM, arXiv 2503.08026) as steps of a conditional logistic model (McFadden's choice): of
what was shown, the memory that was wanted is among the useful ones. With one useful and one useless memory
that is pairwise logistic regression. A *prior* is the weights that ship; a *delta* is what is added to one of
them. Nothing here knows a clock or a vault.

A weight moves, and may move, in proportion to its prior: what the prior found to tell nothing stays so. Without
that, the noise of a person's signs cost 2 to 20 points of R@10 in the simulation (docs/learning.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

Features = Mapping[str, float]
"""What the ranking saw of a memory: feature -> value, of about unit deviation over the candidates."""

Floats = npt.NDArray[np.float64]

HALF_LIFE = timedelta(days=180)
"""In this time a delta is halved."""

BOUND = 0.5
"""The largest delta, as a share of its weight."""

MOST = 10.0
"""Deviations beyond which a feature says nothing more."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How fast is learned, and how far.

    `rate` is the size of the gradient's step at strength 1 and `step` the longest step of one lesson, both in
    units of the prior's scale (`scale_of`). `bound` is the largest delta as a share of its weight. `slip` is
    how often a person's sign is taken to be an oversight: a lesson that contradicts all that is known moves
    little. A delta is halved by `half_life_lessons` later lessons that say nothing about it.
    """

    rate: float = 0.1
    step: float = 0.1
    bound: float = BOUND
    slip: float = 0.2
    half_life_lessons: float = 400.0
    half_life: timedelta = HALF_LIFE


@dataclass(frozen=True, slots=True)
class Lesson:
    """Memories among which is what was wanted, and others shown beside them. `strength` is 0..1."""

    useful: tuple[Features, ...]
    useless: tuple[Features, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: deltas as they were at `updated_at`, and of how many lessons."""

    deltas: Mapping[str, float] = field(default_factory=dict)
    lessons: int = 0
    updated_at: datetime | None = None

    def deltas_at(self, now: datetime, half_life: timedelta = HALF_LIFE) -> dict[str, float]:
        """The deltas as they count now. A clock that was put back fades nothing."""
        late = self.updated_at is not None and now > self.updated_at
        share = 0.5 ** ((now - self.updated_at) / half_life) if late and self.updated_at else 1.0
        return {name: delta * share for name, delta in self.deltas.items()}


def scale_of(prior: Mapping[str, float]) -> float:
    """The size of a prior's weights: the root of their mean square; 0 for an empty one."""
    return math.sqrt(sum(weight * weight for weight in prior.values()) / len(prior)) if prior else 0.0


def learn(
    learned: Learned, lesson: Lesson, prior: Mapping[str, float], now: datetime, rules: Rules | None = None
) -> Learned:
    """What is known after a lesson. Features that the prior does not name are passed over.

    A lesson without both useful and useless memories teaches nothing and is not counted.
    """
    rules = rules or Rules()
    unit = scale_of(prior)
    if not lesson.useful or not lesson.useless or unit <= 0:
        return learned
    names = sorted(prior)
    weights = np.array([prior[name] for name in names])
    faded = learned.deltas_at(now, rules.half_life)
    deltas = np.array([faded.get(name, 0.0) for name in names]) * 0.5 ** (1 / rules.half_life_lessons)
    step = np.abs(weights) * _gradient(lesson, names, weights + deltas, rules.slip)
    step *= rules.rate * min(max(lesson.strength, 0.0), 1.0)
    most = rules.bound * np.abs(weights)
    bounded = np.clip(deltas + _at_most(step, unit * rules.step), -most, most)
    return Learned(dict(zip(names, bounded.tolist(), strict=True)), learned.lessons + 1, now)


def adjusted(
    prior: Mapping[str, float], deltas: Mapping[str, float], bound: float = BOUND
) -> dict[str, float]:
    """The weights to rank by. Deltas of weights that no longer exist are passed over; one that was learned
    under a larger weight is cut to what this one admits."""
    return {
        name: weight + min(max(deltas.get(name, 0.0), -bound * abs(weight)), bound * abs(weight))
        for name, weight in prior.items()
    }


def _gradient(lesson: Lesson, names: Sequence[str], weights: Floats, slip: float) -> Floats:
    """Of the log-likelihood that what was wanted is among the useful ones. Shape (names,)."""
    rows = _rows((*lesson.useful, *lesson.useless), names)
    useful = len(lesson.useful)
    scores = rows @ weights
    odds = np.exp(np.maximum(scores - scores.max(), -60.0))
    chance = odds / odds.sum()
    known = float(chance[:useful].sum())
    wanted = chance[:useful] @ rows[:useful] / known
    trust = (1 - 2 * slip) * known / (slip + (1 - 2 * slip) * known)
    return np.asarray(trust * (wanted - chance @ rows))


def _rows(memories: Sequence[Features], names: Sequence[str]) -> Floats:
    values = np.array([[memory.get(name, 0.0) for name in names] for memory in memories], dtype=np.float64)
    return np.clip(np.nan_to_num(values), -MOST, MOST)


def _at_most(step: Floats, length: float) -> Floats:
    size = float(np.linalg.norm(step))
    return step * (length / size) if size > length else step
