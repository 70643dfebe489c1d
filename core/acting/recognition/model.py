"""The two models: sums of weights of a field's features, then a hidden layer over the context; chances by softmax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from second_me.core.acting.recognition.features import Hashes

Floats = npt.NDArray[np.float32]


def softmax(scores: Floats) -> Floats:
    """Chances of each row, which sum to 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances


@dataclass(frozen=True, slots=True)
class WordModel:
    """Multinomial logistic regression: `weights` has a row a known feature (by its hash in `vocabulary`, which is
    sorted) and a column a type."""

    vocabulary: Hashes
    weights: Floats

    def chances(self, fields: Sequence[Hashes]) -> Floats:
        """Shape (fields, types). A field's sum is divided by the root of the number of features that are known."""
        if not fields:
            return np.zeros((0, self.weights.shape[1]), np.float32)
        return softmax(np.stack([self._sum(self.known(each)) for each in fields]))

    def known(self, hashes: Hashes) -> npt.NDArray[np.int64]:
        """The rows of a field's features."""
        places = np.searchsorted(self.vocabulary, hashes)
        places[places == len(self.vocabulary)] = 0
        found: npt.NDArray[np.int64] = places[self.vocabulary[places] == hashes]
        return found

    def _sum(self, known: npt.NDArray[np.int64]) -> Floats:
        total: Floats = self.weights[known].sum(axis=0, dtype=np.float32)
        return total / np.float32(max(1, len(known)) ** 0.5)


@dataclass(frozen=True, slots=True)
class ContextModel:
    """A layer of rectified sums over `context.context_features`: shapes (features, hidden), (hidden,), (hidden,
    types), (types,)."""

    inner: Floats
    bias: Floats
    outer: Floats
    outer_bias: Floats

    def chances(self, features: Floats) -> Floats:
        """Shape (fields, types)."""
        return softmax(np.maximum(features @ self.inner + self.bias, 0) @ self.outer + self.outer_bias)
