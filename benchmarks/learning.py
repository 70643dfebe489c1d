"""Recall that learns from use, simulated: what is gained, and what is lost when the signs are wrong.

    python benchmarks/learning.py DATA [--models FOLDER] [--vault FOLDER] [--seeds 4] [--json]

DATA is a file in the form of LoCoMo's `locomo10.json`. Its conversations go into a vault, and the product's own
recall examines every question. Every conversation is a person whose recall begins with weights that
`fit_reranker.py` fitted on the other conversations. She asks three quarters of its questions in random order;
after each answer she gives signs (`signs`), and recall learns from them one after the other, as the app does.
Then the other quarter is asked with the weights from before and with the learned ones; four such quarters make
every question a held-out one. *Noise* is how often a sign is wrong: 0.1,
0.5 (nothing is known), and 1 (an adversary, who lies with every sign). The interval is a bootstrap of 95 %
over questions, each the mean over seeds.

Two lives: *talk* is the data as it is, of the kind that the weights were made on; *notes* are the same turns in
no order, as of somebody who writes single notes: sessions and neighbours tell nothing, which the weights
do not know, because they were fitted on talk.
"""

from __future__ import annotations

import argparse
import copy
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from filled_vault import filled_vault
from fit_reranker import Asked, deviations, examined, fit
from recall_locomo import turns_of

from second_me.core.recall import lessons
from second_me.core.recall.learning import Features, Learned, Lesson, adjusted, learn
from second_me.core.recall.lessons import Shown

Floats = npt.NDArray[np.float64]
SHOWN, CITED = 10, 3
QUARTERS = 4
CUTS = (10, 5)
NOISES = (0.1, 0.5, 1.0)
OPENS, REFUSES, CORRECTS = 0.5, 0.25, 0.25
"""How often a person does it where there is cause."""
START = datetime(2024, 1, 1)
ANSWER_EVERY = timedelta(hours=8)
HALF_LIVES = (0, 1, 2, 4)
RESAMPLES = 2000


@dataclass(frozen=True)
class Question:
    """`features` of the candidates, in deviations, have shape (turns, names); `holds` (turns,) says which are
    evidence, `wanted` how many there are in all, in the candidates or not."""

    features: Floats
    holds: npt.NDArray[np.bool_]
    wanted: int


@dataclass(frozen=True)
class Person:
    """`prior` are the weights from before, by the names of the features, in their order."""

    prior: dict[str, float]
    questions: tuple[Question, ...]


def people_of(names: Sequence[str], told: Sequence[Asked], lived: Sequence[Asked]) -> list[Person]:
    """One person a conversation: her questions as in `lived`, and weights that were fitted on what all others
    were `told`: those that ship never saw her either. Both have features of these names."""
    scale, people = deviations(told), []
    for fold in sorted({each.fold for each in lived}):
        weights = fit([each for each in told if each.fold != fold], scale)
        asked = [each for each in lived if each.fold == fold]
        questions = (Question(each.features / scale, each.holds, each.evidence) for each in asked)
        people.append(Person(dict(zip(names, weights.tolist(), strict=True)), tuple(questions)))
    return people


def as_notes(sample: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """The same conversation with its turns in no order; the questions' evidence moves along."""
    sample = copy.deepcopy(sample)
    talk = sample["conversation"]
    sessions = [name for name in talk if re.fullmatch(r"session_\d+", name)]
    turns = [turn for name in sessions for turn in talk[name]]
    places = [turn["dia_id"] for turn in turns]
    order = rng.permutation(len(turns))
    moved = {turns[old]["dia_id"]: place for old, place in zip(order, places, strict=True)}
    mixed = iter([{**turns[old], "dia_id": place} for old, place in zip(order, places, strict=True)])
    for name in sessions:
        talk[name] = [next(mixed) for _ in talk[name]]
    for question in sample["qa"]:
        names = re.findall(r"D\d+:\d+", " ".join(question["evidence"]))
        question["evidence"] = [moved.get(each, each) for each in names]
    return sample


def signs(
    shown: Sequence[Shown], holds: Sequence[bool], noise: float, rng: np.random.Generator
) -> Iterator[Lesson]:
    """What the person does with an answer, as lessons. `holds`: which of the shown ones she wanted."""

    def one(true: list[str], false: list[str]) -> str | None:
        among = false if rng.random() < noise else true
        return among[rng.integers(len(among))] if among else None

    good = [each.memory_id for each, held in zip(shown, holds, strict=True) if held]
    bad = [each.memory_id for each, held in zip(shown, holds, strict=True) if not held]
    cited = [each.memory_id for each in shown if each.cited]
    opened = one(good, bad) if rng.random() < OPENS else None
    refused = None
    if rng.random() < REFUSES:
        refused = one([each for each in cited if each in bad], [each for each in cited if each in good])
    wrong = not set(cited) & set(good)
    corrected = rng.random() < CORRECTS and wrong is not (rng.random() < noise)
    if opened is not None:
        yield lessons.of_opening(shown, opened)
    if refused is not None:
        yield lessons.of_refusal(shown, refused)
    if corrected:
        yield lessons.of_correction(shown)
    if opened is None and refused is None and not corrected:
        yield lessons.of_silence(shown)


def use(person: Person, order: Sequence[int], noise: float, rng: np.random.Generator) -> Learned:
    """What is learned from questions asked in this order."""
    names, learned, now = list(person.prior), Learned(), START
    for at in order:
        question, now = person.questions[at], now + ANSWER_EVERY
        weights = adjusted(person.prior, learned.deltas_at(now))
        best = np.argsort(-(question.features @ list(weights.values())), kind="stable")[:SHOWN]
        shown = [
            Shown(str(turn), _named(names, question.features[turn]), place < CITED)
            for place, turn in enumerate(best)
        ]
        for lesson in signs(shown, question.holds[best].tolist(), noise, rng):
            learned = learn(learned, lesson, person.prior, now)
    return learned


def _named(names: Sequence[str], row: Floats) -> Features:
    return dict(zip(names, row.tolist(), strict=True))


def found(question: Question, weights: dict[str, float], cut: int) -> float:
    """The share of the evidence among the first `cut`."""
    best = np.argsort(-(question.features @ list(weights.values())), kind="stable")[:cut]
    return float(question.holds[best].sum() / question.wanted)


@dataclass(frozen=True)
class Outcome:
    """Shares found, shape (half-lives, cuts, questions), each the mean over seeds; `before` (cuts, questions)."""

    before: Floats
    after: Floats
    lessons: float


def simulate(person: Person, noise: float, seeds: int) -> Outcome:
    """Learn on three quarters of the questions and ask the fourth, for every quarter and seed."""
    count = len(person.questions)
    after = np.zeros((seeds, len(HALF_LIVES), len(CUTS), count))
    drawn = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        order = rng.permutation(count)
        for quarter in range(QUARTERS):
            held_out = order[quarter::QUARTERS]
            learned = use(person, rng.permutation(np.setdiff1d(order, held_out)), noise, rng)
            drawn.append(learned.lessons)
            for place, deltas in enumerate(_faded(learned)):
                weights = adjusted(person.prior, deltas)
                for at in held_out:
                    after[seed, place, :, at] = [found(person.questions[at], weights, cut) for cut in CUTS]
    before = [[found(each, person.prior, cut) for each in person.questions] for cut in CUTS]
    return Outcome(np.array(before), after.mean(axis=0), float(np.mean(drawn)))


def _faded(learned: Learned) -> Iterator[dict[str, float]]:
    for count in HALF_LIVES:
        at = learned.updated_at or START
        yield learned.deltas_at(at + count * timedelta(days=180))


def interval(values: Floats) -> tuple[float, float]:
    """95 % bootstrap interval of the mean."""
    rng = np.random.default_rng(0)
    means = values[rng.integers(len(values), size=(RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)


def report(people: Sequence[Person], noise: float, seeds: int) -> dict[str, Any]:
    """One line of the table: before, after, gain with its interval, the worst person, and what fading leaves."""
    outcomes = [simulate(person, noise, seeds) for person in people]
    row: dict[str, Any] = {"noise": noise, "lessons": round(float(np.mean([o.lessons for o in outcomes])))}
    for place, cut in enumerate(CUTS):
        before = np.concatenate([each.before[place] for each in outcomes])
        after = np.concatenate([each.after[:, place] for each in outcomes], axis=1)
        gains = [float((each.after[0, place] - each.before[place]).mean()) for each in outcomes]
        row[f"R@{cut}"] = {
            "before": round(float(before.mean()), 4),
            "after": round(float(after[0].mean()), 4),
            "gain": round(float((after[0] - before).mean()), 4),
            "interval": interval(after[0] - before),
            "worst_person": round(min(gains), 4),
            "gain_after_half_lives": {
                str(count): round(float((after[at] - before).mean()), 4)
                for at, count in enumerate(HALF_LIVES)
            },
        }
    return row


def show(result: dict[str, Any]) -> None:
    """The figures as a table."""
    for life, rows in result["lives"].items():
        print(
            f"{life}: {result['questions']} questions of {result['people']} people, {result['seeds']} seeds"
        )
        for row in rows:
            for cut in CUTS:
                cell = row[f"R@{cut}"]
                fading = "  ".join(f"{value:+.4f}" for value in cell["gain_after_half_lives"].values())
                print(
                    f"  noise {row['noise']:.1f} {row['lessons']:4} lessons R@{cut:<2} {cell['before']:.4f} -> "
                    f"{cell['after']:.4f} {cell['gain']:+.4f} [{cell['interval'][0]:+.4f}, {cell['interval'][1]:+.4f}]"
                    f" worst person {cell['worst_person']:+.4f}; after {HALF_LIVES} half-lives {fading}"
                )


def asked_in(
    samples: Sequence[Mapping[str, Any]], models: Path | None, kept: Path | None
) -> tuple[list[str], list[Asked]]:
    """(names of the features, all questions), from a vault of these conversations."""
    lines = [line for sample in samples for line in turns_of(dict(sample))]
    with filled_vault(lines, models, kept) as house:
        return examined(house, samples)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--vault", type=Path, help="a folder in which the filled vaults are kept")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text("utf-8"))
    rng, kept = np.random.default_rng(0), arguments.vault
    names, talk = asked_in(samples, arguments.models, kept)
    mixed = [as_notes(sample, rng) for sample in samples]
    _, notes = asked_in(mixed, arguments.models, kept and kept / "notes")
    lives = {"talk": people_of(names, talk, talk), "notes": people_of(names, talk, notes)}
    result = {
        "people": len(samples),
        "questions": len(talk),
        "seeds": arguments.seeds,
        "lives": {
            life: [report(people, noise, arguments.seeds) for noise in NOISES]
            for life, people in lives.items()
        },
    }
    print(json.dumps(result)) if arguments.json else show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
