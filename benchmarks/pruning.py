"""What is lost, and what gained, by looking for a question's rarest words only.

    python benchmarks/pruning.py DATA [--texts FILE...] [--size 100000] [--bounds 3000 6000 12000] [--json]

DATA is a file in the form of LoCoMo's `locomo10.json`. Three of its conversations go into one vault with
`--size` texts that were made by joining sentences of FILEs and of the other conversations. Each question of the
three is asked of the whole vault, by words alone: with FTS5's own OR query of all words, with `FullText` and
all words, and with its bounds. R@k is fractional, as in locomo.py: *index* ranks by BM25 alone, *recall*
is the product's whole ranking but for the meaning, which would hide a part of the loss. Times are of the same
questions one after the other, the order of the ways changing from question to question; nothing is kept from
one to the other but SQLite's pages.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from locomo import questions_of, recall_at, turns_of

from second_me.app.weights import evidence_weights, near_words, reranker_weights
from second_me.core.memory.chunks import split
from second_me.core.memory.episodes import NewEpisode, Role
from second_me.core.ports import Embedder, Hit, Matrix, Scope
from second_me.core.recall.keys import query_terms, search_key, spellings
from second_me.core.recall.recall import HITS, Recall, Sources
from second_me.storage.index.full_text import MOST_ROWS, FullText
from second_me.storage.index.placement import Placements
from second_me.storage.index.terms import quoted
from second_me.storage.index.vectors import Vectors
from second_me.storage.keys import KdfParameters
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.rows import fetch
from second_me.storage.vault import Vault, create_vault

ASKED = 3
"""Conversations whose questions are asked; sentences of the others are among the distractors."""
START = datetime(2023, 1, 1, 12, 0)
SESSION = 20
BATCH = 2000
DEPTH = 20
PLAIN = "FTS5's OR"
SENTENCE = re.compile(r"(?<=[.!?])\s+")


class NoEmbedder:
    """For a search by words alone: it is never asked."""

    name, dimensions = "none", 1

    def embed(self, texts: Sequence[str], urgent: bool = False) -> Matrix:
        raise RuntimeError("asked for a vector")


def sentences_of(files: Sequence[Path], samples: Sequence[dict[str, Any]]) -> list[str]:
    """What distractors are made of."""
    texts = [line["text"] for sample in samples for line in turns_of(sample)]
    texts += [line for file in files for line in file.read_text("utf-8").splitlines()]
    pieces = (piece.strip() for text in texts for piece in SENTENCE.split(text))
    return [piece for piece in pieces if 15 <= len(piece) <= 300]


def distractors(sentences: Sequence[str], speakers: Sequence[str], size: int) -> Iterator[NewEpisode]:
    """Texts of one to three sentences, some turns an evening."""
    dice = random.Random(20231)
    for number in range(size):
        yield NewEpisode(
            conversation=f"other/{number // (10 * SESSION)}",
            text=" ".join(dice.choices(sentences, k=dice.choice((1, 2, 2, 3)))),
            speaker=dice.choice(speakers),
            role=Role.OTHER,
            spoken_at=START + timedelta(hours=8 * (number // SESSION), minutes=number % SESSION),
            source_id=str(number),
            origin="import",
        )


def stored(vault: Vault, asked: Sequence[dict[str, Any]], others: Iterator[NewEpisode]) -> Episodes:
    """The vault with everything in it."""
    episodes = Episodes(vault, search_key, split)
    for sample in asked:
        turns = [
            NewEpisode(
                conversation=line["conversation"], text=line["text"], speaker=line["speaker"], role=Role.OTHER,
                spoken_at=datetime.fromisoformat(line["time"]), source_id=line["id"], origin="import",
            )
            for line in turns_of(sample)
        ]  # fmt: skip
        episodes.append_many(turns, START)
    batch: list[NewEpisode] = []
    for each in others:
        batch.append(each)
        if len(batch) == BATCH:
            episodes.append_many(batch, START)
            batch.clear()
    episodes.append_many(batch, START)
    return episodes


class PlainOr(FullText):
    """FTS5 ranks by itself, every word counts."""

    def search(self, terms: Sequence[str], scope: Scope, limit: int) -> Sequence[Hit]:
        match = " OR ".join(quoted(term) for term in terms)
        sql = "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
        with self._vault.reading() as db:
            return [Hit(seq, score) for seq, score in fetch(db, sql, (match, limit))]


class Way:
    """One way to search, its rankings and its times. `make` gives a new index, which knows nothing yet."""

    def __init__(self, vault: Vault, episodes: Episodes, make: Callable[[], FullText]) -> None:
        self._episodes = episodes
        self._words = make()
        embedder: Embedder = NoEmbedder()
        sources = Sources(episodes, make(), Vectors(vault), Placements(vault), embedder, near_words())
        self._recall = Recall(sources, evidence_weights(), reranker_weights())
        self.by_index: dict[str, list[str]] = {}
        self.by_recall: dict[str, list[str]] = {}
        self.index_ms: list[float] = []
        self.recall_ms: list[float] = []

    def ask(self, question: dict[str, Any]) -> None:
        """By the index alone, and by all of recall."""
        asked, text = question["id"], question["question"]
        began = time.perf_counter()
        ways = spellings(text, query_terms(text))
        hits = self._words.search([way for each in ways.values() for way in each], Scope(), HITS)
        self.index_ms.append(1000 * (time.perf_counter() - began))
        found = self._episodes.by_seq([hit.seq for hit in hits[:DEPTH]])
        self.by_index[asked] = [f"{e.conversation}/{e.source_id}" for e in found.values()]
        began = time.perf_counter()
        search = self._recall.find(text, DEPTH, Scope(), None)
        self.recall_ms.append(1000 * (time.perf_counter() - began))
        self.by_recall[asked] = [f"{f.episode.conversation}/{f.episode.source_id}" for f in search.found]


def figures(way: Way, asked: list[dict[str, Any]]) -> dict[str, Any]:
    """R@5 and R@10 of both rankings, milliseconds of both."""
    row: dict[str, Any] = {}
    for name, ranked, times in (
        ("index", way.by_index, way.index_ms),
        ("recall", way.by_recall, way.recall_ms),
    ):
        row[name] = {f"R@{cut}": round(recall_at(ranked, asked, cut, None), 4) for cut in (5, 10)}
        row[name] |= {f"p{part}": round(float(np.percentile(times, part)), 2) for part in (50, 95)}
    return row


def measure(
    vault: Vault, episodes: Episodes, asked: list[dict[str, Any]], bounds: Sequence[int]
) -> dict[str, Any]:
    """All ways on all questions."""
    ways = {
        PLAIN: Way(vault, episodes, lambda: PlainOr(vault, None)),
        "every word": Way(vault, episodes, lambda: FullText(vault, None)),
    }
    for bound in bounds:
        ways[f"{bound} rows"] = Way(vault, episodes, partial(FullText, vault, bound))
    for number, question in enumerate(asked):
        turn = number % len(ways)
        order = list(ways.values())
        for way in order[turn:] + order[:turn]:
            way.ask(question)
    return {name: figures(way, asked) for name, way in ways.items()}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="more text for distractors")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--bounds", type=int, nargs="*", default=[MOST_ROWS])
    parser.add_argument("--sample", type=int, default=1, help="every so-many-th question")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text("utf-8"))
    asked = [question for sample in samples[:ASKED] for question in questions_of(sample)][:: arguments.sample]
    for question in asked:
        question["evidence"] = {f"{question['conversation']}/{each}" for each in question["evidence"]}
    speakers = sorted({line["speaker"] for sample in samples for line in turns_of(sample)})
    sentences = sentences_of(arguments.texts, samples[ASKED:])
    with tempfile.TemporaryDirectory(prefix="second-me-benchmark-") as folder:
        vault, _ = create_vault(Path(folder) / "vault", "benchmark-passphrase", KdfParameters(64, 1, 1))
        with vault:
            began = time.perf_counter()
            others = distractors(sentences, speakers, arguments.size)
            episodes = stored(vault, samples[:ASKED], others)
            print(f"stored in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
            ways = measure(vault, episodes, asked, arguments.bounds)
            result = {"memories": episodes.count(), "questions": len(asked), "ways": ways}
    print(json.dumps(result)) if arguments.json else show(result)
    return 0


def show(result: dict[str, Any]) -> None:
    """The figures as lines, losses in points against FTS5's OR."""
    print(f"{result['memories']} memories, {result['questions']} questions, the meaning left out")
    for part in ("index", "recall"):
        plain = result["ways"][PLAIN][part]
        print(
            f"{part:16}{'R@5':>8}{'R@10':>8}{'loss@10':>9}{'p50 ms':>9}{'p95 ms':>9}{'of p50':>8}{'of p95':>8}"
        )
        for name, row in result["ways"].items():
            cells = row[part]
            print(
                f"  {name:14}{cells['R@5']:8.3f}{cells['R@10']:8.3f}{100 * (plain['R@10'] - cells['R@10']):9.2f}"
                f"{cells['p50']:9.1f}{cells['p95']:9.1f}{cells['p50'] / plain['p50']:8.2f}"
                f"{cells['p95'] / plain['p95']:8.2f}"
            )


if __name__ == "__main__":
    sys.exit(main())
