"""Vectors of chunks: sqlite-vec's `vec0` tables, one an embedder, which are the truth about vectors.

A scan compares with every vector. The table gives at most 4096 nearest, so that a search over the whole vault
is exact as long as the best chunks of the best `limit` episodes are among them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import apsw
import numpy as np

from second_me.core.ports import Hit, PendingChunk, Scope, Vector
from second_me.storage.index.scopes import conditions, limits
from second_me.storage.rows import THESE, fetch, fetch_first, fetch_number
from second_me.storage.vault import Vault

_MOST_NEAREST = 4096
_PENDING = """
FROM pending_chunks AS p JOIN chunks AS h ON h.chunk_id = p.chunk_id JOIN episodes AS e ON e.seq = h.seq
"""


class Vectors:
    """Implements `core.ports.VectorIndex`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._table: str | None = None
        self._dimensions = 0

    def use_embedder(self, name: str, dimensions: int) -> None:
        """See the port. Vectors of an embedder that was in use before are kept and taken up again."""
        query = "SELECT id, dimensions, in_use FROM embedders WHERE name = ?"
        with self._vault.writing() as db:
            known = fetch(db, query, (name,))
            number, stored, in_use = (
                known[0] if known else (_new_embedder(db, name, dimensions), dimensions, 0)
            )
            if stored != dimensions:
                raise ValueError(f"embedder {name} has {stored} dimensions, not {dimensions}")
            table = f"vectors_{number}"
            if not in_use:
                _switch(db, number, table)
        self._table, self._dimensions = table, dimensions

    def pending(self, limit: int) -> Sequence[PendingChunk]:
        """See the port."""
        query = (
            f'SELECT h.chunk_id, e.text, h.start, h."end", e.speaker {_PENDING}'
            " WHERE e.shown ORDER BY h.chunk_id LIMIT ?"
        )
        with self._vault.reading() as db:
            rows = fetch(db, query, (limit,))
        # Cut here: SQLite's substr stops at a NUL.
        return [PendingChunk(chunk, text[start:end], speaker) for chunk, text, start, end, speaker in rows]

    def pending_count(self) -> int:
        """See the port."""
        with self._vault.reading() as db:
            return fetch_number(db, f"SELECT count(*) {_PENDING} WHERE e.shown")

    def store(self, vectors: Mapping[int, Vector]) -> None:
        """See the port. Chunks that have a vector already keep it."""
        if not vectors:
            return
        table = self._in_use()
        packed = {chunk: self._packed(vector) for chunk, vector in vectors.items()}
        with self._vault.writing() as db:
            waiting = fetch(
                db,
                f"SELECT h.chunk_id, e.shown {_PENDING} WHERE p.chunk_id IN {THESE}",
                (json.dumps([int(chunk) for chunk in packed]),),
            )
            rows = [(chunk, packed[chunk], shown) for chunk, shown in waiting]
            db.executemany(f"INSERT INTO {table}(chunk_id, vector, live) VALUES (?, ?, ?)", rows)
            db.executemany("DELETE FROM pending_chunks WHERE chunk_id = ?", [row[:1] for row in waiting])

    def search(self, vector: Vector, scope: Scope, limit: int) -> Sequence[Hit]:
        """See the port. The score is the cosine, 1 for the same direction."""
        if limit <= 0:
            return []
        table, packed = self._in_use(), self._packed(vector)
        # Few texts have several pieces; sqlite-vec's time grows with the number that it has to give.
        nearest = min(_MOST_NEAREST, max(limit + limit // 2, 64))
        with self._vault.reading() as db:
            chunks = _chunks_within(db, scope)
            while True:
                rows = _scan(db, table, packed, chunks, nearest)
                hits = _best_of_each(db, rows, scope)
                if len(hits) >= limit or len(rows) < nearest or nearest == _MOST_NEAREST:
                    return hits[:limit]
                nearest = min(_MOST_NEAREST, 8 * nearest)

    def _in_use(self) -> str:
        if self._table is None:
            raise RuntimeError("use_embedder was not called")
        return self._table

    def _packed(self, vector: Vector) -> bytes:
        packed = np.ascontiguousarray(vector, dtype="<f4")
        if packed.shape != (self._dimensions,) or not np.isfinite(packed).all() or not packed.any():
            raise ValueError(f"no direction of {self._dimensions} dimensions")
        return packed.tobytes()


def _new_embedder(db: apsw.Connection, name: str, dimensions: int) -> int:
    sql = "INSERT INTO embedders(name, dimensions, in_use) VALUES (?, ?, 0) RETURNING id"
    number = fetch_number(db, sql, (name, dimensions))
    db.execute(
        f"CREATE VIRTUAL TABLE vectors_{number} USING vec0("
        f"chunk_id INTEGER PRIMARY KEY, vector FLOAT[{dimensions:d}] distance_metric=cosine, live INTEGER)"
    )
    return number


def _switch(db: apsw.Connection, number: int, table: str) -> None:
    db.execute("UPDATE embedders SET in_use = (id = ?)", (number,))
    there = json.dumps(fetch_first(db, f"SELECT chunk_id FROM {table}"))
    db.execute("DELETE FROM pending_chunks")
    db.execute(
        f"INSERT INTO pending_chunks SELECT chunk_id FROM chunks WHERE chunk_id NOT IN {THESE}", (there,)
    )


def _chunks_within(db: apsw.Connection, scope: Scope) -> str | None:
    """Ids of the chunks of a scope, as JSON; None for the whole vault. Single memories go later."""
    wide = replace(scope, exclude=frozenset())
    if not limits(wide):
        return None
    where, values = conditions(wide)
    sql = f"SELECT h.chunk_id FROM episodes AS e JOIN chunks AS h ON h.seq = e.seq WHERE {where}"
    return json.dumps(fetch_first(db, sql, values))


def _scan(
    db: apsw.Connection, table: str, vector: bytes, chunks: str | None, nearest: int
) -> list[tuple[int, float]]:
    """The nearest chunks (chunk id, cosine), nearest first."""
    sql = f"SELECT chunk_id, 1.0 - distance FROM {table} WHERE vector MATCH ? AND k = ? AND live = 1"
    if chunks is None:
        return fetch(db, sql + " ORDER BY distance", (vector, nearest))
    return fetch(db, f"{sql} AND chunk_id IN {THESE} ORDER BY distance", (vector, nearest, chunks))


def _best_of_each(db: apsw.Connection, chunks: Sequence[tuple[int, float]], scope: Scope) -> list[Hit]:
    """The episodes of chunks that are sorted, each once, by its best chunk."""
    rows = fetch(
        db,
        "SELECT h.chunk_id, h.seq, e.memory_id FROM chunks AS h JOIN episodes AS e ON e.seq = h.seq "
        f"WHERE h.chunk_id IN {THESE}",
        (json.dumps([chunk for chunk, _ in chunks]),),
    )
    episode_of = {chunk: seq for chunk, seq, memory_id in rows if memory_id not in scope.exclude}
    best: dict[int, Hit] = {}
    for chunk, cosine in chunks:
        seq = episode_of.get(chunk)
        if seq is not None and seq not in best:
            best[seq] = Hit(seq, cosine)
    return list(best.values())
