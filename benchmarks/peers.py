"""Recall beside memory libraries that anyone can install: the same embedder, questions and run.

    python benchmarks/peers.py DATA [--models FOLDER] [--environment FOLDER] [--json]

DATA is a file in the form of LoCoMo's `locomo10.json`. Each library is installed into an environment of its own
(`--environment` keeps it for another time) and is given every turn as "speaker: text", with the vector that our
embedder makes of it; each question is asked within its conversation. Second Me is used as people use it, through
`second-me import` and `second-me recall --batch` (`locomo.py`). R@k is fractional, the share of a
question's evidence turns among the first k.

*chromadb* ranks by cosine. *mem0ai* is used without its language model (`infer=False`): it stores what was said
and ranks by cosine; *mem0ai, words* has its keyword search too, which comes with a download from a hub: the
encoder is the library's own, with our list of stop words. Its entity boost and its lemmas want a language model
and a spaCy model and stay out. *cosine* is numpy over the same vectors, which shows that a library loses nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from locomo import CATEGORIES, CUTS, bm25, ours, questions_of, recall_at, turns_of
from peer_libraries import LIBRARIES

from second_me.core.ports import Embedder
from second_me.core.recall.languages import ENGLISH, STOP
from second_me.core.recall.recall import vector_key
from second_me.models.client import ModelProcess
from second_me.models.starter import fetch_starter

BATCH = 64
"""Texts that are embedded at a time."""
WANTED = ("chromadb>=1,<2", "mem0ai>=2,<3", "qdrant-client>=1.12", "fastembed>=0.7")
DEPTH = 20
BATCH = 64
INSIDE = Path(__file__).with_name("peer_libraries.py")


def python_of(environment: Path) -> Path:
    """The Python of an environment with the libraries, made where it is missing. Raises CalledProcessError."""
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(environment, with_pip=True)
        print(f"installing {', '.join(WANTED)}", file=sys.stderr, flush=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *WANTED], check=True, stdout=subprocess.DEVNULL
        )
    return python


def embed(embedder: Any, texts: Sequence[str]) -> np.ndarray:
    """Vectors of texts, shape (texts, dimensions)."""
    parts = [embedder.embed(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    return np.concatenate(parts).astype(np.float64)


def vectors_of(
    models: Path, turns: Sequence[dict[str, Any]], asked: Sequence[dict[str, Any]]
) -> tuple[np.ndarray, np.ndarray]:
    """(of turns, of questions), rows of unit length, by the embedder that Second Me uses."""
    process = ModelProcess(None, fetch_starter(models, lambda _file, _done, _total: None).embedder)
    try:
        of_turns = embedded(process.embedder, [turn["text"] for turn in turns])
        of_questions = embedded(process.embedder, [question["question"] for question in asked])
    finally:
        process.close()
    return of_turns, of_questions


def embedded(embedder: Embedder, texts: Sequence[str]) -> np.ndarray:
    """Vectors of texts, shape (texts, dimensions)."""
    parts = [embedder.embed(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    return np.concatenate(parts).astype(np.float32)


def cosine(
    turns: Sequence[dict[str, Any]],
    asked: Sequence[dict[str, Any]],
    of_turns: np.ndarray,
    of_questions: np.ndarray,
) -> dict[str, list[str]]:
    """The order of the cosine, exactly."""
    ranked: dict[str, list[str]] = {}
    conversation = np.array([turn["conversation"] for turn in turns])
    for question, vector in zip(asked, of_questions, strict=True):
        own = np.flatnonzero(conversation == question["conversation"])
        best = own[np.argsort(-(of_turns[own] @ vector), kind="stable")[:DEPTH]]
        ranked[question["id"]] = [turns[at]["id"] for at in best]
    return ranked


def peers(
    python: Path, folder: Path, turns: Sequence[dict[str, Any]], asked: Sequence[dict[str, Any]],
    vectors: tuple[np.ndarray, np.ndarray],
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """{library: ranking, version, seconds, or what failed}."""

    def write(name: str, rows: Sequence[dict[str, Any]], keys: Sequence[str]) -> None:
        kept = ({key: row[key] for key in keys} for row in rows)
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")

    write("turns.jsonl", turns, ("id", "conversation", "text"))
    write("questions.jsonl", asked, ("id", "conversation", "question"))
    np.savez(folder / "vectors.npz", turns=vectors[0], questions=vectors[1])
    (folder / "stop_words.txt").write_text("\n".join(sorted(STOP[ENGLISH])), "utf-8")
    return {name: one(python, folder, name) for name in LIBRARIES}


def one(python: Path, folder: Path, name: str) -> dict[str, Any]:
    """What a library made of it, or the last that it said before it failed."""
    done = subprocess.run([python, INSIDE, folder, name], capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["without a word"])[-1][:300]}
    result: dict[str, Any] = json.loads((folder / "ranked.json").read_text("utf-8"))
    return result


def table_of(ranked: dict[str, dict[str, list[str]]], asked: list[dict[str, Any]]) -> dict[str, Any]:
    """{side: {category: {"R@5": ...}}}."""
    return {
        who: {
            CATEGORIES[category] if category else "all": {
                f"R@{cut}": round(recall_at(order, asked, cut, category), 3) for cut in CUTS
            }
            for category in (None, *CATEGORIES)
        }
        for who, order in ranked.items()
    }


def show(result: dict[str, Any]) -> None:
    """The figures as lines."""
    table = result["recall"]
    print(f"{result['turns']} turns, {result['questions']} questions; R@5 R@10 R@20")
    print(f"{'':14}" + "".join(f"{name:>21}" for name in table))
    for row in next(iter(table.values())):
        cells = ("  ".join(f"{cell:.3f}" for cell in side[row].values()) for side in table.values())
        print(f"{row:14}" + "".join(f"{each:>21}" for each in cells))
    own = table["second-me"]["all"]["R@10"]
    for name, side in table.items():
        if name != "second-me":
            there = side["all"]["R@10"]
            print(f"ahead of {name} at 10: {100 * (own - there):.1f} points, {own / there:.2f} times")
    for name, peer in result["peers"].items():
        told = f"failed: {peer['failed']}" if "failed" in peer else f"{peer['version']}, {peer['seconds']} s"
        print(f"{name}: {told}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--environment", type=Path, help="where the libraries are, or shall be and stay")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.data.read_text("utf-8"))
    lines = [line for sample in samples for line in turns_of(sample)]
    asked = [question for sample in samples for question in questions_of(sample)]
    turns = [{**line, "text": vector_key(line["text"], line["speaker"])} for line in lines]
    with tempfile.TemporaryDirectory(prefix="second-me-benchmark-") as name:
        folder = Path(name)
        python = python_of(arguments.environment or folder / "environment")
        vectors = vectors_of(arguments.models or folder / "models", turns, asked)
        inside = folder / "inside"
        inside.mkdir()
        others = peers(python, inside, turns, asked, vectors)
    mine = ours(lines, asked, arguments.models)
    ranked = {
        "second-me": mine.pop("ranked"),
        **{each: peer.pop("ranked") for each, peer in others.items() if "ranked" in peer},
        "cosine": cosine(turns, asked, *vectors),
        "bm25": bm25(lines, asked),
    }
    result = {"turns": len(lines), "questions": len(asked), "second-me": mine, "peers": others}
    result["recall"] = table_of(ranked, asked)
    print(json.dumps(result)) if arguments.json else show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
