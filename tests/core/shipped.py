"""Recall as it ships, over the parts of a vault that a test has opened."""

from __future__ import annotations

from collections.abc import Sequence

from second_me.app.weights import evidence_weights, near_words, reranker_weights
from second_me.core.memory.facts.claims import Defined
from second_me.core.ports import Embedder
from second_me.core.recall.recall import Recall, Sources
from second_me.storage.index.full_text import FullText
from second_me.storage.index.placement import Placements
from second_me.storage.index.vectors import Vectors
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.vault import Vault


def shipped_recall(
    vault: Vault, episodes: Episodes, words: FullText, vectors: Vectors, embedder: Embedder,
    own_words: Sequence[Defined] = (),
) -> Recall:  # fmt: skip
    sources = Sources(episodes, words, vectors, Placements(vault), embedder, near_words())
    return Recall(sources, evidence_weights(), reranker_weights(), own_words=lambda: own_words)
