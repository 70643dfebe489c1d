"""Chunks against their vectors."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from second_me.storage.checks.findings import END, Finding, Findings, Slice
from second_me.storage.repositories.showing import vector_tables
from second_me.storage.rows import Row, fetch, fetch_first, fetch_number

SLICE = 250


class VectorCheck:
    """The part that goes through the chunks."""

    def size(self, db: apsw.Connection, after: int | str) -> int:
        """Numbers that are left."""
        return fetch_number(db, "SELECT coalesce(max(chunk_id), 0) FROM chunks") - int(after)

    def next(self, db: apsw.Connection, after: int | str) -> Slice:
        """The chunks that come after a number."""
        query = "SELECT chunk_id FROM chunks WHERE chunk_id > ? ORDER BY chunk_id LIMIT ?"
        found = fetch_first(db, query, (after, SLICE))
        return Slice(after, found[-1] if len(found) == SLICE else END)

    def look(self, db: apsw.Connection, part: Slice) -> Findings:
        """What does not fit, by chunks."""
        query = (
            "SELECT h.chunk_id, e.shown FROM chunks AS h JOIN episodes AS e ON e.seq = h.seq "
            "WHERE h.chunk_id > ? AND h.chunk_id <= ?"
        )
        shown = {chunk: bool(mark) for chunk, mark in fetch(db, query, (part.after, part.last))}
        left, wrong = set[int](), set[int]()
        for table in vector_tables(db):
            marks = _marks(db, table, part)
            left |= marks.keys() - shown.keys()
            wrong |= {each for each, live in marks.items() if each in shown and live != shown[each]}
        return {
            Finding.UNWAITED: self._unwaited(db, part, set(shown)),
            Finding.VECTOR_LEFT: sorted(left),
            Finding.VECTOR_MARK: sorted(wrong),
        }

    def mend(self, db: apsw.Connection, found: Findings) -> Sequence[Finding]:
        """Put it right. What is left is overwritten before it goes: sqlite-vec keeps the bytes."""
        in_use = _in_use(db)
        for chunk in found[Finding.UNWAITED]:
            db.execute("DELETE FROM pending_chunks WHERE chunk_id = ?", (chunk,))
            if in_use and not fetch(db, f"SELECT 1 FROM {in_use} WHERE chunk_id = ?", (chunk,)):
                db.execute("INSERT INTO pending_chunks VALUES (?)", (chunk,))
        for table in vector_tables(db):
            self._overwrite(db, table, found[Finding.VECTOR_LEFT])
            self._mark(db, table, found[Finding.VECTOR_MARK])
        return list(found)

    def _unwaited(self, db: apsw.Connection, part: Slice, chunks: set[int]) -> list[int]:
        in_use = _in_use(db)
        if in_use is None:
            return []
        limits = (part.after, part.last)
        there = set(_marks(db, in_use, part))
        query = "SELECT chunk_id FROM pending_chunks WHERE chunk_id > ? AND chunk_id <= ?"
        waiting = set(fetch_first(db, query, limits))
        return sorted((chunks - there - waiting) | (there & waiting & chunks))

    def _overwrite(self, db: apsw.Connection, table: str, chunks: Sequence[int | str]) -> None:
        if not chunks:
            return
        number = int(table.removeprefix("vectors_"))
        nothing = bytes(4 * fetch_number(db, "SELECT dimensions FROM embedders WHERE id = ?", (number,)))
        there = _present(db, table, chunks)
        db.executemany(f"UPDATE {table} SET vector = ? WHERE chunk_id = ?", [(nothing, c) for c in there])
        db.executemany(f"DELETE FROM {table} WHERE chunk_id = ?", [(c,) for c in there])

    def _mark(self, db: apsw.Connection, table: str, chunks: Sequence[int | str]) -> None:
        for chunk in _present(db, table, chunks):
            query = "SELECT e.shown FROM chunks AS h JOIN episodes AS e ON e.seq = h.seq WHERE h.chunk_id = ?"
            shown = fetch_number(db, query, (chunk,))
            db.execute(f"UPDATE {table} SET live = ? WHERE chunk_id = ?", (shown, chunk))


def _in_use(db: apsw.Connection) -> str | None:
    return next(iter(fetch_first(db, "SELECT 'vectors_' || id FROM embedders WHERE in_use")), None)


def _marks(db: apsw.Connection, table: str, part: Slice) -> dict[int, bool]:
    """{chunk that has a vector: its mark}. Which ones there are stands in a table of sqlite-vec's own."""
    there = fetch_first(
        db, f"SELECT rowid FROM {table}_rowids WHERE rowid > ? AND rowid <= ?", (part.after, part.last)
    )
    return {chunk: bool(live) for chunk, live in _rows(db, f"SELECT chunk_id, live FROM {table}", there)}


def _present(db: apsw.Connection, table: str, chunks: Sequence[int | str]) -> list[int]:
    return [row[0] for row in _rows(db, f"SELECT chunk_id FROM {table}", chunks)]


def _rows(db: apsw.Connection, select: str, chunks: Sequence[int | str]) -> list[Row]:
    """One by one: with IN sqlite-vec goes through the whole table each time."""
    return db.executemany(f"{select} WHERE chunk_id = ?", [(chunk,) for chunk in chunks]).fetchall()
