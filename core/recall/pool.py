"""The turns that compete for one question, as parallel arrays, and the rough order that picks the best of them.

Scores are in fixed units and not standardised over the pool, so that they mean the same in a small vault and in
a large one: words as a share of the best, meaning as a cosine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from second_me.core.ports import Hit, Postings
from second_me.core.recall.placement import NOWHERE, Placement

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

REACH = 2
"""Turns before and after a hit that come into the pool."""

WORDS_UNIT, MEANING_UNIT, SESSION_WORDS_UNIT, SESSION_MEANING_UNIT = 0.2, 0.12, 0.22, 0.1
"""About one standard deviation over the turns of a long conversation."""

_BEST_OF_SESSION = 3


@dataclass(frozen=True, slots=True)
class Pool:
    """All arrays but `holds` have shape (turns,) and are in the order of `Placement`.

    `rows` are rows of the placement; `words` BM25 as a share of the best, 0..1; `meaning` cosines (the lowest
    that was found where there is none). `holds` (terms, turns): whether a turn holds a term; `rarity` (terms,)
    is each term's inverse document frequency, in nats. `session_words`, `session_meaning` and `session_cover`
    are those of the turn's whole session. `beside_at` keeps what `places_beside` has worked out.
    """

    placement: Placement
    rows: Ints
    words: Floats
    meaning: Floats
    holds: npt.NDArray[np.bool_]
    rarity: Floats
    session_words: Floats
    session_meaning: Floats
    session_cover: Floats
    beside_at: dict[int, Ints] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def beside(self, values: Floats, offset: int) -> Floats:
        """The value of the turn at an offset within the session, 0 where there is none in the pool."""
        at = self.places_beside(offset)
        return np.where(at != NOWHERE, values[at], 0.0)

    def places_beside(self, offset: int) -> Ints:
        """The place in the pool of the turn at an offset within the session, -1 where there is none."""
        known = self.beside_at.get(offset)
        if known is not None:
            return known
        wanted = self.rows + offset
        at = np.searchsorted(self.rows, wanted).clip(0, len(self.rows) - 1)
        session = self.placement.session
        there = (self.rows[at] == wanted) & (session[self.rows[at]] == session[self.rows])
        return self.beside_at.setdefault(offset, np.where(there, at, NOWHERE))


def rows_around(placement: Placement, seqs: Ints) -> Ints:
    """The rows of hits and of the turns beside them, ascending."""
    around = placement.window(placement.rows_of(seqs), REACH)
    return np.unique(around[around != NOWHERE])


def make_pool(
    placement: Placement,
    rows: Ints,
    by_words: Sequence[Hit],
    cosines: Floats,
    postings: Sequence[Postings | None],
    episodes: int,
) -> Pool:
    """Lay out what was found. `cosines` (turns,) may hold NaN; `episodes` is the size of the scope. `postings`
    are those of each term, None for one that is too common to tell anything apart: its rarity is 0."""
    seqs = placement.seqs[rows]
    score = np.zeros(len(rows))
    hits = placement.rows_of([hit.seq for hit in by_words])
    at = np.searchsorted(rows, hits[hits != NOWHERE])
    score[at] = np.array([hit.score for hit in by_words])[hits != NOWHERE]
    best = float(score.max(initial=0.0))
    rarity = np.array([0.0 if found is None else _rarity(len(found), episodes) for found in postings])
    known = [found if found is not None else np.empty(0, dtype=np.int64) for found in postings]
    lowest = float(np.nanmin(cosines)) if np.isfinite(cosines).any() else 0.0
    meaning = np.where(np.isfinite(cosines), cosines, lowest)
    frequencies, lengths, place = _session_frequencies(placement, rows, known)
    return Pool(
        placement=placement,
        rows=rows,
        words=score / best if best > 0 else score,
        meaning=meaning,
        holds=np.array([_held(seqs, found) for found in known], dtype=np.bool_).reshape(
            len(known), len(rows)
        ),
        rarity=rarity,
        session_words=_session_words(frequencies, lengths, rarity)[place],
        session_meaning=_session_meaning(meaning, place, len(lengths)),
        session_cover=(_share(rarity, frequencies > 0))[place],
    )


def cover(pool: Pool) -> tuple[Floats, Floats]:
    """Share of the question's rarity that each turn holds: (alone, with its two neighbours), 0..1."""
    near = pool.holds.copy()
    for offset in (-1, 1):
        at = pool.places_beside(offset)
        near |= pool.holds[:, at] & (at != NOWHERE)
    return _share(pool.rarity, pool.holds), _share(pool.rarity, near)


def rough(pool: Pool) -> Floats:
    """The sum that picks the candidates: both scores, the neighbours at half weight, the session's. (turns,)

    Measured on five conversations of LoCoMo: R@10 .785 on its own (docs/recall.md).
    """
    own = pool.words / WORDS_UNIT + 0.8 * pool.meaning / MEANING_UNIT
    return (
        own
        + 0.5 * (pool.beside(own, -1) + pool.beside(own, 1))
        + 0.8 * pool.session_words / SESSION_WORDS_UNIT
        + 0.3 * pool.session_meaning / SESSION_MEANING_UNIT
    )


def _rarity(holding: int, episodes: int) -> float:
    """Inverse document frequency, in nats."""
    return float(np.log(1 + max(0.0, max(episodes, 1) - holding + 0.5) / (holding + 0.5)))


def _held(seqs: Ints, found: Postings) -> npt.NDArray[np.bool_]:
    if not len(found):
        return np.zeros(len(seqs), dtype=np.bool_)
    at = np.searchsorted(found, seqs).clip(0, len(found) - 1)
    return np.asarray(found[at] == seqs)


def _share(rarity: Floats, holds: npt.NDArray[np.bool_]) -> Floats:
    total = float(rarity.sum())
    return np.asarray(rarity @ holds / total) if total > 0 else np.zeros(holds.shape[1])


def _session_frequencies(
    placement: Placement, rows: Ints, found: Sequence[Postings]
) -> tuple[Floats, Floats, Ints]:
    """(terms, sessions): turns of each session of the pool that hold a term; their lengths in turns; and the
    place of each turn's session among them."""
    sessions, place = np.unique(placement.session[rows], return_inverse=True)
    starts = np.searchsorted(placement.session, sessions)
    ends = np.searchsorted(placement.session, sessions, side="right")
    frequencies = np.zeros((len(found), len(sessions)))
    for term, seqs in enumerate(found):
        held = placement.rows_of(seqs)
        held = np.sort(held[held != NOWHERE])
        frequencies[term] = np.searchsorted(held, ends) - np.searchsorted(held, starts)
    return frequencies, (ends - starts).astype(np.float64), place


def _session_words(
    frequencies: Floats, lengths: Floats, rarity: Floats, k1: float = 1.2, b: float = 0.75
) -> Floats:
    """BM25 of each session taken as one document, its length counted in turns, as a share of the best."""
    if not len(lengths) or not len(rarity):
        return np.zeros(len(lengths))
    norm = k1 * (1 - b + b * lengths / lengths.mean())
    score = rarity @ (frequencies * (k1 + 1) / (frequencies + norm))
    best = float(score.max(initial=0.0))
    return np.asarray(score / best if best > 0 else score)


def _session_meaning(meaning: Floats, place: Ints, sessions: int) -> Floats:
    """Mean cosine of the best three turns of each turn's session. Shape (turns,)."""
    order = np.lexsort((-meaning, place))
    first = np.searchsorted(place[order], np.arange(sessions))
    nth = np.arange(len(order)) - first[place[order]]
    best = order[nth < _BEST_OF_SESSION]
    count = np.bincount(place[best], minlength=sessions)
    total = np.bincount(place[best], weights=meaning[best], minlength=sessions)
    return np.asarray((total / count.clip(1))[place])
