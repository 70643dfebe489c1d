"""Texts for vaults of any size, with their vectors (see recall_scale.py).

About 9,900 are real: turns of LoCoMo's conversations and sentences of WikiText. Up to 100,000 the others are one to
three of their sentences put together, whose vector is the mean of the sentences' vectors. Beyond, vectors are those
of the first 100,000 with noise.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from locomo import questions_of, turns_of

from second_me.core.memory.chunks import split
from second_me.core.memory.episodes import NewEpisode
from second_me.core.recall.recall import vector_key

Rows = npt.NDArray[np.float32]
WIKITEXT = ("wikitext2_test_head.txt", "wikitext2_valid_head.txt")
COMBINED = 100_000
"""Beyond so many memories vectors are perturbed ones."""
NOISE = 0.5
WIKI = "wiki"
SESSION, TALK = 20, 400
"""Turns of an invented session, and of an invented conversation."""
BATCH = 64
_NAMES = ("Anna", "Ben", "Carla", "Deniz", "Eva", "Farid", "Greta", "Hugo")
_START = datetime(2014, 1, 6, 8, 0)


@dataclass(frozen=True)
class Corpus:
    """What vaults are made of. `vectors` belong to `real`, `pieces` to `sentences`."""

    real: list[NewEpisode]
    vectors: Rows
    sentences: list[str]
    pieces: Rows
    questions: list[str]


def real_texts(data: Path) -> tuple[list[NewEpisode], list[str], list[str]]:
    """(memories of real texts, their sentences, questions about them)."""
    samples = json.loads((data / "locomo_dev.json").read_text("utf-8"))
    lines = [line for sample in samples for line in turns_of(sample)]
    turns = [_episode(line) for line in lines if len(split(line["text"])) == 1 and line["text"].strip()]
    wiki = [sentence for name in WIKITEXT for sentence in _sentences((data / name).read_text("utf-8"))]
    notes = [_placed(at, text, WIKI) for at, text in enumerate(wiki)]
    sentences = [each for turn in turns for each in re.split(r"(?<=[.!?])\s+", turn.text) if len(each) > 15]
    questions = [asked["question"] for sample in samples for asked in questions_of(sample)]
    return turns + notes, list(dict.fromkeys(sentences + wiki)), questions


def corpus(data: Path, embed: Any, cache: Path) -> Corpus:
    """Everything, with vectors from the cache where they are there. `embed`: texts -> unit rows."""
    real, sentences, questions = real_texts(data)
    keys = [vector_key(each.text, each.speaker) for each in real]
    rows = cached(keys + sentences, embed, cache)
    return Corpus(real, rows[: len(keys)], sentences, rows[len(keys) :], questions)


def cached(texts: Sequence[str], embed: Any, cache: Path) -> Rows:
    """A row for each text; new ones are embedded and kept in the file `cache` (numbers and hashes only)."""
    names = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    known: dict[str, Rows] = {}
    if cache.exists():
        with np.load(cache) as kept:
            known = dict(zip(kept["names"].tolist(), kept["rows"], strict=True))
    missing = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
    waiting = list(missing.items())
    for start in range(0, len(waiting), BATCH):
        part = waiting[start : start + BATCH]
        for (name, _), row in zip(part, embed([text for _, text in part]), strict=True):
            known[name] = np.asarray(row, dtype=np.float32)
    if waiting:
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, names=np.array(list(known)), rows=np.array(list(known.values())))
    return np.array([known[name] for name in names])


def memories(made_of: Corpus, size: int, block: int = 5000) -> Iterator[tuple[list[NewEpisode], Rows]]:
    """`size` memories with their vectors, in blocks; the same ones whenever it is called."""
    first = min(size, len(made_of.real))
    yield made_of.real[:first], made_of.vectors[:first]
    rng = np.random.default_rng(0)
    base: list[Rows] = [made_of.vectors[:first]]
    for start in range(first, size, block):
        count = min(block, size - start)
        texts, rows = recombined(made_of, count, rng)
        if start < COMBINED:
            base.append(rows)
        else:
            every = base[0] if len(base) == 1 else np.concatenate(base)
            base = [every]
            rows = _perturbed(every[rng.integers(0, len(every), count)], rng)
        yield [_placed(start + at, text, "scale") for at, text in enumerate(texts)], rows


def recombined(made_of: Corpus, count: int, rng: np.random.Generator) -> tuple[list[str], Rows]:
    """`count` texts of one to three sentences each, and their vectors."""
    picked = rng.integers(0, len(made_of.sentences), (count, 3))
    kept = np.arange(3) < rng.integers(1, 4, count)[:, None]
    texts = [
        " ".join(made_of.sentences[at] for at in row[keep])[:780]
        for row, keep in zip(picked, kept, strict=True)
    ]
    return texts, _unit((made_of.pieces[picked] * kept[:, :, None]).sum(axis=1))


def _perturbed(rows: Rows, rng: np.random.Generator) -> Rows:
    return _unit(rows + NOISE * _unit(rng.normal(size=rows.shape).astype(np.float32)))


def _unit(rows: Rows) -> Rows:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _sentences(text: str) -> Iterator[str]:
    """Sentences of WikiText, which stands in tokens with spaces between."""
    for line in text.splitlines():
        if line.strip() and not line.strip().startswith("="):
            yield from (each.strip() for each in re.split(r"(?<= [.!?]) ", line) if 20 < len(each) < 600)


def _episode(line: dict[str, Any]) -> NewEpisode:
    spoken_at = datetime.fromisoformat(line["time"])
    return NewEpisode(line["conversation"], line["speaker"], line["text"], spoken_at, source_id=line["id"])


def _placed(at: int, text: str, where: str) -> NewEpisode:
    """A turn of an invented conversation: sessions some days apart, a minute between turns."""
    spoken_at = _START + timedelta(days=at // SESSION % 4000, minutes=at % SESSION)
    speaker = "" if where == WIKI else _NAMES[(at // TALK + at % 2) % len(_NAMES)]
    return NewEpisode(f"{where}/{at // TALK}", speaker, text, spoken_at, source_id=str(at))
