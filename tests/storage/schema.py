"""The schema of a vault, read from the vault itself: which columns point to an episode, and what every cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import apsw

from second_me.storage.rows import fetch, fetch_first

_VIRTUAL = re.compile(r"^(words|bigrams|vectors_\d+)_")
_IDENTITY = re.compile(rb"\bm_[a-z2-7]{12}\b")
KEYS = {
    "seq": "SELECT seq FROM episodes",
    "memory_id": "SELECT memory_id FROM episodes",
    "answer_id": "SELECT memory_id FROM episodes",
    "question_id": "SELECT memory_id FROM episodes",
    "chunk_id": "SELECT chunk_id FROM chunks",
    "claim_id": "SELECT claim_id FROM claims",
    "grain_id": "SELECT id FROM grains",
}
"""What a column of this name points to, in whatever table."""


@dataclass(frozen=True, order=True)
class Column:
    """A column that points to an episode, or to something that was made of one. `there` selects what there is."""

    table: str
    name: str
    there: str

    def values(self, db: apsw.Connection) -> set[Any]:
        """What stands in it."""
        query = f'SELECT DISTINCT "{self.name}" FROM "{self.table}" WHERE "{self.name}" IS NOT NULL'
        return set(fetch_first(db, query))


def tables(db: apsw.Connection) -> list[str]:
    """All but those that FTS5 and sqlite-vec keep for themselves, and views upon them."""
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    names = [name for name, sql in fetch(db, query) if "fts5vocab" not in (sql or "")]
    return [name for name in names if not _VIRTUAL.match(name) and not name.startswith("sqlite_")]


def references(db: apsw.Connection) -> list[Column]:
    """All columns that point to an episode: by name, by a foreign key, and the rows of the indexes."""
    found = {Column(table, "rowid", KEYS["seq"]) for table in ("words", "bigrams")}
    for table in tables(db):
        targets = {row[3]: (row[2], row[4]) for row in fetch(db, f'PRAGMA foreign_key_list("{table}")')}
        for _, name, *_ in fetch(db, f'PRAGMA table_info("{table}")'):
            parent, column = targets.get(name, ("", ""))
            if name in KEYS:
                found.add(Column(table, name, KEYS[name]))
            elif parent not in ("", "conversations", "audit", "fills"):
                found.add(Column(table, name, f'SELECT "{column or name}" FROM "{parent}"'))
    return sorted(each for each in found if each.there != f"SELECT {each.name} FROM {each.table}")


def cells(db: apsw.Connection) -> Iterator[tuple[str, str, bytes]]:
    """(table, column, content) of every cell that holds text or bytes."""
    for table in tables(db):
        names = [row[1] for row in fetch(db, f'PRAGMA table_info("{table}")')]
        for row in fetch(db, f'SELECT * FROM "{table}"'):
            for name, value in zip(names, row, strict=False):
                if isinstance(value, str | bytes):
                    yield table, name, value.encode() if isinstance(value, str) else value


def pointing_nowhere(db: apsw.Connection) -> list[str]:
    """Columns with values that point to nothing, and cells that name a memory that is not there."""
    wrong = []
    for column in references(db):
        lost = column.values(db) - set(fetch_first(db, column.there))
        wrong += [f"{column.table}.{column.name}: {value}" for value in sorted(lost)]
    there = {each.encode() for each in fetch_first(db, "SELECT memory_id FROM episodes")}
    for table, name, content in cells(db):
        wrong += [f"{table}.{name}: {each!r}" for each in set(_IDENTITY.findall(content)) - there]
    return wrong + [f"foreign key: {row}" for row in fetch(db, "PRAGMA foreign_key_check")]
