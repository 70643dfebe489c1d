"""Small GGUF files for tests: real ones through gguf's own writer, and broken ones byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gguf
import numpy as np

LLAMA = {"block_count": 2, "context_length": 4096, "embedding_length": 64, "feed_forward_length": 128,
         "attention.head_count": 4, "attention.head_count_kv": 2}  # fmt: skip


def write_gguf(
    path: Path,
    architecture: str = "llama",
    figures: Mapping[str, Any] | None = None,
    tensors: Mapping[str, Sequence[int]] | None = None,
    plain: Mapping[str, Any] | None = None,
    tokens: int = 8,
    split: tuple[int, int, int] | None = None,
) -> Path:
    """A whole file. `figures` are keys of the architecture, `plain` others; tensors as numpy shapes, F32."""
    writer = gguf.GGUFWriter(path, architecture)
    for key, value in (LLAMA if figures is None else figures).items():
        add(writer, f"{architecture}.{key}", value)
    for key, value in (plain or {}).items():
        add(writer, key, value)
    if tokens:
        writer.add_tokenizer_model("gpt2")
        writer.add_token_list([f"word {number}" for number in range(tokens)])
    if split:
        writer.add_uint16("split.no", split[0])
        writer.add_uint16("split.count", split[1])
        writer.add_int32("split.tensors.count", split[2])
    shapes = {"token_embd.weight": (8, 64), "blk.0.attn_q.weight": (64, 64)} if tensors is None else tensors
    for name, shape in shapes.items():
        writer.add_tensor(name, np.full(tuple(shape), len(name), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def add(writer: gguf.GGUFWriter, key: str, value: Any) -> None:
    """A value in the type that Python gives it."""
    if isinstance(value, bool):
        writer.add_bool(key, value)
    elif isinstance(value, int):
        writer.add_uint32(key, value)
    elif isinstance(value, float):
        writer.add_float32(key, value)
    elif isinstance(value, str):
        writer.add_string(key, value)
    else:
        writer.add_array(key, value)


def text(content: bytes | str, length: int | None = None) -> bytes:
    """A text as the format has it, with a length that may lie."""
    data = content.encode() if isinstance(content, str) else content
    return struct.pack("<Q", len(data) if length is None else length) + data


def begin(tensors: int, entries: int, version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, tensors, entries)


def entry(key: str, kind: int, data: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + data


def tensor(
    name: str, shape: Sequence[int], kind: int = 0, offset: int = 0, dimensions: int | None = None
) -> bytes:
    return (
        text(name)
        + struct.pack("<I", len(shape) if dimensions is None else dimensions)
        + struct.pack(f"<{len(shape)}Q", *shape)
        + struct.pack("<IQ", kind, offset)
    )


def padded(head: bytes, data: bytes = b"", alignment: int = 32) -> bytes:
    """A head with its tensors' bytes behind it, where the format wants them."""
    return head + bytes(-len(head) % alignment) + data
