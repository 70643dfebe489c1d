"""How the two stages of field typing are fitted: plain numpy, a few passes over the data.

The first moves rows of weights by AdaGrad (Duchi et al. 2011), the second by Adam (Kingma and Ba 2015) with a rate that
falls to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from second_me.core.acting.recognition.features import Hashes
from second_me.core.acting.recognition.model import ContextModel, WordModel, softmax

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class WordSettings:
    """Of the first stage: all fields first, then those of real pages again."""

    passes: tuple[int, int] = (4, 3)
    rates: tuple[float, float] = (0.3, 0.15)
    falls: tuple[float, float] = (0.85, 0.8)
    batch: int = 128
    rarest: int = 2
    """Features that fewer fields have are not kept."""
    seed: int = 0


def fit_words(rows: Sequence[Hashes], labels: Places, weights: Floats, real: Flags, types: int) -> WordModel:
    """The first stage, fitted on fields' hashes and their labels (numbers of types), each field by its weight."""
    settings = WordSettings()
    every, counts = np.unique(np.concatenate(rows), return_counts=True)
    vocabulary: Hashes = every[counts >= settings.rarest]
    model = WordModel(vocabulary, np.zeros((len(vocabulary), types), np.float32))
    known = [model.known(each).astype(np.int32) for each in rows]
    mover = _AdaGrad(model.weights)
    random = np.random.default_rng(settings.seed)
    usable = np.array([len(each) > 0 for each in known])
    for part, passes, rate, fall in zip(
        (usable, usable & real), settings.passes, settings.rates, settings.falls, strict=True
    ):
        for _ in range(passes):
            order = random.permutation(np.flatnonzero(part))
            for start in range(0, len(order), settings.batch):
                at = order[start : start + settings.batch]
                mover.step([known[place] for place in at], labels[at], weights[at], rate)
            rate *= fall
    return model


class _AdaGrad:
    """Moves the rows of weights that a batch meets; what a row has moved so far slows it down."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights
        self.seen = np.full((len(weights), 1), 1e-2, np.float32)

    def step(
        self, rows: Sequence[npt.NDArray[np.int32]], labels: Places, weights: Floats, rate: float
    ) -> None:
        lengths = np.array([len(each) for each in rows])
        flat = np.concatenate(rows)
        starts = np.concatenate([[0], np.cumsum(lengths[:-1])])
        shares = (1 / np.sqrt(lengths)).astype(np.float32)[:, None]
        error = softmax(np.add.reduceat(self.weights[flat], starts, axis=0) * shares)
        error[np.arange(len(labels)), labels] -= 1
        error *= weights[:, None] * shares
        order = np.argsort(flat, kind="stable")
        ordered = flat[order]
        firsts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        slope = np.add.reduceat(error[np.repeat(np.arange(len(rows)), lengths)[order]], firsts, axis=0)
        met = ordered[firsts]
        self.seen[met] += (slope * slope).mean(axis=1, keepdims=True)
        self.weights[met] -= rate * slope / np.sqrt(self.seen[met])


@dataclass(frozen=True)
class ContextSettings:
    """Of the second stage."""

    hidden: int = 128
    passes: int = 16
    batch: int = 256
    rate: float = 0.002
    dropped: float = 0.1
    hidden_dropped: float = 0.3
    shrink: float = 1e-4
    seed: int = 0


def fit_context(
    features: Floats, labels: Places, types: int, weights: Floats, settings: ContextSettings
) -> ContextModel:
    """The second stage, fitted on the features of fields, shape (fields, features), and their labels."""
    random = np.random.default_rng(settings.seed)
    count, width = features.shape
    hidden = settings.hidden
    inner = random.standard_normal((width, hidden), np.float32) * np.float32((2 / width) ** 0.5)
    outer = random.standard_normal((hidden, types), np.float32) * np.float32(hidden**-0.5)
    values = [inner, np.zeros(hidden, np.float32), outer, np.zeros(types, np.float32)]
    mover = _Adam(values, settings.rate, settings.passes * -(-count // settings.batch), settings.shrink)
    weights = weights / weights.mean()
    for _ in range(settings.passes):
        order = random.permutation(count)
        for start in range(0, count, settings.batch):
            at = order[start : start + settings.batch]
            mover.move(_context_slopes(values, features[at], labels[at], weights[at], settings, random))
    return ContextModel(inner, values[1], outer, values[3])


def _context_slopes(
    values: list[Floats], given: Floats, labels: Places, weights: Floats, settings: ContextSettings,
    random: np.random.Generator,
) -> list[Floats]:  # fmt: skip
    inner, bias, outer, outer_bias = values
    given = given * (random.random(given.shape, np.float32) >= settings.dropped)
    sums = given @ inner + bias
    kept = (random.random(sums.shape, np.float32) >= settings.hidden_dropped) / np.float32(
        1 - settings.hidden_dropped
    )
    hidden = np.maximum(sums, 0) * kept
    error = softmax(hidden @ outer + outer_bias)
    error[np.arange(len(labels)), labels] -= 1
    error *= (weights / len(labels))[:, None]
    back = (error @ outer.T) * kept * (sums > 0)
    return [given.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]


class _Adam:
    def __init__(self, values: list[Floats], rate: float, steps: int, shrink: float) -> None:
        self.values, self.rate, self.steps, self.shrink = values, rate, steps, shrink
        self.first = [np.zeros_like(each) for each in values]
        self.second = [np.zeros_like(each) for each in values]
        self.step = 0

    def move(self, slopes: list[Floats]) -> None:
        self.step += 1
        rate = self.rate * (1 - self.step / (self.steps + 1))
        for value, slope, first, second in zip(self.values, slopes, self.first, self.second, strict=True):
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            even = np.sqrt(second / (1 - 0.999**self.step)) + 1e-8
            value -= rate * (
                first / (1 - 0.9**self.step) / even + (self.shrink * value if value.ndim > 1 else 0)
            )
