"""A tiny mixture of experts with random weights: layers of eight experts whose slices share pages."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGMLQuantizationType, GGUFValueType

from second_me.models import ggml
from tests.models.experts.kinds import EXPERTS, FEED, HEAD, HEADS, QWEN3, USED, WIDTH, Kind
from tests.models.ggufs import add

LAYERS = len(QWEN3.layers)
Floats = np.typing.NDArray[np.float32]
COPIED = ("tokenizer.ggml.model", "tokenizer.ggml.pre", "tokenizer.ggml.tokens", "tokenizer.ggml.token_type",
          "tokenizer.ggml.merges", "tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id")  # fmt: skip
NO_WEIGHT = (".bias", ".scale", "ssm_a", "ssm_d")
"""Endings of names that do not go on with `.weight`."""
ALWAYS_F32 = (
    "gate_inp",
    "conv1d",
    "shortconv.conv",
    "ssm_a",
    "ssm_d",
    "norm",
    ".bias",
    "ssm_alpha",
    "ssm_beta",
)


def write_moe(
    starter: Path, out: Path, kind: Kind = QWEN3, architecture: str = "", tensors_a_part: int = 0
) -> Path:
    """Write it with the starter's tokenizer, in parts of so many tensors each where they are said; the first
    part's path. `architecture`: another name for the same layers."""
    name = architecture or kind.architecture
    writer = gguf.GGUFWriter(out, name, split_max_tensors=tensors_a_part)
    tokenizer = _tokenizer(starter)
    for key, (value, types) in tokenizer.items():
        writer.add_key_value(key, value, types[0], types[-1] if types[0] == GGUFValueType.ARRAY else None)
    for key, value in {**_common(kind), **kind.figures}.items():
        add(writer, f"{name}.{key}", value)
    words = len(tokenizer["tokenizer.ggml.tokens"][0])
    random = np.random.default_rng(1)
    for tensor, shape in _tensors(kind, words).items():
        _add(writer, tensor, _values(random, tensor, shape), kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return out if not tensors_a_part else min(out.parent.glob(f"{out.stem}-00001-of-*.gguf"))


@functools.cache
def _tokenizer(starter: Path) -> dict[str, tuple[Any, list[GGUFValueType]]]:
    """Values and their types. Cached: the reader takes seconds."""
    fields = gguf.GGUFReader(starter).fields
    return {key: (fields[key].contents(), fields[key].types) for key in COPIED}


def _common(kind: Kind) -> dict[str, Any]:
    """What all kinds say."""
    return {
        "block_count": len(kind.layers), "context_length": 512, "embedding_length": WIDTH,
        "feed_forward_length": FEED, "attention.head_count": HEADS, "attention.head_count_kv": HEADS,
        "attention.key_length": HEAD, "attention.value_length": HEAD,
        "attention.layer_norm_rms_epsilon": 1e-5, "rope.freq_base": 10000.0,
        "expert_count": EXPERTS, "expert_used_count": USED, "expert_feed_forward_length": FEED,
    }  # fmt: skip


def _tensors(kind: Kind, words: int) -> dict[str, tuple[int, ...]]:
    """Lengths by full name."""
    beside = {"token_embd": (words, WIDTH), kind.norm: (WIDTH,), **kind.beside}
    layers = {
        f"blk.{index}.{name}": shape
        for index, layer in enumerate(kind.layers)
        for name, shape in layer.items()
    }
    return {
        name if name.endswith(NO_WEIGHT) else f"{name}.weight": tuple(length or words for length in shape)
        for name, shape in {**beside, **layers}.items()
    }


def _values(random: np.random.Generator, name: str, shape: tuple[int, ...]) -> Floats:
    """Weights that keep the numbers of a layer about as large as they came."""
    if "norm" in name or name.endswith(("scale.weight", ".scale", "rope_freqs.weight")):
        return np.ones(shape, np.float32)
    values: Floats = random.standard_normal(shape, np.float32)
    if name.endswith("ssm_a"):
        return -np.abs(values) - np.float32(0.1)
    if name.endswith("ffn_gate_inp.weight"):
        values *= 4
    return values * np.float32(0.1) if len(shape) == 1 else values / np.float32(np.sqrt(shape[-1]))


def _add(writer: gguf.GGUFWriter, name: str, values: Floats, kind: Kind) -> None:
    """Matrices quantized where their rows can be, and experts as the kind says."""
    if values.ndim == 1 or values.shape[-1] % 32 or any(part in name for part in ALWAYS_F32):
        writer.add_tensor(name, values)
        return
    stored = kind.experts_in if "_exps" in name else GGMLQuantizationType.Q8_0
    data = ggml.quantized(values.reshape(-1, values.shape[-1]), int(stored), None)
    writer.add_tensor(name, data.reshape(*values.shape[:-1], -1), raw_dtype=stored)
