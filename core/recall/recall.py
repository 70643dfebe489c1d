"""Recall: from a question to the memories that answer it. It changes nothing.

Words and meaning each give their best, these and the turns beside them form the pool, a rough sum picks the
candidates, and the reranker orders them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

import numpy as np

from second_me.core.memory.episodes import Episode
from second_me.core.memory.facts.claims import Defined
from second_me.core.ports import (
    Embedder,
    EpisodeStore,
    Hit,
    PlacementSource,
    Postings,
    Scope,
    SearchIndex,
    Vector,
    VectorIndex,
)
from second_me.core.recall.asked import Asked, read_question
from second_me.core.recall.entities import aliases, may_have_aliases, with_aliases
from second_me.core.recall.evidence import FIRST, EvidenceWeights, signs_of, speaks_of_it
from second_me.core.recall.features import Candidates, features_of, places_with_neighbours
from second_me.core.recall.found import Found
from second_me.core.recall.own_words import with_meanings
from second_me.core.recall.placement import Placement
from second_me.core.recall.pool import Floats, Ints, Pool, make_pool, rough, rows_around
from second_me.core.recall.quotes import best_quote
from second_me.core.recall.ranking import Ranked, Ranking, first_seen, ranking_of
from second_me.core.recall.reasons import reasons
from second_me.core.recall.reranker import RerankerWeights
from second_me.core.recall.several import several_features
from second_me.core.recall.telling import RelatedWords
from second_me.core.recall.ties import Strengths, by_strength, nobody

HITS = 200
"""Hits of words, and of meaning, around which the pool is made."""

RANKED = 150
"""Candidates that the reranker orders; what comes after keeps the rough order."""

SPARE = 10
"""Episodes that are fetched beyond those wanted, for those that the scope turns out to exclude."""

COMMON = 20_000
"""A term held by more episodes than this tells nothing apart."""


@dataclass(frozen=True, slots=True)
class Search:
    """One ranked search: memories in order, and the terms that were looked for."""

    found: tuple[Found, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """What the reranker saw: the pool, the places in it of the candidates and of the rest, best first roughly,
    and the features of the candidates in natural units, arrays of shape (candidates,)."""

    asked: Asked
    pool: Pool
    places: Ints
    rest: Ints
    features: dict[str, Floats]

    def seqs(self, places: Ints) -> list[int]:
        """The `seq` of the turns at places of the pool."""
        return [int(seq) for seq in self.pool.placement.seqs[self.pool.rows[places]]]


@dataclass(frozen=True, slots=True)
class Hits:
    """What words and meaning found, and which episodes hold each word."""

    by_words: Sequence[Hit]
    by_meaning: Sequence[Hit]
    postings: Mapping[str, Postings]

    def with_more(self, more: Hits) -> Hits:
        """With the hits of further words: BM25 is a sum over words."""
        scores = {hit.seq: hit.score for hit in self.by_words}
        for hit in more.by_words:
            scores[hit.seq] = scores.get(hit.seq, 0.0) + hit.score
        return Hits(
            [Hit(seq, score) for seq, score in scores.items()],
            self.by_meaning,
            {**self.postings, **more.postings},
        )


@dataclass(frozen=True, slots=True)
class Sources:
    """Where recall looks. `related` are the words that may stand for a word."""

    episodes: EpisodeStore
    index: SearchIndex
    vectors: VectorIndex
    placement: PlacementSource
    embedder: Embedder
    related: RelatedWords


def vector_key(text: str, speaker: str) -> str:
    """The text whose vector stands for a chunk: with its speaker (R@10 of vectors alone .47 against .31)."""
    return f"{speaker}: {text}" if speaker else text


class Recall:
    """Ranks the episodes of a scope for a question. `learned` gives what use has added to the weights, `own_words`
    what the person means by words of their own, `strengths` how strong memories are: it breaks ties."""

    def __init__(
        self,
        sources: Sources,
        evidence: EvidenceWeights,
        weights: RerankerWeights,
        learned: Callable[[], Mapping[str, float]] = dict,
        own_words: Callable[[], Sequence[Defined]] = tuple,
        strengths: Strengths = nobody,
    ) -> None:
        self._strengths = strengths
        self._sources, self._evidence, self._weights, self._learned = sources, evidence, weights, learned
        self._own_words = own_words

    def embed(self, question: str) -> Vector:
        """The question's vector. Raises EnvironmentFault when there is no embedder."""
        return np.asarray(self._sources.embedder.embed([question], urgent=True)[0], dtype=np.float32)

    def find(
        self, question: str, k: int, scope: Scope, vector: Vector | None, now: datetime | None = None
    ) -> Search:
        """The best `k` memories. Without a vector (no embedder) words alone decide; `now` is the time of asking,
        without it only times with their year count."""
        examined = self.examine(question, scope, vector, now)
        if examined is None:
            return Search((), ())
        ranking = self._ranked(examined)
        found = self._found(examined, ranking, k, scope, vector is not None)
        return Search(tuple(by_strength(found, self._strengths)), tuple(examined.asked.groups))

    def signs(self, examined: Examined, scope: Scope) -> dict[str, float] | None:
        """What tells whether the memories hold the answer (`core.recall.evidence`); None when nothing is there."""
        ranking = self._ranked(examined)
        first = list(islice(self._in_order(examined, ranking.scores, FIRST, scope), FIRST))
        return signs_of(first_seen(examined.asked, examined.pool, ranking, first))

    def first(self, examined: Examined, scope: Scope, k: int) -> list[tuple[float, Episode]]:
        """The best `k` of what was examined, with their scores in nats (a softmax of them orders)."""
        order = self._in_order(examined, self._ranked(examined).scores, k, scope)
        return [(score, episode) for _, _, score, episode in islice(order, k)]

    def examine(
        self, question: str, scope: Scope, vector: Vector | None, now: datetime | None = None
    ) -> Examined | None:
        """The candidates and their features; None when nothing is found at all."""
        placement = self._sources.placement.placement()
        asked = with_meanings(read_question(question, placement.speakers, now), self._own_words())
        hits = self._hits(asked.spelled, scope, vector)
        pool = self._pool(asked, placement, scope, vector, hits)
        if not len(pool):
            return None
        order, few, rest = self._candidates(asked, pool)
        if may_have_aliases(asked) and (more := aliases(asked, _told(pool, few))):
            known, asked = set(asked.spelled), with_aliases(asked, more)
            new = [word for word in asked.spelled if word not in known]
            hits = hits.with_more(self._hits(new, scope, None))
            pool = self._pool(asked, placement, scope, vector, hits, before=pool)
            order, few, rest = self._candidates(asked, pool)
        seen = features_of(asked, pool, order, few, self._sources.related)
        seen |= several_features(asked, seen)
        return Examined(asked, pool, few.places, rest, seen)

    def _hits(self, spelled: Sequence[str], scope: Scope, vector: Vector | None) -> Hits:
        index, vectors = self._sources.index, self._sources.vectors
        return Hits(
            index.search(spelled, scope, HITS),
            vectors.search(vector, scope, HITS) if vector is not None else (),
            index.postings(spelled, scope, COMMON),
        )

    def _pool(
        self, asked: Asked, placement: Placement, scope: Scope, vector: Vector | None, hits: Hits,
        before: Pool | None = None,
    ) -> Pool:  # fmt: skip
        """`before` is a pool of the same vector with fewer hits: its cosines are taken over."""
        seqs = np.array([hit.seq for hit in (*hits.by_words, *hits.by_meaning)], dtype=np.int64)
        rows = rows_around(placement, seqs)
        cosines = np.full(len(rows), np.nan)
        if vector is not None and before is not None:
            cosines[np.searchsorted(rows, before.rows)] = before.meaning
        if vector is not None and (new := np.flatnonzero(np.isnan(cosines))).size:
            cosines[new] = self._sources.vectors.cosines(vector, placement.seqs[rows[new]])
        if vector is not None and before is None:
            exact = placement.rows_of([hit.seq for hit in hits.by_meaning])
            at = np.searchsorted(rows, exact[exact >= 0])
            cosines[at] = np.array([hit.score for hit in hits.by_meaning])[exact >= 0]
        postings = _merged(asked.groups, hits.postings)
        return make_pool(placement, rows, hits.by_words, cosines, postings, self._sources.index.size(scope))

    def _candidates(self, asked: Asked, pool: Pool) -> tuple[Floats, Candidates, Ints]:
        """(the rough order, the best by it, the places of the rest)."""
        order = rough(pool)
        best = np.argsort(-order, kind="stable")
        return order, self._read(asked, pool, np.sort(best[:RANKED])), best[RANKED:]

    def _read(self, asked: Asked, pool: Pool, places: Ints) -> Candidates:
        read = places_with_neighbours(pool, places)
        seqs = pool.placement.seqs[pool.rows[read]].tolist()
        texts = self._sources.episodes.texts(seqs)
        events = self._sources.episodes.event_times(seqs) if asked.time.span is not None else {}
        at = dict(zip(seqs, read.tolist(), strict=True))
        return Candidates(
            places,
            {at[seq]: text for seq, text in texts.items()},
            {at[seq]: spans for seq, spans in events.items()},
        )

    def _ranked(self, examined: Examined) -> Ranking:
        return ranking_of(examined.features, self._weights, self._learned())

    def _found(
        self, examined: Examined, ranking: Ranking, k: int, scope: Scope, meaning: bool
    ) -> list[Found]:
        count = max(k, FIRST)
        first = list(islice(self._in_order(examined, ranking.scores, count, scope), count))
        signs = signs_of(first_seen(examined.asked, examined.pool, ranking, first[:FIRST]))
        told = speaks_of_it(examined.features)
        speaks = np.array([at >= 0 and told[at] for at, *_ in first], dtype=np.bool_)
        scores = np.array([score for _, _, score, _ in first])
        strengths = self._evidence.strengths(signs, meaning, scores, speaks)
        found: list[Found] = []
        pool = examined.pool
        for (at, place, score, episode), strength in zip(first[:k], strengths.tolist()[:k], strict=True):
            cosine = float(pool.meaning[place]) if meaning else None
            seen = {name: float(values[at]) for name, values in ranking.seen.items()} if at >= 0 else {}
            found.append(
                Found(
                    episode, score, strength,
                    reasons(examined.asked, episode, float(pool.words[place]), cosine, seen),
                    best_quote(episode.text, tuple(examined.asked.groups)), seen,
                )
            )  # fmt: skip
        return found

    def _in_order(self, examined: Examined, scores: Floats, k: int, scope: Scope) -> Iterator[Ranked]:
        """(place among the candidates or -1, place in the pool, score, episode), best first."""
        best = np.argsort(-scores, kind="stable")
        places = np.concatenate([examined.places[best], examined.rest])
        order = [*best.tolist(), *[-1] * len(examined.rest)]
        worst = float(scores.min())
        for start in range(0, len(places), step := k + SPARE):
            block = places[start : start + step]
            episodes = self._sources.episodes.by_seq(examined.seqs(block))
            for nth, (place, seq) in enumerate(zip(block, examined.seqs(block), strict=True), start):
                episode = episodes.get(seq)
                if episode is not None and _within(episode, scope):
                    score = float(scores[order[nth]]) if order[nth] >= 0 else worst - 1e-3 * (nth + 1)
                    yield order[nth], int(place), score, episode


def _merged(groups: Mapping[str, tuple[str, ...]], postings: Mapping[str, Postings]) -> list[Postings | None]:
    """Postings of terms from postings of words; None for a term whose every word is too common."""
    found = ([postings[word] for word in group if word in postings] for group in groups.values())
    return [
        (each[0] if len(each) == 1 else np.unique(np.concatenate(each))) if each else None for each in found
    ]


def _told(pool: Pool, few: Candidates) -> Iterator[tuple[str, str]]:
    """(speaker, text) of the turns that were read."""
    placement = pool.placement
    for place, text in few.texts.items():
        yield placement.speakers[placement.speaker[pool.rows[place]]], text


def _within(episode: Episode, scope: Scope) -> bool:
    """Neighbours come in by their session; the limits of the scope hold for them too."""
    spoken = episode.spoken_at
    if episode.memory_id in scope.exclude:
        return False
    if scope.after is not None and (spoken is None or spoken < scope.after):
        return False
    return scope.before is None or (spoken is not None and spoken <= scope.before)


def without(scope: Scope, memory_ids: Sequence[str]) -> Scope:
    """The scope with some memories excluded: the question itself, just stored, is no candidate."""
    return replace(scope, exclude=scope.exclude | frozenset(memory_ids))
