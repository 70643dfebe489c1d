"""Answers and ignorance on LoCoMo: is the evidence cited, and is what nobody told left unanswered?

    python benchmarks/answers.py DATA [--vault FOLDER] [--models FOLDER] [--folds FILE] [--no-model] [--sample 40]
                                 [--figure FILE.svg] [--json]

Every question goes through the twin, as `second-me ask --batch` puts it, within its conversation. The weights of the
ranking and of the evidence are those of a fold that never saw the conversation (`fit_evidence.py --folds`; fitted here
when no file is given). Answerable are the categories 1 to 4, not answerable category 5.

*Gold cited*: at least one turn of the evidence is among the citations, five at most; an abstention counts as a
miss. *All of it*: the mean share of the evidence that is cited. *Gold string*: the expected answer stands in the
answer, and how many of its words do (token recall and F1; SQuAD's normalisation), an abstention counting as 0.
The answers are the memories themselves; the model's own words, which are slow here, are asked for a sample.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import string
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from answers_figure import draw
from evidence_rows import sources_of
from filled_vault import filled_vault
from fit_evidence import Fold, folds_of, kept
from locomo import CATEGORIES, questions_of, turns_of

from second_me.app.service.house import House
from second_me.app.service.wording import answer_text
from second_me.core.ports import Scope
from second_me.core.recall.recall import Recall
from second_me.core.twin.answers import Answer, Source
from second_me.core.twin.twin import CITED, Turn, Twin

ADVERSARIAL = 5
SEED = 0
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_SIGNS = str.maketrans("", "", string.punctuation + "“”’‘…")


@dataclass(frozen=True)
class Outcome:
    """One answer. `strength` is that of the best memory; `gold` and `all_gold` are the evidence in the citations,
    `would` in those that there would be without a threshold."""

    fold: int
    category: int
    abstained: bool
    strength: float
    citations: int
    gold: bool
    all_gold: float
    would: bool
    string: bool
    recall: float
    f1: float
    of_model: bool

    @property
    def answerable(self) -> bool:
        """Whether the conversation holds the answer."""
        return self.category != ADVERSARIAL


def twin_of(house: House, fold: Fold) -> Twin:
    """The twin with the weights of a fold."""
    recall = Recall(sources_of(house), fold.evidence, fold.ranking)
    return Twin(recall, house.episodes, house.generator)


def asked(samples: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """All questions with their fold, gold answer and time of asking: a day after the last turn."""
    found = []
    for fold, sample in enumerate(samples):
        last = max(line["time"] for line in turns_of(dict(sample)))
        for question in questions_of(dict(sample)):
            raw = sample["qa"][int(question["id"].rpartition("/")[2])]
            found.append({**question, "fold": fold, "gold": str(raw.get("answer", "")), "last": last})
    return found


def outcome(house: House, twin: Twin, question: Mapping[str, Any], use_model: bool) -> Outcome:
    """Ask one question."""
    turn = Turn(
        question["question"], Scope(question["conversation"]), about_memories=True, use_model=use_model,
        now=datetime.fromisoformat(question["last"]) + timedelta(days=1),
    )  # fmt: skip
    *_, answer = twin.reply(turn, lambda: False)
    assert isinstance(answer, Answer)
    sources = {item.episode.memory_id: item.episode for item in answer.considered}
    found = {sources[each.memory_id].source_id for each in answer.citations if each.memory_id in sources}
    best = max((item.strength for item in answer.considered), default=0.0)
    likely = [item for item in answer.considered if item.strength >= min(best, 0.5)][:CITED]
    would = found or {item.episode.source_id for item in likely}
    wanted = question["evidence"]
    text = "" if answer.abstained else answer_text(answer, sources)
    return Outcome(
        fold=question["fold"], category=question["category"], abstained=answer.abstained, strength=best,
        citations=len(answer.citations), gold=bool(found & wanted), all_gold=len(found & wanted) / len(wanted),
        would=bool(would & wanted),
        string=contains(text, question["gold"]), recall=overlap(text, question["gold"])[0],
        f1=overlap(text, question["gold"])[1], of_model=answer.source is Source.MODEL,
    )  # fmt: skip


def normalised(text: str) -> list[str]:
    """Words in lower case without punctuation and articles."""
    return _ARTICLES.sub(" ", text.lower().translate(_SIGNS)).split()


def contains(text: str, gold: str) -> bool:
    """Whether the gold answer stands in the text."""
    wanted = normalised(gold)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(normalised(text))} "


def overlap(text: str, gold: str) -> tuple[float, float]:
    """(share of the gold answer's words that the text holds, F1 of the words)."""
    said, wanted = Counter(normalised(text)), Counter(normalised(gold))
    shared = (said & wanted).total()
    if not shared:
        return 0.0, 0.0
    precision, recall = shared / said.total(), shared / wanted.total()
    return recall, 2 * precision * recall / (precision + recall)


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of all questions, of each fold and each category."""
    told = [each for each in outcomes if each.answerable]
    untold = [each for each in outcomes if not each.answerable]
    answered = [each for each in told if not each.abstained]
    return {
        "questions": len(outcomes),
        "gold cited": _mean(each.gold for each in told),
        "all of it": _mean(each.all_gold for each in told),
        "answered": _mean(not each.abstained for each in told),
        "not known": _mean(each.abstained for each in untold),
        "balanced accuracy": balanced(told, untold),
        "always answer": 0.5,
        "always abstain": 0.5,
        "citations": _mean(each.citations for each in answered),
        "gold string": _mean(each.string for each in told),
        "gold words": _mean(each.recall for each in told),
        "F1": _mean(each.f1 for each in told),
    }


def balanced(told: Sequence[Outcome], untold: Sequence[Outcome]) -> float | None:
    """Mean of the share of the answerable that is answered and of the others that is not; None without both."""
    if not told or not untold:
        return None
    right = np.mean([not each.abstained for each in told]) + np.mean([each.abstained for each in untold])
    return round(float(right) / 2, 3)


def _mean(values: Iterator[float]) -> float:
    kept_values = list(values)
    return round(float(np.mean(kept_values)), 3) if kept_values else 0.0


def curve(outcomes: Sequence[Outcome]) -> list[dict[str, float]]:
    """What each threshold would give, the strictest first: the share of all questions that is answered, the share
    of the answers that cite gold, the balanced accuracy. `strength` 0.5 is the threshold that ships."""
    ranked = sorted(outcomes, key=lambda each: -each.strength)
    told = sum(each.answerable for each in ranked)
    untold = len(ranked) - told
    points, right, answered_told = [], 0, 0
    for count, each in enumerate(ranked, 1):
        right += each.would and each.answerable
        answered_told += each.answerable
        refused = 1 - (count - answered_told) / max(1, untold)
        points.append(
            {
                "strength": round(each.strength, 4),
                "answered": round(count / len(ranked), 4),
                "precision": round(right / count, 4),
                "balanced accuracy": round((answered_told / max(1, told) + refused) / 2, 4),
            }
        )
    return points


def of_the_model(
    house: House, twins: Mapping[int, Twin], questions: Sequence[dict[str, Any]], count: int
) -> dict[str, Any]:
    """The same figures with the model's words, for a sample of the answerable questions."""
    told = [each for each in questions if each["category"] != ADVERSARIAL]
    drawn = random.Random(SEED).sample(told, min(count, len(told)))
    spoken = []
    for number, each in enumerate(drawn, 1):
        spoken.append(outcome(house, twins[each["fold"]], each, use_model=True))
        print(f"model: {number} of {len(drawn)}", file=sys.stderr, flush=True)
    answered = [each for each in spoken if not each.abstained]
    return {
        "sample": len(drawn),
        "answered": len(answered),
        "own words survived": sum(each.of_model for each in answered),
        "gold string where they did": _mean(each.string for each in answered if each.of_model),
        **{key: figures(spoken)[key] for key in ("gold cited", "gold string", "gold words", "F1")},
    }


def report(
    house: House, samples: Sequence[Mapping[str, Any]], folds: Sequence[Fold], sample: int
) -> dict[str, Any]:
    """All figures."""
    twins = {fold.left_out: twin_of(house, fold) for fold in folds}
    questions = asked(samples)
    outcomes = []
    for each in questions:
        outcomes.append(outcome(house, twins[each["fold"]], each, use_model=False))
        if len(outcomes) % 200 == 0:
            print(f"{len(outcomes)} questions", file=sys.stderr, flush=True)
    return {
        "all": figures(outcomes),
        "by fold": {
            samples[fold]["sample_id"]: figures([each for each in outcomes if each.fold == fold])
            for fold in range(len(samples))
        },
        "by category": {
            name: figures([each for each in outcomes if each.category == number])
            for number, name in CATEGORIES.items()
        },
        "model": of_the_model(house, twins, questions, sample) if sample else None,
        "curve": curve(outcomes),
        "outcomes": [asdict(each) for each in outcomes],
    }


def show(found: Mapping[str, Any]) -> None:
    """The figures as tables."""
    print(json.dumps(found["all"], indent=1))
    keys = (
        "questions",
        "gold cited",
        "all of it",
        "answered",
        "not known",
        "balanced accuracy",
        "gold string",
    )
    print(f"{'':14}" + "".join(f"{key:>19}" for key in keys))
    for name, row in [*found["by fold"].items(), *found["by category"].items()]:
        print(f"{name:14}" + "".join(f"{row[key]!s:>19}" for key in keys))
    print("model", json.dumps(found["model"]))
    print(f"{'answered':>10}{'precision':>11}{'balanced':>10}{'strength':>10}")
    step = max(1, len(found["curve"]) // 20)
    for point in found["curve"][step - 1 :: step]:
        print(
            f"{point['answered']:>10}{point['precision']:>11}{point['balanced accuracy']:>10}{point['strength']:>10}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--vault", type=Path, help="a folder in which the filled vault is kept")
    parser.add_argument("--folds", type=Path, help="the weights of every fold, from fit_evidence.py --folds")
    parser.add_argument("--no-model", action="store_true", help="leave out the model's own words")
    parser.add_argument("--sample", type=int, default=40, help="questions that the model phrases")
    parser.add_argument("--figure", type=Path, help="draw the curve")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text("utf-8"))
    lines = [line for sample in samples for line in turns_of(sample)]
    with filled_vault(lines, arguments.models, arguments.vault) as house:
        folds = kept(arguments.folds) if arguments.folds else folds_of(house, samples)[1]
        found = report(house, samples, folds, 0 if arguments.no_model else arguments.sample)
    if arguments.figure:
        arguments.figure.write_text(draw(found["curve"]), "utf-8")
    if arguments.json:
        print(json.dumps(found))
    else:
        show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
