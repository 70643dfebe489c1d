"""Fit the weights of the reranker (`resources/weights/reranker.json`), and say what each feature gives.

    python benchmarks/fit_reranker.py DATA [--models FOLDER] [--vault FOLDER] [--ablate] [--write] [--json]

DATA is a file in the form of LoCoMo's `locomo10.json`. Its conversations go into one vault, and every question
is examined by the product's own recall within its conversation: what is fitted is what is served. The loss is
a listwise softmax over the candidates (ListNet's top one), every turn of the evidence against all turns that are
none, with a ridge. Figures are cross-validated by conversation: weights never saw the conversation that they
are tested on; the weights that are written are fitted on all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from filled_vault import filled_vault
from locomo import CATEGORIES, questions_of, turns_of

from second_me.app.service.house import House
from second_me.core.ports import Scope

Floats = npt.NDArray[np.float64]
WEIGHTS = Path(__file__).parent.parent / "resources" / "weights" / "reranker.json"
RIDGE = 1e-2
STEPS = 300
LEAST = -500.0
"""Nats under the best, below which a score counts as this."""
CUTS = (5, 10, 20)
COPIES = "several_"
GROUPS = {
    "words": ("words", "cover", "rarest", "sum"),
    "meaning": ("meaning",),
    "neighbours": ("_before", "_after"),
    "session": ("session_", "opens_session"),
    "who speaks": ("named_speaker", "other_speaker", "speaks_of_named"),
    "questions and their answers": ("question_", "asks", "answers_"),
    "length": ("length", "short"),
    "what is asked for": ("time_words", "numbers", "digits", "names", "quotes", "reasons", "phrase"),
    "time": ("said_then", "happened_then"),
    "related words": ("related",),
    "questions for several": ("several_",),
}
"""Features by the beginning (or a part) of their names, for the ablation."""


@dataclass(frozen=True)
class Asked:
    """A question: features of its candidates (candidates, features), which are evidence (candidates,), and how
    many turns its evidence has in all."""

    fold: int
    category: int
    features: npt.NDArray[np.float32]
    holds: npt.NDArray[np.bool_]
    evidence: int


def examined(house: House, samples: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[Asked]]:
    """(names of the features, all questions)."""
    names: list[str] = []
    asked: list[Asked] = []
    for fold, sample in enumerate(samples):
        for question in questions_of(dict(sample)):
            vector = house.recall.embed(question["question"])
            seen = house.recall.examine(question["question"], Scope(question["conversation"]), vector)
            if seen is None:
                continue
            episodes = house.episodes.by_seq(seen.seqs(seen.places))
            sources = [episodes[seq].source_id for seq in seen.seqs(seen.places)]
            names = names or sorted(seen.features)
            asked.append(
                Asked(
                    fold=fold,
                    category=question["category"],
                    features=np.stack([seen.features[name] for name in names], axis=1).astype(np.float32),
                    holds=np.array([source in question["evidence"] for source in sources]),
                    evidence=len(question["evidence"]),
                )
            )
        print(f"{sample['sample_id']}: {len(asked)} questions", file=sys.stderr, flush=True)
    return names, asked


def deviations(asked: Sequence[Asked]) -> Floats:
    """One deviation of each feature over all candidates, at least a thousandth. (features,)"""
    rows = np.concatenate([each.features for each in asked])
    return rows.std(axis=0).astype(np.float64).clip(1e-3)


def fit(asked: Sequence[Asked], scale: Floats, ridge: float = RIDGE) -> Floats:
    """Weights of the features in deviations, by L-BFGS with two loops. (features,)"""
    told = [each for each in asked if each.holds.any()]
    most = max(len(each.holds) for each in told)
    rows = np.zeros((len(told), most, len(scale)), dtype=np.float32)
    holds, there = np.zeros((len(told), most), dtype=np.bool_), np.zeros((len(told), most), dtype=np.bool_)
    for at, each in enumerate(told):
        rows[at, : len(each.holds)] = each.features / scale
        holds[at, : len(each.holds)], there[at, : len(each.holds)] = each.holds, True

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.where(there, (rows @ weights.astype(np.float32)).astype(np.float64), -np.inf)
        scores = np.maximum(scores - scores.max(axis=1, keepdims=True), LEAST)
        raised = np.exp(scores) * there
        others = (raised * ~holds).sum(axis=1, keepdims=True)
        total = others + raised
        value = float(((np.log(total.clip(1e-300)) - scores) * holds).sum()) / len(told)
        total = np.where(holds, total, 1.0)
        shared = (holds / total).sum(axis=1, keepdims=True)
        slope = raised * ~holds * shared + holds * (raised / total - 1)
        gradient = np.einsum("qt,qtf->f", slope, rows, optimize=True) / len(told)
        return value + ridge * float(weights @ weights), gradient + 2 * ridge * weights

    return minimised(loss, np.zeros(len(scale)))


def minimised(loss: Any, start: Floats, memory: int = 10) -> Floats:
    """Limited-memory BFGS with backtracking (Nocedal and Wright, algorithm 7.5)."""
    at, (value, slope) = start, loss(start)
    steps: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        direction = -_two_loops(slope, steps)
        length = 1.0 if steps else 1 / max(1.0, float(np.linalg.norm(slope)))
        gain = float(slope @ direction)
        while length > 1e-8:
            there = at + length * direction
            new, new_slope = loss(there)
            if new <= value + 1e-4 * length * gain:
                break
            length /= 2
        if length <= 1e-8 or value - new < 1e-7:
            return at
        if float((new_slope - slope) @ (there - at)) > 1e-12:
            steps = [*steps[-memory + 1 :], (there - at, new_slope - slope)]
        at, value, slope = there, new, new_slope
    return at


def _two_loops(slope: Floats, steps: Sequence[tuple[Floats, Floats]]) -> Floats:
    out, kept = slope.copy(), []
    for moved, bent in reversed(steps):
        share = float(moved @ out) / float(moved @ bent)
        kept.append(share)
        out -= share * bent
    if steps:
        moved, bent = steps[-1]
        out *= float(moved @ bent) / float(bent @ bent)
    for (moved, bent), share in zip(steps, reversed(kept), strict=True):
        out += moved * (share - float(bent @ out) / float(moved @ bent))
    return out


def held_out(asked: Sequence[Asked], scale: Floats, ridge: float = RIDGE) -> list[Floats]:
    """Scores of each question's candidates by weights that never saw its conversation."""
    weights = {
        fold: fit([each for each in asked if each.fold != fold], scale, ridge)
        for fold in sorted({each.fold for each in asked})
    }
    return [(each.features / scale) @ weights[each.fold] for each in asked]


def recall_at(asked: Sequence[Asked], scores: Sequence[Floats], cut: int, category: int | None) -> float:
    """Mean share of the evidence among the first `cut`."""
    shares = [
        each.holds[np.argsort(-score, kind="stable")[:cut]].sum() / each.evidence
        for each, score in zip(asked, scores, strict=True)
        if category in (None, each.category)
    ]
    return float(np.mean(shares)) if shares else 0.0


def table(asked: Sequence[Asked], scores: Sequence[Floats]) -> dict[str, dict[str, float]]:
    """{category: {"R@5": share}}."""
    return {
        CATEGORIES[category] if category else "all": {
            f"R@{cut}": round(recall_at(asked, scores, cut, category), 4) for cut in CUTS
        }
        for category in (None, *CATEGORIES)
    }


def ablation(names: Sequence[str], asked: Sequence[Asked], scale: Floats) -> dict[str, dict[str, float]]:
    """What is lost without each group of features, cross-validated: {group: {"R@5": points, ...}}."""
    whole = held_out(asked, scale)
    lost = {}
    for group, parts in GROUPS.items():
        kept = [at for at, name in enumerate(names) if not any(_belongs(name, part) for part in parts)]
        fewer = [
            Asked(each.fold, each.category, each.features[:, kept], each.holds, each.evidence)
            for each in asked
        ]
        scores = held_out(fewer, scale[kept])
        lost[group] = {
            "features": len(names) - len(kept),
            **{
                f"R@{cut}": round(
                    100 * (recall_at(asked, whole, cut, None) - recall_at(asked, scores, cut, None)), 2
                )
                for cut in CUTS
            },
            "multi-hop R@10": round(
                100 * (recall_at(asked, whole, 10, 1) - recall_at(asked, scores, 10, 1)), 2
            ),
        }
        print(group, lost[group], file=sys.stderr, flush=True)
    return lost


def _belongs(name: str, part: str) -> bool:
    """A copy of a feature goes with it (`core/recall/several.py`)."""
    if part == COPIES:
        return name.startswith(part)
    plain = name.removeprefix(COPIES)
    return part in plain if part.startswith("_") else plain.startswith(part)


def write(names: Sequence[str], weights: Floats, scale: Floats, samples: int) -> None:
    """Write the weights with their origin."""
    origin = (
        f"benchmarks/fit_reranker.py on {samples} development conversations of LoCoMo"
        f" (snap-research/LoCoMo, CC BY-NC 4.0); {len(names)} numbers, refitted by that script"
    )
    kept = {
        "origin": origin,
        "weights": {name: round(float(each), 4) for name, each in zip(names, weights, strict=True)},
        "deviations": {name: round(float(each), 4) for name, each in zip(names, scale, strict=True)},
    }
    WEIGHTS.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--vault", type=Path, help="a folder in which the filled vault is kept")
    parser.add_argument("--ablate", action="store_true", help="what is lost without each group of features")
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text("utf-8"))
    lines = [line for sample in samples for line in turns_of(sample)]
    with filled_vault(lines, arguments.models, arguments.vault) as house:
        names, asked = examined(house, samples)
    scale = deviations(asked)
    found: dict[str, Any] = {"questions": len(asked), "held out": table(asked, held_out(asked, scale))}
    if arguments.ablate:
        found["lost without"] = ablation(names, asked, scale)
    weights = fit(asked, scale)
    if arguments.write:
        write(names, weights, scale, len(samples))
    found["weights"] = {name: round(float(each), 3) for name, each in zip(names, weights, strict=True)}
    print(json.dumps(found) if arguments.json else json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
