"""The pages of the tables: whether they fit together (SQLite's quick_check), a table at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import apsw

from second_me.storage.checks.findings import Finding, Findings, Slice
from second_me.storage.checks.sources import LAST
from second_me.storage.rows import fetch, fetch_first, fetch_number

SECONDS = 0.2
"""A table that takes longer is left alone: its rows are read in slices, and a page that was changed on the disk is
an error when it is read."""
_OPERATIONS = 1000
_TABLES = "FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name > ?"


class TableCheck:
    """The part that goes through the tables by name."""

    def size(self, db: apsw.Connection, after: int | str) -> int:
        """Tables that are left."""
        return fetch_number(db, f"SELECT count(*) {_TABLES}", (str(after or ""),))

    def next(self, db: apsw.Connection, after: int | str) -> Slice:
        """The next table."""
        found = fetch_first(db, f"SELECT name {_TABLES} ORDER BY name LIMIT 1", (str(after or ""),))
        return Slice(str(after or ""), found[0] if found else LAST)

    def look(self, db: apsw.Connection, part: Slice) -> Findings:
        """The table if it is damaged."""
        if part.last == LAST:
            return {}
        name = str(part.last)
        with _limited(db):
            try:
                sound = fetch(db, f'PRAGMA quick_check("{name}")') == [("ok",)]
            except apsw.InterruptError:
                sound = True
        return {} if sound else {Finding.DAMAGED: [name]}

    def mend(self, db: apsw.Connection, found: Findings) -> Sequence[Finding]:
        """Nothing can be done about it here."""
        return []


@contextmanager
def _limited(db: apsw.Connection) -> Iterator[None]:
    until = time.monotonic() + SECONDS
    db.set_progress_handler(lambda: time.monotonic() > until, _OPERATIONS)
    try:
        yield
    finally:
        db.set_progress_handler(None)
