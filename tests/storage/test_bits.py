from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.storage.index.bits import BitIndex, signs_of
from second_me.storage.index.columns import Columns


def unit(count: int, dimensions: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def index(vectors: np.ndarray, seqs: list[int] | None = None) -> BitIndex:
    of = np.array(seqs if seqs is not None else range(len(vectors)), dtype=np.int64)
    return BitIndex(vectors.shape[1], of, np.arange(len(vectors), dtype=np.int64), signs_of(vectors))


@pytest.mark.parametrize("dimensions", [8, 16, 64, 100, 384])
def test_the_shortlist_is_by_the_signs_that_differ(dimensions: int) -> None:
    vectors, query = unit(300, dimensions), unit(1, dimensions, 9)[0]
    differing = ((vectors > 0) != (query > 0)).sum(axis=1)
    want = np.sort(differing)[:40]
    got = index(vectors).shortlist(query, None, 40)
    assert len(got) == 40
    assert np.array_equal(np.sort(differing[got]), want)
    some = np.arange(0, 300, 3)
    within = index(vectors).shortlist(query, some, 40)
    assert set(within) <= set(some)
    assert np.array_equal(np.sort(differing[within]), np.sort(differing[some])[:40])
    assert index(vectors).shortlist(query, some, 5000).tolist() == some.tolist()


@pytest.mark.parametrize("dimensions", [16, 100, 384])
def test_guesses_are_the_cosine_with_the_signs(dimensions: int) -> None:
    vectors, query = unit(200, dimensions), 3 * unit(1, dimensions, 9)[0]
    signs = np.where(vectors > 0, 1, -1)
    want = signs @ (query / np.linalg.norm(query)) * np.sqrt(np.pi / 2 / dimensions)
    assert index(vectors).estimates(query, np.arange(200)) == pytest.approx(want.clip(-1, 1), abs=1e-5)


def test_guesses_are_near_and_without_bias() -> None:
    query, other = unit(1, 384, 1)[0], unit(3000, 384, 2)
    share = np.linspace(0, 0.9, 3000, dtype=np.float32)[:, None]
    vectors = share * query + np.sqrt(1 - share**2) * other
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    error = index(vectors).estimates(query, np.arange(3000)) - vectors @ query
    assert abs(error.mean()) < 0.01
    assert error.std() < 0.05


def test_the_best_chunk_of_an_episode_counts() -> None:
    vectors, query = unit(6, 64), unit(1, 64, 9)[0]
    held = index(vectors, [3, 3, 3, 5, 8, 8])
    guessed = held.estimates(query, np.arange(6))
    got = held.cosines(query, np.array([8, 4, 3, 8, 5, 99], dtype=np.int64))
    want = [guessed[4:].max(), np.nan, guessed[:3].max(), guessed[4:].max(), guessed[3], np.nan]
    assert got == pytest.approx(want, nan_ok=True)
    assert held.cosines(query, np.zeros(0, dtype=np.int64)).shape == (0,)


STEPS = st.lists(
    st.tuples(st.lists(st.integers(0, 12), min_size=1, max_size=4, unique=True), st.integers(0, 3)),
    max_size=8,
)


@given(steps=STEPS)
def test_replacing_leaves_what_building_anew_would(steps: list[tuple[list[int], int]]) -> None:
    held = index(np.zeros((0, 16), dtype=np.float32))
    truth: dict[int, list[int]] = {}
    chunk = 0
    vectors = unit(200, 16)
    for changed, pieces in steps:
        seqs, chunks = [], []
        for seq in changed:
            truth[seq] = list(range(chunk, chunk + pieces))
            seqs += [seq] * pieces
            chunks += truth[seq]
            chunk += pieces
        now = np.array(chunks, dtype=np.int64)
        held.replace(np.array(changed), np.array(seqs, dtype=np.int64), now, signs_of(vectors[now]))
    rows = [(seq, each) for seq, chunks in sorted(truth.items()) for each in sorted(chunks)]
    assert list(zip(held.seqs.tolist(), held.chunks.tolist(), strict=True)) == rows
    want = signs_of(vectors[[each for _, each in rows]].reshape(-1, 16))
    assert np.array_equal(held.signs, want)


def test_what_was_handed_out_stays_as_it_was() -> None:
    columns = Columns({"a": np.arange(3), "b": np.zeros((2, 3))})
    first = columns["a"]
    for number in range(200):
        columns.append({"a": np.array([number]), "b": np.ones((2, 1))})
    assert first.tolist() == [0, 1, 2]
    assert len(columns) == 203
    left = columns.without(np.array([0])).inserted(np.array([1, 1]), {"a": [7, 8], "b": np.ones((2, 2))})
    assert left["a"][:5].tolist() == [1, 7, 8, 2, 0]
    assert columns["a"][:3].tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="read-only"):
        columns["a"][0] = 1
    with pytest.raises(ValueError, match="lengths"):
        Columns({"a": np.arange(3), "b": np.arange(4)})
