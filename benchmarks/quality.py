"""Perplexity of a model on a text, and the KL divergence of its next-token distributions from its source's.

    python benchmarks/quality.py MODEL TEXT [--source SOURCE] [--chunks 4] [--work FOLDER] [--json]

The text is cut into chunks of 512 tokens, each read by itself. What is scored is each chunk's second half, so
that every scored token has 256 before it at least (255 tokens a chunk, the convention of llama.cpp's own
perplexity tool). KL divergence is the mean over the same positions, in nats, of SOURCE's distribution against
MODEL's. Logits are looked at a batch at a time (49,152 floats a position); those of the source may be kept in
a work folder, as float16 below each position's largest.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from second_me.models.context import Context
from second_me.models.elastic.live import LiveModel, Place
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel

Floats = npt.NDArray[np.float32]
Chunk = list[int]
LENGTH = 512
"""Tokens of a chunk."""
UNSCORED = LENGTH // 2
"""Tokens of a chunk that are only read, and the first that is."""
BATCH = 64


@dataclass(frozen=True)
class Quality:
    """What a model makes of a text. Nats a token, but for the perplexities and the shares.

    `largest`: the largest difference of two logits, where both models' were at hand.
    """

    tokens: int
    perplexity: float
    source_perplexity: float = math.nan
    kl: float = math.nan
    same_choice: float = math.nan
    largest: float = math.nan


def chunks_of(model: LoadedModel, text: Path, count: int, length: int = LENGTH) -> list[Chunk]:
    """The first chunks of a text. ValueError when it has not as many."""
    tokens = model.tokenize(text.read_text("utf-8"))
    begin = model.beginning()
    own = length - len(begin)
    if len(tokens) < own * count:
        raise ValueError(f"{text.name} has {len(tokens)} tokens; {count} chunks need {own * count}")
    return [begin + tokens[at * own : (at + 1) * own] for at in range(count)]


def logits_of(context: Context, chunks: Sequence[Chunk]) -> Iterator[Floats]:
    """Logits at every scored position of every chunk, (positions, vocabulary), a batch at a time."""
    for chunk in chunks:
        context.forget(0)
        for start in range(0, UNSCORED, BATCH):
            context.decode(chunk[start : start + BATCH], start)
        for start in range(UNSCORED, len(chunk) - 1, BATCH):
            batch = chunk[start : min(start + BATCH, len(chunk) - 1)]
            context.decode(batch, start, every=True)
            yield np.stack([context.logits(index) for index in range(len(batch))])


def following(chunks: Sequence[Chunk]) -> Iterator[npt.NDArray[np.int64]]:
    """The tokens that did follow, in the same batches."""
    for chunk in chunks:
        for start in range(UNSCORED + 1, len(chunk), BATCH):
            yield np.array(chunk[start : start + BATCH])


def new_context(model: LoadedModel) -> Context:
    """A context for chunks."""
    return Context(model, LENGTH, BATCH)


def measure(
    found: Iterable[Floats], chunks: Sequence[Chunk], source: Iterable[Floats] | None = None
) -> Quality:
    """Judge logits by the tokens that followed, and by the source's logits at the same positions."""
    sums = np.zeros(5)
    known_rows: Iterable[Floats | None] = source if source is not None else itertools.repeat(None)
    largest = 0.0
    for batch, tokens, known in zip(found, following(chunks), known_rows, strict=False):
        own = log_probabilities(batch)
        at = np.arange(len(tokens))
        sums[:2] += len(tokens), -own[at, tokens].sum(dtype=np.float64)
        if known is None:
            continue
        theirs = log_probabilities(known)
        sums[2] -= theirs[at, tokens].sum(dtype=np.float64)
        sums[3] += np.einsum("ij,ij->i", np.exp(theirs), theirs - own).sum(dtype=np.float64)
        sums[4] += (own.argmax(1) == theirs.argmax(1)).sum()
        largest = max(largest, float(np.abs(batch - known).max()))
    count = int(sums[0])
    loss, source_loss, kl, same = (float(total) / count for total in sums[1:])
    if source is None:
        return Quality(count, math.exp(loss))
    return Quality(count, math.exp(loss), math.exp(source_loss), kl, same, largest)


def log_probabilities(logits: Floats) -> Floats:
    """Logarithms of what softmax gives, row by row."""
    low = logits - logits.max(1, keepdims=True)
    total = np.exp(low).sum(1, keepdims=True, dtype=np.float64)
    return np.asarray(low - np.log(total).astype(np.float32))


def compare(source: Path, other: Path, text: Path, count: int) -> Quality:
    """Two model files side by side on the same chunks."""
    models = [LoadedModel(path) for path in (source, other)]
    contexts = [new_context(model) for model in models]
    try:
        chunks = chunks_of(models[0], text, count)
        theirs, own = (logits_of(context, chunks) for context in contexts)
        return measure(own, chunks, theirs)
    finally:
        for context in contexts:
            context.close()
        for model in models:
            model.close()


class Kept:
    """A source's logits on chunks, kept in a folder: made once, read many times."""

    def __init__(self, folder: Path, model: LoadedModel, chunks: Sequence[Chunk]) -> None:
        said = f"{model.path.resolve()} {model.path.stat().st_size} {model.path.stat().st_mtime_ns} {chunks}"
        self._file = folder / f"logits-{hashlib.sha256(said.encode()).hexdigest()[:16]}.f16"
        self._shape = (sum(len(chunk) - 1 - UNSCORED for chunk in chunks), model.vocabulary_size)
        self._chunks = chunks
        if not self._file.exists():
            self._make(model)

    def _make(self, model: LoadedModel) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        context = new_context(model)
        try:
            with part.open("wb") as file:
                for batch in logits_of(context, self._chunks):
                    file.write((batch - batch.max(1, keepdims=True)).astype(np.float16).tobytes())
        finally:
            context.close()
        part.replace(self._file)

    def __iter__(self) -> Iterator[Floats]:
        rows = np.memmap(self._file, np.float16, "r", shape=self._shape)
        at = 0
        for tokens in following(self._chunks):
            yield rows[at : at + len(tokens)].astype(np.float32)
            at += len(tokens)


class Judge:
    """A loaded model whose live weights can be set to others, judged on a text against its own source."""

    def __init__(self, path: Path, text: Path, count: int, work: Path) -> None:
        self.model = LoadedModel(path)
        self.header = read_header(path)
        self.live = LiveModel(self.model, self.header)
        self.chunks = chunks_of(self.model, text, count)
        self.source = Kept(work, self.model, self.chunks)
        self.context = new_context(self.model)
        self._held: dict[str, npt.NDArray[np.uint8]] = {}

    def close(self) -> None:
        """The weights as they came, then all of it given back."""
        self.live.restore()
        self.context.close()
        self.model.close()

    def put(self, name: str, kind: int, rows: npt.NDArray[Any]) -> None:
        """Let a tensor's weights be these, of a ggml type. They are held as long as they are in use."""
        data = np.ascontiguousarray(rows).view(np.uint8).reshape(-1)
        self.live.set(name, Place(kind, data.ctypes.data, data.size, False))
        self._held[name] = data

    def quality(self) -> Quality:
        """Of the weights as they are now."""
        return measure(logits_of(self.context, self.chunks), self.chunks, self.source)

    def loss(self, chunk: Chunk) -> float:
        """Nats a token over a whole chunk, at most as long as those of the text."""
        total, at = 0.0, 1
        self.context.forget(0)
        for start in range(0, len(chunk) - 1, BATCH):
            batch = chunk[start : min(start + BATCH, len(chunk) - 1)]
            self.context.decode(batch, start, every=True)
            rows = log_probabilities(np.stack([self.context.logits(index) for index in range(len(batch))]))
            total -= float(rows[np.arange(len(batch)), chunk[at : at + len(batch)]].sum(dtype=np.float64))
            at += len(batch)
        return total / (len(chunk) - 1)


def quality(path: Path, text: Path, count: int, source: Path | None, work: Path | None) -> Quality:
    """One model file on a text."""
    if source and not work:
        return compare(source, path, text, count)
    model = LoadedModel(path)
    context = new_context(model)
    try:
        chunks = chunks_of(model, text, count)
        kept = kept_logits(source, chunks, work) if source and work else None
        return measure(logits_of(context, chunks), chunks, kept)
    finally:
        context.close()
        model.close()


def kept_logits(source: Path, chunks: Sequence[Chunk], work: Path) -> Kept:
    """The source's logits, made when they are not there."""
    model = LoadedModel(source)
    try:
        return Kept(work, model, chunks)
    finally:
        model.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--chunks", type=int, default=4)
    parser.add_argument("--work", type=Path, help="keeps the source's logits there (25 MB a chunk)")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = quality(arguments.model, arguments.text, arguments.chunks, arguments.source, arguments.work)
    if arguments.json:
        print(json.dumps({what: None if value != value else value for what, value in asdict(found).items()}))
        return 0
    print(f"{arguments.model.name}: perplexity {found.perplexity:.3f} over {found.tokens} tokens")
    if arguments.source:
        print(
            f"against {arguments.source.name} ({found.source_perplexity:.3f}): KL {found.kl:.5f} nats a token,"
            f" same first choice {found.same_choice:.2%}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
