"""What deep recall gains on LoCoMo's conversations, its weight by cross-validation, and what it costs.

    python benchmarks/deep_recall.py DATA [--sample N] [--depth 30] [--cache FILE] [--collect | --known]
        [--write] [--json]

DATA is a file in the form of LoCoMo's `locomo10.json`. The conversations go in through `second-me import`; the
first stage is `Recall.find` of this checkout with weights of the ranking that never saw the question's conversation
(by those that ship, which did, deep recall would gain nothing). The best `--depth` memories of each question are
read by the local model (`Generator.likelihoods`). What was read is kept in `--cache`, a line `{"q", "t", "nats",
"tokens"}` for a question and a turn (nats a token), in a seeded order of the questions: a run that was stopped goes
on there, and a first stage that has changed reads only the turns that are new to a question. `--collect` reads and
reports nothing; `--known` reads nothing, and takes the questions that are mostly known. R@k as in `locomo.py`. The
weight of each conversation's questions is fitted on the others; `--write` fits it on all and writes
`resources/weights/deep.json`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fit_reranker
import numpy as np
from evidence_rows import sources_of
from filled_vault import filled_vault
from fit_reranker import deviations, examined, fit
from locomo import CATEGORIES, questions_of, turns_of

from second_me.app.service.house import House
from second_me.app.weights import evidence_weights
from second_me.core.ports import Scope
from second_me.core.recall.deep import LEAD, context_of, deepened, standardised, target_of, undecided
from second_me.core.recall.found import Found
from second_me.core.recall.recall import Recall
from second_me.core.recall.reranker import RerankerWeights

WEIGHTS = Path(__file__).parent.parent / "resources" / "weights" / "deep.json"
CUTS = (5, 10)
SEED = 6
KEPT = 0.7
"""The margin is the smallest that keeps this share of the gain."""
MOSTLY = 0.8
"""With `--known`, the share of a question's memories that must have been read; the rest counts as middling."""
TIMED = 4
"""Questions that are read for the speed."""


@dataclass(frozen=True)
class Asked:
    """A question, the first stage's memories for it, and what was read of them (None: not yet)."""

    question: dict[str, Any]
    found: tuple[Found, ...]
    nats: tuple[float | None, ...]

    @property
    def fold(self) -> str:
        """Its conversation."""
        return str(self.question["conversation"])


class Cache:
    """What was read, in memory and as lines of a file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        lines = [line for line in path.read_text("utf-8").splitlines() if line.endswith("}")]
        path.write_text("".join(line + "\n" for line in lines), "utf-8")  # a stop may have torn the last
        known = map(json.loads, lines)
        self._known: dict[tuple[str, str], float] = {(each["q"], each["t"]): each["nats"] for each in known}
        self._file = path.open("a", encoding="utf-8")

    def get(self, question: str, turn: str) -> float | None:
        """Nats a token."""
        return self._known.get((question, turn))

    def put(self, question: str, turn: str, nats: float, tokens: int) -> None:
        """One more line, written at once."""
        self._known[question, turn] = nats
        self._file.write(
            json.dumps({"q": question, "t": turn, "nats": round(nats, 5), "tokens": tokens}) + "\n"
        )
        self._file.flush()

    def close(self) -> None:
        """The file is whole."""
        self._file.close()


FirstStage = Mapping[str, Recall]
"""{conversation: a recall whose weights were fitted on the others}."""


def first_stages(house: House, samples: Sequence[Mapping[str, Any]]) -> FirstStage:
    """Fits them."""
    names, seen = examined(house, samples)
    scale = deviations(seen)
    made = {}
    for fold, sample in enumerate(samples):
        fitted_on = fit([each for each in seen if each.fold != fold], scale)
        weights, units = (dict(zip(names, each.tolist(), strict=True)) for each in (fitted_on, scale))
        ranking = RerankerWeights(weights, units)
        made[f"locomo/{sample['sample_id']}"] = Recall(sources_of(house), evidence_weights(), ranking)
    return made


def first_stage(stages: FirstStage, question: Mapping[str, Any], depth: int) -> tuple[Found, ...]:
    """Recall without looking longer."""
    text, recall = question["question"], stages[question["conversation"]]
    return recall.find(text, depth, Scope(conversation=question["conversation"]), recall.embed(text)).found


def read(house: House, question: Mapping[str, Any], found: Sequence[Found], cache: Cache) -> None:
    """Let the model read what is new to the question."""
    new = [each for each in found if cache.get(question["id"], _turn(each)) is None]
    if not new:
        return
    target = target_of(question["question"])
    nats = house.generator.likelihoods(LEAD, [context_of(each) for each in new], target, lambda: False)
    tokens = house.generator.count_tokens(target)
    for each, value in zip(new, nats, strict=True):
        if value is not None:
            cache.put(question["id"], _turn(each), value, tokens)


def _turn(found: Found) -> str:
    return str(found.episode.source_id)


def asked_of(
    house: House,
    stages: FirstStage,
    questions: Sequence[dict[str, Any]],
    depth: int,
    cache: Cache,
    known: bool,
) -> list[Asked]:
    """All of them, read; or those that are `known` already."""
    out = []
    for at, question in enumerate(questions, 1):
        found = first_stage(stages, question, depth)
        if not known:
            read(house, question, found, cache)
        nats = tuple(cache.get(question["id"], _turn(each)) for each in found)
        if not known or (nats and 1 - nats.count(None) / len(nats) >= MOSTLY):
            out.append(Asked(question, found, nats))
        if at % 20 == 0:
            print(f"{at} of {len(questions)} questions", file=sys.stderr, flush=True)
    return out


def share(asked: Asked, order: Sequence[Found], cut: int) -> float:
    """The share of the question's evidence among the first `cut`."""
    evidence = asked.question["evidence"]
    return len(evidence & {_turn(each) for each in order[:cut]}) / len(evidence)


def ordered(asked: Asked, weight: float, margin: float = float("inf")) -> Sequence[Found]:
    """With deep recall where the first stage is undecided."""
    return deepened(asked.found, asked.nats, weight) if undecided(asked.found, margin) else asked.found


def worth(asked: Sequence[Asked], weight: float, margin: float = float("inf")) -> float:
    """What a margin is chosen by: the mean of R@5 and R@10."""
    orders = [ordered(each, weight, margin) for each in asked]
    return float(
        np.mean([share(each, order, cut) for each, order in zip(asked, orders, strict=True) for cut in CUTS])
    )


def fitted(asked: Sequence[Asked]) -> float:
    """The weight by the loss that the ranking is fitted with (`fit_reranker.fit`): its scores are log odds, so the
    likelihood's weight beside them is found as theirs were. Never below 0."""
    rows = [
        fit_reranker.Asked(
            fold=0,
            category=each.question["category"],
            features=np.stack([[found.score for found in each.found], gains(each.nats)], axis=1).astype("f4"),
            holds=np.array([_turn(found) in each.question["evidence"] for found in each.found]),
            evidence=len(each.question["evidence"]),
        )
        for each in asked
        if each.found
    ]
    score, likelihood = fit_reranker.fit(rows, np.ones(2))
    return max(0.0, float(likelihood / score)) if score > 0 else 0.0


def gains(nats: Sequence[float | None]) -> list[float]:
    """What `core.recall.deep.deepened` adds at a weight of one."""
    known = np.array([value for value in nats if value is not None])
    values = iter(standardised(known).tolist())
    return [0.0 if value is None else next(values) for value in nats]


def margin_of(asked: Sequence[Asked], weight: float) -> float:
    """The smallest lead of the first over the fifth that keeps most of the gain; a small one without a gain."""
    leads = np.array([each.found[0].score - each.found[:5][-1].score for each in asked if each.found])
    before, after = worth(asked, 0.0), worth(asked, weight)
    for quantile in range(5, 100, 5):
        margin = float(np.quantile(leads, quantile / 100))
        if worth(asked, weight, margin) - before >= KEPT * (after - before):
            return margin
    return float(leads.max()) * 2


def table(asked: Sequence[Asked]) -> tuple[dict[str, Any], dict[str, float]]:
    """R@k by category without and with, the weights fitted without the conversation; and those weights."""
    folds = sorted({each.fold for each in asked})
    weights = {fold: fitted([each for each in asked if each.fold != fold]) for fold in folds}
    margins = {
        fold: margin_of([each for each in asked if each.fold != fold], weights[fold]) for fold in folds
    }
    ways: dict[str, Callable[[Asked], Sequence[Found]]] = {
        "without": lambda each: each.found,
        "always": lambda each: ordered(each, weights[each.fold]),
        "when undecided": lambda each: ordered(each, weights[each.fold], margins[each.fold]),
    }
    rows: dict[str, Any] = {}
    for category in (None, *CATEGORIES):
        own = [each for each in asked if category in (None, each.question["category"])]
        rows[CATEGORIES[category] if category else "all"] = {
            "questions": len(own),
            **{
                way: {
                    f"R@{cut}": round(float(np.mean([share(each, order(each), cut) for each in own])), 3)
                    for cut in CUTS
                }
                for way, order in ways.items()
                if own
            },
        }
    rows["looked longer"] = round(float(np.mean([undecided(e.found, margins[e.fold]) for e in asked])), 3)
    return rows, {fold: round(weight, 3) for fold, weight in weights.items()}


def speed(house: House, asked: Sequence[Asked], depth: int) -> dict[str, float]:
    """Milliseconds a question, and tokens a second of both ways: the same texts, in turns."""
    seconds = {"batched": 0.0, "one by one": 0.0}
    tokens = 0
    for each in asked[:TIMED]:
        contexts, target = (
            [context_of(found) for found in each.found[:depth]],
            target_of(each.question["question"]),
        )
        tokens += sum(house.generator.count_tokens(context + target) for context in contexts)
        for way, parts in (("batched", [contexts]), ("one by one", [[context] for context in contexts])):
            started = time.perf_counter()
            for part in parts:
                house.generator.likelihoods(LEAD, part, target, lambda: False)
            seconds[way] += time.perf_counter() - started
    return {
        "ms a question": round(1000 * seconds["batched"] / min(TIMED, len(asked))),
        **{f"tokens/s {way}": round(tokens / spent) for way, spent in seconds.items()},
        "times faster": round(seconds["one by one"] / seconds["batched"], 2),
    }


def write(asked: Sequence[Asked], data: Path) -> None:
    """Fit on all and keep it."""
    weight = fitted(asked)
    kept = {
        "origin": f"benchmarks/deep_recall.py on {len(asked)} questions of {data.name}, development conversations of"
        " LoCoMo (snap-research/LoCoMo, CC BY-NC 4.0), SmolLM2-135M-Instruct; two numbers, refitted by that script",
        "weight": round(weight, 3),
        "margin": round(margin_of(asked, weight), 3),
    }
    WEIGHTS.write_text(json.dumps(kept, indent=2) + "\n")


def main() -> int:
    """Read the command line, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--home", type=Path, help="a folder where the vault is kept for the next run")
    parser.add_argument("--sample", type=int, help="so many questions, seeded")
    parser.add_argument("--depth", type=int, default=30)
    parser.add_argument(
        "--cache", type=Path, default=Path(tempfile.gettempdir()) / "deep" / "likelihoods.jsonl"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--collect", action="store_true", help="read, and report nothing")
    what.add_argument("--known", action="store_true", help="read nothing: questions that are mostly known")
    parser.add_argument("--write", action="store_true", help="fit on all and write the weights")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    samples = json.loads(given.data.read_text())
    questions = [question for sample in samples for question in questions_of(sample)]
    random.Random(SEED).shuffle(questions)
    cache = Cache(given.cache)
    with filled_vault(
        [line for sample in samples for line in turns_of(sample)], given.models, given.home
    ) as house:
        stages = first_stages(house, samples)
        asked = asked_of(house, stages, questions[: given.sample], given.depth, cache, given.known)
        cache.close()
        if given.collect:
            return 0
        rows, weights = table(asked)
        figures = {"questions": len(asked), "recall": rows, "weights": weights}
        if not given.known:
            figures |= speed(house, asked, given.depth)
    if given.write:
        write(asked, given.data)
    print(json.dumps(figures, indent=None if given.json else 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
