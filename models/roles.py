"""What a model is for, told from its head and never from its name."""

from __future__ import annotations

from second_me.models.header import TYPES, Header
from second_me.models.header_bytes import LongList

CHAT, EXPERTS, EMBEDDING = "chat", "mixture of experts", "embedding"
PROJECTOR, VOCABULARY, ADAPTER = "projector", "vocabulary", "adapter"

RUNNABLE = (CHAT, EXPERTS)
"""Roles that answers can be written with."""

ENCODERS = frozenset(
    ("bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3",
     "eurobert", "gemma-embedding", "t5encoder", "llama-embed")
)  # fmt: skip


def role_of(header: Header) -> str | None:
    """The role; None for a GGUF file that is no language model and no part of one."""
    kind = header.text("general.type")
    words = header.metadata.get("tokenizer.ggml.tokens")
    if kind == "adapter" or header.text("adapter.type"):
        return ADAPTER
    if header.architecture == "clip" or kind == "mmproj":
        return PROJECTOR
    if not isinstance(words, LongList):
        return None
    if not header.tensors:
        return VOCABULARY
    if header.architecture in ENCODERS or header.number("pooling_type"):
        return EMBEDDING
    return EXPERTS if header.number("expert_count") else CHAT


def quantization_of(header: Header) -> str:
    """The type that most of the weights are in ("Q4_K"); empty where there are none."""
    weights: dict[int, int] = {}
    for tensor in header.tensors:
        weights[tensor.kind] = weights.get(tensor.kind, 0) + tensor.weights
    return TYPES[max(weights, key=lambda kind: weights[kind])][0] if weights else ""
