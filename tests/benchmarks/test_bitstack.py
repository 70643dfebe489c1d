"""BitStack's decomposition on real matrices of the starter: errors fall, sizes are exact, nothing is lost."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from bitstack import (
    SMALLEST_SCALE,
    as_arrays,
    block_bytes,
    decompose,
    factors,
    from_arrays,
    one_block,
)

from second_me.models.elastic.material import Material
from second_me.models.ggml import Floats
from second_me.models.header import read_header

LEVELS = 5


@pytest.fixture(
    scope="module", params=["blk.4.attn_k.weight", "blk.4.attn_q.weight", "blk.9.ffn_down.weight"]
)
def matrix(request: pytest.FixtureRequest, starter_models: Path) -> Floats:
    header = read_header(next(starter_models.glob("SmolLM2*.gguf")))
    tensor = next(tensor for tensor in header.tensors if tensor.name == request.param)
    return np.concatenate(list(Material({}, 1).pieces(tensor)))


@pytest.fixture
def sizes(matrix: Floats) -> Floats:
    return np.asarray(np.exp(np.random.default_rng(4).standard_normal(matrix.shape[1])), np.float32)


def scaled_error(matrix: Floats, made: Floats, sizes: Floats) -> float:
    return float(np.square((matrix - made) * sizes).sum() / np.square(matrix * sizes).sum())


def test_error_falls_with_every_block(matrix: Floats, sizes: Floats) -> None:
    made = decompose(matrix, sizes, 4, LEVELS)
    errors = [scaled_error(matrix, made.values(count), sizes) for count in range(LEVELS + 1)]
    assert errors[0] == 1.0
    assert all(after < 0.9 * before for before, after in itertools.pairwise(errors))
    assert errors[1] < 0.4 and errors[LEVELS] < 0.03


def test_more_factors_leave_less(matrix: Floats, sizes: Floats) -> None:
    errors = [scaled_error(matrix, decompose(matrix, sizes, k, 2).values(2), sizes) for k in (1, 4, 16)]
    assert errors == sorted(errors, reverse=True)


def test_a_block_is_signs_times_the_best_factors_of_magnitudes(matrix: Floats) -> None:
    block = one_block(matrix, 4)
    left, roots, right = np.linalg.svd(np.abs(matrix), full_matrices=False)
    best = (left[:, :4] * roots[:4]) @ right[:4]
    magnitudes = np.abs(matrix)
    lost = np.square(magnitudes - block.left.astype(np.float32) @ block.right.astype(np.float32)).sum()
    assert lost == pytest.approx(np.square(magnitudes - best).sum(), rel=1e-3)
    made = block.values()
    assert np.array_equal(np.signbit(made) ^ (block.left @ block.right < 0), matrix < 0)


def test_bytes_are_those_of_the_arrays(matrix: Floats) -> None:
    rows, columns = matrix.shape
    for k in (1, 4, 16):
        block = one_block(matrix, k)
        held = block.signs.nbytes + block.left.nbytes + block.right.nbytes
        assert held == block_bytes((rows, columns), k) == rows * columns // 8 + 2 * k * (rows + columns)


def test_zero_rows_and_columns_stay_zero_and_change_nothing(matrix: Floats, sizes: Floats) -> None:
    rows, columns = matrix.shape
    wide = np.pad(matrix, ((0, 64), (0, 192)))
    made = decompose(wide, np.pad(sizes, (0, 192)), 4, 3)
    assert np.array_equal(made.values(3)[:rows, :columns], decompose(matrix, sizes, 4, 3).values(3))
    assert not made.values(3)[rows:].any() and not made.values(3)[:, columns:].any()


def test_columns_that_nothing_enters_do_not_break_it(matrix: Floats, sizes: Floats) -> None:
    silent = sizes.copy()
    silent[:5] = 0.0
    made = decompose(matrix, silent, 4, 2)
    assert np.isfinite(made.values(2)).all()
    assert made.scale.min() >= np.float32(SMALLEST_SCALE) * sizes.max()


def test_what_is_kept_comes_back(matrix: Floats, sizes: Floats, tmp_path: Path) -> None:
    made = decompose(matrix, sizes, 2, 3)
    np.savez(tmp_path / "kept.npz", **as_arrays(made))  # type: ignore[arg-type]
    with np.load(tmp_path / "kept.npz") as kept:
        again = from_arrays(kept)
    assert len(again.blocks) == 3 and again.shape == matrix.shape
    assert np.array_equal(again.values(3), made.values(3))


def test_factors_of_wide_and_tall_agree() -> None:
    values = np.abs(np.random.default_rng(1).normal(size=(40, 90))).astype(np.float32)
    left, right = factors(values, 3)
    turned_left, turned_right = factors(values.T, 3)
    product = left.astype(np.float32) @ right.astype(np.float32)
    turned = turned_left.astype(np.float32) @ turned_right.astype(np.float32)
    assert product == pytest.approx(turned.T, rel=2e-2, abs=2e-2)
