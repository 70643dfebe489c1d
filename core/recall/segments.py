"""Topic segments of a session: where the talk turns to something else.

After TextTiling (Hearst 1997): the turns before and after a gap are compared; a gap that lies in a valley deep
enough ends a segment. What is compared are vectors where every turn has one, words where one has none. A gap
never parts a turn from what answers it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from second_me.core.memory.episodes import Episode, Kind
from second_me.core.recall.keys import query_terms
from second_me.core.recall.quotes import stem

Rows = npt.NDArray[np.float32]

REACH = 2
"""Exchanges on each side of a gap that are compared."""
SHORTEST = 2
"""Exchanges of a segment at least."""
SHALLOW = 0.1
"""A valley less deep than this (in cosines) parts nothing: one topic stays one segment."""


def exchanges(turns: Sequence[Episode]) -> list[list[int]]:
    """A turn and what answers it, as indices of `turns` in order; a turn that nobody answers stands alone.

    Notes and documents are answered by nobody.
    """
    found: list[list[int]] = []
    for at, turn in enumerate(turns):
        last = found[-1] if found else []
        if len(last) == 1 and _answers(turns[last[0]], turn):
            last.append(at)
        else:
            found.append([at])
    return found


def _answers(said: Episode, then: Episode) -> bool:
    return said.kind is then.kind is Kind.TURN and said.speaker != then.speaker


def word_rows(texts: Sequence[str]) -> Rows:
    """Texts as unit rows over their words, damped counts; a text without words is zeros.

    Shape (texts, distinct words). For texts that have no vector.
    """
    bags = [[stem(term) for term in query_terms(text)] for text in texts]
    columns = {term: at for at, term in enumerate(dict.fromkeys(term for bag in bags for term in bag))}
    rows = np.zeros((len(texts), max(len(columns), 1)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for term in bag:
            rows[row, columns[term]] += 1
    rows = np.log1p(rows)
    norms = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows / norms, dtype=np.float32)


def vector_rows(vectors: Rows) -> Rows:
    """Vectors of a session's turns without what all of them share (who speaks, how): that tells nothing apart.

    Pk .333 with and .371 without, on joined stretches of LoCoMo (`benchmarks/overviews.py`). Shape as given.
    """
    own = vectors - vectors.mean(axis=0)
    norms = np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-9)
    return np.asarray(own / norms, dtype=np.float32)


def segments(turns: Sequence[Episode], rows: Rows) -> list[list[int]]:
    """The turns of one session, in order of speaking, cut by topic: indices of `turns`, in order.

    `rows` (turns, dimensions): `vector_rows` of the turns, or `word_rows` of their texts.
    """
    pairs = exchanges(turns)
    units = np.array([rows[pair].mean(axis=0) for pair in pairs], dtype=np.float32)
    cuts = [0, *_cuts(_likeness(units)), len(pairs)]
    return [
        [at for pair in pairs[start:end] for at in pair]
        for start, end in itertools.pairwise(cuts)
        if end > start
    ]


def _likeness(units: Rows) -> npt.NDArray[np.float64]:
    """Cosine of what stands before and after each gap: [i] is the gap before unit i + 1."""
    gaps = range(1, len(units))
    before = np.array([units[max(0, gap - REACH) : gap].mean(axis=0) for gap in gaps])
    after = np.array([units[gap : gap + REACH].mean(axis=0) for gap in gaps])
    if not len(gaps):
        return np.zeros(0)
    norms = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    return np.asarray((before * after).sum(axis=1) / np.maximum(norms, 1e-9), dtype=np.float64)


def _depths(likeness: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How far the likeness rises from each gap to the peaks on both sides."""
    return np.array(
        [_climb(likeness[at::-1]) + _climb(likeness[at:]) for at in range(len(likeness))], dtype=np.float64
    )


def _climb(path: npt.NDArray[np.float64]) -> float:
    """From the first value up to the first peak."""
    peak = path[0]
    for value in path[1:]:
        if value < peak:
            break
        peak = value
    return float(peak - path[0])


def _cuts(likeness: npt.NDArray[np.float64]) -> list[int]:
    """Numbers of the units that begin a segment, but the first. Deepest valleys first."""
    if not likeness.size:
        return []
    depths = _depths(likeness)
    enough = max(float(depths.mean() + depths.std() / 2), SHALLOW)
    chosen: list[int] = []
    for gap in np.argsort(-depths, kind="stable"):
        at = int(gap) + 1
        ends = [0, len(likeness) + 1, *chosen]
        if depths[gap] >= enough and min(abs(at - end) for end in ends) >= SHORTEST:
            chosen.append(at)
    return sorted(chosen)
