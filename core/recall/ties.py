"""What is nearly as good as the best is ordered by how strong it is in memory. Nothing else of recall is: what has
faded is found as well as ever when it is asked for. A summary, which must leave out, leaves out what has faded first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from second_me.core.memory.forgetting import THRESHOLD
from second_me.core.recall.found import Found

Strengths = Callable[[Sequence[int]], Mapping[int, float]]
"""`seq` of episodes -> their strength today, 0 to 1 (`core.memory.forgetting`); unknown ones may be left out."""

TIE = 0.01
"""Share of the best score within which another one is a tie with it."""


def nobody(_seqs: Sequence[int]) -> Mapping[int, float]:
    """No strength is known: the order stays."""
    return {}


def tied(scores: Sequence[float]) -> int:
    """How many of the first are a tie with the best; `scores` in falling order. 0 when there are none."""
    if not scores:
        return 0
    reach = scores[0] - TIE * abs(scores[0])
    return next((n for n, score in enumerate(scores) if score < reach), len(scores))


def by_strength(found: Sequence[Found], strengths: Strengths) -> list[Found]:
    """The same memories, those that tie with the best in the order of their strength, equally strong ones as they
    were."""
    count = tied([item.score for item in found])
    if count < 2:
        return list(found)
    known = strengths([item.episode.seq for item in found[:count]])
    first = sorted(found[:count], key=lambda item: -known.get(item.episode.seq, 1.0))
    return [*first, *found[count:]]


def vivid_first(seqs: Sequence[int], strengths: Strengths) -> list[int]:
    """The same episodes, what has faded after what has not, else in their order."""
    known = strengths(seqs)
    return sorted(seqs, key=lambda seq: known.get(seq, 1.0) < THRESHOLD)
