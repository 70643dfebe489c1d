"""Vectors of chunks: sqlite-vec's `vec0` tables, one an embedder, which are the truth about vectors.

A search goes through the bit index in memory: the signs give a shortlist, the guessed cosines order it, and the first
of it are compared exactly, from the vault. Until the index is there, sqlite-vec compares with every vector.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import apsw
import numpy as np
import numpy.typing as npt

from second_me.core.ports import Hit, PendingChunk, Scope, Vector
from second_me.storage.index.bits import BitIndex, Floats, Ints
from second_me.storage.index.held import HeldBits
from second_me.storage.index.scan import scan
from second_me.storage.index.scopes import conditions, limits
from second_me.storage.index.stored import chunks_of, in_small_blocks, new_embedder, vectors_of
from second_me.storage.rows import THESE, fetch, fetch_first, fetch_number
from second_me.storage.vault import Vault

SHORTLIST = 2000
"""Chunks whose cosine is guessed; twice as many as episodes that are asked for, if that is more."""
STEP, MOST_EXACT = 32, 384
"""So many at a time are compared exactly, and at most so many in all (20 us each). See `_compared`."""
SURE, DEVIATIONS = 10, 1.5
"""It is enough when this many lie so far above the guess for the next one, in deviations of a guess."""
_PENDING = """
FROM pending_chunks AS p JOIN chunks AS h ON h.chunk_id = p.chunk_id JOIN episodes AS e ON e.seq = h.seq
"""


class Vectors:
    """Implements `core.ports.VectorIndex`."""

    def __init__(self, vault: Vault) -> None:
        self._vault, self._held = vault, HeldBits(vault)
        self._table: str | None = None
        self._dimensions = 0

    def use_embedder(self, name: str, dimensions: int) -> None:
        """See the port. Vectors of an embedder that was in use before are kept and taken up again."""
        query = "SELECT id, dimensions, in_use FROM embedders WHERE name = ?"
        with self._vault.writing() as db:
            known = fetch(db, query, (name,))
            number, stored, in_use = (
                known[0] if known else (new_embedder(db, name, dimensions), dimensions, 0)
            )
            if stored != dimensions:
                raise ValueError(f"embedder {name} has {stored} dimensions, not {dimensions}")
            table = f"vectors_{in_small_blocks(db, number, dimensions)}"
            if not in_use:
                _switch(db, name, table)
            self._table, self._dimensions = table, dimensions
            self._held.use(table, dimensions)

    def prepare(self, cancelled: Callable[[], bool]) -> None:
        """See the port: builds the bit index where there is none. Nothing before `use_embedder`."""
        self._held.build(cancelled)

    def nbytes(self) -> int:
        """Bytes that are held in memory."""
        return self._held.nbytes()

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
        with self._vault.writing() as db:
            table = self._in_use()
            packed = {chunk: self._packed(vector) for chunk, vector in vectors.items()}
            waiting = fetch(
                db,
                f"SELECT h.chunk_id, e.shown {_PENDING} WHERE p.chunk_id IN {THESE}",
                (json.dumps([int(chunk) for chunk in packed]),),
            )
            rows = [(chunk, packed[chunk], shown) for chunk, shown in waiting]
            db.executemany(f"INSERT INTO {table}(chunk_id, vector, live) VALUES (?, ?, ?)", rows)
            db.executemany("DELETE FROM pending_chunks WHERE chunk_id = ?", [row[:1] for row in waiting])
        with self._vault.reading() as db:
            self._held.current(db)  # a little now instead of much in the next search

    def search(self, vector: Vector, scope: Scope, limit: int) -> Sequence[Hit]:
        """See the port. The score is the cosine, 1 for the same direction; exact for the nearest chunks,
        guessed for what is behind them (see `_compared`)."""
        if limit <= 0:
            return []
        with self._vault.reading() as db:
            table, packed = self._in_use(), self._packed(vector)
            bits = self._held.current(db)
            if bits is None:
                return scan(db, table, packed, scope, limit)
            return self._ranked(db, bits, np.asarray(vector, dtype=np.float32), scope, limit)

    def cosines(self, vector: Vector, seqs: npt.ArrayLike) -> Floats:
        """See the port. All guessed from the signs (root mean square error .04), also those that `search`
        gives exactly; all exact where the bit index is not there yet."""
        query, wanted = np.asarray(vector, dtype=np.float32), np.asarray(seqs, dtype=np.int64)
        with self._vault.reading() as db:
            self._packed(query)
            bits = self._held.current(db)
            if bits is not None:
                return bits.cosines(query, wanted)
            found = np.full(wanted.shape, np.nan, dtype=np.float32)
            of, chunks = chunks_of(db, wanted.tolist())
            best: dict[int, float] = {}
            for seq, cosine in zip(of.tolist(), self._exact(db, query, chunks).tolist(), strict=True):
                if not np.isnan(cosine):
                    best[seq] = max(cosine, best.get(seq, -1.0))
        for at, seq in enumerate(wanted.tolist()):
            found[at] = best.get(seq, np.nan)
        return found

    def _ranked(
        self, db: apsw.Connection, bits: BitIndex, query: Vector, scope: Scope, limit: int
    ) -> list[Hit]:
        rows, barred = _rows_within(db, bits, scope), _barred(db, bits, scope)
        most = len(bits) if rows is None else len(rows)
        count = max(SHORTLIST, 2 * limit) + len(barred)
        while True:
            near = bits.shortlist(query, rows, count)
            near = near[~np.isin(near, barred)]
            hits = self._best_of_each(db, bits, query, near, limit)
            if len(hits) == limit or count >= most:
                return hits
            count *= 4

    def _best_of_each(
        self, db: apsw.Connection, bits: BitIndex, query: Vector, rows: Ints, limit: int
    ) -> list[Hit]:
        """The first episodes of these rows, each once, by its best chunk, best first."""
        scores = self._compared(db, bits, query, rows)
        order = np.argsort(-scores, kind="stable")
        seqs = bits.seqs[rows[order]]
        best = np.sort(np.unique(seqs, return_index=True)[1])[:limit]
        scores = scores[order][best]
        return [Hit(seq, score) for seq, score in zip(seqs[best].tolist(), scores.tolist(), strict=True)]

    def _compared(self, db: apsw.Connection, bits: BitIndex, query: Vector, rows: Ints) -> Floats:
        """The cosine of each row: exact for the nearest, guessed for what is behind them.

        What is guessed highest is compared first, until the ten nearest are most likely among it: 110 at
        100,000 vectors (benchmarks/scale_texts.py), where .998 of the ten nearest are found; more where many
        are equally near.
        """
        scores = bits.estimates(query, rows)
        order = np.argsort(-scores, kind="stable")
        margin, done = DEVIATIONS * bits.deviation, 0
        while done < min(len(order), MOST_EXACT):
            part = order[done : done + STEP]
            scores[part] = self._exact(db, query, bits.chunks[rows[part]])
            done += len(part)
            enough = done >= len(order) or _tenth(scores[order[:done]]) >= scores[order[done]] + margin
            if enough:
                break
        return scores

    def _exact(self, db: apsw.Connection, query: Vector, chunks: Ints) -> Floats:
        """The cosine of each chunk, NaN where it has no vector."""
        found, vectors = vectors_of(db, self._in_use(), chunks.tolist(), self._dimensions)
        length = np.linalg.norm(vectors, axis=1) * np.linalg.norm(query)
        cosine = dict(zip(found.tolist(), (vectors @ query / length).tolist(), strict=True))
        return np.array([cosine.get(chunk, np.nan) for chunk in chunks.tolist()], dtype=np.float32)

    def _in_use(self) -> str:
        if self._table is None:
            raise RuntimeError("use_embedder was not called")
        return self._table

    def _packed(self, vector: Vector) -> bytes:
        packed = np.ascontiguousarray(vector, dtype="<f4")
        if packed.shape != (self._dimensions,) or not np.isfinite(packed).all() or not packed.any():
            raise ValueError(f"no direction of {self._dimensions} dimensions")
        return packed.tobytes()


def _switch(db: apsw.Connection, name: str, table: str) -> None:
    db.execute("UPDATE embedders SET in_use = (name = ?)", (name,))
    there = json.dumps(fetch_first(db, f"SELECT chunk_id FROM {table}"))
    db.execute("DELETE FROM pending_chunks")
    db.execute(
        f"INSERT INTO pending_chunks SELECT chunk_id FROM chunks WHERE chunk_id NOT IN {THESE}", (there,)
    )


def _tenth(scores: Floats) -> float:
    """The score of the last that has to be sure; the least where they are fewer."""
    last = min(SURE, len(scores))
    return float(np.partition(scores, -last)[-last])


def _rows_within(db: apsw.Connection, bits: BitIndex, scope: Scope) -> Ints | None:
    """The rows of a scope in order; None for all. Single memories go later."""
    wide = replace(scope, exclude=frozenset())
    if not limits(wide):
        return None
    where, values = conditions(wide)
    return bits.rows_of(_seqs(db, f"SELECT e.seq FROM episodes AS e WHERE {where}", values))[0]


def _barred(db: apsw.Connection, bits: BitIndex, scope: Scope) -> Ints:
    """The rows of the memories that a scope excludes."""
    sql = f"SELECT seq FROM episodes WHERE memory_id IN {THESE}"
    return bits.rows_of(_seqs(db, sql, [json.dumps(sorted(scope.exclude))]))[0]


def _seqs(db: apsw.Connection, sql: str, values: Sequence[int | str]) -> Ints:
    return np.sort(np.array(fetch_first(db, sql, values), dtype=np.int64))
