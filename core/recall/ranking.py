"""The order of what was examined, and what of its first is judged as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from second_me.core.memory.episodes import Episode
from second_me.core.recall.asked import Asked
from second_me.core.recall.evidence import WHO, FirstSeen
from second_me.core.recall.learning import adjusted
from second_me.core.recall.pool import Floats, Pool
from second_me.core.recall.reranker import RerankerWeights, ranked

Ranked = tuple[int, int, float, Episode]
"""(place among the candidates or -1, place in the pool, score, episode)."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Features of the candidates, in natural units and in deviations (`seen`), their scores, and the scores without
    who speaks (`told`). (candidates,)"""

    features: Mapping[str, Floats]
    seen: Mapping[str, Floats]
    scores: Floats
    told: Floats


def ranking_of(
    features: Mapping[str, Floats], weights: RerankerWeights, learned: Mapping[str, float]
) -> Ranking:
    """The scores by these weights and what use has added to them."""
    by_name = adjusted(weights.weights, learned)
    seen = weights.standardised(features)
    who = {name: values for name, values in seen.items() if name in WHO}
    scores = ranked(seen, by_name)
    return Ranking(features, seen, scores, scores - ranked(who, by_name))


def first_seen(asked: Asked, pool: Pool, ranking: Ranking, first: Sequence[Ranked]) -> FirstSeen:
    """The candidates among the first, which come before all others."""
    ats = [at for at, *_ in first if at >= 0]
    held = [place for at, place, *_ in first if at >= 0]
    return FirstSeen(
        asked=asked,
        episodes=[episode for at, *_, episode in first if at >= 0],
        scores=ranking.scores[ats],
        told=ranking.told[ats],
        features={name: values[ats] for name, values in ranking.features.items()},
        holds=pool.holds[:, held],
        rarity=pool.rarity,
        heard=pool.holds.any(axis=1) | (pool.rarity == 0),
        others_speak=bool(ranking.features["other_speaker"].any()),
    )
