"""Whether the search through the signs finds what an exact one finds, on vectors of real texts."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from scale_texts import real_texts

from second_me.core.ports import Scope
from second_me.core.recall.recall import vector_key
from second_me.models.client import ModelProcess
from second_me.models.starter import find_models
from second_me.storage.index import vectors as searching
from second_me.storage.index.vectors import Vectors
from tests.storage.conftest import START, Kit

DATA = Path(os.environ.get("SECOND_ME_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
TURNS, QUESTIONS = 240, 24


@pytest.fixture
def asked(kit: Kit, starter_models: Path) -> np.ndarray:
    """Vectors of questions about the turns of a conversation of LoCoMo that the vault holds."""
    if not (DATA / "locomo_dev.json").exists():
        pytest.skip(f"no evaluation data in {DATA}")
    found = find_models(starter_models)
    assert found is not None
    turns, _, questions = real_texts(DATA)
    process = ModelProcess(None, found.embedder)
    try:
        rows = process.embedder.embed([vector_key(each.text, each.speaker) for each in turns[:TURNS]])
        given = process.embedder.embed(questions[:QUESTIONS])
    finally:
        process.close()
    kit.episodes.append_many(turns[:TURNS], START)
    kit.vectors.use_embedder("real", rows.shape[1])
    chunks = kit.vectors.pending(TURNS + 1)
    assert len(chunks) == TURNS
    kit.vectors.store({chunk.chunk_id: row for chunk, row in zip(chunks, rows, strict=True)})
    return given


def test_the_ten_nearest_are_found(kit: Kit, asked: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    # Half of the turns is guessed, a quarter compared at most: few, as it is among many.
    monkeypatch.setattr(searching, "SHORTLIST", TURNS // 2)
    monkeypatch.setattr(searching, "MOST_EXACT", TURNS // 4)
    scanning = Vectors(kit.vault)
    scanning.use_embedder("real", asked.shape[1])
    kit.vectors.prepare(lambda: False)
    shares, errors = [], []
    for query in asked:
        exact = scanning.search(query, Scope(), 10)
        got = kit.vectors.search(query, Scope(), 10)
        shares.append(len({hit.seq for hit in exact} & {hit.seq for hit in got}) / 10)
        every = scanning.search(query, Scope(), TURNS)
        guessed = kit.vectors.cosines(query, [hit.seq for hit in every])
        errors.append(guessed - np.array([hit.score for hit in every]))
    assert np.mean(shares) >= 0.98
    assert abs(np.mean(errors)) < 0.02
    assert np.std(errors) < 0.06
