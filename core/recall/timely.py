"""How near a memory lies to the time that a question names: 0 to 1. It prefers, it never filters.

What happened then counts most: an event inside the span 1, a coarser one that holds it between 0.5 and 1 by the
share that lies inside, one outside at most 0.5, halved with every length of the span (a day at least) between
them. When it was said comes second: at most 0.7, and a memory said before the span half of one said after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from second_me.core.temporal.asking import Wanted
from second_me.core.temporal.spans import Span

Times = npt.NDArray[np.datetime64]
"""datetime64[s], shape (n,); NaT where there is no time."""

Scores = npt.NDArray[np.float32]
"""Shape (n,), 0 to 1."""

SAID = 0.7
SAID_BEFORE = 0.35
OUTSIDE = 0.5
_DAY = 86_400.0


def nearness(wanted: Wanted, spoken_at: datetime | None, events: Sequence[Span]) -> float:
    """Of one memory; 0 when the question names no time."""
    if wanted.span is None:
        return 0.0
    starts = times([event.start for event in events])
    ends = times([event.end for event in events])
    best = max([*map(float, event_nearness(wanted.span, starts, ends)), 0.0])
    return max(best, float(spoken_nearness(wanted.span, times([spoken_at]))[0]))


def times(values: Sequence[datetime | None]) -> Times:
    """Times as an array."""
    return np.array(
        [np.datetime64("NaT") if each is None else each for each in values], dtype="datetime64[s]"
    )


def event_nearness(span: Span, starts: Times, ends: Times) -> Scores:
    """Of events, one a row."""
    begin, finish = times([span.start, span.end])
    length = _seconds(ends - starts)
    overlap = _seconds(np.minimum(ends, finish) - np.maximum(starts, begin))
    with np.errstate(invalid="ignore", divide="ignore"):
        inside = OUTSIDE + (1 - OUTSIDE) * np.clip(overlap / length, 0, 1)
        outside = OUTSIDE * _halved(-overlap, span)
        scores = np.where(overlap > 0, inside, outside)
    return np.nan_to_num(scores, nan=0.0).astype(np.float32)


def spoken_nearness(span: Span, spoken: Times) -> Scores:
    """Of what was said at these times."""
    begin, finish = times([span.start, span.end])
    before, after = _seconds(begin - spoken), _seconds(spoken - finish)
    with np.errstate(invalid="ignore"):
        scores = np.where(before > 0, SAID_BEFORE * _halved(before, span), SAID * _halved(after, span))
    return np.nan_to_num(scores, nan=0.0).astype(np.float32)


def _halved(gap: npt.NDArray[np.float64], span: Span) -> npt.NDArray[np.float64]:
    """1 where there is no gap, half after a length of the span, and so on."""
    scale = max((span.end - span.start).total_seconds(), _DAY)
    return np.asarray(np.exp2(-np.clip(gap, 0, None) / scale))


def _seconds(lengths: npt.NDArray[np.timedelta64]) -> npt.NDArray[np.float64]:
    seconds = lengths.astype("timedelta64[s]").astype(np.float64)
    seconds[np.isnat(lengths)] = np.nan
    return seconds
