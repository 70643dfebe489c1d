"""Deep recall: the local model reads each of the best memories and says how likely the question is after it.

A memory that answers a question makes its words likelier than one that is only about the same topic (query
likelihood, Ponte & Croft 1998; with a language model, Sachan et al. 2022). It costs the model's reading of every
candidate, so it is for when the first stage is undecided and the person can wait. The weights come from
`benchmarks/deep_recall.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np
import numpy.typing as npt

from second_me.core.ports import EnvironmentFault, Generator
from second_me.core.recall.date_words import date_words
from second_me.core.recall.found import Found

LEAD = "A conversation, and a question that it answers.\n"
DEPTH = 30
"""Memories that are read."""

MOST_CHARACTERS = 600
"""Of a longer memory the quote is read."""

FIRST = 5
"""The first stage is undecided where so many of its first are close together."""

PATIENCE = 2.0
"""Seconds that it may take in a talk."""


class Deep(Enum):
    """When the model reads the memories."""

    NO = auto()
    WHEN_UNDECIDED = auto()
    """Where the first stage is undecided, and for `PATIENCE` at most."""
    ALWAYS = auto()
    """Until all are read."""


@dataclass(frozen=True, slots=True)
class DeepWeights:
    """`weight`: what one standard deviation of the likelihood adds to a score, in the unit of scores; `margin`, in
    the same unit: the first stage is undecided where its first is ahead of the fifth by less."""

    weight: float
    margin: float


class Deepener:
    """Puts memories into another order with the help of a model that reads them."""

    def __init__(self, generator: Generator, weights: DeepWeights) -> None:
        self._generator, self._weights = generator, weights

    def wanted(self, deep: Deep, found: Sequence[Found]) -> bool:
        """Whether these memories, the first stage's, are to be read."""
        return deep is Deep.ALWAYS or (deep is Deep.WHEN_UNDECIDED and undecided(found, self._weights.margin))

    def looked(
        self, question: str, found: Sequence[Found], deep: Deep, cancelled: Callable[[], bool]
    ) -> tuple[Found, ...]:
        """The memories in their new order; as they are where the model could not be asked in a talk.

        Raises EnvironmentFault where they were to be read in any case.
        """
        read = found[:DEPTH]
        if len(read) < 2:
            return tuple(found)
        seconds = None if deep is Deep.ALWAYS else PATIENCE
        contexts = [context_of(each) for each in read]
        try:
            nats = self._generator.likelihoods(LEAD, contexts, target_of(question), cancelled, seconds)
        except EnvironmentFault:
            if deep is Deep.ALWAYS:
                raise
            return tuple(found)
        return deepened(found, nats, self._weights.weight)


def context_of(found: Found) -> str:
    """A memory as the model reads it: when, who, what; up to where the question begins."""
    episode = found.episode
    text = episode.text if len(episode.text) <= MOST_CHARACTERS else found.quote
    when = date_words(episode.spoken_at)
    who = f"{episode.speaker} ({when})" if when else episode.speaker
    return f"{who}: {' '.join(text.split())}\nQuestion:"


def target_of(question: str) -> str:
    """What is scored after it."""
    return " " + " ".join(question.split())


def undecided(found: Sequence[Found], margin: float) -> bool:
    """Whether the first is ahead of the fifth by less than `margin` (of the last, where there are fewer)."""
    return len(found) > 1 and found[0].score - found[:FIRST][-1].score < margin


def deepened(found: Sequence[Found], nats: Sequence[float | None], weight: float) -> tuple[Found, ...]:
    """The memories by score + weight * likelihood, the latter standardised over those that were read.

    `nats` (nats a token, larger is likelier) belong to the first of `found`. A memory that was not read counts as
    one of middling likelihood: its score stays. Equal ones keep their order; so do all when less than two were read.
    """
    read = [at for at, value in enumerate(nats) if value is not None]
    values = np.array([value for value in nats if value is not None], dtype=np.float64)
    gains = dict(zip(read, (weight * standardised(values)).tolist(), strict=True))
    raised = [replace(each, score=each.score + gains.get(at, 0.0)) for at, each in enumerate(found)]
    return tuple(sorted(raised, key=lambda each: -each.score))


def standardised(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Zero mean, unit deviation; zeros when all are equal."""
    if not values.size or values.min() == values.max():
        return np.zeros_like(values)  # by comparison: the deviation of equal values is not always exactly 0
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)
