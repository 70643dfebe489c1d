"""The order of the candidates: a weighted sum of named features (`resources/weights/reranker.json`).

Weights are fitted by `benchmarks/fit_reranker.py` (listwise softmax, ListNet's top one; Cao et al. 2007) on
development data; the file names their origin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from second_me.core.recall.pool import Floats


@dataclass(frozen=True, slots=True)
class RerankerWeights:
    """`weights` of features in units of one deviation; `deviations` is how large that is in natural units.

    Both have the same names; a feature without a weight counts for nothing.
    """

    weights: Mapping[str, float]
    deviations: Mapping[str, float]

    def standardised(self, features: Mapping[str, Floats]) -> dict[str, Floats]:
        """The features that have a weight, in deviations."""
        return {name: features[name] / self.deviations[name] for name in self.weights if name in features}


def ranked(features: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The score that orders: the sum of standardised features by weight. Shape (candidates,)."""
    return np.asarray(sum(weights[name] * values for name, values in features.items()), dtype=np.float64)
