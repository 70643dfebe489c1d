"""How much a tensor's error costs: measured in the whole model, on calibration text.

The loss of a model with several tensors a little wrong is nearly the sum of their parts, and each part grows
in proportion to the tensor's relative squared error (the linearity theorem of HIGGS, Malinovskii et al. 2024,
arXiv:2411.17525). So one measurement a tensor is enough: put one rung in place, measure the Kullback-Leibler
divergence of the next token's distribution from the untouched model's (it has a hundredth of the noise of a
difference of losses), and divide by that rung's error. Cost: one pass over the text for each tensor.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from second_me.models.context import Context
from second_me.models.ggml import Floats
from second_me.models.llama import LoadedModel

SKIPPED = 8
"""The first positions of a chunk are not scored: with no text before them they say little."""


class Text:
    """Calibration text in chunks of tokens, each read by itself."""

    def __init__(self, model: LoadedModel, chunks: Sequence[Sequence[int]]) -> None:
        self.chunks = [list(chunk) for chunk in chunks]
        length = max(len(chunk) for chunk in chunks)
        self._context = Context(model, length, length)

    def close(self) -> None:
        """Give the context back."""
        self._context.close()

    @property
    def scored(self) -> int:
        """Tokens whose successors are scored."""
        return sum(len(chunk) - SKIPPED for chunk in self.chunks)

    def log_probabilities(self, number: int) -> Floats:
        """Of every token after each scored position of a chunk, (positions, vocabulary)."""
        chunk = self.chunks[number]
        self._context.forget(0)
        self._context.decode(chunk, 0, every=True)
        rows = [self._context.logits(index) for index in range(SKIPPED, len(chunk))]
        return log_softmax(np.stack(rows))

    def reference(self) -> list[Floats]:
        """What the model says as it is now: 4 bytes for each scored position and token of the vocabulary."""
        return [self.log_probabilities(number) for number in range(len(self.chunks))]

    def divergence(self, reference: Sequence[Floats]) -> float:
        """Mean Kullback-Leibler divergence from the reference, nats a token."""
        total = 0.0
        for number, kept in enumerate(reference):
            gap = kept - self.log_probabilities(number)
            total += float((np.exp(kept) * gap).sum(dtype=np.float64))
        return max(0.0, total / self.scored)

    def loss(self) -> float:
        """Mean negative log-likelihood of the text's own tokens, nats a token."""
        total, count = 0.0, 0
        for number, chunk in enumerate(self.chunks):
            rows = self.log_probabilities(number)[:-1]
            truth = np.asarray(chunk[SKIPPED + 1 :])
            total -= float(rows[np.arange(len(truth)), truth].sum(dtype=np.float64))
            count += len(truth)
        return total / count


def log_softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    logarithm: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logarithm


def weighted_error(weights: Floats, made: Floats, importance: Floats | None) -> tuple[float, float]:
    """(weighted squared error, weighted squared weights), both sums over (rows, columns)."""
    share = np.ones(weights.shape[1]) if importance is None else importance.astype(np.float64)
    error = float((np.square(weights - made, dtype=np.float64) @ share).sum())
    energy = float((np.square(weights, dtype=np.float64) @ share).sum())
    return error, energy
