"""A synthetic mixture of experts whose router is as sticky as one says.

    python benchmarks/mixture.py STARTER OUT [--layers 24] [--experts 64] [--used 8] [--width 1024] [--feed 512]

Random weights, the starter's tokenizer, the architecture `qwen3moe`; 1.4 GB as it stands, nearly all of it experts
in Q4_0. A token's embedding is made of a part that all tokens share (some experts are popular), of its topic's
part (tokens of one topic choose alike) and of its own. A text of `tokens(stay)` keeps its topic with the
probability `stay`, so that `stay` is the knob from uniform to sticky. The defaults come out as real models were
measured: about 37 % of a token's experts were the last token's, the hottest eighth takes about 38 % of the choices
(`benchmarks/experts.py` prints both).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

ARCHITECTURE = "qwen3moe"
TOPICS = 256
STAY = 0.85
COMMON, TOPIC = 0.28, 0.30
"""Shares of the embedding's energy."""
HEAD = 64
SCALE = 0.0005
"""Of a block of random weights: what experts add stays small beside the embedding, and so does its noise."""
ROUTER = 4.0


@dataclass(frozen=True)
class Measures:
    """Of the model. `width` and `feed` are multiples of 64."""

    layers: int = 24
    experts: int = 64
    used: int = 8
    width: int = 1024
    feed: int = 512


def tokens(count: int, words: int, stay: float = STAY, seed: int = 0) -> list[int]:
    """A text: token `t` is of topic `t % TOPICS`."""
    random = np.random.default_rng(seed)
    topic, found = 0, []
    for _ in range(count):
        if random.random() >= stay:
            topic = int(random.integers(TOPICS))
        found.append(int(random.integers(words // TOPICS)) * TOPICS + topic)
    return found


def write(starter: Path, out: Path, measures: Measures = Measures(), seed: int = 0) -> None:
    """Write the model; a layer's weights are in memory at once."""
    reader = gguf.GGUFReader(starter)
    writer = gguf.GGUFWriter(out, ARCHITECTURE, use_temp_file=False)
    for field in reader.fields.values():
        if field.name.startswith("tokenizer.") and "chat_template" not in field.name:
            inner = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(field.name, field.contents(), field.types[0], inner)
    _add_measures(writer, measures)
    words = len(reader.fields["tokenizer.ggml.tokens"].data)
    for name, values in _weights(words, measures, np.random.default_rng(seed)):
        kind = gguf.GGMLQuantizationType.Q4_0 if values.dtype == np.uint8 else None
        writer.add_tensor(name, values, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_measures(writer: gguf.GGUFWriter, measures: Measures) -> None:
    writer.add_block_count(measures.layers)
    writer.add_context_length(8192)
    writer.add_embedding_length(measures.width)
    writer.add_feed_forward_length(measures.feed)
    writer.add_head_count(measures.width // HEAD)
    writer.add_head_count_kv(max(1, measures.width // HEAD // 4))
    writer.add_key_length(HEAD)
    writer.add_value_length(HEAD)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_expert_count(measures.experts)
    writer.add_expert_used_count(measures.used)
    writer.add_expert_feed_forward_length(measures.feed)


def _weights(
    words: int, measures: Measures, random: np.random.Generator
) -> Iterator[tuple[str, npt.NDArray[np.generic]]]:
    width, feed, experts = measures.width, measures.feed, measures.experts
    yield "token_embd.weight", _embedding(words, width, random).astype(np.float16)
    yield "output_norm.weight", np.ones(width, np.float32)
    keys = max(1, width // HEAD // 4) * HEAD
    for layer in range(measures.layers):
        name = f"blk.{layer}."
        for norm, length in (("attn", width), ("attn_q", HEAD), ("attn_k", HEAD), ("ffn", width)):
            yield f"{name}{norm}_norm.weight", np.ones(length, np.float32)
        for matrix, rows in (("q", width), ("k", keys), ("v", keys), ("output", width)):
            yield f"{name}attn_{matrix}.weight", _blocks((rows, width), random)
        router = random.standard_normal((experts, width), np.float32)
        yield f"{name}ffn_gate_inp.weight", router * np.float32(ROUTER / np.sqrt(width))
        yield f"{name}ffn_gate_exps.weight", _blocks((experts, feed, width), random)
        yield f"{name}ffn_up_exps.weight", _blocks((experts, feed, width), random)
        yield f"{name}ffn_down_exps.weight", _blocks((experts, width, feed), random)


def _embedding(words: int, width: int, random: np.random.Generator) -> Floats:
    common = random.standard_normal((1, width), np.float32) * np.float32(np.sqrt(COMMON))
    topics = random.standard_normal((TOPICS, width), np.float32) * np.float32(np.sqrt(TOPIC))
    own = random.standard_normal((words, width), np.float32) * np.float32(np.sqrt(1 - COMMON - TOPIC))
    made: Floats = own + common + topics[np.arange(words) % TOPICS]
    return made


def _blocks(shape: tuple[int, ...], random: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Random weights as bytes of Q4_0: blocks of a scale (F16) and 32 numbers of 4 bits."""
    blocks = shape[-1] // 32
    made = random.integers(0, 256, (*shape[:-1], blocks, 18), np.uint8)
    made[..., :2] = np.frombuffer(np.float16(SCALE).tobytes(), np.uint8)
    return made.reshape(*shape[:-1], blocks * 18)


def main() -> int:
    """Write one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("starter", type=Path)
    parser.add_argument("out", type=Path)
    for name, default in vars(Measures()).items():
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    measures = Measures(options.layers, options.experts, options.used, options.width, options.feed)
    write(options.starter, options.out, measures)
    print(f"{options.out}: {options.out.stat().st_size / 1e9:.2f} GB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
