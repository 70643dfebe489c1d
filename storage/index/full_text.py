"""Words and pairs of letters: FTS5 with BM25.

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
from second_me.storage.index.scopes import CANDIDATE, conditions, limits
from second_me.storage.index.terms import INDEXES, Index, held_by, index_of, quoted
from second_me.storage.rows import THESE, Row, fetch, fetch_first, fetch_number
from second_me.storage.vault import Vault

MOST_ROWS = 6000
"""Episodes that a search looks at, counted once for each term that they hold."""

COUNTED = 20_000
"""A term held by more is not counted anew within a scope, but taken to be as frequent there as elsewhere."""


@dataclass(frozen=True, slots=True)
class _Within:
    """A scope as SQL. `where` is empty where no more than `left_out` is left out of the whole vault.

    `first` to `last` are the seqs between which the scope lies.
    """

    where: str
    values: tuple[str | int, ...]
    first: int
    last: int
    left_out: frozenset[int]

    @property
    def reach(self) -> int:
        """No more episodes than this are in it."""
        return self.last - self.first + 1

    def rows(self, index: Index, what: str, match: str) -> tuple[str, tuple[str | int, ...]]:
        """(SQL, its values): columns of what matches within the scope, the index's rows in order."""
        table = index.table
        if not self.where:
            return f"SELECT {what} FROM {table} WHERE {table} MATCH ?", (match,)
        # The index first: the other way round every episode of the scope would be looked up in it.
        sql = (
            f"SELECT {what} FROM {table} CROSS JOIN episodes AS e ON e.seq = {table}.rowid "
            f"WHERE {table} MATCH ? AND {table}.rowid BETWEEN ? AND ? AND {self.where}"
        )
        return sql, (match, self.first, self.last, *self.values)


class FullText:
    """Implements `core.ports.SearchIndex`. Words of one stem count as one.

    `most_rows` bounds what a search looks at; None: every episode that holds any of the terms.
    """

    def __init__(self, vault: Vault, most_rows: int | None = MOST_ROWS) -> None:
        self._vault, self._most_rows = vault, most_rows
        self._size = (-1, 0)

    def search(self, terms: Sequence[str], scope: Scope, limit: int) -> Sequence[Hit]:
        """See the port. Rarity of a word is counted over the whole vault, also within a scope."""
        if not terms or limit <= 0:
            return []
        scores: dict[int, float] = {}
        with self._vault.reading() as db:
            within = _within(db, scope)
            kept = self._kept(db, terms, within)
            for index in INDEXES:
                of_index = [term for term in kept if index_of(term) is index]
                for seq, score in _ranked(db, index, of_index, within, limit):
                    scores[seq] = scores.get(seq, 0.0) + score
        best = sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))
        return [Hit(seq, score) for seq, score in best[:limit]]

    def postings(self, terms: Sequence[str], scope: Scope, limit: int) -> Mapping[str, Postings]:
        """See the port. `limit` counts episodes of the scope."""
        found: dict[str, Postings] = {}
        with self._vault.reading() as db:
            within = _within(db, scope)
            for term in dict.fromkeys(terms):
                # Within a scope a common word may be rare; without one its number is known at once.
                if within.where or held_by(db, term) <= limit + len(within.left_out):
                    seqs = _holding(db, term, within, limit)
                    if len(seqs) <= limit:
                        found[term] = seqs
        return found

    def frequencies(self, terms: Sequence[str], scope: Scope) -> Mapping[str, int]:
        """See the port. Within a scope the number of a term held by more than 20,000 is an estimate."""
        with self._vault.reading() as db:
            within = _within(db, scope)
            share = self.size(scope) / max(self.size(Scope()), 1) if within.where else 1.0
            return {term: _frequency(db, term, within, share) for term in dict.fromkeys(terms)}

    def size(self, scope: Scope) -> int:
        """See the port."""
        with self._vault.reading() as db:
            within = _within(db, scope)
            if within.where:
                where, values = conditions(scope)
                return fetch_number(db, f"SELECT count(*) FROM episodes AS e WHERE {where}", values)
            # Counting all takes milliseconds at 100,000, and nothing changes between most questions.
            if self._size[0] != db.total_changes():
                count = fetch_number(db, f"SELECT count(*) FROM episodes AS e WHERE {CANDIDATE}")
                self._size = (db.total_changes(), count)
            return self._size[1] - len(within.left_out)

    def _kept(self, db: apsw.Connection, terms: Iterable[str], within: _Within) -> list[str]:
        """The rarest of the terms that any episode holds, as many as the bound admits; at least one."""
        counted = {term: held_by(db, term) for term in dict.fromkeys(terms)}
        present = sorted((term for term, count in counted.items() if count), key=counted.__getitem__)
        if self._most_rows is None or within.reach <= self._most_rows:
            return present
        kept, rows = present[:1], sum(counted[term] for term in present[:1])
        for term in present[1:]:
            rows += counted[term]
            if rows > self._most_rows:
                break
            kept.append(term)
        return kept


def _within(db: apsw.Connection, scope: Scope) -> _Within:
    """The scope, looked up as far as that is cheap: single memories, and where a conversation lies."""
    if not limits(replace(scope, exclude=frozenset())):
        last = fetch_number(db, "SELECT coalesce(max(seq), 0) FROM episodes")
        return _Within("", (), 1, last, _seqs_of(db, scope.exclude))
    where, values = conditions(scope)
    first, last = 1, fetch_number(db, "SELECT coalesce(max(seq), 0) FROM episodes")
    if scope.conversation is not None:
        span = _of_conversation(db, scope.conversation)
        first, last = span if span is not None else (1, 0)
    return _Within(where, tuple(values), first, last, frozenset())


def _of_conversation(db: apsw.Connection, prefix: str) -> tuple[int, int] | None:
    where, values = conditions(Scope(conversation=prefix))
    of_conversation = where.removeprefix(f"{CANDIDATE} AND ")
    row = fetch(db, f"SELECT min(e.seq), max(e.seq) FROM episodes AS e WHERE {of_conversation}", values)[0]
    return None if row[0] is None else (int(row[0]), int(row[1]))


def _seqs_of(db: apsw.Connection, memory_ids: Iterable[str]) -> frozenset[int]:
    """Those of the memories that a search would find."""
    these = json.dumps(sorted(memory_ids))
    sql = f"SELECT e.seq FROM episodes AS e WHERE e.memory_id IN {THESE} AND {CANDIDATE}"
    return frozenset(fetch_first(db, sql, (these,))) if memory_ids else frozenset()


def _ranked(
    db: apsw.Connection, index: Index, terms: Sequence[str], within: _Within, limit: int
) -> list[Row]:
    """(seq, BM25 as a positive score) of the best that hold any of the terms."""
    if not terms:
        return []
    table = index.table
    match = " OR ".join(quoted(term) for term in terms)
    sql, values = within.rows(index, f"{table}.rowid, -{table}.rank", match)
    rows = fetch(db, f"{sql} ORDER BY {table}.rank LIMIT ?", (*values, limit + len(within.left_out)))
    return [row for row in rows if row[0] not in within.left_out]


def _holding(db: apsw.Connection, term: str, within: _Within, limit: int) -> Postings:
    """The seqs that hold a term, ascending, no more than one over the limit."""
    index = index_of(term)
    sql, values = within.rows(index, f"{index.table}.rowid AS seq", quoted(term))
    most = limit + len(within.left_out) + 1
    # One row of text that numpy reads takes a third of the time of a row for each.
    (text,) = fetch_first(db, f"SELECT group_concat(seq) FROM ({sql} LIMIT ?)", (*values, most))
    seqs = np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)
    return np.setdiff1d(seqs, list(within.left_out)) if within.left_out else seqs


def _frequency(db: apsw.Connection, term: str, within: _Within, share: float) -> int:
    """How many episodes of the scope hold a term; `share` of all episodes are in it."""
    everywhere = held_by(db, term)
    if not everywhere:
        return 0
    index = index_of(term)
    if not within.where:
        sql = f"SELECT count(*) FROM {index.table} WHERE {index.table} MATCH ? AND rowid = ?"
        return everywhere - sum(fetch_number(db, sql, (quoted(term), seq)) for seq in within.left_out)
    if min(everywhere, within.reach) > COUNTED:
        return round(everywhere * share)
    sql, values = within.rows(index, "count(*)", quoted(term))
    return fetch_number(db, sql, values)
