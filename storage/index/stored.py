"""Reading and making the `vec0` tables, which are the truth about vectors.

A table keeps its vectors in blocks, each one value of 8 vectors (12 kB for 384 dimensions). sqlite-vec's own size is
1024: to read one vector of such a block SQLite walks through the pages before it, each to be decrypted. In a
vault of 100,000 vectors 128 of them cost 100 ms of processor time then, and 2.7 ms in blocks of 8. A scan, and the
file, stay as they were.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw
import numpy as np
import numpy.typing as npt

from second_me.core.ports import Matrix
from second_me.storage.rows import THESE, Row, fetch, fetch_first, fetch_number

BLOCK = 8
Ints = npt.NDArray[np.int64]


def new_embedder(db: apsw.Connection, name: str, dimensions: int) -> int:
    """Its number, with an empty table `vectors_<number>`."""
    sql = "INSERT INTO embedders(name, dimensions, in_use) VALUES (?, ?, 0) RETURNING id"
    number = fetch_number(db, sql, (name, dimensions))
    _make_table(db, number, dimensions)
    return number


def in_small_blocks(db: apsw.Connection, number: int, dimensions: int) -> int:
    """The number of the same embedder with its vectors in small blocks; copied when they lie in large ones."""
    sql = fetch_first(db, "SELECT sql FROM sqlite_master WHERE name = ?", (f"vectors_{number}",))[0]
    if f"chunk_size={BLOCK}" in sql:
        return number
    fresh = fetch_number(db, "SELECT max(id) + 1 FROM embedders")
    _make_table(db, fresh, dimensions)
    db.execute(f"INSERT INTO vectors_{fresh}(chunk_id, vector, live) SELECT * FROM vectors_{number}")
    db.execute(f"DROP TABLE vectors_{number}")
    db.execute("UPDATE embedders SET id = ? WHERE id = ?", (fresh, number))
    return fresh


def vectors_of(
    db: apsw.Connection, table: str, chunks: Sequence[int], dimensions: int
) -> tuple[Ints, Matrix]:
    """(chunk ids, their vectors (rows, dimensions)) of the chunks that have one."""
    query = f"SELECT chunk_id, vector FROM {table} WHERE chunk_id = ?"
    # One by one in their order: sqlite-vec is several times slower with IN.
    rows: list[Row] = db.executemany(query, [(chunk,) for chunk in sorted(chunks)]).fetchall()
    found = np.array([row[0] for row in rows], dtype=np.int64)
    return found, _matrix([row[1] for row in rows], dimensions)


def chunks_of(db: apsw.Connection, seqs: Sequence[int]) -> tuple[Ints, Ints]:
    """(seqs, chunk ids) of the chunks of those of these episodes that can be found."""
    sql = (
        "SELECT h.seq, h.chunk_id FROM episodes AS e JOIN chunks AS h ON h.seq = e.seq "
        f"WHERE e.shown AND e.seq IN {THESE}"
    )
    pairs = np.array(fetch(db, sql, (json.dumps(list(seqs)),)), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def next_blocks(
    db: apsw.Connection, table: str, dimensions: int, after: int, count: int
) -> tuple[int, Ints, Matrix] | None:
    """(last block, chunk ids, vectors) of the next `count` blocks after one, read as they lie; None at the end.

    Four times as fast as asking for rows. Raises LayoutUnknown where sqlite-vec keeps them in another way.
    """
    # CROSS JOIN and _rowid_ (their `rowid` is a column of its own): else SQLite scans all vectors each time.
    sql = (
        f"SELECT b.chunk_id, b.validity, b.rowids, v.vectors FROM {table}_chunks AS b CROSS JOIN "
        f"{table}_vector_chunks00 AS v ON v._rowid_ = b.chunk_id WHERE b.chunk_id > ? "
        "ORDER BY b.chunk_id LIMIT ?"
    )
    try:
        rows = fetch(db, sql, (after, count))
    except apsw.SQLError as error:
        raise LayoutUnknown from error
    if not rows:
        return None
    valid = np.unpackbits(_bytes([row[1] for row in rows]), bitorder="little").astype(np.bool_)
    ids = _bytes([row[2] for row in rows]).view("<i8")
    values = _bytes([row[3] for row in rows])
    if values.size != 4 * dimensions * ids.size or valid.size != ids.size:
        raise LayoutUnknown
    return rows[-1][0], ids[valid].astype(np.int64), values.view("<f4").reshape(-1, dimensions)[valid]


def all_vectors(db: apsw.Connection, table: str, dimensions: int) -> tuple[Ints, Matrix]:
    """(chunk ids, vectors) in the way that sqlite-vec documents."""
    rows = fetch(db, f"SELECT chunk_id, vector FROM {table}")
    return np.array([row[0] for row in rows], dtype=np.int64), _matrix([row[1] for row in rows], dimensions)


class LayoutUnknown(Exception):
    """The blocks of this version of sqlite-vec are not laid out as we know them."""


def _make_table(db: apsw.Connection, number: int, dimensions: int) -> None:
    db.execute(
        f"CREATE VIRTUAL TABLE vectors_{number} USING vec0(chunk_id INTEGER PRIMARY KEY, "
        f"vector FLOAT[{dimensions:d}] distance_metric=cosine, live INTEGER, chunk_size={BLOCK})"
    )


def _bytes(values: Sequence[bytes]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(b"".join(values), dtype=np.uint8)


def _matrix(values: Sequence[bytes], dimensions: int) -> Matrix:
    return _bytes(values).view("<f4").reshape(-1, dimensions)
