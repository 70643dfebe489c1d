"""LoCoMo's conversations for benchmarks: turns as lines of an import, questions with their evidence, R@k.

R@k is fractional: the share of a question's evidence turns among the first k, averaged over questions. `bm25` is
SQLite's FTS5 (porter) over the same turns with the same stop words, without speakers and dates in the key; `ours`
goes through `second-me import` and `second-me recall --batch` in a home of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from second_me.core.recall.keys import query_terms

CUTS = (5, 10, 20)
CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open", 4: "single-hop", 5: "adversarial"}


def turns_of(sample: dict[str, Any]) -> list[dict[str, Any]]:
    """The turns of one conversation as lines of an import."""
    talk, lines, number = sample["conversation"], [], 1
    while f"session_{number}_date_time" in talk:
        when = datetime.strptime(talk[f"session_{number}_date_time"], "%I:%M %p on %d %B, %Y")
        for turn in talk.get(f"session_{number}", []):
            lines.append(
                {
                    "id": turn["dia_id"],
                    "conversation": f"locomo/{sample['sample_id']}",
                    "speaker": turn["speaker"],
                    "time": when.isoformat(),
                    "text": turn["text"],
                }
            )
        number += 1
    return lines


def questions_of(sample: dict[str, Any]) -> list[dict[str, Any]]:
    """Questions that have evidence."""
    asked = []
    for number, question in enumerate(sample["qa"]):
        evidence = set(re.findall(r"D\d+:\d+", " ".join(question["evidence"])))
        if evidence:
            asked.append(
                {
                    "id": f"{sample['sample_id']}/{number}",
                    "question": question["question"],
                    "conversation": f"locomo/{sample['sample_id']}",
                    "evidence": evidence,
                    "category": question["category"],
                }
            )
    return asked


def ours(lines: list[dict[str, Any]], asked: list[dict[str, Any]], models: Path | None) -> dict[str, Any]:
    """{question id: source ids in order}, and how long it took."""
    folder = Path(tempfile.mkdtemp(prefix="second-me-benchmark-"))
    try:
        return _ours(folder, lines, asked, models)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ours(
    folder: Path, lines: list[dict[str, Any]], asked: list[dict[str, Any]], models: Path | None
) -> dict[str, Any]:
    home = folder / "home"
    if models:
        shutil.copytree(models, home / "models")
    env = dict(os.environ, SECOND_ME_HOME=str(home), SECOND_ME_PASSPHRASE="benchmark-passphrase")

    def command(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "second_me", *arguments], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            text=True, check=True,
        )  # fmt: skip
        return done.stdout

    command("model", "fetch", "starter")
    (folder / "turns.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    keys = ("id", "question", "conversation")
    (folder / "questions.jsonl").write_text(
        "".join(json.dumps({key: question[key] for key in keys}) + "\n" for question in asked)
    )
    started = time.perf_counter()
    command("import", str(folder / "turns.jsonl"))
    imported = time.perf_counter() - started
    out = [
        json.loads(line)
        for line in command(
            "recall", "--batch", str(folder / "questions.jsonl"), "--k", "20", "--json"
        ).splitlines()
    ]
    times = sorted(each["ms"] for each in out)
    return {
        "ranked": {each["id"]: [memory["source_id"] for memory in each["memories"]] for each in out},
        "import_seconds": round(imported, 1),
        "recall_ms_p50": times[len(times) // 2],
        "recall_ms_p95": times[int(len(times) * 0.95)],
    }


def bm25(lines: list[dict[str, Any]], asked: list[dict[str, Any]]) -> dict[str, list[str]]:
    """{question id: source ids in order} of plain FTS5."""
    ranked: dict[str, list[str]] = {}
    for name in {line["conversation"] for line in lines}:
        own = [line for line in lines if line["conversation"] == name]
        db = sqlite3.connect(":memory:")
        db.execute("CREATE VIRTUAL TABLE turns USING fts5(text, tokenize = 'porter unicode61')")
        db.executemany(
            "INSERT INTO turns(rowid, text) VALUES (?, ?)",
            [(at, line["text"]) for at, line in enumerate(own)],
        )
        for question in asked:
            if question["conversation"] == name:
                terms = " OR ".join(f'"{term}"' for term in query_terms(question["question"]))
                rows = db.execute(
                    "SELECT rowid FROM turns WHERE turns MATCH ? ORDER BY rank LIMIT 20", (terms,)
                )
                ranked[question["id"]] = [own[at]["id"] for (at,) in rows]
        db.close()
    return ranked


def recall_at(
    ranked: dict[str, list[str]], asked: list[dict[str, Any]], cut: int, category: int | None
) -> float:
    """Mean share of the evidence among the first `cut`."""
    shares = [
        len(question["evidence"] & set(ranked.get(question["id"], [])[:cut])) / len(question["evidence"])
        for question in asked
        if category in (None, question["category"])
    ]
    return sum(shares) / len(shares) if shares else 0.0
