"""The 768-wide equal of the starter: the same function, and a file that says what it is."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest
from elastic import CALIBRATION
from pad_starter import Shape, pad, widen
from quality import Floats, Judge

from second_me.core.ports import Message
from second_me.models.context import Context
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel

READ = 96
OLD, NEW = Shape(576, 9, 3), Shape(768, 12, 4)
SENTENCE = (
    "The lighthouse keeper wrote down every ship that passed, the weather, and what he had for supper. "
)


@pytest.fixture(scope="module")
def starter(starter_models: Path) -> Path:
    return next(starter_models.glob("SmolLM2*.gguf"))


@pytest.fixture(scope="module")
def padded(starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("padded") / "padded.F16.gguf"
    assert pad(starter, out) == NEW
    return out


def test_groups_of_heads_stay_whole() -> None:
    assert OLD.widened(768) == NEW
    with pytest.raises(ValueError, match="no whole groups"):
        OLD.widened(640)


def test_every_new_row_and_column_is_zero() -> None:
    key = np.ones((192, 576), np.float32)
    wide = widen("blk.3.attn_k.weight", key, OLD, NEW)
    assert wide.shape == (256, 768)
    assert wide[:192, :576].all() and not wide[192:].any() and not wide[:, 576:].any()
    assert widen("blk.3.ffn_down.weight", np.ones((576, 1536), np.float32), OLD, NEW).shape == (768, 1536)
    assert widen("blk.3.ffn_up.weight", np.ones((1536, 576), np.float32), OLD, NEW).shape == (1536, 768)
    norm = widen("blk.3.ffn_norm.weight", np.ones(576, np.float32), OLD, NEW)
    assert norm[:576] == pytest.approx(np.sqrt(576 / 768)) and not norm[576:].any()


def test_header_says_the_new_shape_and_keeps_the_rest(starter: Path, padded: Path) -> None:
    before, after = read_header(starter), read_header(padded)
    changed = {
        "general.name",
        "general.file_type",
        "general.quantization_version",
        "llama.embedding_length",
        "llama.attention.head_count",
        "llama.attention.head_count_kv",
        "llama.attention.layer_norm_rms_epsilon",
    }
    keys = before.metadata.keys() | after.metadata.keys()
    assert {key for key in keys if before.metadata.get(key) != after.metadata.get(key)} == changed
    assert (after.number("embedding_length"), after.number("attention.head_count")) == (768, 12)
    matrices = [tensor for tensor in after.tensors if len(tensor.shape) == 2]
    assert len(matrices) == 211 and all(tensor.shape[0] % 256 == 0 for tensor in matrices)
    assert {tensor.kind for tensor in matrices} == {int(gguf.GGMLQuantizationType.F16)}


def test_tokens_and_template_are_the_starters(starter: Path, padded: Path) -> None:
    models = [LoadedModel(path) for path in (starter, padded)]
    try:
        talk = [Message("user", SENTENCE)]
        first, second = (model.prompt(talk).tokens for model in models)
    finally:
        for model in models:
            model.close()
    assert first == second


def logits_of_all(path: Path, text: Path) -> Floats:
    model = LoadedModel(path)
    context = Context(model, READ, READ)
    try:
        context.decode(model.tokenize(text.read_text("utf-8"))[:READ], 0, every=True)
        return np.stack([context.logits(index) for index in range(READ)])
    finally:
        context.close()
        model.close()


def test_it_computes_what_the_starter_does(starter: Path, padded: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.gguf"
    assert pad(starter, twin, 576) == OLD
    plain, wide, same_width = (logits_of_all(path, CALIBRATION) for path in (starter, padded, twin))
    assert np.abs(wide - same_width).max() < 0.2
    assert (wide.argmax(1) == same_width.argmax(1)).mean() > 0.98
    # The starter itself rounds what its quantized matrices read to 8 bits.
    assert (wide.argmax(1) == plain.argmax(1)).mean() > 0.9


def test_a_judge_sees_what_is_put_in_place(padded: Path, tmp_path: Path) -> None:
    judge = Judge(padded, CALIBRATION, 1, tmp_path)
    try:
        as_it_came = judge.quality()
        assert as_it_came.kl < 1e-4 and as_it_came.tokens == 255
        tensor = next(each for each in judge.header.tensors if each.name == "blk.5.ffn_down.weight")
        judge.put(tensor.name, tensor.kind, np.zeros(tensor.size, np.uint8))
        assert judge.quality().kl > 0.01
        judge.live.restore()
        assert judge.live.now == judge.live.source
    finally:
        judge.close()
