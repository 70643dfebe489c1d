"""How well fields are typed.

    python benchmarks/fields.py DIR_OR_ZIP [--folds 5 --also DIR_OR_ZIP ...] [--parts] [--regions] [--json]

Without `--folds` the shipped weights are measured on all of DIR_OR_ZIP. With it, models are fitted here, by sites: the
pages of DIR_OR_ZIP that people labelled are tested with models that saw no page of the same site; pages of `--also`
help to fit, where their site is not tested. Beside ours, in the same run: the autocomplete attribute alone, and the
rules alone. `--parts` adds the first stage (words and rules, one field at a time) without the whole form.

Said for each: part of the labelled fields that get their very label (all types); macro F1 over the types that are
labelled at least five times; part of the unlabelled fields that get a type; and the precision at 85 % coverage: of the
labelled fields that get a type, the surest are kept until they are 85 % of all labelled fields, and of these counted
those that are right ("-": fewer get a type).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from field_data import Page, pages_of
from field_fitting import Fitting, Tested, cross_scaled

from second_me.core.acting.recognition.baselines import attribute_only
from second_me.core.acting.recognition.rules import THRESHOLD, Rules
from second_me.core.acting.recognition.typing import settled, type_fields
from second_me.core.acting.recognition.weights import FieldWeights

RESOURCES = Path(__file__).parent.parent / "resources"
COVERAGE = 0.85
LEAST_LABELLED = 5
"""How often a type is labelled at least, to count for the macro F1."""


@dataclass(frozen=True)
class Answer:
    """What was said of a field, how sure that is, and the label."""

    region: str
    label: str | None
    type: str | None
    sure: float


def main() -> int:
    """Prints a table or, with `--json`, one object. 2: no pages."""
    given = _parser().parse_args()
    rules_text = (RESOURCES / "fields" / "rules.toml").read_text("utf-8")
    rules = Rules.read(rules_text)
    try:
        pages = pages_of(given.data)
        also = [page for path in given.also for page in pages_of(path)]
    except OSError as error:
        print(f"no data: {error}", file=sys.stderr)
        return 2
    answers = baselines(pages, rules)
    if given.folds:
        fitting = Fitting.of([*pages, *also], rules, given.folds)
        answers |= cross_validated(fitting, fitting.tested(), given.parts)
    else:
        npz = (RESOURCES / "weights" / "fields.npz").read_bytes()
        answers["shipped weights"] = typed(pages, FieldWeights.read(npz, rules_text))
    figures = {name: measured(each) for name, each in answers.items()}
    if given.json:
        print(json.dumps(figures))
        return 0
    for name, each in figures.items():
        print(line(name, each))
    if given.regions:
        print_regions(list(answers.values())[-1])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--also", type=Path, action="append", default=[])
    for name in ("--parts", "--regions", "--json"):
        parser.add_argument(name, action="store_true")
    return parser


def baselines(pages: Sequence[Page], rules: Rules) -> dict[str, list[Answer]]:
    """The attribute alone and the rules alone."""
    by_attribute, by_rules = [], []
    for page in pages:
        for field, label, kind in zip(page.form.fields, page.labels, attribute_only(page.form), strict=True):
            by_attribute.append(Answer(page.region, label, kind, 1.0))
            scores = rules.scores(field)
            best = max(scores, key=lambda name: scores[name], default="none")
            told = None if best == "none" or scores[best] < THRESHOLD else best
            by_rules.append(Answer(page.region, label, told, scores.get(best, 0.0)))
    return {"attribute alone": by_attribute, "rules alone": by_rules}


def cross_validated(fitting: Fitting, tested: Tested, parts: bool) -> dict[str, list[Answer]]:
    """The whole form and, with `parts`, one field at a time."""
    stages = {"words and rules": tested.first} if parts else {}
    found = {}
    for name, chances in (stages | {"whole form": tested.second}).items():
        kinds, sure = cross_scaled(tested, chances)
        asked = [(page, at) for page in tested.pages for at in range(len(page.labels))]
        found[name] = [
            _answer(page, at, fitting.types[kind] if kind else None, float(chance), fitting.rules)
            for (page, at), kind, chance in zip(asked, kinds, sure, strict=True)
        ]
    return found


def _answer(page: Page, at: int, kind: str | None, sure: float, rules: Rules) -> Answer:
    found = settled(page.form.fields[at], kind, sure, rules)
    return Answer(page.region, page.labels[at], found.type, found.confidence)


def typed(pages: Sequence[Page], weights: FieldWeights) -> list[Answer]:
    """What given weights say of all fields."""
    return [
        Answer(page.region, label, each.type, each.confidence)
        for page in pages
        for label, each in zip(page.labels, type_fields(page.form, weights), strict=True)
    ]


def measured(answers: Sequence[Answer]) -> dict[str, float | None]:
    """The figures of the head of this file; None where there is nothing to count."""
    labelled = [each for each in answers if each.label is not None]
    others = [each for each in answers if each.label is None]
    surest = sorted((each for each in labelled if each.type), key=lambda each: -each.sure)
    wanted = round(COVERAGE * len(labelled))
    kept = surest[:wanted]
    return {
        "labelled": len(labelled),
        "right": _part([each.type == each.label for each in labelled]),
        "macro_f1": macro_f1(answers),
        "precision_at_85": _part([each.type == each.label for each in kept]) if len(kept) == wanted else None,
        "precision": _part([each.type == each.label for each in surest]),
        "unlabelled": len(others),
        "unlabelled_typed": _part([each.type is not None for each in others]),
    }


def _part(facts: Sequence[bool]) -> float | None:
    return sum(facts) / len(facts) if facts else None


def macro_f1(answers: Sequence[Answer]) -> float | None:
    """The mean over types of the harmonic mean of precision and recall; what is given to unlabelled fields is wrong."""
    labels = [each.label for each in answers if each.label]
    kinds = {label for label in labels if labels.count(label) >= LEAST_LABELLED}
    if not kinds:
        return None
    right = {kind: sum(each.type == each.label == kind for each in answers) for kind in kinds}
    said = {kind: sum(each.type == kind for each in answers) for kind in kinds}
    return float(np.mean([2 * right[kind] / (said[kind] + labels.count(kind)) for kind in kinds]))


def line(name: str, figures: Mapping[str, float | None]) -> str:
    """One line of the table."""
    told = [
        f"{title} {'-' if (value := figures[key]) is None else f'{value:.3f}'}"
        for title, key in (
            ("right", "right"), ("macro F1", "macro_f1"), ("precision at 85 %", "precision_at_85"),
            ("precision", "precision"), ("unlabelled typed", "unlabelled_typed"),
        )
    ]  # fmt: skip
    return f"{name:16} {'  '.join(told)}  ({figures['labelled']:.0f} + {figures['unlabelled']:.0f} fields)"


def print_regions(answers: Sequence[Answer]) -> None:
    """A line a country or language with what is right."""
    for region in sorted({each.region for each in answers}):
        print(line(f"  {region}", measured([each for each in answers if each.region == region])))


if __name__ == "__main__":
    raise SystemExit(main())
