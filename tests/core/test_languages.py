"""A question finds its memory among others, in the language of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from second_me.core.memory.episodes import NewEpisode
from second_me.core.ports import Embedder, Scope
from second_me.models.client import ModelProcess
from second_me.models.starter import find_models
from tests.core.shipped import shipped_recall
from tests.storage.conftest import START, Kit, make, turn

DATA = Path(__file__).parent / "data" / "languages"
LANGUAGES = ("zh", "ar", "de", "hi", "th", "ja", "ko")


def lines_of(language: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (DATA / f"{language}.jsonl").read_text("utf-8").splitlines()]


class NoEmbedder:
    """For a search by words alone: it is never asked."""

    name, dimensions = "none", 1

    def embed(self, texts: object, urgent: bool = False) -> np.ndarray:
        raise AssertionError("asked for a vector")


def told(folder: Path, language: str) -> tuple[Kit, dict[str, int]]:
    """A vault that was told everything, and where each question's memory is: {question: seq}."""
    kit, lines = make(folder), lines_of(language)
    said: list[NewEpisode] = [
        turn(line["text"], f"note/{number}", 60 * 24 * number, speaker="")
        for number, line in enumerate(lines)
    ]
    kit.episodes.append_many(said, START)
    return kit, {line["question"]: number for number, line in enumerate(lines, 1) if "question" in line}


def ranks(kit: Kit, answers: dict[str, int], embedder: Embedder, meaning: bool) -> list[int]:
    """At which place the right memory came, from 1; 99 where it did not come."""
    recall = shipped_recall(kit.vault, kit.episodes, kit.words, kit.vectors, embedder)
    places = []
    for question, seq in answers.items():
        vector = recall.embed(question) if meaning else None
        order = [found.episode.seq for found in recall.find(question, 10, Scope(), vector).found]
        places.append(order.index(seq) + 1 if seq in order else 99)
    return places


def good(places: list[int]) -> bool:
    """All among the first three, nine of ten first."""
    return max(places) <= 3 and places.count(1) >= 0.9 * len(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_alone_find_the_memory_first(tmp_path: Path, language: str) -> None:
    kit, answers = told(tmp_path / "vault", language)
    places = ranks(kit, answers, NoEmbedder(), meaning=False)
    kit.vault.close()
    assert good(places), places


@pytest.fixture(scope="module")
def embedder(starter_models: Path) -> Iterator[Embedder]:
    found = find_models(starter_models)
    assert found is not None
    process = ModelProcess(None, found.embedder)
    process.embedder.embed(["started before any test"])
    yield process.embedder
    process.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_english_embedder_spoils_nothing(tmp_path: Path, language: str, embedder: Embedder) -> None:
    kit, answers = told(tmp_path / "vault", language)
    kit.vectors.use_embedder(embedder.name, embedder.dimensions)
    while chunks := kit.vectors.pending(64):
        rows = embedder.embed([chunk.text for chunk in chunks])
        kit.vectors.store({chunk.chunk_id: row for chunk, row in zip(chunks, rows, strict=True)})
    places = ranks(kit, answers, embedder, meaning=True)
    kit.vault.close()
    assert good(places), places


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sets_are_what_they_say(language: str) -> None:
    lines = lines_of(language)
    asked = [line for line in lines if "question" in line]
    assert len(lines) > 30
    assert len({line["text"] for line in lines}) == len(lines)
    assert sum(bool(line["blind"]) for line in asked) >= len(asked) // 2 - 1
