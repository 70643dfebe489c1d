"""The search without an index in memory: sqlite-vec compares with every vector.

The table gives at most 4096 nearest, so that a search over the whole vault is exact as long as the best chunks of
the best `limit` episodes are among them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import apsw

from second_me.core.ports import Hit, Scope
from second_me.storage.index.scopes import conditions, limits
from second_me.storage.rows import THESE, fetch, fetch_first

_MOST_NEAREST = 4096


def scan(db: apsw.Connection, table: str, vector: bytes, scope: Scope, limit: int) -> list[Hit]:
    """Episodes of a scope by the cosine of their best chunk, best first. `vector` is packed float32."""
    # Few texts have several pieces; sqlite-vec's time grows with the number that it has to give.
    nearest = min(_MOST_NEAREST, max(limit + limit // 2, 64))
    chunks = _chunks_within(db, scope)
    while True:
        rows = _nearest(db, table, vector, chunks, nearest)
        hits = _best_of_each(db, rows, scope)
        if len(hits) >= limit or len(rows) < nearest or nearest == _MOST_NEAREST:
            return hits[:limit]
        nearest = min(_MOST_NEAREST, 8 * nearest)


def _chunks_within(db: apsw.Connection, scope: Scope) -> str | None:
    """Ids of the chunks of a scope, as JSON; None for the whole vault. Single memories go later."""
    wide = replace(scope, exclude=frozenset())
    if not limits(wide):
        return None
    where, values = conditions(wide)
    sql = f"SELECT h.chunk_id FROM episodes AS e JOIN chunks AS h ON h.seq = e.seq WHERE {where}"
    return json.dumps(fetch_first(db, sql, values))


def _nearest(
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
