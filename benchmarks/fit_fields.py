"""Fit the weights of field typing (`resources/weights/fields.npz`), and say how good they are on sites unseen.

    python benchmarks/fit_fields.py TRAIN --also CRAWL --also GENERATED --also NEGATIVE [--write]

Each is a folder or a zip of labelled pages (`field_data.py`). What is said is what `fields.py --folds 5` says; what is
written is fitted on all pages in the same way, its reluctance and its curve of confidence come from the pages that were
tested. Needs numpy alone, and some five minutes of computing.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from field_data import pages_of
from field_fitting import Fitting, Scale, Tested
from fields import RESOURCES, baselines, cross_validated, line, measured

from second_me.core.acting.recognition.model import ContextModel, WordModel
from second_me.core.acting.recognition.rules import Rules
from second_me.core.acting.recognition.weights import packed

WEIGHTS = RESOURCES / "weights" / "fields.npz"
FOLDS = 5
MOST_WORDS = 24_000
"""Features that are kept: those whose weights are largest."""
ORIGIN = (
    "benchmarks/fit_fields.py on data/training, data/common_crawl, data/generated and data/non_address of"
    " Firefox-AI/form-autofill (MPL-2.0); weights of hashed words, refitted by that script"
)


def main() -> int:
    """Prints the figures; with `--write`, writes the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--also", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rules = Rules.read((RESOURCES / "fields" / "rules.toml").read_text("utf-8"))
    pages = [page for path in (given.data, *given.also) for page in pages_of(path)]
    fitting = Fitting.of(pages, rules, FOLDS)
    tested = fitting.tested()
    people = [page for page in fitting.pages if page.source == "train"]
    for name, answers in (baselines(people, rules) | cross_validated(fitting, tested, True)).items():
        print(line(name, measured(answers)), flush=True)
    if given.write:
        with WEIGHTS.open("wb") as file:
            np.savez_compressed(file, **shipped(fitting, tested))
        print(f"{WEIGHTS.stat().st_size} bytes")
    return 0


def shipped(fitting: Fitting, tested: Tested) -> dict[str, Any]:
    """The arrays of the weights file."""
    scale = Scale.of(tested.second, tested.labels)
    words = pruned(fitting.first(frozenset()))
    contexts = fitting.seconds(frozenset())
    arrays: dict[str, Any] = {
        "origin": np.array(ORIGIN),
        "types": np.array(" ".join(fitting.types)),
        "vocabulary": words.vocabulary,
        "contexts": np.array(len(contexts)),
        "reluctance": np.array(scale.reluctance),
        "said": scale.said,
        "right": scale.right,
    }
    arrays |= packed("words", words.weights)
    for number, context in enumerate(contexts):
        arrays |= _named(f"context{number}", context)
    return arrays


def pruned(words: WordModel) -> WordModel:
    """With the features alone that weigh most."""
    weight = np.abs(words.weights - words.weights.mean(axis=1, keepdims=True)).max(axis=1)
    kept = np.sort(np.argsort(-weight)[:MOST_WORDS])
    return WordModel(words.vocabulary[kept], words.weights[kept])


def _named(name: str, context: ContextModel) -> dict[str, Any]:
    arrays: dict[str, Any] = {f"{name}_bias": context.bias, f"{name}_outer_bias": context.outer_bias}
    return arrays | packed(f"{name}_inner", context.inner) | packed(f"{name}_outer", context.outer)


if __name__ == "__main__":
    raise SystemExit(main())
