"""Fit the weights that say whether the memories hold the answer (`resources/weights/evidence.json`).

    python benchmarks/fit_evidence.py DATA [--models FOLDER] [--vault FOLDER] [--folds FILE] [--write] [--json]

DATA is a file in the form of LoCoMo's `locomo10.json`. Its conversations go into one vault, and every question
is examined by the product's own recall (`evidence_rows.py` names the groups of questions). The weights are
logistic, with a ridge; answerable questions weigh as much as all others together, and adversarial ones as much as
the other two groups. The threshold is the chance that 15 % of the answerable questions do not reach.
A question about nobody in particular is judged as one whose `person` says nothing: the mean stands for it.

Figures are cross-validated by conversation: neither the weights of the ranking, nor these, nor the threshold saw
the conversation that they are tested on. The weights that are written are fitted on all of them. `--folds` keeps
those of every fold, for `answers.py`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from evidence_rows import ADVERSARIAL, ANOTHER, ANSWERABLE, REMOVED, LeftOut, Row, rerankers, rows_of
from filled_vault import filled_vault
from locomo import turns_of

from second_me.app.service.house import House
from second_me.core.recall.evidence import TOP, EvidenceWeights, Signs
from second_me.core.recall.reranker import RerankerWeights

Floats = npt.NDArray[np.float64]
WEIGHTS = Path(__file__).parent.parent / "resources" / "weights" / "evidence.json"
SIGNS = {
    "both": ("best", "near_words", "meaning", "missing", "unheard", "person_asked", "person"),
    "words": ("best", "near_words", "missing", "unheard", "person_asked", "person"),
}
RIDGE = 0.05
REFUSED = 0.15
"""Share of the answerable questions of the development data that does not reach the threshold."""
SHARES = {ANSWERABLE: 0.5, ADVERSARIAL: 0.25, REMOVED: 0.125, ANOTHER: 0.125}
"""How much each group weighs."""
CITED_SHARES = (0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3)


@dataclass(frozen=True)
class Fold:
    """Weights that never saw one conversation."""

    left_out: int
    ranking: RerankerWeights
    evidence: EvidenceWeights


def logistic(inputs: Floats, wanted: Floats, counts: Floats, ridge: float = RIDGE) -> Floats:
    """Weights (bias first) by Newton's method. `inputs` (rows, signs), `wanted` 0 or 1 and how much each row
    `counts` (rows,)."""
    inputs = np.column_stack([np.ones(len(inputs)), inputs])
    weights = np.zeros(inputs.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        curve = inputs.T @ (inputs * (counts * chance * (1 - chance))[:, None]) + ridge * np.eye(len(weights))
        weights += np.linalg.solve(curve, inputs.T @ (counts * (wanted - chance)) - ridge * weights)
    return weights


def fit(kind: str, groups: Sequence[str], signs: Sequence[Mapping[str, float]]) -> Signs:
    """The weights of one kind, and their threshold."""
    names, told = SIGNS[kind], np.array(groups)
    inputs = np.array([[each[name] for name in names] for each in signs])
    share = {group: SHARES[group] / max(1, int((told == group).sum())) for group in SHARES}
    counts = len(told) * np.array([share[group] for group in groups])
    asked, person = names.index("person_asked"), names.index("person")
    heard = counts * inputs[:, asked]
    neutral = float(heard @ inputs[:, person] / heard.sum()) if heard.any() else 0.0
    inputs[:, person] -= neutral * inputs[:, asked]
    inputs[:, asked] = 0.0
    weights = logistic(inputs, (told == ANSWERABLE).astype(np.float64), counts)
    weights[1 + asked] = -neutral * weights[1 + person]
    named = {name: round(float(each), 4) for name, each in zip(names, weights[1:], strict=True)}
    found = Signs(round(float(weights[0]), 4), named, 0.5)
    chances = [found.chance(each) for each, group in zip(signs, groups, strict=True) if group == ANSWERABLE]
    return dataclasses.replace(found, threshold=round(float(np.quantile(chances, REFUSED)), 4))


def fitted(rows: Sequence[Row], left_out: int | None, share: float) -> EvidenceWeights:
    """Weights of all conversations but one (None: of all), from signs that saw neither it nor their own."""
    kept = [row for row in rows if row.fold != left_out]
    made = {}
    for kind in SIGNS:
        mine = [row for row in kept if signs_of(row, kind)]
        seen = [signs_of(row, kind)[out_of(row, left_out)] for row in mine]
        made[kind] = fit(kind, [row.group for row in mine], seen)
    return EvidenceWeights(made["both"], made["words"], share)


def signs_of(row: Row, kind: str) -> Mapping[LeftOut, Mapping[str, float]]:
    """The signs of a kind; empty where nothing was found."""
    return row.both if kind == "both" else row.words


def out_of(row: Row, left_out: int | None) -> LeftOut:
    """Which weights of the ranking a row may be judged by."""
    return frozenset({row.fold} if left_out is None else {row.fold, left_out})


def tested(rows: Sequence[Row], folds: Sequence[Fold]) -> dict[str, Any]:
    """The held-out figures: {kind: {group: ..., "balanced accuracy", "by fold"}}."""
    judges = {each.left_out: each.evidence for each in folds}
    return {
        kind: _tested(rows, {out: getattr(judge, kind) for out, judge in judges.items()}, kind)
        for kind in SIGNS
    }


def _tested(rows: Sequence[Row], judges: Mapping[int, Signs], kind: str) -> dict[str, Any]:
    mine = [row for row in rows if signs_of(row, kind)]
    chance = np.array([judges[row.fold].chance(signs_of(row, kind)[out_of(row, None)]) for row in mine])
    answers = chance >= np.array([judges[row.fold].threshold for row in mine])
    group, fold = np.array([row.group for row in mine]), np.array([row.fold for row in mine])
    told = group == ANSWERABLE
    figures: dict[str, Any] = {
        each: {
            "questions": int((group == each).sum()),
            "answered": round(float(answers[group == each].mean()), 3),
            **({} if each == ANSWERABLE else {"AUC": auc(chance[told], chance[group == each])}),
        }
        for each in SHARES
    }
    by_fold = {str(each): balanced(answers[fold == each], group[fold == each]) for each in judges}
    return {**figures, "balanced accuracy": balanced(answers, group), "by fold": by_fold}


def balanced(answers: npt.NDArray[np.bool_], group: npt.NDArray[np.str_]) -> float:
    """Mean of the answered share of the answerable and the refused share of the adversarial."""
    right = (answers[group == ANSWERABLE].mean() + (~answers[group == ADVERSARIAL]).mean()) / 2
    return round(float(right), 3)


def auc(positive: Floats, negative: Floats) -> float:
    """Chance that an answerable question has a better one than a question of the group."""
    more = (positive[:, None] > negative[None]).mean() + (positive[:, None] == negative[None]).mean() / 2
    return round(float(more), 3)


def cited(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """What each `share` would cite of the answerable questions, all answered: {share: gold, citations, right}."""
    told = [row for row in rows if row.group == ANSWERABLE]
    table = {}
    for share in CITED_SHARES:
        chosen = [
            [
                held
                for score, held in zip(row.scores[out], row.holds[out], strict=True)
                if np.exp(score) >= share
            ][:TOP]
            for row in told
            for out in [out_of(row, None)]
        ]
        table[str(share)] = {
            "gold cited": round(float(np.mean([any(each) for each in chosen])), 3),
            "citations": round(float(np.mean([len(each) for each in chosen])), 2),
            "right": round(sum(map(sum, chosen)) / max(1, sum(map(len, chosen))), 3),
        }
    return table


def folds_of(house: House, samples: Sequence[Mapping[str, Any]]) -> tuple[list[Row], list[Fold]]:
    """All questions, and the weights of every fold."""
    rankings = rerankers(house, samples)
    rows = rows_of(house, samples, rankings)
    share = float(json.loads(WEIGHTS.read_text("utf-8"))["share"])
    return rows, [
        Fold(out, rankings[frozenset({out})], fitted(rows, out, share)) for out in range(len(samples))
    ]


def keep(folds: Sequence[Fold], file: Path) -> None:
    """Keep the weights of every fold in a file."""
    file.write_text(json.dumps([dataclasses.asdict(each) for each in folds]), "utf-8")


def kept(file: Path) -> list[Fold]:
    """The weights of every fold from a file."""
    return [
        Fold(
            each["left_out"],
            RerankerWeights(**each["ranking"]),
            EvidenceWeights(
                Signs(**each["evidence"]["both"]),
                Signs(**each["evidence"]["words"]),
                each["evidence"]["share"],
            ),
        )
        for each in json.loads(file.read_text("utf-8"))
    ]


def write(weights: EvidenceWeights, samples: int) -> None:
    """Write the weights with their origin."""
    count = sum(len(each.weights) + 2 for each in (weights.both, weights.words)) + 1
    origin = (
        f"benchmarks/fit_evidence.py on {samples} development conversations of LoCoMo"
        f" (snap-research/LoCoMo, CC BY-NC 4.0); {count} numbers, refitted by that script (`share` was chosen by hand)"
    )
    kept_as = {"origin": origin, **dataclasses.asdict(weights)}
    WEIGHTS.write_text(json.dumps(kept_as, indent=2) + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--vault", type=Path, help="a folder in which the filled vault is kept")
    parser.add_argument("--folds", type=Path, help="a file in which the weights of every fold are kept")
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text("utf-8"))
    lines = [line for sample in samples for line in turns_of(sample)]
    with filled_vault(lines, arguments.models, arguments.vault) as house:
        rows, folds = folds_of(house, samples)
    shipped = fitted(rows, None, folds[0].evidence.share)
    if arguments.folds:
        keep(folds, arguments.folds)
    if arguments.write:
        write(shipped, len(samples))
    found = {"held out": tested(rows, folds), "cited": cited(rows), "weights": dataclasses.asdict(shipped)}
    print(json.dumps(found) if arguments.json else json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
