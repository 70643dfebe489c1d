"""Words and pairs of letters, ranked by BM25.

A question is a list of terms, each looked for in the index of its script. The scores of both indexes are
added: each is a BM25, that is a sum over terms, and counts rarity among the episodes of its own index.

Common words cost the most and tell the least, so a search looks for the rarest terms whose episodes together
stay under a bound (`benchmarks/pruning.py` measures what that loses).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import apsw
import numpy as np

from second_me.core.ports import Hit, Postings, Scope
from second_me.core.recall.spelling import is_unspaced
from second_me.storage.index.scopes import CANDIDATE, conditions, limits
from second_me.storage.index.terms import Held, TermIndex, bigrams_index, numbers, words_index
from second_me.storage.rows import THESE, fetch_first, fetch_number
from second_me.storage.vault import Vault

MOST_ROWS = 40_000
MOST_SHARE = 0.1
"""A search looks at so many episodes, or this share of all where that is more, each counted once a term."""

SMALL_SCOPE = 5000
"""In a scope of no more episodes every term is looked for: words common in the vault may tell things apart."""

_SCOPES_KEPT = 4


@dataclass(frozen=True, slots=True)
class _Within:
    """The episodes of a scope. `seqs` (ascending) are all of them; None: all of the vault but `left_out`."""

    seqs: Postings | None
    left_out: Postings
    size: int

    def of(self, found: Postings) -> Postings:
        """Those that are in the scope."""
        if self.seqs is not None:
            return np.intersect1d(found, self.seqs, assume_unique=True)
        return np.setdiff1d(found, self.left_out, assume_unique=True) if len(self.left_out) else found


class FullText:
    """Implements `core.ports.SearchIndex`. Words of one stem count as one.

    `most_rows` bounds what a search looks at; None: every episode that holds any of the terms.
    """

    def __init__(self, vault: Vault, most_rows: int | None = MOST_ROWS) -> None:
        self._vault, self._most_rows = vault, most_rows
        self._words, self._pairs = words_index(), bigrams_index()
        self._seen = (-1, 0)
        self._scopes: dict[Scope, _Within] = {}

    def search(self, terms: Sequence[str], scope: Scope, limit: int) -> Sequence[Hit]:
        """See the port. Rarity of a word is counted over the whole vault, also within a scope."""
        if not terms or limit <= 0:
            return []
        with self._vault.reading() as db:
            within = self._within(db, scope)
            kept = self._kept(db, terms, within)
            parts = [(self._of(term), self._of(term).held(db, term)) for term in kept]
            return _ranked(
                parts, within, limit
            )  # with the vault held: another's question refreshes the lengths

    def postings(self, terms: Sequence[str], scope: Scope, limit: int) -> Mapping[str, Postings]:
        """See the port. `limit` counts episodes of the scope."""
        found: dict[str, Postings] = {}
        with self._vault.reading() as db:
            within = self._within(db, scope)
            for term in dict.fromkeys(terms):
                # Within a scope a common word may be rare; elsewhere its number is enough to leave it.
                if within.seqs is None and self._of(term).count(db, term) > limit + len(within.left_out):
                    continue
                seqs = within.of(self._of(term).held(db, term).seqs)
                if len(seqs) <= limit:
                    found[term] = seqs
        return found

    def frequencies(self, terms: Sequence[str], scope: Scope) -> Mapping[str, int]:
        """See the port."""
        with self._vault.reading() as db:
            within = self._within(db, scope)
            return {term: self._frequency(db, term, within) for term in dict.fromkeys(terms)}

    def size(self, scope: Scope) -> int:
        """See the port."""
        with self._vault.reading() as db:
            return self._within(db, scope).size

    def _of(self, term: str) -> TermIndex:
        return self._pairs if is_unspaced(term) else self._words

    def _frequency(self, db: apsw.Connection, term: str, within: _Within) -> int:
        if within.seqs is None and not len(within.left_out):
            return self._of(term).count(db, term)
        return len(within.of(self._of(term).held(db, term).seqs))

    def _kept(self, db: apsw.Connection, terms: Iterable[str], within: _Within) -> list[str]:
        """The rarest of the terms that any episode holds, as many as the bound admits; at least one."""
        counted = {term: self._of(term).count(db, term) for term in dict.fromkeys(terms)}
        present = sorted((term for term, count in counted.items() if count), key=counted.__getitem__)
        if self._most_rows is None or (within.seqs is not None and within.size <= SMALL_SCOPE):
            return present
        most = max(self._most_rows, MOST_SHARE * self._scopes[Scope()].size)
        kept, rows = present[:1], sum(counted[term] for term in present[:1])
        for term in present[1:]:
            rows += counted[term]
            if rows > most:
                break
            kept.append(term)
        return kept

    def _within(self, db: apsw.Connection, scope: Scope) -> _Within:
        """The scope, looked up once for all that a question asks, until the vault changes."""
        seen = (db.total_changes(), self._vault.undone)
        if self._seen != seen:
            self._words.refresh(db)
            self._pairs.refresh(db)
            self._scopes = {Scope(): _everything(db)}
            self._seen = seen
        if scope not in self._scopes:
            if len(self._scopes) > _SCOPES_KEPT:
                self._scopes = {Scope(): self._scopes[Scope()]}
            self._scopes[scope] = _look_up(db, scope, self._scopes[Scope()].size)
        return self._scopes[scope]


def _everything(db: apsw.Connection) -> _Within:
    count = fetch_number(db, f"SELECT count(*) FROM episodes AS e WHERE {CANDIDATE}")
    return _Within(None, np.empty(0, dtype=np.int64), count)


def _look_up(db: apsw.Connection, scope: Scope, everything: int) -> _Within:
    """Single memories that are left out, or else all that a scope holds."""
    nothing = np.empty(0, dtype=np.int64)
    if limits(replace(scope, exclude=frozenset())):
        where, values = conditions(scope)
        sql = f"SELECT group_concat(seq) FROM (SELECT e.seq AS seq FROM episodes AS e WHERE {where} ORDER BY seq)"
        seqs = numbers(fetch_first(db, sql, values)[0])
        return _Within(seqs, nothing, len(seqs))
    sql = f"SELECT e.seq FROM episodes AS e WHERE e.memory_id IN {THESE} AND {CANDIDATE} ORDER BY e.seq"
    left_out = fetch_first(db, sql, (json.dumps(sorted(scope.exclude)),))
    return _Within(None, np.array(left_out, dtype=np.int64), everything - len(left_out))


def _ranked(parts: Sequence[tuple[TermIndex, Held]], within: _Within, limit: int) -> list[Hit]:
    """The best of those that hold any of the terms."""
    last = max((int(held.seqs[-1]) for _, held in parts), default=0)
    scores = np.zeros(last + 1)
    for index, held in parts:
        index.add_scores(held, scores)
    found = within.of(np.flatnonzero(scores))
    if len(found) > limit:
        # By a threshold and not by place, so that those of equal score are cut off in their order.
        least = np.partition(scores[found], len(found) - limit)[len(found) - limit]
        found = found[scores[found] >= least]
    best = found[np.argsort(-scores[found], kind="stable")[:limit]]
    return [Hit(seq, score) for seq, score in zip(best.tolist(), scores[best].tolist(), strict=True)]
