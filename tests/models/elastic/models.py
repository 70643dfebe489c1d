"""Small real models for these tests: the starter's first layers and commonest tokens, and plans as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter

from second_me.models.context import Context
from second_me.models.elastic.ladder import Ladder
from second_me.models.llama import LoadedModel

VOCABULARY = 4096
PREFIX = "The old lighthouse keeper wrote in his diary every evening. Today he wrote that the sea"


def shorten(source: Path, target: Path, layers: int = 2) -> Path:
    """The first layers of the starter with its first tokens, at `target`."""
    reader = GGUFReader(source)
    tokens = _strings(reader, "tokenizer.ggml.tokens")[:VOCABULARY]
    writer = GGUFWriter(target, "llama")
    changed: dict[str, Any] = {
        "llama.block_count": layers,
        "llama.vocab_size": VOCABULARY,
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.merges": list(_merges(_strings(reader, "tokenizer.ggml.merges"), set(tokens))),
        "tokenizer.ggml.token_type": _numbers(reader, "tokenizer.ggml.token_type")[:VOCABULARY],
    }
    copy_metadata(reader, writer, changed)
    for tensor in reader.tensors:
        layer = tensor.name.split(".")
        if layer[0] == "blk" and int(layer[1]) >= layers:
            continue
        data = tensor.data[:VOCABULARY] if tensor.name == "token_embd.weight" else tensor.data
        writer.add_tensor(tensor.name, np.ascontiguousarray(data), raw_dtype=tensor.tensor_type)
    return _finish(writer, target)


def native(source: Path, ladder: Ladder, rungs: Mapping[str, int], target: Path) -> Path:
    """A GGUF that holds every tensor in its rung: what llama.cpp loads by itself."""
    reader = GGUFReader(source)
    writer = GGUFWriter(target, "llama")
    copy_metadata(reader, writer, {})
    stored = {(tensor.name, rung.kind): rung for tensor in ladder.tensors for rung in tensor.rungs}
    for tensor in reader.tensors:
        kind = rungs.get(tensor.name, int(tensor.tensor_type))
        data = np.ascontiguousarray(tensor.data)
        if kind != int(tensor.tensor_type):
            rung = stored[tensor.name, kind]
            rows = int(np.prod(tensor.shape[1:]))
            memory = np.memmap(ladder.path(rung.file), np.uint8, "r", rung.offset, (rung.size,))
            data = np.array(memory).reshape(rows, -1)
        writer.add_tensor(tensor.name, data, raw_dtype=GGMLQuantizationType(kind))
    return _finish(writer, target)


def copy_metadata(reader: GGUFReader, writer: GGUFWriter, changed: Mapping[str, Any]) -> None:
    for name, field in reader.fields.items():
        if name.startswith("GGUF.") or name == "general.architecture":
            continue
        value = changed.get(name, field.contents())
        inner = field.types[-1] if field.types[0] == GGUFValueType.ARRAY else None
        writer.add_key_value(name, value, field.types[0], inner)


def next_logits(model: LoadedModel, text: str = PREFIX) -> np.ndarray[Any, np.dtype[np.float32]]:
    """What the model says after the text."""
    context = Context(model, 64, 64)
    tokens = model.tokenize(text)
    context.decode(tokens, 0)
    found = context.logits(len(tokens) - 1).copy()
    context.close()
    return found


def _strings(reader: GGUFReader, name: str) -> list[str]:
    found: list[str] = reader.fields[name].contents()
    return found


def _numbers(reader: GGUFReader, name: str) -> list[int]:
    found: list[int] = reader.fields[name].contents()
    return found


def _merges(merges: Iterable[str], tokens: set[str]) -> Iterable[str]:
    return (merge for merge in merges if merge.replace(" ", "") in tokens and set(merge.split(" ")) <= tokens)


def _finish(writer: GGUFWriter, target: Path) -> Path:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target
