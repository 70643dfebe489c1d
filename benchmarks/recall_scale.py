"""Recall over a life's worth of memories: how long it takes, what it holds, from 1,000 to 1,000,000 memories.

    python benchmarks/recall_scale.py --sizes 1000 10000 100000 [1000000] [--figure OUT.svg] [--json]

Vaults are made of real texts (LoCoMo's turns, WikiText's sentences; scale_texts.py says how there are more of them)
through the repositories of the app, in a temporary folder. Each is then measured by a process of its own, which opens
it as the service does. *Vectors*: the app's search for the 1,000 nearest against sqlite-vec's scan for as many in the
same vault (`Vectors` that was not made ready), R@10 against the scan, which is exact. *Cosines*: of 3,000 episodes.
*Words*: SQL, an FTS5 query for any of the question's words, the first 1,000 by rank. *Recall*: `Recall.find` for ten
memories with all that it does by itself, without and with the making of the question's vector. *Cold*: the time until
the index and the placement are in memory, the files being in the system's cache. *Resident*: of that process, at the
end. Sides take turns, each with all questions in the same order, `--rounds` times. p50 and p95 in milliseconds; in
brackets p50 of the processor's time, which a busy machine stretches less (without the model's, another process).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import psutil
from scale_figure import draw
from scale_texts import COMBINED, Corpus, corpus, memories

from second_me.app.paths import HomeLayout
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.memory.chunks import split
from second_me.core.ports import Embedder, Hit, Scope
from second_me.core.recall.keys import query_terms, search_key
from second_me.models.client import ModelProcess
from second_me.models.starter import fetch_starter
from second_me.storage.index.vectors import Vectors
from second_me.storage.keys import KdfParameters
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.vault import Vault, create_vault, open_vault

PASSPHRASE = "a benchmark's passphrase"
QUICK = KdfParameters(memory_kib=64, iterations=1, lanes=1)
DATA = Path(__file__).parents[2] / "shared" / "data"
CACHE = platformdirs.user_cache_path("second-me-benchmarks") / "scale_vectors.npz"
QUESTIONS = {1_000: 200, 10_000: 200, 100_000: 100}
FEW_QUESTIONS = 20
NEAREST = 1000
"""How many the searches for words and for meaning give when they are measured alone."""
COLD = ("index", "placement")
Row = dict[str, Any]


def build(home: Path, size: int, made_of: Corpus, embedder: Embedder) -> float:
    """A vault of `size` memories; returns the seconds."""
    started = time.perf_counter()
    layout = HomeLayout(home)
    with create_vault(layout.vault, PASSPHRASE, QUICK)[0] as vault:
        episodes, vectors = Episodes(vault, search_key, split), Vectors(vault)
        vectors.use_embedder(embedder.name, embedder.dimensions)
        for batch, rows in memories(made_of, size):
            # One after the other: all of these texts have one chunk, and chunks wait in order.
            episodes.append_many(batch, datetime(2025, 1, 1))
            chunks = vectors.pending(len(batch) + 1)
            assert len(chunks) == len(batch)
            vectors.store({chunk.chunk_id: row for chunk, row in zip(chunks, rows, strict=True)})
    return time.perf_counter() - started


Times = tuple[float, float]
"""Milliseconds by the clock, and of this process's processor."""


def timed(action: Callable[[], Any]) -> tuple[Times, Any]:
    """(how long, what it gives)."""
    started, worked = time.perf_counter(), time.process_time()
    given = action()
    return (1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked)), given


def quantiles(times: Sequence[Times]) -> Row:
    """p50 and p95 by the clock, and of the processor's time."""
    found = np.quantile(np.array(times), (0.5, 0.95), axis=0).round(2)
    (p50, cpu_p50), (p95, cpu_p95) = found.tolist()
    return {"p50": p50, "p95": p95, "cpu_p50": cpu_p50, "cpu_p95": cpu_p95}


def plain_words(vault: Vault, question: str) -> int:
    """The FTS5 query that everybody would write; the number of rows."""
    terms = " OR ".join('"' + term.replace('"', '""') + '"' for term in query_terms(question))
    sql = "SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
    with vault.reading() as db:
        return len(db.execute(sql, (terms, NEAREST)).fetchall())


def share_found(got: Sequence[Hit], exact: Sequence[Hit], first: int = 10) -> float:
    """How many of the first of the exact search are among ours."""
    want = {hit.seq for hit in exact[:first]}
    return len(want & {hit.seq for hit in got[:first]}) / len(want)


def measure(home: Path, questions: Sequence[str], rounds: int) -> Row:
    """All figures of one vault. Runs in a process of its own."""
    layout, process = HomeLayout(home), psutil.Process()
    vault = open_vault(layout.vault, passphrase=PASSPHRASE)
    before = process.memory_info().rss
    # The app's own wiring, around a vault that we hold, too: the plain query needs it.
    house = HomeDoor(layout, SystemClock(), lambda _: None)._house(vault)
    scanning = Vectors(vault)
    for vectors in (house.vectors, scanning):
        vectors.use_embedder(house.embedder.name, house.embedder.dimensions)
    index, _ = timed(lambda: house.vectors.prepare(lambda: False))
    placement, placed = timed(house.placement.placement)
    again, _ = timed(house.placement.placement)
    asked = [(question, house.recall.embed(question)) for question in questions]
    sides: dict[str, Callable[[str, Any], Any]] = {
        "words": lambda question, _: plain_words(vault, question),
        "recall": lambda question, vector: house.recall.find(question, 10, Scope(), vector),
        "recall_with_vector": lambda question, _: house.recall.find(
            question, 10, Scope(), house.recall.embed(question)
        ),
        "scan": lambda _, vector: scanning.search(vector, Scope(), NEAREST),
        "vectors": lambda _, vector: house.vectors.search(vector, Scope(), NEAREST),
        "cosines": lambda _, vector: house.vectors.cosines(vector, some),
    }
    some = placed.seqs[:: max(1, len(placed.seqs) // 3000)]
    times: dict[str, list[Times]] = {name: [] for name in sides}
    found: dict[str, list[Any]] = {name: [] for name in sides}
    for turn in range(rounds):
        for name, side in sides.items():
            if name == "scan" and turn:
                continue  # it is the slowest by far, and steady
            for question, vector in asked:
                took, given = timed(lambda side=side, q=question, v=vector: side(q, v))
                times[name].append(took)
                if not turn and name in ("scan", "vectors"):
                    found[name].append(given)
    shares = [share_found(*pair) for pair in zip(found["vectors"], found["scan"], strict=True)]
    medians = {name: np.median(np.array(each), axis=0) for name, each in times.items()}
    row = {
        "memories": house.episodes.count(),
        **{name: quantiles(each) for name, each in times.items()},
        "faster": round(float(medians["scan"][0] / medians["vectors"][0]), 1),
        "cpu_faster": round(float(medians["scan"][1] / medians["vectors"][1]), 1),
        "recall_at_10": round(float(np.mean(shares)), 4),
        "questions": len(questions),
        "cold": {"index": quantiles([index]), "placement": quantiles([placement])},
        "placement_again_ms": round(again[0], 3),
        "resident_bytes": process.memory_info().rss,
        "resident_before": before,
        "index_bytes": house.vectors.nbytes(),
        "placement_bytes": house.placement.nbytes(),
        "disk_bytes": sum(file.stat().st_size for file in layout.vault.rglob("*") if file.is_file()),
    }
    house.model.close()
    house.close()
    return row


def run(size: int, made_of: Corpus, embedder: Embedder, models: Path, rounds: int) -> Row:
    """Build and measure one size."""
    home = Path(tempfile.mkdtemp(prefix="second-me-scale-"))
    try:
        shutil.copytree(models, HomeLayout(home).models)
        seconds = build(home, size, made_of, embedder)
        count = QUESTIONS.get(size, FEW_QUESTIONS)
        step = max(1, len(made_of.questions) // count)
        (home / "questions.json").write_text(json.dumps(made_of.questions[::step][:count]))
        command = [sys.executable, __file__, "--measure", str(home), "--rounds", str(rounds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=dict(os.environ))
        return {"build_seconds": round(seconds, 1), **json.loads(done.stdout.splitlines()[-1])}
    finally:
        shutil.rmtree(home, ignore_errors=True)


def table(rows: Sequence[Row]) -> str:
    """For people."""
    names = ("scan", "vectors", "cosines", "words", "recall", "recall_with_vector")
    lines = [f"{'memories':>20}" + "".join(f"{row['memories']:>26,}" for row in rows)]
    lines += [f"{name:>20}" + "".join(_cell(row[name]) for row in rows) for name in names]
    lines += [f"{'cold ' + part:>20}" + "".join(_cell(row["cold"][part]) for row in rows) for part in COLD]
    for part, title in (("faster", "scan / vectors"), ("cpu_faster", "by processor")):
        lines.append(f"{title:>20}" + "".join(f"{row[part]:>26.1f}" for row in rows))
    lines.append(f"{'R@10 (exact: 1)':>20}" + "".join(f"{row['recall_at_10']:>26.4f}" for row in rows))
    for part in ("index_bytes", "placement_bytes", "resident_bytes", "resident_before", "disk_bytes"):
        lines.append(f"{part:>20}" + "".join(f"{row[part] / 1e6:>23.1f} MB" for row in rows))
    return "\n".join(lines)


def _cell(row: Row) -> str:
    """p50 / p95 (the processor's p50)."""
    return f"{row['p50']:>9.1f} /{row['p95']:>7.1f} {'(' + format(row['cpu_p50'], '.1f') + ')':>7}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--figure", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        questions = json.loads((arguments.measure / "questions.json").read_text())
        print(json.dumps(measure(arguments.measure, questions, arguments.rounds)))
        return 0
    if not arguments.data.exists():
        print(f"no evaluation data in {arguments.data}", file=sys.stderr)
        return 2
    models = arguments.models or platformdirs.user_cache_path("second-me-tests") / "models"
    starter = fetch_starter(models, lambda _file, _done, _total: None)
    process = ModelProcess(None, starter.embedder)
    try:
        made_of = corpus(arguments.data, process.embedder.embed, CACHE)
        rows = [
            run(size, made_of, process.embedder, models, arguments.rounds) for size in sorted(arguments.sizes)
        ]
    finally:
        process.close()
    if any(size > COMBINED for size in arguments.sizes):
        print(f"beyond {COMBINED:,} memories the vectors are perturbed ones", file=sys.stderr)
    if arguments.figure:
        arguments.figure.write_text(draw(rows), "utf-8")
    print(json.dumps(rows) if arguments.json else table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
