"""The fit of the evidence on small known data: calibrated, with the threshold of the rule, and no fold in its own."""

from __future__ import annotations

import json
from pathlib import Path

import evidence_rows
import fit_evidence
import numpy as np
import pytest
from evidence_rows import ADVERSARIAL, ANOTHER, ANSWERABLE, REMOVED, Row
from fit_evidence import Fold

from second_me.core.recall.evidence import EvidenceWeights, Signs
from second_me.core.recall.reranker import RerankerWeights

FOLDS = 3
NAMES = fit_evidence.SIGNS["both"]


def drawn(count: int = 240, seed: int = 0) -> list[Row]:
    """Rows whose only true sign is `best`: about 1 for answerable questions, about -1 for the others."""
    rng = np.random.default_rng(seed)
    groups = (ANSWERABLE, ANSWERABLE, ADVERSARIAL, REMOVED, ANSWERABLE, ANOTHER)
    rows = []
    for at in range(count):
        group, fold = groups[at % len(groups)], at // len(groups) % FOLDS
        signs = dict.fromkeys(NAMES, 0.0) | {"best": float(rng.normal(1 if group == ANSWERABLE else -1, 0.7))}
        outs = [frozenset({fold}), *(frozenset({fold, other}) for other in range(FOLDS) if other != fold)]
        by_out = dict.fromkeys(outs, signs)
        scores, holds = (0.0, -1.0, -3.0), (False, True, True)
        rows.append(Row(group, fold, by_out, by_out, dict.fromkeys(outs, scores), dict.fromkeys(outs, holds)))
    return rows


def test_the_logistic_fit_has_no_slope_left() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(200, 3))
    wanted = (inputs[:, 0] + rng.normal(size=200) > 0).astype(np.float64)
    counts = rng.uniform(0.5, 2, size=200)
    weights = fit_evidence.logistic(inputs, wanted, counts, ridge=0.3)
    whole = np.column_stack([np.ones(200), inputs])
    slope = whole.T @ (counts * (wanted - 1 / (1 + np.exp(-whole @ weights)))) - 0.3 * weights
    assert np.abs(slope).max() < 1e-8
    assert weights[1] > 3 * max(abs(weights[2]), abs(weights[3]))


def test_a_fixed_share_of_the_answerable_questions_does_not_reach_the_threshold() -> None:
    rows = drawn()
    judge = fit_evidence.fitted(rows, None, 0.1).both
    chances = [judge.chance(row.both[frozenset({row.fold})]) for row in rows if row.group == ANSWERABLE]
    assert np.mean(np.array(chances) < judge.threshold) == pytest.approx(fit_evidence.REFUSED, abs=0.01)
    assert judge.weights["best"] > 1
    assert all(abs(judge.weights[name]) < 1e-6 for name in NAMES if name != "best")


def test_a_question_about_nobody_is_judged_as_one_whose_person_says_nothing() -> None:
    rng, groups, signs = np.random.default_rng(2), [], []
    for at in range(300):
        group = (ANSWERABLE, ADVERSARIAL, REMOVED)[at % 3]
        person = float(rng.normal(4 if group == ANSWERABLE else 1, 1))
        groups.append(group)
        signs.append(dict.fromkeys(NAMES, 0.0) | {"person_asked": 1.0, "person": person})
    judge = fit_evidence.fit("both", groups, signs)
    weight = {ANSWERABLE: 0.5, ADVERSARIAL: 0.25, REMOVED: 0.125}
    mean = np.average([each["person"] for each in signs], weights=[weight[group] for group in groups])
    at_mean = dict.fromkeys(NAMES, 0.0) | {"person_asked": 1.0, "person": float(mean)}
    nobody = dict.fromkeys(NAMES, 0.0)
    assert judge.chance(nobody) == pytest.approx(judge.chance(at_mean), abs=1e-3)
    assert judge.weights["person"] > 1


def test_a_fold_neither_fits_its_own_weights_nor_those_that_its_signs_are_made_with() -> None:
    rows = drawn()
    poisoned = [
        row if row.fold != 1 else Row(
            row.group, 1, both={out: dict.fromkeys(NAMES, 1e3) for out in row.both}, words=row.words,
            scores=row.scores, holds=row.holds,
        )
        for row in rows
    ]  # fmt: skip
    assert fit_evidence.fitted(poisoned, 1, 0.1).both == fit_evidence.fitted(rows, 1, 0.1).both
    assert fit_evidence.out_of(rows[0], 2) == {0, 2}
    assert fit_evidence.out_of(rows[0], None) == {0}


def test_the_held_out_figures_are_those_of_the_folds() -> None:
    rows = drawn()
    ranking = RerankerWeights({}, {})
    always = Signs(0.0, {}, 0.0)
    yes = [Fold(out, ranking, EvidenceWeights(always, always, 0.1)) for out in range(FOLDS)]
    figures = fit_evidence.tested(rows, yes)["both"]
    assert figures["balanced accuracy"] == 0.5
    assert figures[ANSWERABLE]["answered"] == figures[ADVERSARIAL]["answered"] == 1.0
    fitted = [Fold(out, ranking, fit_evidence.fitted(rows, out, 0.1)) for out in range(FOLDS)]
    assert fit_evidence.tested(rows, fitted)["both"]["balanced accuracy"] > 0.85


def test_what_a_share_would_cite() -> None:
    table = fit_evidence.cited(drawn(12))
    assert table["0.3"] == {"gold cited": 1.0, "citations": 2.0, "right": 0.5}
    assert table["0.04"]["citations"] == 3.0


def test_the_weights_of_folds_are_kept(tmp_path: Path) -> None:
    judge = Signs(0.5, {"best": 1.0}, 0.25)
    folds = [Fold(2, RerankerWeights({"words": 1.0}, {"words": 0.5}), EvidenceWeights(judge, judge, 0.1))]
    fit_evidence.keep(folds, tmp_path / "folds.json")
    assert fit_evidence.kept(tmp_path / "folds.json") == folds


def test_the_weights_that_ship_have_every_sign_and_an_origin() -> None:
    shipped = json.loads(fit_evidence.WEIGHTS.read_text("utf-8"))
    assert "fit_evidence.py" in shipped["origin"]
    for kind, names in fit_evidence.SIGNS.items():
        assert tuple(shipped[kind]["weights"]) == names
        assert 0 < shipped[kind]["threshold"] < 1


def test_a_question_of_another_conversation_is_about_this_ones_speakers() -> None:
    there = {"conversation": {"speaker_a": "Jon", "speaker_b": "Gina"}}
    here = {"conversation": {"speaker_a": "Ann", "speaker_b": "Jonas"}}
    assert (
        evidence_rows.renamed("Did Jon meet Gina's Jonathan?", there, here)
        == "Did Ann meet Jonas's Jonathan?"
    )
