"""Refit the weights that say how likely a memory holds the answer (`resources/weights/evidence.json`).

    python benchmarks/fit_evidence.py DATA [--models FOLDER] [--false-abstention 0.08] [--write] [--json]

DATA is a file in the form of LoCoMo's `locomo10.json`; use conversations that nothing is reported on. Each
question gets the pool that the product would make of its conversation, and the first five turns of it are
the candidates; those that are evidence are positive. Four groups of questions: *answerable* (categories 1 to
4), the same questions with their evidence and its neighbours *removed*, *adversarial* (category 5), and
questions of *another* conversation. Printed are the figures of a cross-validation by conversation.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from locomo import questions_of, turns_of

from second_me.core.memory.chunks import split
from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.evidence import EvidenceWeights, features
from second_me.core.recall.keys import query_terms, search_key, words
from second_me.core.recall.recall import vector_key
from second_me.core.recall.scoring import Pool, Weights, combined, coverage, make_pool
from second_me.core.twin.twin import SHOWN
from second_me.models.client import ModelProcess
from second_me.models.starter import fetch_starter

Floats = npt.NDArray[np.float64]
WEIGHTS = Path(__file__).parent.parent / "resources" / "weights" / "evidence.json"
CANDIDATES = 5
OTHERS = 60
"""Questions of another conversation that each conversation is asked."""
BATCH = 64
RIDGE = 1e-2
ANSWERABLE, REMOVED, ADVERSARIAL, ANOTHER = "answerable", "removed", "adversarial", "another"


@dataclass(frozen=True)
class Asked:
    """One question put to one conversation: its first candidates, in order.

    `features` has shape (SHOWN at most, 4), `holds` says which candidates are evidence.
    """

    group: str
    fold: int
    features: Floats
    holds: npt.NDArray[np.bool_]


class Talk:
    """One conversation, searchable: words in FTS5 as in the vault, vectors of chunks in an array."""

    def __init__(self, sample: dict[str, Any], embedder: Any) -> None:
        lines = turns_of(sample)
        self.episodes = [_episode(at, line) for at, line in enumerate(lines)]
        self.by_id = {line["id"]: at for at, line in enumerate(lines)}
        self.names = {word for episode in self.episodes for word in words(episode.speaker)}
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE turns USING fts5(key, tokenize = 'porter unicode61')")
        self._db.executemany(
            "INSERT INTO turns(rowid, key) VALUES (?, ?)",
            [(e.seq, search_key(e.text, e.speaker, e.spoken_at).words) for e in self.episodes],
        )
        pieces = [
            (e.seq, vector_key(e.text[start:end], e.speaker))
            for e in self.episodes
            for start, end in split(e.text)
        ]
        self._owners = np.array([seq for seq, _ in pieces])
        self._vectors = embed(embedder, [text for _, text in pieces])

    def ask(self, question: str, vector: Floats, banned: set[int]) -> tuple[list[int], Floats]:
        """The first turns for a question, `banned` ones left out, and their features."""
        pool = self.pool(question, vector, banned)
        order = np.argsort(-combined(pool, Weights()), kind="stable")[:SHOWN]
        alone, near = coverage(pool)
        named = set(words(question)) & self.names
        found = [int(pool.seqs[at]) for at in order]
        return found, np.array(
            [
                features(
                    float(alone[at]), float(near[at]), float(pool.meaning[at]), named, self.episodes[seq]
                )
                for at, seq in zip(order, found, strict=True)
            ]
        )

    def pool(self, question: str, vector: Floats, banned: set[int]) -> Pool:
        """The turns that compete for a question, `banned` ones left out."""
        terms = query_terms(question)
        sessions: dict[int, list[int]] = {}
        for episode in self.episodes:
            if episode.seq not in banned:
                sessions.setdefault(episode.session, []).append(episode.seq)
        postings = {term: [s for s in self._holding(term) if s not in banned] for term in terms}
        by_words, by_meaning = self._by_words(terms), self._by_meaning(vector)
        return make_pool(sessions, by_words, by_meaning, postings, len(self.episodes))

    def _by_meaning(self, vector: Floats) -> dict[int, float]:
        best = np.full(len(self.episodes), -1.0)
        np.maximum.at(best, self._owners, self._vectors @ vector)
        return dict(enumerate(best.tolist()))

    def _by_words(self, terms: Sequence[str]) -> dict[int, float]:
        wanted = " OR ".join(f'"{term}"' for term in terms)
        return dict(self._db.execute("SELECT rowid, -bm25(turns) FROM turns WHERE turns MATCH ?", (wanted,)))

    def _holding(self, term: str) -> list[int]:
        rows = self._db.execute("SELECT rowid FROM turns WHERE turns MATCH ?", (f'"{term}"',))
        return [int(row[0]) for row in rows]


def _episode(seq: int, line: dict[str, Any]) -> Episode:
    when = datetime.fromisoformat(line["time"])
    session = int(line["id"].removeprefix("D").partition(":")[0])
    return Episode(
        str(seq), seq, line["conversation"], line["id"], line["speaker"], Role.OTHER, Kind.TURN, line["text"],
        when, when, session,
    )  # fmt: skip


def embed(embedder: Any, texts: Sequence[str]) -> Floats:
    """Vectors of texts, shape (texts, dimensions)."""
    parts = [embedder.embed(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    return np.concatenate(parts).astype(np.float64)


def asked_of(samples: Sequence[dict[str, Any]], embedder: Any) -> Iterator[Asked]:
    """All questions of all groups."""
    questions = [questions_of(sample) for sample in samples]
    vectors = [embed(embedder, [q["question"] for q in each]) for each in questions]
    for fold, sample in enumerate(samples):
        talk = Talk(sample, embedder)
        print(f"{sample['sample_id']}: {len(talk.episodes)} turns", file=sys.stderr, flush=True)
        for at, (question, vector) in enumerate(zip(questions[fold], vectors[fold], strict=True)):
            yield from _own(talk, fold, question, vector, with_removed=at % 2 == 0)
        other = (fold + 1) % len(samples)
        strangers = list(zip(questions[other], vectors[other], strict=True))[:OTHERS]
        for question, vector in strangers if other != fold else ():
            if question["category"] != 5:
                yield _asked(talk, ANOTHER, fold, question, vector, set(), set())


def _own(
    talk: Talk, fold: int, question: dict[str, Any], vector: Floats, with_removed: bool
) -> Iterator[Asked]:
    evidence = {talk.by_id[name] for name in question["evidence"] if name in talk.by_id}
    if not evidence:
        return
    if question["category"] == 5:
        yield _asked(talk, ADVERSARIAL, fold, question, vector, set(), set())
        return
    yield _asked(talk, ANSWERABLE, fold, question, vector, evidence, set())
    if with_removed:
        around = {seq + step for seq in evidence for step in (-1, 0, 1)}
        yield _asked(talk, REMOVED, fold, question, vector, set(), around)


def _asked(
    talk: Talk, group: str, fold: int, question: dict[str, Any], vector: Floats, evidence: set[int], banned: set[int]
) -> Asked:  # fmt: skip
    found, rows = talk.ask(question["question"], vector, banned)
    return Asked(group, fold, rows, np.array([seq in evidence for seq in found]))


def fit(questions: Sequence[Asked]) -> Floats:
    """Logistic weights (bias first) by Newton's method, on the first candidates of the questions."""
    rows = np.concatenate([each.features[:CANDIDATES] for each in questions])
    wanted = np.concatenate([each.holds[:CANDIDATES] for each in questions]).astype(np.float64)
    inputs = np.column_stack([np.ones(len(rows)), rows])
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        curve = inputs.T @ (inputs * (chance * (1 - chance))[:, None]) + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(curve, inputs.T @ (wanted - chance) - RIDGE * weights)
    return weights


def best_chance(question: Asked, weights: Floats) -> float:
    """The chance of the question's best candidate, as the twin judges it: all that is shown counts."""
    inputs = np.column_stack([np.ones(len(question.features)), question.features])
    return float((1 / (1 + np.exp(-inputs @ weights))).max())


def chances(questions: Sequence[Asked]) -> dict[str, Floats]:
    """{group: best chances}, each by weights that were fitted without the question's conversation."""
    out: dict[str, list[float]] = {}
    for fold in sorted({each.fold for each in questions}):
        weights = fit([each for each in questions if each.fold != fold])
        for each in questions:
            if each.fold == fold:
                out.setdefault(each.group, []).append(best_chance(each, weights))
    return {group: np.array(values) for group, values in out.items()}


def auc(positive: Floats, negative: Floats) -> float:
    """Chance that an answerable question has a better candidate than one of the group."""
    more = (positive[:, None] > negative[None]).mean() + (positive[:, None] == negative[None]).mean() / 2
    return float(more)


def abstains(question: Asked, weights: EvidenceWeights) -> bool:
    """Whether the twin would say that it does not know, by the weights that ship."""
    return all(_chance(row, weights) < weights.threshold for row in question.features)


def _chance(row: Floats, weights: EvidenceWeights) -> float:
    total = weights.bias + float(row @ (weights.alone, weights.near, weights.cosine, weights.other_speaker))
    chance = float(1 / (1 + np.exp(-total)))
    strong = row[2] >= weights.enough_cosine and not row[3]
    return max(chance, weights.threshold) if strong else chance


def report(questions: Sequence[Asked], false_abstention: float) -> dict[str, Any]:
    """Weights of all conversations, threshold and the cross-validated figures of each group."""
    held_out = chances(questions)
    threshold = float(np.quantile(held_out[ANSWERABLE], false_abstention))
    shipped = shipped_weights()
    groups = {}
    for group, values in held_out.items():
        mine = [each for each in questions if each.group == group]
        groups[group] = {
            "questions": len(values),
            "abstained": round(float((values < threshold).mean()), 3),
            "auc": None if group == ANSWERABLE else round(auc(held_out[ANSWERABLE], values), 3),
            "abstained_as_shipped": round(sum(abstains(each, shipped) for each in mine) / len(mine), 3),
        }
    names = ("bias", "alone", "near", "cosine", "other_speaker")
    fitted = dict(zip(names, (round(float(w), 3) for w in fit(questions)), strict=True))
    return {"weights": {**fitted, "threshold": round(threshold, 3)}, "groups": groups}


def shipped_weights() -> EvidenceWeights:
    """The weights in `resources/weights/evidence.json`."""
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    return EvidenceWeights(
        **{f.name: kept[f.name] for f in dataclasses.fields(EvidenceWeights) if f.name in kept}
    )


def write(weights: dict[str, float], samples: int) -> None:
    """Write the weights with their origin; what is not fitted here stays."""
    origin = (
        f"benchmarks/fit_evidence.py on {samples} development conversations of LoCoMo"
        " (snap-research/LoCoMo, CC BY-NC 4.0); six numbers, refitted by that script"
    )
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    WEIGHTS.write_text(json.dumps({**kept, "origin": origin, **weights}, indent=2) + "\n", "utf-8")


def show(result: dict[str, Any]) -> None:
    """The figures as a table."""
    print("refitted ", result["weights"])
    print("as shipped", {k: v for k, v in dataclasses.asdict(shipped_weights()).items()})
    print(f"{'group':14}{'questions':>10}{'AUC':>8}{'abstained':>11}{'as shipped':>12}")
    for group, row in result["groups"].items():
        area = "" if row["auc"] is None else f"{row['auc']:.3f}"
        print(
            f"{group:14}{row['questions']:>10}{area:>8}{row['abstained']:>11.3f}{row['abstained_as_shipped']:>12.3f}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--false-abstention", type=float, default=0.08)
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="second-me-benchmark-") as folder:
        models = fetch_starter(arguments.models or Path(folder), lambda _file, _done, _total: None)
        process = ModelProcess(None, models.embedder)
        try:
            questions = list(asked_of(samples, process.embedder))
        finally:
            process.close()
    result = report(questions, arguments.false_abstention)
    if arguments.write:
        write(result["weights"], len(samples))
    print(json.dumps(result)) if arguments.json else show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
