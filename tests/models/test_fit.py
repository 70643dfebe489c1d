"""What a model will hold, from its head: against llama.cpp's own account, and by hand for other kinds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from second_me.models.fit import F16, judge, ladder_helps, lowest_weights, need
from second_me.models.header import Header, read_header
from second_me.models.starter import CHAT_FILE
from tests.models.ggufs import LLAMA, write_gguf

OWN_ACCOUNT = """
import ctypes, os, sys, llama_cpp
lines = []
@llama_cpp.llama_log_callback
def keep(level, text, data): lines.append(text.decode())
llama_cpp.llama_log_set(keep, ctypes.c_void_p(0)); llama_cpp.llama_backend_init()
model = llama_cpp.llama_model_load_from_file(os.fsencode(sys.argv[1]), llama_cpp.llama_model_default_params())
params = llama_cpp.llama_context_default_params()
params.n_ctx, params.n_batch, params.n_ubatch = int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[3])
params.n_outputs_max = int(sys.argv[4])
params.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_AUTO
assert llama_cpp.llama_init_from_model(model, params)
for word in ("KV buffer size", "compute buffer size"):
    print(sum(float(line.split("=")[1].split()[0]) for line in lines if word in line))
"""
MIB = 1 << 20


@pytest.mark.parametrize(("context", "batch"), [(4096, 32), (8192, 32), (2048, 128)])
def test_the_starter_holds_what_llama_cpp_says_that_it_holds(
    starter_models: Path, context: int, batch: int
) -> None:
    header = read_header(starter_models / CHAT_FILE)
    words = [OWN_ACCOUNT, str(header.path), str(context), str(batch), str(batch)]
    told = subprocess.run([sys.executable, "-c", *words], capture_output=True, text=True, check=True)
    kv, compute = map(float, told.stdout.split())
    needed = need(header, context, batch=batch)
    assert needed.kv == kv * MIB
    assert needed.compute == pytest.approx(compute * MIB, rel=0.05)
    assert needed.weights == sum(tensor.size for tensor in header.tensors)


def model(folder: Path, architecture: str = "llama", **figures: Any) -> Header:
    """Four layers, heads of 16 numbers, two groups, unless `figures` says otherwise."""
    layered = {f"blk.{n}.attn_q.weight": (64, 64) for n in range(8)}
    named = {key.replace("__", "."): value for key, value in figures.items()}
    path = write_gguf(folder / "m.gguf", architecture, {**LLAMA, "block_count": 4, **named}, layered)
    return read_header(path)


def kv(header: Header, context: int = 1024, **more: Any) -> int:
    return need(header, context, **more).kv


TOKEN = 2 * 2 * 2 * 16
"""Bytes a layer and token: keys and values, F16, two groups of heads of 16 numbers."""


def test_plain(tmp_path: Path) -> None:
    assert kv(model(tmp_path)) == 4 * 1024 * TOKEN
    assert kv(model(tmp_path), 1000) == 4 * 1024 * TOKEN  # places are made 256 at a time
    assert kv(model(tmp_path), 1 << 20) == 4 * 4096 * TOKEN  # it was trained on 4096
    assert kv(model(tmp_path), kv_kind=8) == 4 * 1024 * 64 // 32 * 34


def test_lengths_of_keys_and_values(tmp_path: Path) -> None:
    header = model(tmp_path, attention__key_length=128, attention__value_length=32)
    assert kv(header) == 4 * 1024 * 2 * 2 * (128 + 32)


def test_without_groups_every_head_has_keys(tmp_path: Path) -> None:
    figures = {key: value for key, value in LLAMA.items() if key != "attention.head_count_kv"}
    header = read_header(write_gguf(tmp_path / "m.gguf", figures=figures))
    assert kv(header) == 2 * 1024 * 2 * TOKEN


def test_groups_by_layer(tmp_path: Path) -> None:
    header = model(tmp_path, attention__head_count_kv=[2, 0, 1, 0], shortconv__l_cache=3)
    assert kv(header) == 1024 * 2 * 16 * ((2 + 2) + (1 + 1))
    assert need(header).state == 4 * 2 * 64 * 2


def test_sliding_windows(tmp_path: Path) -> None:
    gemma = model(tmp_path, "gemma3", block_count=8, attention__sliding_window=512)
    assert kv(gemma, 4096, whole_windows=False) == (7 * 768 + 1 * 4096) * TOKEN
    assert kv(gemma, 4096, whole_windows=True) == 8 * 4096 * TOKEN
    assert kv(gemma, 256, whole_windows=False) == 8 * 256 * TOKEN
    listed = model(
        tmp_path, "gemma4", attention__sliding_window=512, attention__key_length=16,
        attention__value_length=16, attention__key_length_swa=32, attention__value_length_swa=16,
        attention__sliding_window_pattern=[True, True, True, False],
    )  # fmt: skip
    assert kv(listed, 4096, whole_windows=False) == 2 * 2 * (3 * 768 * (32 + 16) + 4096 * (16 + 16))
    first = model(tmp_path, "smallthinker", attention__sliding_window=512)
    assert kv(first, 4096, whole_windows=False) == (3 * 768 + 4096) * TOKEN
    plain = model(tmp_path, "llama", attention__sliding_window=512)
    assert kv(plain, 4096, whole_windows=False) == 4 * 4096 * TOKEN  # llama.cpp does not slide there


def test_layers_that_share(tmp_path: Path) -> None:
    assert kv(model(tmp_path, "gemma4", attention__shared_kv_layers=3)) == 1024 * TOKEN


def test_recurrent_layers_have_a_state_and_no_keys(tmp_path: Path) -> None:
    ssm = {"ssm__conv_kernel": 4, "ssm__inner_size": 128, "ssm__state_size": 16, "ssm__group_count": 1}
    state = 4 * (3 * (128 + 2 * 16) + 16 * 128)
    mamba = model(tmp_path, "mamba2", **ssm)
    assert (need(mamba).kv, need(mamba).state) == (0, 4 * state)
    hybrid = model(tmp_path, "qwen35", **ssm)
    assert (kv(hybrid), need(hybrid).state) == (1024 * TOKEN, 3 * state)
    both = model(tmp_path, "falcon-h1", **ssm)
    assert (kv(both), need(both).state) == (4 * 1024 * TOKEN, 4 * state)
    listed = model(tmp_path, "qwen3next", attention__recurrent_layers=[True, False, False, True], **ssm)
    assert (kv(listed), need(listed).state) == (2 * 1024 * TOKEN, 2 * state)


def test_latent_attention_keeps_keys_only(tmp_path: Path) -> None:
    header = model(
        tmp_path, "deepseek2", attention__head_count_kv=1, attention__key_length=80,
        attention__value_length=64, attention__key_length_mla=24, attention__value_length_mla=16,
    )  # fmt: skip
    assert kv(header) == 4 * 1024 * 80 * 2


def test_encoders_keep_nothing(tmp_path: Path) -> None:
    assert kv(model(tmp_path, "bert")) == 0


@pytest.mark.parametrize(
    "figures",
    [{"block_count": (1 << 32) - 1}, {"attention__head_count": 0}, {"attention__head_count_kv": []},
     {"attention__head_count_kv": [-5, 2]}, {"attention__sliding_window_pattern": 0}, {"embedding_length": 0},
     {"attention__sliding_window_pattern": [True]}, {"context_length": 0}, {"block_count": 0.5}],
)  # fmt: skip
def test_odd_figures_end_in_a_number(tmp_path: Path, figures: dict[str, Any]) -> None:
    header = model(tmp_path, "gemma3", **{"attention__sliding_window": 512, **figures})
    assert need(header).total >= header.weight_bytes


def test_the_verdict_and_the_ladder(starter_models: Path, tmp_path: Path) -> None:
    starter = read_header(starter_models / CHAT_FILE)
    total = need(starter).total
    assert judge(starter, 2 * total).verdict == "full"
    lowest = judge(starter, total).lowest
    assert lowest < total
    assert judge(starter, int(lowest / 0.9) + 1).verdict == "by ladder"
    assert judge(starter, lowest // 2).verdict == "no"
    plain = model(tmp_path)  # nothing to gain: rows of 64 in F32 become Q4_0
    assert ladder_helps(plain) and lowest_weights(plain) < plain.weight_bytes / 4
    small = read_header(
        write_gguf(tmp_path / "s.gguf", tensors={"a.weight": (8, 7), "token_embd.weight": (3, 5)})
    )
    assert not ladder_helps(small)
    assert judge(small, need(small).total).verdict == "tight"
    assert need(small, kv_kind=F16).weights == 4 * (8 * 7 + 3 * 5)
