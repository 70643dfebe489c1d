"""How many texts at once the embedder should take: texts a second, how long a step holds up an urgent text.

    python benchmarks/embedding_batch.py EMBEDDER [--data LOCOMO] [--texts 96] [--turns 5] [--threads 2] [--json]

*Ours* is `EmbeddingContext` as the app uses it: one text a step. *Plain* is llama-cpp-python's `Llama.embed` on
the same texts, which packs them into batches of so many tokens. *Turns* are as people write them (LoCoMo's form
in DATA with their speakers, else made up), *words* the first words of each, *long* some turns together, about 200
tokens, as long texts are cut. The order rotates from turn to turn; each side counts with its shortest time, which
is the one that other programs disturbed least (with `--threads 1` it is the processor's). *Step*: the mean piece
of it that nothing can interrupt, which is what an urgent text waits for before it is begun. *Cosine*: the least of
a text's vectors with its vector made alone. *Vault*: what the service takes around a request of so many texts
(finding what is pending, storing vectors) in a new vault in a temporary folder, beside what the model takes, by
the clock.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
import numpy.typing as npt
from first_token import made_up
from locomo import turns_of
from overhead import FixedCores, clock_of

from second_me.core.memory.chunks import split
from second_me.core.memory.episodes import NewEpisode
from second_me.core.recall.keys import search_key
from second_me.core.recall.recall import vector_key
from second_me.models.embedder import EmbeddingContext
from second_me.models.llama import LoadedModel
from second_me.models.threads import physical_cores
from second_me.storage.index.vectors import Vectors
from second_me.storage.keys import KdfParameters
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.vault import create_vault

BATCHES = (64, 128, 256, 512)
LARGEST = BATCHES[-1]
REQUESTS = (16, 64, 256)
WORDS, TOGETHER = 6, 7
Rows = npt.NDArray[np.float32]


@dataclass
class Made:
    """Vectors, the seconds that they took, and in how many pieces that nothing can interrupt."""

    rows: Rows
    seconds: float
    steps: int


class Ours:
    """The app's way: one text a step."""

    name = "ours, one by one"

    def __init__(self, model: LoadedModel) -> None:
        self._context = EmbeddingContext(model)
        self._clock = clock_of(model.cores.most)

    def make(self, texts: Sequence[str]) -> Made:
        """All vectors."""
        began = self._clock()
        rows = np.stack(list(self._context.embed(texts)))
        return Made(rows, self._clock() - began, len(texts))

    def close(self) -> None:
        """Give it back."""
        self._context.close()


class Plain:
    """The high-level class of llama-cpp-python, which packs texts into batches of so many tokens."""

    def __init__(self, path: Path, threads: int, batch: int) -> None:
        self.name, self._batch = f"plain, {batch} tokens", batch
        self._clock = clock_of(threads)
        self._llama = llama_cpp.Llama(
            str(path), embedding=True, n_ctx=LARGEST, n_batch=batch, n_ubatch=batch,
            n_threads=threads, n_threads_batch=threads, flash_attn=False, verbose=False,
        )  # fmt: skip

    def make(self, texts: Sequence[str]) -> Made:
        """All vectors."""
        began = self._clock()
        rows = np.array(self._llama.embed(list(texts), normalize=True), np.float32)
        return Made(rows, self._clock() - began, self._steps(texts))

    def _steps(self, texts: Sequence[str]) -> int:
        steps, held = 0, self._batch + 1
        for text in texts:
            size = len(self._llama.tokenize(text.encode()))
            steps, held = (steps, held + size) if held + size <= self._batch else (steps + 1, size)
        return steps

    def close(self) -> None:
        """Give it back."""
        self._llama.close()


def kinds(data: Path | None, count: int) -> dict[str, list[str]]:
    """Texts by kind."""
    lines = (
        [line for sample in json.loads(data.read_text("utf-8")) for line in turns_of(sample)] if data else []
    )
    turns = [vector_key(line["text"], line["speaker"]) for line in lines or made_up()[0]]
    spread = turns[:: max(1, len(turns) // count)][:count]
    return {
        "turns": spread,
        "words": [" ".join(text.split()[:WORDS]) for text in spread],
        "long": [
            " ".join(turns[at : at + TOGETHER]) for at in range(0, count // TOGETHER * TOGETHER, TOGETHER)
        ],
    }


def compare(sides: Sequence[Ours | Plain], texts: Sequence[str], turns: int) -> list[dict[str, Any]]:
    """All sides on the same texts, in turns."""
    best: dict[str, Made] = {}
    for number in range(turns + 1):
        at = number % len(sides)
        for side in [*sides[at:], *sides[:at]]:
            made = side.make(texts)
            if side.name not in best or made.seconds < best[side.name].seconds:
                best[side.name] = made
    alone = best[Ours.name].rows.astype(np.float64)
    return [
        {
            "side": name,
            "texts_a_second": len(texts) / made.seconds,
            "step_ms": 1000 * made.seconds / made.steps,
            "least_cosine": float(np.sum(made.rows * alone, axis=1).min()),
        }
        for name, made in best.items()
    ]


def requests(model: LoadedModel, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What the service's own work between two requests takes, by texts in a request."""
    for size in REQUESTS:
        with tempfile.TemporaryDirectory(prefix="second-me-benchmark-") as folder:
            vault, _ = create_vault(Path(folder) / "vault.db", "benchmark", KdfParameters(64, 1, 1))
            yield _through_the_vault(vault, model, texts, size)
            vault.close()


def _through_the_vault(vault: Any, model: LoadedModel, texts: Sequence[str], size: int) -> dict[str, Any]:
    vectors, context = Vectors(vault), EmbeddingContext(model)
    vectors.use_embedder("benchmark", model.dimensions)
    said = (NewEpisode("talk", "", text, None, source_id=str(number)) for number, text in enumerate(texts))
    Episodes(vault, search_key, split).append_many(said, datetime(2024, 3, 1))
    own = computing = 0.0
    count = 0
    while True:
        began = time.perf_counter()
        chunks = vectors.pending(size)
        own += time.perf_counter() - began
        if not chunks:
            break
        began = time.perf_counter()
        rows = np.stack(list(context.embed([chunk.text for chunk in chunks])))
        made = time.perf_counter()
        vectors.store({chunk.chunk_id: row for chunk, row in zip(chunks, rows, strict=True)})
        computing, own = computing + made - began, own + time.perf_counter() - made
        count += len(chunks)
    context.close()
    return {"texts": size, "vault_ms_a_text": 1000 * own / count, "model_ms_a_text": 1000 * computing / count}


def measure(path: Path, data: Path | None, count: int, turns: int, threads: int) -> dict[str, Any]:
    """Everything."""
    model = LoadedModel(path, FixedCores(threads))
    sides: list[Ours | Plain] = [Ours(model), *(Plain(path, threads, batch) for batch in BATCHES)]
    texts = kinds(data, count)
    found = {
        kind: {
            "texts": len(some),
            "tokens": statistics.mean(len(model.tokenize(text, whole=True)) for text in some),
            "sides": compare(sides if kind != "long" else [sides[0], sides[-1]], some, turns),
        }
        for kind, some in texts.items()
    }
    for side in sides:
        side.close()
    result = {
        "kinds": found,
        "requests": list(requests(model, (texts["turns"] * REQUESTS[-1])[: REQUESTS[-1]])),
    }
    model.close()
    return result


def show(result: dict[str, Any]) -> None:
    """The figures as lines."""
    for kind, found in result["kinds"].items():
        print(f"{found['texts']} {kind} of {found['tokens']:.0f} tokens")
        for row in found["sides"]:
            print(
                f"  {row['side']:34}{row['texts_a_second']:7.1f} texts/s  step {row['step_ms']:6.1f} ms"
                f"  cosine {row['least_cosine']:.7f}"
            )
    for row in result["requests"]:
        print(
            f"requests of {row['texts']:3} texts: vault {row['vault_ms_a_text']:.2f} ms a text,"
            f" model {row['model_ms_a_text']:.2f}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("embedder", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--texts", type=int, default=96)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    result = measure(arguments.embedder, arguments.data, arguments.texts, arguments.turns, arguments.threads)
    result = {"model": arguments.embedder.name, "threads": arguments.threads, **result}
    if arguments.json:
        print(json.dumps(result))
    else:
        show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
