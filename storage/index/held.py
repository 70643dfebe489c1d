"""The bit index of an open vault: built in the background, then changed as the vault changes.

All is done while the vault is held, so nobody sees it half changed. Before it is there, and within a transaction
that has changed something, there is none: who searches scans.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import apsw
import numpy as np

from second_me.storage.index.bits import BitIndex, Ints, Signs, signs_of
from second_me.storage.index.changes import VECTORS, Changes
from second_me.storage.index.scopes import CANDIDATE
from second_me.storage.index.stored import LayoutUnknown, all_vectors, chunks_of, next_blocks, vectors_of
from second_me.storage.vault import Vault

_BLOCKS = 512
"""Read at once while the vault is held: 4096 vectors, some 15 ms."""
_MANY = 20_000
"""More changed episodes than these are a reason to build it anew (20 us a vector that is read)."""


class HeldBits:
    """Knows the bit index of the table in use, or that there is none yet."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._changes = Changes(vault, VECTORS)
        self._building = threading.Lock()
        self._index: BitIndex | None = None
        self._table, self._dimensions = "", 0

    def use(self, table: str, dimensions: int) -> None:
        """From now on it is about this table. Only while the vault is held."""
        if table != self._table:
            self._table, self._dimensions, self._index = table, dimensions, None

    def nbytes(self) -> int:
        """Bytes that are held in memory."""
        return self._index.nbytes if self._index else 0

    def current(self, db: apsw.Connection) -> BitIndex | None:
        """The index as the database is now; None when there is none that can say it."""
        if self._index is None:
            return None
        if db.in_transaction:
            return None if self._changes.any(db) else self._index
        seqs = self._changes.seqs(db, _MANY)
        if seqs is None:
            self._index = None
        elif seqs:
            of, chunks = chunks_of(db, seqs)
            there, vectors = vectors_of(db, self._table, chunks.tolist(), self._dimensions)
            owner = dict(zip(chunks.tolist(), of.tolist(), strict=True))
            now = np.array([owner[chunk] for chunk in there.tolist()], dtype=np.int64)
            self._index.replace(np.array(seqs, dtype=np.int64), now, there, signs_of(vectors))
            self._changes.clear(db)
        return self._index

    def build(self, cancelled: Callable[[], bool]) -> None:
        """Make it if there is none. The vault is free between batches; what changes meanwhile is made good."""
        with self._building:
            with self._vault.reading() as db:
                if db.in_transaction or not self._table or self.current(db) is not None:
                    return
                table = self._table
                self._changes.clear(db)
            batches = self._read(table, cancelled)
            if batches is None:
                return
            with self._vault.reading() as db:
                if table == self._table and not db.in_transaction:
                    self._index = _assembled(db, batches, self._dimensions)
                    self.current(db)

    def _read(self, table: str, cancelled: Callable[[], bool]) -> list[_Batch] | None:
        """All signs of a table; None when it was cancelled or another table is in use by now."""
        batches: list[_Batch] = []
        block = 0
        while True:
            with self._vault.reading() as db:
                if cancelled() or table != self._table:
                    return None
                try:
                    found = next_blocks(db, table, self._dimensions, block, _BLOCKS)
                except LayoutUnknown:
                    chunks, vectors = all_vectors(db, table, self._dimensions)
                    return [(chunks, signs_of(vectors))]
            if found is None:
                return batches
            block, chunks, vectors = found
            batches.append((chunks, signs_of(vectors)))


_Batch = tuple[Ints, Signs]
"""(chunk ids, signs)."""


def _assembled(db: apsw.Connection, batches: list[_Batch], dimensions: int) -> BitIndex:
    """The index of the chunks among these whose episodes can be found now."""
    known = _numbers(db, "SELECT chunk_id, seq FROM chunks ORDER BY chunk_id").reshape(-1, 2)
    # An index of the database covers this query: it reads no texts.
    shown = np.sort(_numbers(db, f"SELECT e.seq FROM episodes AS e WHERE {CANDIDATE}"))
    seqs, chunks, signs = [_NONE], [_NONE], [np.zeros((-(-dimensions // 64), 0), dtype=np.uint64)]
    while batches:
        ids, bits = batches.pop(0)
        seq = _looked_up(known[:, 0], known[:, 1], ids)
        keep = _looked_up(shown, shown, seq) >= 0
        seqs.append(seq[keep])
        chunks.append(ids[keep])
        signs.append(np.compress(keep, bits, axis=1))
    return BitIndex(dimensions, np.concatenate(seqs), np.concatenate(chunks), np.concatenate(signs, axis=1))


_NONE = np.zeros(0, dtype=np.int64)


def _looked_up(keys: Ints, values: Ints, wanted: Ints) -> Ints:
    """The value of each wanted key, -1 where it is none; `keys` are in order."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], -1)


def _numbers(db: apsw.Connection, sql: str) -> Ints:
    """All numbers of all rows, one after the other, without a list of a million tuples in between."""
    return np.fromiter(itertools.chain.from_iterable(db.execute(sql)), dtype=np.int64)
