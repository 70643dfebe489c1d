"""Both stages of field typing fitted and tested by sites: no model sees the site that it is tested on.

The second stage learns from what the first says of pages that it was not fitted on, so for each pair of folds there
is a first stage without both; the figures of a fold come from models, and a calibration, that were made without it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from multiprocessing import get_context
from typing import Any, TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt
from field_data import Page
from field_training import ContextSettings, fit_context, fit_words

from second_me.core.acting.recognition.context import context_features
from second_me.core.acting.recognition.features import Hashes, Looks, looks
from second_me.core.acting.recognition.model import ContextModel, Floats, WordModel
from second_me.core.acting.recognition.rules import Rules
from second_me.core.acting.recognition.typing import CHOSEN, together, untyped_choices
from second_me.core.acting.recognition.weights import NO_TYPE

FIRST_WORTH = {"train": 1.0, "negative": 1.0, "crawl": 0.6, "generated": 0.6}
SECOND_WORTH = {"train": 1.0, "negative": 1.0, "crawl": 0.5, "generated": 0.3}
"""What a field of a kind of page counts for: labels of the crawl are a model's, generated pages are many."""
GENERATED_KEPT = 3
"""Of so many generated pages one is used."""
CHOICES_KEPT = 4
"""Of so many radios and checkboxes one is learned from."""
Key = TypeVar("Key")
Made = TypeVar("Made")
RARE, LEAST_WORTH, MOST_WORTH = 0.4, 0.6, 4.0
"""A field counts for (100 / how many people gave its label) to this power, between these."""
SEEDS = 3
PROCESSES = 2
LEAST_RELUCTANCE = 0.05
MOST_TYPED = 0.0475
"""Part of the unlabelled fields that the models may give a type; tokens and rules give some more."""


@dataclass
class Fitting:
    """Pages with their hashed features, and the models that were fitted on parts of them."""

    pages: list[Page]
    rules: Rules
    folds: int
    types: tuple[str, ...] = ()
    looks: list[Looks] = field(default_factory=list)
    fold_of: list[int] = field(default_factory=list)
    worth: list[float] = field(default_factory=list)
    _firsts: dict[frozenset[int], WordModel] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Sequence[Page], rules: Rules, folds: int) -> Fitting:
        """Reads the features of the pages that are used."""
        kept = [
            page for at, page in enumerate(pages) if page.source != "generated" or at % GENERATED_KEPT == 0
        ]
        names = sorted({label for page in kept for label in page.labels if label})
        made = cls(kept, rules, folds, (NO_TYPE, *names))
        made.looks = [looks(page.form, rules) for page in kept]
        made.fold_of = [crc32(f"f{page.site}".encode()) % folds for page in kept]
        given = [number for page in kept if page.source == "train" for number in made.labels(page)]
        counts = np.bincount(given, minlength=len(made.types)) + 3
        made.worth = np.clip((100 / counts) ** RARE, LEAST_WORTH, MOST_WORTH).tolist()
        return made

    def labels(self, page: Page) -> list[int]:
        """Numbers of a page's labels, 0 for none."""
        return [0 if label is None else self.types.index(label) for label in page.labels]

    def first(self, without: frozenset[int]) -> WordModel:
        """The first stage, fitted on all pages but those of these folds."""
        if not self._firsts:
            self._firsts = self._all_firsts()
        return self._firsts[without]

    def _all_firsts(self) -> dict[frozenset[int], WordModel]:
        """First stages without each pair of folds, without each, and without none, two at a time."""
        keys = [frozenset(each) for size in (2, 1, 0) for each in combinations(range(self.folds), size)]
        return dict(zip(keys, in_processes(_fit_first, self, keys), strict=True))

    def fit_first(self, without: frozenset[int]) -> WordModel:
        rows: list[Hashes] = []
        labels: list[int] = []
        worth: list[float] = []
        real: list[bool] = []
        for at, page in enumerate(self.pages):
            if self.fold_of[at] in without:
                continue
            for field_, hashes, label in zip(
                page.form.fields, self.looks[at].hashes, self.labels(page), strict=True
            ):
                if field_.kind not in CHOSEN or len(rows) % CHOICES_KEPT == 0:
                    rows.append(hashes)
                    labels.append(label)
                    worth.append(FIRST_WORTH[page.source] * self.worth[label])
                    real.append(page.source in ("train", "negative"))
        return fit_words(rows, np.array(labels), np.array(worth, np.float32), np.array(real), len(self.types))

    def first_chances(self, at: int, without: frozenset[int]) -> Floats:
        """What the first stage without some folds says of a page."""
        page = self.pages[at]
        return untyped_choices(page.form.fields, self.first(without).chances(self.looks[at].hashes))

    def context(self, at: int, without: frozenset[int]) -> Floats:
        """The features of the second stage of a page."""
        chances = self.first_chances(at, without)
        return context_features(self.pages[at].form, chances, self.looks[at].scores, self.types)

    def seconds(self, without: frozenset[int]) -> list[ContextModel]:
        """The second stages, fitted on all pages but those of these folds."""
        used = [
            at
            for at in range(len(self.pages))
            if self.fold_of[at] not in without and self.labels(self.pages[at])
        ]
        used.sort(key=lambda at: self.fold_of[at])
        learned = [field.kind not in CHOSEN for at in used for field in self.pages[at].form.fields]
        features = np.concatenate([self.context(at, without | {self.fold_of[at]}) for at in used])[learned]
        labels = np.concatenate([self.labels(self.pages[at]) for at in used])[learned]
        sources = np.array(
            [SECOND_WORTH[self.pages[at].source] for at in used for _ in self.labels(self.pages[at])]
        )
        worth = (sources[learned] * np.array(self.worth)[labels]).astype(np.float32)
        print(f"context without {sorted(without)}", file=sys.stderr, flush=True)
        return in_processes(_fit_second, (features, labels, len(self.types), worth), range(SEEDS))

    def tested(self) -> Tested:
        """What models without a page's fold say of each page that people labelled."""
        places = [at for at, page in enumerate(self.pages) if page.source == "train" and page.labels]
        first: dict[int, Floats] = {}
        second: dict[int, Floats] = {}
        for fold in range(self.folds):
            without = frozenset({fold})
            contexts = self.seconds(without)
            for at in (each for each in places if self.fold_of[each] == fold):
                features = self.context(at, without)
                first[at] = self.first_chances(at, without)
                said = together(first[at], [each.chances(features) for each in contexts])
                second[at] = untyped_choices(self.pages[at].form.fields, said)
        labels = np.concatenate([self.labels(self.pages[at]) for at in places])
        folds = np.concatenate([np.full(len(self.pages[at].labels), self.fold_of[at]) for at in places])
        return Tested(
            [self.pages[at] for at in places],
            labels,
            folds,
            np.concatenate([first[at] for at in places]),
            np.concatenate([second[at] for at in places]),
        )


_held: list[Any] = []
"""In a process of the pool: what it works on, inherited and not sent."""


def in_processes(work: Callable[[Any, Key], Made], held: object, keys: Iterable[Key]) -> list[Made]:
    """What `work` makes of what is held and each key, some at a time."""
    with ProcessPoolExecutor(PROCESSES, get_context("fork"), _hold, (held,)) as pool:
        return [each.result() for each in [pool.submit(_work, work, key) for key in keys]]


def _hold(held: object) -> None:
    _held[:] = [held]


def _work(work: Callable[[Any, Key], Made], key: Key) -> Made:
    return work(_held[0], key)


def _fit_first(fitting: Fitting, without: frozenset[int]) -> WordModel:
    made = fitting.fit_first(without)
    print(f"words without {sorted(without)}", file=sys.stderr, flush=True)
    return made


def _fit_second(held: tuple[Floats, npt.NDArray[np.int64], int, Floats], seed: int) -> ContextModel:
    features, labels, types, worth = held
    return fit_context(features, labels, types, worth, ContextSettings(seed=seed))


@dataclass(frozen=True)
class Tested:
    """Labels (0: none), folds and the chances of both stages of all fields of the tested pages, in order."""

    pages: list[Page]
    labels: npt.NDArray[np.int64]
    folds: npt.NDArray[np.int64]
    first: Floats
    second: Floats


@dataclass(frozen=True)
class Scale:
    """How reluctant to say "no type", and the corners of the curve from chances to how often they are right."""

    reluctance: float
    said: Floats
    right: Floats

    @classmethod
    def of(cls, chances: Floats, labels: npt.NDArray[np.int64]) -> Scale:
        """The lowest reluctance that types no more than `MOST_TYPED` of the unlabelled, and the curve under it."""
        reluctance = 1.0
        for step in np.geomspace(1, LEAST_RELUCTANCE, 100):
            if (reluctant(chances, step).argmax(axis=1) > 0)[labels == 0].mean() > MOST_TYPED:
                break
            reluctance = float(step)
        weighed = reluctant(chances, reluctance)
        kinds = weighed.argmax(axis=1)
        typed = kinds > 0
        said, right = rising(weighed.max(axis=1)[typed], (kinds == labels)[typed])
        return cls(reluctance, said, right)

    def apply(self, chances: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        """The type of each field and how sure that is."""
        weighed = reluctant(chances, self.reluctance)
        kinds = weighed.argmax(axis=1)
        sure = np.where(kinds > 0, np.interp(weighed.max(axis=1), self.said, self.right), chances[:, 0])
        return kinds, sure.astype(np.float32)


def reluctant(chances: Floats, reluctance: float) -> Floats:
    """The chances with that of no type multiplied."""
    weighed = chances.copy()
    weighed[:, 0] *= reluctance
    return weighed / weighed.sum(axis=1, keepdims=True)


def rising(said: Floats, right: npt.NDArray[np.bool_], steps: int = 24) -> tuple[Floats, Floats]:
    """A curve of straight lines through the means of equal parts, made to rise (pool adjacent violators)."""
    order = np.argsort(said)
    parts = [part for part in np.array_split(order, steps) if len(part)]
    blocks = [[float(said[part].mean()), float(right[part].mean()), len(part)] for part in parts]
    while any(one[1] >= two[1] for one, two in pairwise(blocks)):
        at = next(at for at, (one, two) in enumerate(pairwise(blocks)) if one[1] >= two[1])
        one, two = blocks[at], blocks[at + 1]
        count = one[2] + two[2]
        merged = [
            (one[0] * one[2] + two[0] * two[2]) / count,
            (one[1] * one[2] + two[1] * two[2]) / count,
            count,
        ]
        blocks[at : at + 2] = [merged]
    places = np.array([0.0, *(each[0] for each in blocks), 1.0], np.float32)
    heights = np.array([0.0, *(each[1] for each in blocks), max(0.999, blocks[-1][1])], np.float32)
    return places, heights


def cross_scaled(tested: Tested, chances: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Types and confidences of all fields, each fold scaled by what the others say."""
    kinds = np.zeros(len(tested.labels), np.int64)
    sure = np.zeros(len(tested.labels), np.float32)
    for fold in set(tested.folds.tolist()):
        here = tested.folds == fold
        kinds[here], sure[here] = Scale.of(chances[~here], tested.labels[~here]).apply(chances[here])
    return kinds, sure
