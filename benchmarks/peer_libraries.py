"""Memory libraries of others, each behind one function. Runs in an environment of its own (`peers.py` makes it).

    python benchmarks/peer_libraries.py FOLDER LIBRARY

FOLDER holds `turns.jsonl`, `questions.jsonl`, `vectors.npz` (rows of `turns` and of `questions`) and
`stop_words.txt`; `ranked.json` is written into it: the library's version, the seconds that it took, and
{question id: turn ids, best first}. Nothing is fetched: a connection to another machine is refused.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

DEPTH = 20


@dataclass(frozen=True)
class Data:
    """Turns and questions, each with its vector, and a folder for what a library wants to keep."""

    turns: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    turn_vectors: np.ndarray
    question_vectors: np.ndarray
    folder: Path

    def vector_of(self) -> dict[str, list[float]]:
        """{text without space around it: its vector}, for a library that embeds texts itself."""
        pairs = [
            *zip((turn["text"] for turn in self.turns), self.turn_vectors, strict=True),
            *zip((question["question"] for question in self.questions), self.question_vectors, strict=True),
        ]
        return {text.strip(): vector.tolist() for text, vector in pairs}


def read(folder: Path) -> Data:
    """What `peers.py` wrote."""

    def lines(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]

    vectors = np.load(folder / "vectors.npz")
    return Data(
        lines("turns.jsonl"), lines("questions.jsonl"), vectors["turns"], vectors["questions"], folder
    )


def chroma(data: Data) -> dict[str, list[str]]:
    """chromadb: cosine over an HNSW index, a collection a conversation."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    ranked: dict[str, list[str]] = {}
    for number, name in enumerate(sorted({turn["conversation"] for turn in data.turns})):
        # ef: as exact as it goes, so that the order is the cosine's.
        shape = {"hnsw": {"space": "cosine", "ef_search": 500}}
        collection = client.create_collection(f"talk-{number}", configuration=shape, embedding_function=None)
        own = [at for at, turn in enumerate(data.turns) if turn["conversation"] == name]
        collection.add(
            ids=[data.turns[at]["id"] for at in own],
            embeddings=data.turn_vectors[own],
            documents=[data.turns[at]["text"] for at in own],
        )
        for at, question in enumerate(data.questions):
            if question["conversation"] == name:
                found = collection.query(query_embeddings=data.question_vectors[at : at + 1], n_results=DEPTH)
                ranked[question["id"]] = found["ids"][0]
    return ranked


def mem0_meaning(data: Data) -> dict[str, list[str]]:
    """mem0ai as it installs without a hub: what was said is stored as it is, cosine."""
    return _mem0(data, None)


def mem0_both(data: Data) -> dict[str, list[str]]:
    """mem0ai with its keyword search, whose encoder gets our list of English stop words instead of a hub's."""
    from fastembed import SparseTextEmbedding

    stop_words = set((data.folder / "stop_words.txt").read_text("utf-8").split())
    return _mem0(
        data,
        SparseTextEmbedding("Qdrant/bm25", specific_model_path=str(data.folder), stopwords=stop_words),
    )


def _mem0(data: Data, encoder: Any) -> dict[str, list[str]]:
    from mem0 import Memory

    keep = data.folder / ("mem0-both" if encoder else "mem0")
    store = {
        "collection_name": "talks",
        "embedding_model_dims": data.turn_vectors.shape[1],
        "path": str(keep),
    }
    memory = Memory.from_config(
        {
            "vector_store": {"provider": "qdrant", "config": store},
            "history_db_path": str(data.folder / f"{keep.name}.db"),
        }
    )
    memory.embedding_model = _Known(data.vector_of())
    # False is the library's own word for an encoder that was tried and cannot be had.
    memory.vector_store._bm25_encoder = encoder or False
    for turn in data.turns:
        memory.add(turn["text"], user_id=turn["conversation"], metadata={"turn": turn["id"]}, infer=False)
    ranked: dict[str, list[str]] = {}
    for question in data.questions:
        found = memory.search(
            question["question"],
            filters={"user_id": question["conversation"]},
            top_k=DEPTH,
            threshold=0.0,
        )
        ranked[question["id"]] = [each["metadata"]["turn"] for each in found["results"]]
    return ranked


class _Known:
    """An embedder of mem0's kind that looks vectors up."""

    def __init__(self, vectors: dict[str, list[float]]) -> None:
        self._vectors = vectors
        self.config = None

    def embed(self, text: str, memory_action: str | None = None) -> list[float]:
        return self._vectors[text.strip()]

    def embed_batch(self, texts: list[str], memory_action: str | None = None) -> list[list[float]]:
        return [self.embed(text) for text in texts]


LIBRARIES: dict[str, Callable[[Data], dict[str, list[str]]]] = {
    "chromadb": chroma,
    "mem0ai": mem0_meaning,
    "mem0ai, words": mem0_both,
}


def stay_at_home() -> None:
    """From now on this process connects to nothing but itself."""
    connect = socket.socket.connect

    def only_local(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise ConnectionRefusedError("a benchmark stays on its machine")
        connect(self, address)

    socket.socket.connect = only_local  # type: ignore[method-assign]


def main() -> int:
    folder, name = Path(sys.argv[1]), sys.argv[2]
    stay_at_home()
    os.environ |= {
        "MEM0_TELEMETRY": "False", "MEM0_DIR": str(folder / "mem0-home"), "OPENAI_API_KEY": "none",
        "ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1",
    }  # fmt: skip
    data, began = read(folder), time.perf_counter()
    ranked = LIBRARIES[name](data)
    row = {
        "version": importlib.metadata.version(name.partition(",")[0]),
        "seconds": round(time.perf_counter() - began, 1),
        "ranked": ranked,
    }
    (folder / "ranked.json").write_text(json.dumps(row), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
