"""A model that nothing swaps is copied into the order that computes fastest, when there is room."""

from __future__ import annotations

from pathlib import Path

import llama_cpp
import pytest

from second_me.core.ports import Message, Sampling
from second_me.models.client import ModelProcess
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel

Q4_0 = 2
"""LLAMA_FTYPE_MOSTLY_Q4_0, a type that llama.cpp repacks on every processor that it is built for."""


@pytest.fixture
def plain(short_model: Path, tmp_path: Path) -> Path:
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.pure, params.allow_requantize = Q4_0, True, True
    made = tmp_path / "short.Q4_0.gguf"
    assert llama_cpp.llama_model_quantize(bytes(short_model), bytes(made), params) == 0
    return made


def test_without_a_ladder_the_weights_are_repacked_and_counted(plain: Path, tmp_path: Path) -> None:
    process = ModelProcess(plain, None, ladders=tmp_path / "ladders", budget=None)
    answer = process.generator.stream([Message("user", "Hello")], Sampling(max_tokens=4), lambda: False)
    assert "".join(answer)
    shape = process.budget()
    process.close()
    weights = read_header(plain).weight_bytes
    assert shape["ladder"] == "none"
    assert 0.5 * weights < shape["resident"]["weights"] < 1.6 * weights


def test_as_they_are_in_the_file_nothing_is_copied(plain: Path) -> None:
    sizes = []
    for repack in (False, True):
        model = LoadedModel(plain, repack=repack)
        sizes.append(model.copied_bytes)
        model.close()
    assert sizes[0] == 0 < sizes[1]
