"""The fit of the reranker: it separates what can be separated, its slope is right, and nobody is graded by herself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import fit_reranker
import numpy as np
import pytest
from fit_reranker import Asked, ablation, deviations, fit, held_out, minimised, recall_at, table, write
from hypothesis import given, settings
from hypothesis import strategies as st

Loss = Callable[[np.ndarray], tuple[float, np.ndarray]]


def asked(
    seed: int, count: int = 30, candidates: int = 15, fold: int = 0, sign: float = 1.0, category: int = 4
) -> list[Asked]:
    """Questions of two evidence turns each, told from the others by the first of three features."""
    rng, made = np.random.default_rng(seed), []
    for _ in range(count):
        holds = np.zeros(candidates, dtype=np.bool_)
        holds[rng.choice(candidates, 2, replace=False)] = True
        features = rng.normal(size=(candidates, 3)).astype(np.float32)
        features[:, 0] = sign * np.where(holds, 2.0, -2.0) + rng.uniform(-1, 1, candidates)
        features[:, 2] *= 100
        made.append(Asked(fold, category, features, holds, 2))
    return made


def one(holds: list[bool], evidence: int, category: int = 4, fold: int = 0) -> Asked:
    features = np.arange(len(holds), dtype=np.float32)[:, None]
    return Asked(fold, category, features, np.array(holds, dtype=np.bool_), evidence)


def loss_of(questions: list[Asked], ridge: float, monkeypatch: pytest.MonkeyPatch) -> Loss:
    """The loss that `fit` minimises."""
    caught: list[Loss] = []

    def catch(loss: Loss, start: np.ndarray) -> np.ndarray:
        caught.append(loss)
        return start

    with monkeypatch.context() as patch:
        patch.setattr(fit_reranker, "minimised", catch)
        fit(questions, deviations(questions), ridge)
    return caught[0]


def test_what_can_be_separated_is() -> None:
    questions = asked(1)
    scale = deviations(questions)
    weights = fit(questions, scale)
    scores = [(each.features / scale) @ weights for each in questions]
    assert recall_at(questions, scores, 2, None) == 1.0
    assert weights[0] > 10 * abs(weights[1:]).max()


def test_a_stronger_ridge_makes_smaller_weights() -> None:
    questions = asked(2)
    scale = deviations(questions)
    norms = [float(np.linalg.norm(fit(questions, scale, ridge))) for ridge in (1e-3, 1e-1, 10.0)]
    assert norms[0] > norms[1] > norms[2]


def test_the_loss_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each evidence turn against all that are none: two of three candidates are evidence, equal at the start."""
    questions = [one([True, False, True], 2)]
    loss = loss_of(questions, 0.5, monkeypatch)
    assert loss(np.zeros(1))[0] == pytest.approx(2 * np.log(2))
    scale = deviations(questions)[0]
    odds = np.exp(np.arange(3) / scale * 0.3)
    by_hand = sum(np.log(1 + odds[1] / odds[at]) for at in (0, 2)) + 0.5 * 0.3**2
    assert loss(np.array([0.3]))[0] == pytest.approx(by_hand, rel=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_the_slope_is_that_of_finite_differences(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions of different lengths among them, and one without any evidence in its candidates."""
    questions = [
        *asked(seed, 4),
        *asked(seed + 10, 3, 6),
        Asked(0, 4, np.ones((4, 3), np.float32), np.zeros(4, bool), 1),
    ]
    loss = loss_of(questions, 0.05, monkeypatch)
    at, step = np.random.default_rng(seed).normal(size=3), 1e-2
    slope = loss(at)[1]
    for feature in range(3):
        moved = step * np.eye(3)[feature]
        difference = (loss(at + moved)[0] - loss(at - moved)[0]) / (2 * step)
        assert slope[feature] == pytest.approx(difference, rel=2e-3, abs=2e-3)


def test_scores_that_lie_far_apart_are_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    value, slope = loss_of(asked(3), 0.0, monkeypatch)(np.array([-1e6, 0.0, 0.0]))
    assert np.isfinite(value)
    assert np.isfinite(slope).all()


@given(st.integers(0, 10_000), st.integers(1, 8))
@settings(max_examples=30, deadline=None)
def test_the_least_of_a_bowl_is_found(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(size, size))
    bowl, least = root @ root.T + np.eye(size), rng.normal(size=size) * 3

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        away = at - least
        return float(away @ bowl @ away), 2 * bowl @ away

    assert loss(minimised(loss, np.zeros(size)))[0] < 1e-4


def test_a_curved_valley_is_followed() -> None:
    """Rosenbrock's."""

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        x, y = at
        slope = np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])
        return float((1 - x) ** 2 + 100 * (y - x * x) ** 2), slope

    assert minimised(loss, np.array([-1.2, 1.0])).tolist() == pytest.approx([1, 1], abs=1e-2)


def test_nobody_is_graded_by_weights_that_saw_her() -> None:
    """One conversation tells the opposite of the two others: with their weights it is all wrong."""
    questions = [*asked(1, fold=0), *asked(2, fold=1), *asked(3, fold=2, sign=-1.0)]
    scores = held_out(questions, deviations(questions))
    last = [(each, score) for each, score in zip(questions, scores, strict=True) if each.fold == 2]
    assert recall_at(*map(list, zip(*last, strict=True)), 2, None) == 0.0
    assert len(scores) == len(questions)


def test_evidence_outside_of_the_candidates_is_missed() -> None:
    questions = [one([True, False, False], 1), one([True, False, False], 4), one([False] * 3, 1)]
    best_first = [np.array([3.0, 2.0, 1.0])] * 3
    assert recall_at(questions, best_first, 1, None) == pytest.approx((1 + 1 / 4 + 0) / 3)
    assert recall_at(questions, best_first, 99, None) == pytest.approx((1 + 1 / 4 + 0) / 3)
    worst_first = [np.array([1.0, 2.0, 3.0])] * 3
    assert recall_at(questions, worst_first, 2, None) == 0.0


def test_figures_are_of_their_category() -> None:
    questions = [one([True, False], 1, category=1), one([False, True], 1, category=4)]
    scores = [np.array([2.0, 1.0])] * 2
    assert [recall_at(questions, scores, 1, category) for category in (1, 4, 2, None)] == [1.0, 0.0, 0.0, 0.5]
    figures = table(questions, scores)
    assert figures["all"] == {"R@5": 1.0, "R@10": 1.0, "R@20": 1.0}
    assert set(figures) == {"all", "multi-hop", "temporal", "open", "single-hop", "adversarial"}


def test_deviations_are_never_nothing() -> None:
    questions = [Asked(0, 4, np.array([[1.0, 7.0], [3.0, 7.0]], np.float32), np.array([True, False]), 1)]
    assert deviations(questions).tolist() == [1.0, 1e-3]


def test_what_is_lost_without_the_telling_features() -> None:
    questions = [*asked(1, fold=0), *asked(2, fold=1)]
    lost = ablation(["words", "length", "quotes"], questions, deviations(questions))
    assert lost["words"]["features"] == lost["length"]["features"] == 1
    assert lost["words"]["R@5"] > 20
    assert abs(lost["length"]["R@5"]) < 1
    assert lost["time"] == {"features": 0, "R@5": 0, "R@10": 0, "R@20": 0, "multi-hop R@10": 0}


def test_weights_are_written_with_their_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_reranker, "WEIGHTS", tmp_path / "reranker.json")
    write(["words", "length"], np.array([0.123456, -2.0]), np.array([0.5, 1e-3]), 5)
    kept = json.loads((tmp_path / "reranker.json").read_text())
    assert kept["weights"] == {"words": 0.1235, "length": -2.0}
    assert kept["deviations"] == {"words": 0.5, "length": 0.001}
    assert "5 development conversations" in kept["origin"]
