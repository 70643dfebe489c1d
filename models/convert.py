"""Makes the starter's embedder: MiniLM's safetensors and word list to one Q8_0 GGUF.

Done once, after the download. The matrices become Q8_0; norms, biases, positions and token types stay F32,
as llama.cpp's own converter leaves them. Sources: the safetensors format (8 bytes of header length, JSON
header, data) and the `bert` architecture of llama.cpp.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt

HEADS = 12
CONTEXT = 512
LAYER_NORM_EPSILON = 1e-12
WORD_START = "\u2581"
CONTINUATION = "##"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")

WHOLE = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
}
PER_LAYER = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
KEPT_EXACT = ("position_embd.weight", "token_types.weight")

Tensor = npt.NDArray[np.float32]


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """The F32 tensors of a safetensors file by name, mapped, not read.

    Raises ValueError for a file that is none.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length < path.stat().st_size:
            raise ValueError(f"{path.name} is not a safetensors file")
        header: dict[str, Any] = json.loads(file.read(length))
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length)
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            begin, end = entry["data_offsets"]
            tensors[name] = data[begin:end].view("<f4").reshape(entry["shape"])
    return tensors


def gguf_name(name: str) -> str | None:
    """llama.cpp's name of a BERT tensor; None for one that the embedder has no use for (the pooler)."""
    stem, _, ending = name.rpartition(".")
    if stem in WHOLE:
        return f"{WHOLE[stem]}.{ending}"
    parts = stem.split(".", 3)
    if parts[:2] == ["encoder", "layer"] and parts[3] in PER_LAYER:
        return f"blk.{parts[2]}.{PER_LAYER[parts[3]]}.{ending}"
    return None


def gguf_token(word: str) -> str:
    """A WordPiece token in llama.cpp's spelling: word starts are marked, continuations are not."""
    if word in SPECIAL:
        return word
    if word.startswith(CONTINUATION):
        return word.removeprefix(CONTINUATION)
    return WORD_START + word


def convert_minilm(safetensors: Path, vocabulary: Path, target: Path) -> None:
    """Write the GGUF (about 25 MB). Raises ValueError for files of another model, OSError from the disk."""
    tensors = read_safetensors(safetensors)
    words = vocabulary.read_text("utf-8").splitlines()
    table = tensors.get("embeddings.word_embeddings.weight")
    if table is None or len(table) != len(words) or not set(SPECIAL) <= set(words):
        raise ValueError("the word list does not belong to these weights")
    writer = gguf.GGUFWriter(target, "bert")
    try:
        _write_hyperparameters(writer, tensors)
        _write_tokens(writer, words)
        for name, tensor in tensors.items():
            _add_tensor(writer, name, tensor)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()


def _write_hyperparameters(writer: gguf.GGUFWriter, tensors: dict[str, Tensor]) -> None:
    layers = {name.split(".")[2] for name in tensors if name.startswith("encoder.layer.")}
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_context_length(CONTEXT)
    writer.add_block_count(len(layers))
    writer.add_embedding_length(tensors["embeddings.word_embeddings.weight"].shape[1])
    writer.add_feed_forward_length(tensors["encoder.layer.0.intermediate.dense.weight"].shape[0])
    writer.add_head_count(HEADS)
    writer.add_layer_norm_eps(LAYER_NORM_EPSILON)
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)


def _write_tokens(writer: gguf.GGUFWriter, words: Sequence[str]) -> None:
    kinds = [gguf.TokenType.CONTROL if word in SPECIAL else gguf.TokenType.NORMAL for word in words]
    index = {word: number for number, word in enumerate(words)}
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([gguf_token(word) for word in words])
    writer.add_token_types(kinds)
    writer.add_token_type_count(2)
    writer.add_bos_token_id(index["[CLS]"])
    writer.add_eos_token_id(index["[SEP]"])
    writer.add_unk_token_id(index["[UNK]"])
    writer.add_sep_token_id(index["[SEP]"])
    writer.add_pad_token_id(index["[PAD]"])
    writer.add_mask_token_id(index["[MASK]"])


def _add_tensor(writer: gguf.GGUFWriter, name: str, tensor: Tensor) -> None:
    target = gguf_name(name)
    if target is None:
        return
    if tensor.ndim == 1 or target in KEPT_EXACT:
        writer.add_tensor(target, np.ascontiguousarray(tensor))
        return
    kind = gguf.GGMLQuantizationType.Q8_0
    writer.add_tensor(target, gguf.quantize(np.ascontiguousarray(tensor), kind), raw_dtype=kind)
