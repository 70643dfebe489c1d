"""A tiny mixture of experts with random weights: two layers of eight experts whose slices share pages."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

WIDTH, FEED, HEADS, LAYERS, EXPERTS, USED = 64, 96, 4, 3, 8, 2
COPIED = ("tokenizer.ggml.model", "tokenizer.ggml.pre", "tokenizer.ggml.tokens", "tokenizer.ggml.token_type",
          "tokenizer.ggml.merges", "tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id")  # fmt: skip


def write_moe(starter: Path, out: Path, fused: bool = False, architecture: str = "qwen3moe") -> Path:
    """Write it with the starter's tokenizer; `fused`: gate and up are one tensor."""
    reader = gguf.GGUFReader(starter)
    writer = gguf.GGUFWriter(out, architecture)
    for name in COPIED:
        field = reader.fields[name]
        inner = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(name, field.contents(), field.types[0], inner)
    _measures(writer)
    words = len(reader.fields["tokenizer.ggml.tokens"].data)
    for name, values in _weights(words, fused).items():
        flat = values.ndim == 1 or "gate_inp" in name
        writer.add_tensor(name, values if flat else gguf.quants.quantize(values, gguf.GGMLQuantizationType.Q8_0),
                          raw_dtype=None if flat else gguf.GGMLQuantizationType.Q8_0)  # fmt: skip
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return out


def _measures(writer: gguf.GGUFWriter) -> None:
    writer.add_block_count(LAYERS)
    writer.add_context_length(512)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(FEED)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_key_length(WIDTH // HEADS)
    writer.add_value_length(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_expert_count(EXPERTS)
    writer.add_expert_used_count(USED)
    writer.add_expert_feed_forward_length(FEED)


def _weights(words: int, fused: bool) -> dict[str, np.typing.NDArray[np.float32]]:
    random = np.random.default_rng(1)

    def some(*shape: int) -> np.typing.NDArray[np.float32]:
        values: np.typing.NDArray[np.float32] = random.standard_normal(shape, np.float32)
        return values / np.float32(np.sqrt(shape[-1]))

    def ones(length: int) -> np.typing.NDArray[np.float32]:
        return np.ones(length, np.float32)

    made = {"token_embd.weight": some(words, WIDTH), "output_norm.weight": ones(WIDTH)}
    for layer in range(LAYERS):
        experts = {"gate_exps": (EXPERTS, FEED, WIDTH), "up_exps": (EXPERTS, FEED, WIDTH)}
        if fused:
            experts = {"gate_up_exps": (EXPERTS, 2 * FEED, WIDTH)}
        own = {
            "attn_norm": ones(WIDTH),
            "attn_q_norm": ones(WIDTH // HEADS),
            "attn_k_norm": ones(WIDTH // HEADS),
            "ffn_norm": ones(WIDTH),
            "ffn_gate_inp": some(EXPERTS, WIDTH) * 4,
            **{f"attn_{name}": some(WIDTH, WIDTH) for name in ("q", "k", "v", "output")},
            **{f"ffn_{name}": some(*shape) for name, shape in experts.items()},
            "ffn_down_exps": some(EXPERTS, WIDTH, FEED),
        }
        made |= {f"blk.{layer}.{name}.weight": values for name, values in own.items()}
    return made
