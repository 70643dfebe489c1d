"""Words: FTS5 with BM25."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from second_me.core.ports import Hit, Scope
from second_me.storage.index.scopes import conditions, limits
from second_me.storage.rows import fetch, fetch_first, fetch_number
from second_me.storage.vault import Vault

_JOINED = "FROM words JOIN episodes AS e ON e.seq = words.rowid WHERE words MATCH ? AND "


def quoted(term: str) -> str:
    """A term as an FTS5 string, in which nothing has a meaning of its own."""
    return '"' + term.replace("\0", " ").replace('"', '""') + '"'


class FullText:
    """Implements `core.ports.SearchIndex`. Words of one stem count as one."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def search(self, terms: Sequence[str], scope: Scope, limit: int) -> Sequence[Hit]:
        """See the port. Rarity of a word is counted over the whole vault, also within a scope."""
        if not terms or limit <= 0:
            return []
        sql = "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
        values: list[str | int] = []
        if limits(scope):
            where, values = conditions(scope)
            sql = f"SELECT e.seq, -words.rank {_JOINED} {where} ORDER BY words.rank, e.seq LIMIT ?"
        query = " OR ".join(quoted(term) for term in terms)
        with self._vault.reading() as db:
            return [Hit(seq, score) for seq, score in fetch(db, sql, (query, *values, limit))]

    def postings(self, terms: Sequence[str], scope: Scope, limit: int) -> Mapping[str, Sequence[int]]:
        """See the port. `limit` counts episodes of the scope."""
        sql, values = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", list[str | int]()
        if limits(scope):
            where, values = conditions(scope)
            sql = f"SELECT e.seq {_JOINED} {where} LIMIT ?"
        with self._vault.reading() as db:
            found = {
                term: fetch_first(db, sql, (quoted(term), *values, limit + 1))
                for term in dict.fromkeys(terms)
            }
        return {term: sorted(seqs) for term, seqs in found.items() if len(seqs) <= limit}

    def size(self, scope: Scope) -> int:
        """See the port."""
        where, values = conditions(scope)
        with self._vault.reading() as db:
            return fetch_number(db, f"SELECT count(*) FROM episodes AS e WHERE {where}", values)
