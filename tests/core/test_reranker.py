"""The weighted sum that orders."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest

from second_me.core.recall.reranker import RerankerWeights, ranked
from second_me.core.recall.several import FEATURES
from tests.core.laid import Turn, seen

WEIGHTS = RerankerWeights({"words": 2.0, "length": -1.0}, {"words": 0.5, "length": 4.0})


def test_features_are_counted_in_deviations() -> None:
    seen_of = WEIGHTS.standardised({"words": np.array([1.0, 0.0]), "length": np.array([4.0, 8.0])})
    assert {name: values.tolist() for name, values in seen_of.items()} == {"words": [2, 0], "length": [1, 2]}
    assert ranked(seen_of, WEIGHTS.weights).tolist() == [3.0, -2.0]


def test_a_feature_without_a_weight_counts_for_nothing() -> None:
    features = {"words": np.array([1.0]), "new": np.array([9.0])}
    assert WEIGHTS.standardised(features).keys() == {"words"}
    assert ranked(WEIGHTS.standardised(features), WEIGHTS.weights).tolist() == [4.0]


def test_the_weights_that_ship_are_of_features_that_are_made() -> None:
    kept = json.loads(files("second_me.resources").joinpath("weights/reranker.json").read_text("utf-8"))
    assert kept["origin"]
    assert kept["weights"].keys() == kept["deviations"].keys()
    assert all(np.isfinite(value) for value in kept["weights"].values())
    assert min(kept["deviations"].values()) > 0
    _, features = seen("Where is the cello?", [Turn(1, 1, "The cello is here.")])
    made = features.keys() | {f"several_{name}" for name in FEATURES}
    assert kept["weights"].keys() <= made
    assert features.keys() >= set(FEATURES)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_one_score_a_candidate(count: int) -> None:
    features = {"words": np.ones(count), "length": np.zeros(count)}
    assert ranked(WEIGHTS.standardised(features), WEIGHTS.weights).shape == (count,)
