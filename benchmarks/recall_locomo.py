"""Recall on LoCoMo's conversations, cross-validated: R@5, R@10 and R@20 by category, simpler rankings beside it.

    python benchmarks/recall_locomo.py DATA [--json] [--models FOLDER] [--vault FOLDER] [--command-line]

DATA is a file in the form of LoCoMo's `locomo10.json`. Each question is asked within its conversation, in one vault
that holds them all. *Reranker*: the product's recall with weights that were fitted on the other conversations
(`fit_reranker.py`). *Sum*: its rough order, without weights of its own. *Vectors*: cosines, exact. *BM25*: SQLite's
FTS5 (porter) over the same turns with the same stop words, without speakers and dates in the key. Everything but deep
recall is on (`deep_recall.py` measures that). `--command-line` also asks through `second-me recall --batch`, by the
weights that ship, which were fitted on DATA if that is the development data.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from filled_vault import filled_vault
from fit_reranker import deviations, examined, held_out, table
from locomo import CATEGORIES, CUTS, bm25, ours, questions_of, recall_at, turns_of

from second_me.app.service.house import House
from second_me.core.ports import Scope
from second_me.core.recall.pool import rough

Ranked = dict[str, list[str]]
"""{question id: source ids in order}."""


def simpler(house: House, asked: Sequence[Mapping[str, Any]]) -> dict[str, Ranked]:
    """The rankings that need no weights."""
    vectors: Ranked = {}
    sums: Ranked = {}
    for question in asked:
        scope, vector = Scope(question["conversation"]), house.recall.embed(question["question"])
        nearest = [hit.seq for hit in house.vectors.search(vector, scope, max(CUTS))]
        vectors[question["id"]] = _sources(house, nearest)
        seen = house.recall.examine(question["question"], scope, vector)
        if seen is not None:
            best = np.argsort(-rough(seen.pool), kind="stable")[: max(CUTS)]
            sums[question["id"]] = _sources(house, seen.seqs(best))
    return {"sum": sums, "vectors": vectors}


def _sources(house: House, seqs: Sequence[int]) -> list[str]:
    return [str(episode.source_id) for episode in house.episodes.by_seq(seqs).values()]


def milliseconds(house: House, asked: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """p50 and p95 of `Recall.find` for ten memories, the question's vector being there."""
    times = []
    for question in asked[::5]:
        vector = house.recall.embed(question["question"])
        started = time.perf_counter()
        house.recall.find(question["question"], 10, Scope(question["conversation"]), vector)
        times.append(1000 * (time.perf_counter() - started))
    p50, p95 = np.quantile(times, (0.5, 0.95))
    return {"p50_ms": round(float(p50), 1), "p95_ms": round(float(p95), 1)}


def shares(ranked: Ranked, asked: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """{category: {"R@5": share}}."""
    return {
        CATEGORIES[category] if category else "all": {
            f"R@{cut}": round(recall_at(ranked, asked, cut, category), 4) for cut in CUTS
        }
        for category in (None, *CATEGORIES)
    }


def show(found: Mapping[str, Any]) -> None:
    """The table."""
    sides = found["recall"]
    print(f"{found['turns']} turns, {found['questions']} questions; {found['time']}; R@5 R@10 R@20")
    print(f"{'':14}" + "".join(f"{name:>22}" for name in sides))
    for row in sides["bm25"]:
        cells = ("  ".join(f"{share:.3f}" for share in each[row].values()) for each in sides.values())
        print(f"{row:14}" + "".join(f"{cell:>22}" for cell in cells))
    over = sides["reranker"]["all"]["R@10"] / sides["bm25"]["all"]["R@10"]
    print(f"R@10 of the reranker over BM25: {over:.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--vault", type=Path, help="a folder in which the filled vault is kept")
    parser.add_argument("--command-line", action="store_true", help="also through second-me recall")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text("utf-8"))
    lines = [line for sample in samples for line in turns_of(sample)]
    asked = [question for sample in samples for question in questions_of(sample)]
    with filled_vault(lines, arguments.models, arguments.vault) as house:
        ranked = simpler(house, asked)
        _, seen = examined(house, samples)
        took = milliseconds(house, asked)
    ranked["bm25"] = bm25(lines, asked)
    if arguments.command_line:
        ranked["command line"] = ours(lines, asked, arguments.models)["ranked"]
    found = {
        "turns": len(lines),
        "questions": len(asked),
        "time": took,
        "recall": {
            "reranker": table(seen, held_out(seen, deviations(seen))),
            **{name: shares(each, asked) for name, each in ranked.items()},
        },
    }
    print(json.dumps(found)) if arguments.json else show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
