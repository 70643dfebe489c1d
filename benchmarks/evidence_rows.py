"""Questions with and without an answer in the memories, and the signs that recall sees of each.

Four groups. *Answerable*: LoCoMo's categories 1 to 4. *Adversarial*: its category 5, most of them about what the
other speaker said. *Removed*: every second answerable one, with its evidence and two turns around it excluded.
*Another*: answerable ones of another conversation, with the names of this one's speakers.

The signs depend on the weights of the ranking, so they are made with weights that never saw the conversation,
and for the cross-validation with weights that saw neither it nor the one that is held out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import fit_reranker
from locomo import questions_of

from second_me.app.service.house import House
from second_me.app.weights import evidence_weights, near_words
from second_me.core.ports import Scope
from second_me.core.recall.recall import Examined, Recall, Sources
from second_me.core.recall.reranker import RerankerWeights

ANSWERABLE, ADVERSARIAL, REMOVED, ANOTHER = "answerable", "adversarial", "removed", "another"
AROUND = 2
"""Turns before and after the evidence that are excluded with it."""
OTHERS = 60
"""Questions of another conversation that each conversation is asked."""
KEPT = 10
"""Memories of which the scores are kept."""

LeftOut = frozenset[int]
Signs = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """One question put to one conversation, by weights that left conversations out: its signs with vectors
    (`both`) and without (`words`), the scores of its first memories under the best one (nats) and which of them
    are evidence."""

    group: str
    fold: int
    both: Mapping[LeftOut, Signs]
    words: Mapping[LeftOut, Signs]
    scores: Mapping[LeftOut, Sequence[float]]
    holds: Mapping[LeftOut, Sequence[bool]]


class _Remembered:
    """The episodes of a vault that nothing changes: each is read once."""

    def __init__(self, episodes: Any) -> None:
        self._episodes = episodes
        self._known: dict[int, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._episodes, name)

    def by_seq(self, seqs: Sequence[int]) -> dict[int, Any]:
        """As the vault's."""
        new = [seq for seq in seqs if seq not in self._known]
        if new:
            self._known |= self._episodes.by_seq(new)
        return {seq: self._known[seq] for seq in seqs if seq in self._known}


def sources_of(house: House) -> Sources:
    """What recall reads, of an open vault."""
    return Sources(house.episodes, house.words, house.vectors, house.placement, house.embedder, near_words())


def rerankers(house: House, samples: Sequence[Mapping[str, Any]]) -> dict[LeftOut, RerankerWeights]:
    """Weights of the ranking, fitted without each conversation and without each two."""
    names, asked = fit_reranker.examined(house, samples)
    scale = fit_reranker.deviations(asked)
    folds = range(len(samples))
    made = {}
    for out in [*combinations(folds, 1), *combinations(folds, 2)]:
        weights = fit_reranker.fit([each for each in asked if each.fold not in out], scale)
        made[frozenset(out)] = RerankerWeights(
            dict(zip(names, weights.tolist(), strict=True)), dict(zip(names, scale.tolist(), strict=True))
        )
        print(f"ranking without {out}", file=sys.stderr, flush=True)
    return made


@dataclass(frozen=True)
class _Put:
    """A question put to a conversation."""

    group: str
    fold: int
    text: str
    scope: Scope
    evidence: frozenset[str]


def rows_of(
    house: House, samples: Sequence[Mapping[str, Any]], weights: Mapping[LeftOut, RerankerWeights]
) -> list[Row]:
    """All questions of all groups."""
    evidence, sources = evidence_weights(), sources_of(house)
    recalls = {out: Recall(sources, evidence, each) for out, each in weights.items()}
    rows = []
    for put in _questions(house, samples):
        mine = {out: recall for out, recall in recalls.items() if put.fold in out}
        row = _row(house, put, mine)
        if row is not None:
            rows.append(row)
            if len(rows) % 200 == 0:
                print(f"{len(rows)} questions", file=sys.stderr, flush=True)
    return rows


def _row(house: House, put: _Put, recalls: Mapping[LeftOut, Recall]) -> Row | None:
    vector = house.recall.embed(put.text)
    both = house.recall.examine(put.text, put.scope, vector)
    words = house.recall.examine(put.text, put.scope, None)
    if both is None:
        return None
    first = {out: _first(recall, both, put) for out, recall in recalls.items()}
    return Row(
        put.group, put.fold,
        both={out: _signs(recall, both, put.scope) for out, recall in recalls.items()},
        words={} if words is None else {out: _signs(each, words, put.scope) for out, each in recalls.items()},
        scores={out: [score for score, _ in each] for out, each in first.items()},
        holds={out: [held for _, held in each] for out, each in first.items()},
    )  # fmt: skip


def _signs(recall: Recall, examined: Examined, scope: Scope) -> Signs:
    signs = recall.signs(examined, scope)
    assert signs is not None
    return signs


def _first(recall: Recall, examined: Examined, put: _Put) -> list[tuple[float, bool]]:
    first = recall.first(examined, put.scope, KEPT)
    return [(score - first[0][0], episode.source_id in put.evidence) for score, episode in first]


def _questions(house: House, samples: Sequence[Mapping[str, Any]]) -> Iterator[_Put]:
    for fold, sample in enumerate(samples):
        conversation = f"locomo/{sample['sample_id']}"
        ids = memory_ids(house, conversation)
        for nth, asked in enumerate(questions_of(dict(sample))):
            text, evidence, scope = asked["question"], frozenset(asked["evidence"]), Scope(conversation)
            if asked["category"] == 5:
                yield _Put(ADVERSARIAL, fold, text, scope, frozenset())
                continue
            yield _Put(ANSWERABLE, fold, text, scope, evidence)
            if nth % 2 == 0:
                without = Scope(conversation, exclude=_around(evidence, ids))
                yield _Put(REMOVED, fold, text, without, frozenset())
        other = samples[(fold + 1) % len(samples)]
        told = [asked for asked in questions_of(dict(other)) if asked["category"] != 5]
        for asked in told[::2][:OTHERS] if other is not sample else ():
            text = renamed(asked["question"], other, sample)
            yield _Put(ANOTHER, fold, text, Scope(conversation), frozenset())


def renamed(question: str, of: Mapping[str, Any], to: Mapping[str, Any]) -> str:
    """A question about the speakers of one conversation, asked about those of another."""
    for who in ("speaker_a", "speaker_b"):
        question = re.sub(rf"\b{of['conversation'][who]}\b", to["conversation"][who], question)
    return question


def memory_ids(house: House, conversation: str) -> dict[str, str]:
    """{source id: memory id} of a conversation."""
    told = house.episodes.timeline(None, house.episodes.count(), Scope(conversation))
    return {each.source_id: each.memory_id for each in told if each.source_id is not None}


def _around(evidence: frozenset[str], ids: Mapping[str, str]) -> frozenset[str]:
    """Memory ids of turns ("D3:7") and of those beside them in their session."""
    found = set()
    for turn in evidence:
        session, number = turn.removeprefix("D").split(":")
        beside = range(int(number) - AROUND, int(number) + AROUND + 1)
        found |= {ids[name] for at in beside if (name := f"D{session}:{at}") in ids}
    return frozenset(found)
