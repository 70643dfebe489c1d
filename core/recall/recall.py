"""Recall: from a question to the memories that answer it. It changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from second_me.core.memory.episodes import Episode
from second_me.core.ports import Embedder, EpisodeStore, Postings, Scope, SearchIndex, Vector, VectorIndex
from second_me.core.recall.date_words import date_words
from second_me.core.recall.evidence import EvidenceWeights, probability
from second_me.core.recall.found import Found
from second_me.core.recall.keys import query_terms, spellings, words
from second_me.core.recall.learning import adjusted
from second_me.core.recall.quotes import best_quote
from second_me.core.recall.related import FIRST_PERSON, related
from second_me.core.recall.scoring import Pool, Weights, coverage, make_pool, shares, summands, weighted

CANDIDATES = 1000
COMMON = 20_000
"""A term held by more episodes than this tells nothing apart."""


@dataclass(frozen=True, slots=True)
class Search:
    """One ranked search: memories in order, and the terms that were looked for."""

    found: tuple[Found, ...]
    terms: tuple[str, ...]


def vector_key(text: str, speaker: str) -> str:
    """The text whose vector stands for a chunk: with its speaker (R@10 of vectors alone .47 against .31)."""
    return f"{speaker}: {text}" if speaker else text


class Recall:
    """Ranks the episodes of a scope for a question. `learned` gives what use has added to the weights."""

    def __init__(
        self,
        episodes: EpisodeStore,
        index: SearchIndex,
        vectors: VectorIndex,
        embedder: Embedder,
        evidence: EvidenceWeights,
        weights: Weights | None = None,
        learned: Callable[[], Mapping[str, float]] = dict,
    ) -> None:
        self._episodes, self._index, self._vectors, self._embedder = episodes, index, vectors, embedder
        self._evidence, self._weights = evidence, weights or Weights()
        self._learned = learned

    def embed(self, question: str) -> Vector:
        """The question's vector. Raises EnvironmentFault when there is no embedder."""
        return np.asarray(self._embedder.embed([question], urgent=True)[0], dtype=np.float32)

    def find(self, question: str, k: int, scope: Scope, vector: Vector | None) -> Search:
        """The best `k` memories. Without a vector (no embedder) words alone decide."""
        terms = query_terms(question)
        groups = _groups(question, terms)
        wanted = list(dict.fromkeys(word for group in groups.values() for word in group))
        by_words = {hit.seq: hit.score for hit in self._index.search(wanted, scope, CANDIDATES)}
        by_meaning = (
            {hit.seq: hit.score for hit in self._vectors.search(vector, scope, CANDIDATES)}
            if vector is not None
            else {}
        )
        sessions = self._episodes.sessions_around(list(by_words.keys() | by_meaning.keys()))
        if not sessions:
            return Search((), tuple(terms))
        postings = _merged(groups, self._index.postings(wanted, scope, COMMON))
        pool = make_pool(sessions, by_words, by_meaning, postings, self._index.size(scope))
        return Search(tuple(self._materialise(pool, k, scope, question, terms, vector)), tuple(terms))

    def _materialise(
        self, pool: Pool, k: int, scope: Scope, question: str, terms: Sequence[str], vector: Vector | None
    ) -> list[Found]:
        features = summands(pool)
        scores = weighted(features, adjusted(shares(self._weights), self._learned()))
        order = np.argsort(-scores, kind="stable")
        alone, near = coverage(pool)
        asked = set(words(question))
        named = asked & {word for name in self._episodes.speakers() for word in words(name)}
        found: list[Found] = []
        for start in range(0, len(order), 2 * k):
            block = order[start : start + 2 * k]
            episodes = self._episodes.by_seq([int(pool.seqs[at]) for at in block])
            for at in block:
                episode = episodes.get(int(pool.seqs[at]))
                if episode is None or not _within(episode, scope):
                    continue
                cosine = float(pool.meaning[at]) if vector is not None else None
                chance = probability(
                    self._evidence, float(alone[at]), float(near[at]), cosine, named, episode
                )
                strength = chance / (chance + self._evidence.threshold)
                why = _reasons(episode, asked, float(pool.words[at]), cosine)
                seen = {name: float(values[at]) for name, values in features.items()}
                quote = best_quote(episode.text, terms)
                found.append(Found(episode, float(scores[at]), strength, why, quote, seen))
                if len(found) == k:
                    return found
        return found


def _groups(question: str, terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Each term as the index may hold it, with the words that may stand for it where people ask about
    themselves."""
    personal = bool(FIRST_PERSON & set(words(question)))
    return {
        term: (*held_as, *sorted(related(term))) if personal else held_as
        for term, held_as in spellings(question, terms).items()
    }


def _merged(groups: Mapping[str, tuple[str, ...]], postings: Mapping[str, Postings]) -> dict[str, Postings]:
    """Postings of terms from postings of words; a term whose every word is too common is left out."""
    return {
        term: np.unique(np.concatenate([postings[word] for word in group if word in postings]))
        for term, group in groups.items()
        if any(word in postings for word in group)
    }


def _within(episode: Episode, scope: Scope) -> bool:
    """Neighbours come in by their session; the limits of the scope hold for them too."""
    spoken = episode.spoken_at
    if episode.memory_id in scope.exclude:
        return False
    if scope.after is not None and (spoken is None or spoken < scope.after):
        return False
    return scope.before is None or (spoken is not None and spoken <= scope.before)


def _reasons(episode: Episode, asked: set[str], lexical: float, cosine: float | None) -> tuple[str, ...]:
    why: list[str] = []
    if asked & set(words(episode.speaker)):
        why.append("name")
    if asked & {word for word in words(date_words(episode.spoken_at)) if len(word) > 2}:
        why.append("date")
    if lexical > 0:
        why.append("words")
    if cosine is not None and cosine >= 0.35:
        why.append("meaning")
    return tuple(why) or ("session",)


def without(scope: Scope, memory_ids: Sequence[str]) -> Scope:
    """The scope with some memories excluded: the question itself, just stored, is no candidate."""
    return replace(scope, exclude=scope.exclude | frozenset(memory_ids))
