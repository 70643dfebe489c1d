"""How rare words are in all that is remembered: the weight of what a sentence tells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from second_me.core.ports import Scope, SearchIndex
from second_me.core.recall.keys import spellings

COMMON = 0.1
"""Share of the memories from which on a word tells nothing."""
FEWEST = 10
"""So many memories may hold a word before it counts as common, however few there are."""
MOST_KEPT = 50_000


class Rarity:
    """Inverse document frequencies of an index, looked up once and kept in this process.

    They change slowly: what is kept is thrown away when there are a tenth more memories, or fewer than before
    (something was erased or hidden).
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._size = 0
        self._known: dict[str, float] = {}

    def __call__(self, terms: Iterable[str]) -> dict[str, float]:
        """{term: nats}, 0 for words of every day; a word that no memory holds is as rare as can be."""
        wanted = list(dict.fromkeys(terms))
        size = self._index.size(Scope())
        if not self._size <= size <= 1.1 * self._size or len(self._known) > MOST_KEPT:
            self._size, self._known = size, {}
        missing = [term for term in wanted if term not in self._known]
        if missing:
            self._look_up(missing, size)
        return {term: self._known[term] for term in wanted}

    def _look_up(self, terms: Sequence[str], size: int) -> None:
        """The index holds words of some scripts by their stems alone: of a term's spellings the commonest counts."""
        limit = max(FEWEST, int(COMMON * size))
        held = spellings("", terms)
        counts = self._index.frequencies([each for several in held.values() for each in several], Scope())
        for term in terms:
            holding = max(counts[each] for each in held[term])
            self._known[term] = _nats(size, holding) if holding <= limit else 0.0


def _nats(size: int, holding: int) -> float:
    """Never 0, or the first memory of a vault would tell nothing."""
    return math.log(1 + (max(size - holding, 0) + 1) / (holding + 0.5))
