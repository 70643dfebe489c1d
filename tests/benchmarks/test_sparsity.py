"""The measurement of activations: its arithmetic, and that it sees and changes what the model computes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from elastic import CALIBRATION
from quality import Floats
from sparsity import Drop, Watch, beyond, counted, sparsity

from second_me.models.context import Context
from second_me.models.llama import LoadedModel
from second_me.models.starter import CHAT_FILE
from tests.models.experts.moe import write_moe

READ = 80


@pytest.fixture(scope="module")
def starter(starter_models: Path) -> Iterator[LoadedModel]:
    model = LoadedModel(starter_models / CHAT_FILE)
    yield model
    model.close()


def tokens_of(model: LoadedModel) -> list[int]:
    return model.beginning() + model.tokenize(CALIBRATION.read_text("utf-8"))[:READ]


def test_the_strongest_carry_the_energy() -> None:
    values = np.array([[3.0, -1.0, 0.0, 9.0], [1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0]], np.float32)
    assert beyond(values, 0.85).tolist() == [
        [True, True, True, False],  # 81 of 91
        [False, False, False, False],
        [True, True, True, True],
    ]
    assert beyond(values, 0.9)[0].tolist() == [False, True, True, False]
    assert beyond(values, 0.5)[1].tolist() == [False, False, True, True]


def test_shares_are_by_token() -> None:
    values = np.array([[10.0, 0.05, 0.0, -9.0], [0.0, 0.0, 0.0, 1.0]], np.float32)
    gates = np.array([[1.0, 1.0, 0.0, -1.0], [1.0, 1.0, 1.0, 1.0]], np.float32)
    zeros, small, negative, carry90, carry99 = counted(gates, values).T
    assert zeros.tolist() == [0.25, 0.75]
    assert small.tolist() == [0.5, 0.75]
    assert negative.tolist() == [0.5, 0.0]
    assert carry90.tolist() == carry99.tolist() == [0.5, 0.25]


def test_the_starter_has_no_zeros_to_skip(starter: LoadedModel) -> None:
    found = sparsity(starter, [tokens_of(starter)])
    assert found["tokens"] == len(tokens_of(starter)) - 1
    assert len(found["layers"]) == 30
    assert found["zeros"] < 0.001 < found["small"] < 1
    assert 0 < found["carry_90"] < found["carry_99"] < 1
    assert 0 < found["negative"] < 1
    mean = np.mean([row["negative"] for row in found["layers"].values()])
    assert found["negative"] == pytest.approx(mean, abs=0.001)


def logits(model: LoadedModel, drop: Drop | None) -> Floats:
    watch = Watch(drop) if drop else None
    context = Context(model, 128, 128, observer=watch)
    try:
        context.decode(tokens_of(model), 0)
        return context.logits(-1).copy()
    finally:
        context.close()


def test_what_is_set_to_zero_is_not_computed_with(starter: LoadedModel) -> None:
    plain = logits(starter, None)
    same = logits(starter, lambda gates, _values: np.zeros(gates.shape, np.bool_))
    assert (same == plain).all()
    less = logits(starter, lambda gates, _values: gates <= 0)
    assert np.abs(less - plain).max() > 1


def test_a_model_without_such_activations_is_refused(starter_models: Path, tmp_path: Path) -> None:
    model = LoadedModel(write_moe(starter_models / CHAT_FILE, tmp_path / "moe.gguf"))
    try:
        with pytest.raises(ValueError, match="no SwiGLU"):
            sparsity(model, [tokens_of(model)])
    finally:
        model.close()
