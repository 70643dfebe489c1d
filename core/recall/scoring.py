"""From raw scores to one order: z-scored sum, neighbours, the whole session. Pure arrays.

Measured on the five development conversations of LoCoMo (R@10, fractional, all categories): BM25 .647,
sum of both .70, with neighbour turns .747, with the session's score .785 (docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of the sum, in units of one standard deviation of the lexical score."""

    dense: float = 0.8
    neighbour: float = 0.5
    session_words: float = 0.8
    session_meaning: float = 0.3


@dataclass(frozen=True, slots=True)
class Pool:
    """The turns that compete for one question, session after session in order of speaking.

    All arrays have one entry a turn. `session` is an index 0..n. `holds` has shape (terms, turns): whether a
    turn holds a term of the question; `rarity` (terms,) is each term's inverse document frequency, in nats.
    """

    seqs: Ints
    session: Ints
    words: Floats
    meaning: Floats
    holds: npt.NDArray[np.bool_]
    rarity: Floats


def make_pool(
    sessions: Mapping[int, Sequence[int]],
    words: Mapping[int, float],
    meaning: Mapping[int, float],
    postings: Mapping[str, Sequence[int] | Ints],
    episodes: int,
) -> Pool:
    """Lay hits out as arrays. A turn without a vector hit gets the lowest cosine that was found."""
    pairs = [(number, seq) for number, (_, seqs) in enumerate(sorted(sessions.items())) for seq in seqs]
    seqs = np.array([seq for _, seq in pairs], dtype=np.int64)
    lowest = min(meaning.values(), default=0.0)
    held = [np.isin(seqs, np.fromiter(found, dtype=np.int64)) for found in postings.values()]
    counts = np.array([len(found) for found in postings.values()], dtype=np.float64)
    return Pool(
        seqs=seqs,
        session=np.array([number for number, _ in pairs], dtype=np.int64),
        words=np.array([words.get(int(seq), 0.0) for seq in seqs], dtype=np.float64),
        meaning=np.array([meaning.get(int(seq), lowest) for seq in seqs], dtype=np.float64),
        holds=np.array(held, dtype=np.bool_).reshape(len(held), len(seqs)),
        rarity=np.log(1 + (max(episodes, 1) - counts + 0.5).clip(0) / (counts + 0.5)),
    )


def standardised(values: Floats) -> Floats:
    """Zero mean, unit deviation; zeros when all are equal."""
    if not values.size or values.min() == values.max():
        return np.zeros_like(values)  # by comparison: the deviation of equal values is not always exactly 0
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)


def with_neighbours(values: Floats, session: Ints, share: float) -> Floats:
    """Each turn's value plus `share` of the turn before and after it in its session."""
    out = values.copy()
    same = session[1:] == session[:-1]
    out[1:] += share * values[:-1] * same
    out[:-1] += share * values[1:] * same
    return out


def session_words(pool: Pool, k1: float = 1.2, b: float = 0.75) -> Floats:
    """BM25 of each turn's session taken as one document, its length counted in turns. Shape (turns,)."""
    count = int(pool.session.max()) + 1 if pool.session.size else 0
    length = np.bincount(pool.session, minlength=count).astype(np.float64)
    score = np.zeros(count)
    for holds in pool.holds:
        frequency = np.bincount(pool.session[holds], minlength=count).astype(np.float64)
        having = float((frequency > 0).sum())
        if having:
            rarity = np.log(1 + (count - having + 0.5) / (having + 0.5))
            norm = k1 * (1 - b + b * length / length.mean())
            score += rarity * frequency * (k1 + 1) / (frequency + norm)
    return score[pool.session] if count else score


def session_meaning(pool: Pool, best: int = 3) -> Floats:
    """Mean cosine of the best three turns of each turn's session. Shape (turns,)."""
    count = int(pool.session.max()) + 1 if pool.session.size else 0
    means = np.zeros(count)
    for number in range(count):
        means[number] = np.sort(pool.meaning[pool.session == number])[-best:].mean()
    return means[pool.session] if count else means


def summands(pool: Pool) -> dict[str, Floats]:
    """What the score is made of, by name, each of about unit deviation. Arrays of shape (turns,)."""
    words, meaning = standardised(pool.words), standardised(pool.meaning)
    return {
        "words": words,
        "meaning": meaning,
        "words_near": with_neighbours(words, pool.session, 1.0) - words,
        "meaning_near": with_neighbours(meaning, pool.session, 1.0) - meaning,
        "session_words": standardised(session_words(pool)),
        "session_meaning": standardised(session_meaning(pool)),
    }


def shares(weights: Weights) -> dict[str, float]:
    """The weight of each summand."""
    return {
        "words": 1.0,
        "meaning": weights.dense,
        "words_near": weights.neighbour,
        "meaning_near": weights.neighbour * weights.dense,
        "session_words": weights.session_words,
        "session_meaning": weights.session_meaning,
    }


def weighted(features: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The score that orders the pool: the sum of features by weight. Shape (turns,)."""
    return np.asarray(sum(weights[name] * values for name, values in features.items()))


def combined(pool: Pool, weights: Weights) -> Floats:
    """The score of the shares that ship. Shape (turns,)."""
    return weighted(summands(pool), shares(weights))


def coverage(pool: Pool) -> tuple[Floats, Floats]:
    """Share of the question's rarity that each turn holds: (alone, with its two neighbours), 0..1."""
    total = float(pool.rarity.sum())
    if total <= 0:
        return np.zeros(len(pool.seqs)), np.zeros(len(pool.seqs))
    near = pool.holds.copy()
    same = pool.session[1:] == pool.session[:-1]
    near[:, 1:] |= pool.holds[:, :-1] & same
    near[:, :-1] |= pool.holds[:, 1:] & same
    return pool.rarity @ pool.holds / total, pool.rarity @ near / total
