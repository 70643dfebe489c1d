"""Answers and titles against the memories that they rest on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from second_me.storage.checks.findings import Finding, Findings, Slice
from second_me.storage.rows import THESE, fetch_first, fetch_number

SLICE = 200
LAST = "\U0010ffff"
"""After every key that is a text."""
_GONE = "NOT EXISTS (SELECT 1 FROM episodes AS e WHERE e.memory_id = {column})"


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """The part that goes through one table: `key` is the column by which it goes, `orphan` what must not be of a
    row, `left` what must not be either and is only told."""

    table: str
    key: str
    orphan: str
    left: str = "0"

    def size(self, db: apsw.Connection, after: int | str) -> int:
        """Rows that are left; of a large table a guess."""
        query = f"SELECT count(*) FROM (SELECT 1 FROM {self.table} WHERE {self.key} > ? LIMIT 10000)"
        return fetch_number(db, query, (str(after or ""),))

    def next(self, db: apsw.Connection, after: int | str) -> Slice:
        """The keys that come after one."""
        query = f"SELECT DISTINCT {self.key} FROM {self.table} WHERE {self.key} > ? ORDER BY 1 LIMIT ?"
        found = fetch_first(db, query, (str(after or ""), SLICE))
        return Slice(str(after or ""), found[-1] if len(found) == SLICE else LAST)

    def look(self, db: apsw.Connection, part: Slice) -> Findings:
        """Keys of rows that speak of what is gone."""
        return {
            Finding.ORPHAN: self._keys(db, part, f"({self.orphan}) AND NOT ({self.left})"),
            Finding.DERIVED_LEFT: self._keys(db, part, self.left),
        }

    def mend(self, db: apsw.Connection, found: Findings) -> Sequence[Finding]:
        """Take the orphans away."""
        these = (json.dumps(list(found[Finding.ORPHAN])),)
        rows = f"{self.key} IN {THESE} AND ({self.orphan}) AND NOT ({self.left})"
        db.execute(f"DELETE FROM {self.table} AS r WHERE {rows}", these)
        return [Finding.ORPHAN]

    def _keys(self, db: apsw.Connection, part: Slice, where: str) -> list[str]:
        query = (
            f"SELECT {self.key} FROM {self.table} AS r WHERE {self.key} > ? AND {self.key} <= ? AND {where}"
        )
        return fetch_first(db, query, (part.after, part.last))


_NO_ANSWER = "NOT EXISTS (SELECT 1 FROM answers AS a WHERE a.answer_id = r.answer_id)"
_NO_SOURCE = "r.source_kind = 'memory' AND " + _GONE.format(column="r.source_id")
_NO_DERIVED = (
    f"(r.derived_kind = 'memory' AND {_GONE.format(column='r.derived_id')}) OR (r.derived_kind = 'title' AND "
    "NOT EXISTS (SELECT 1 FROM conversations AS c WHERE c.name = r.derived_id))"
)
SOURCES = (
    SourceCheck("citations", "answer_id", f"{_NO_ANSWER} OR {_GONE.format(column='r.memory_id')}"),
    SourceCheck("considered", "answer_id", f"{_NO_ANSWER} OR {_GONE.format(column='r.memory_id')}"),
    SourceCheck(
        "feedback",
        "answer_id",
        f"{_NO_ANSWER} OR (r.memory_id IS NOT NULL AND {_GONE.format(column='r.memory_id')})",
    ),
    SourceCheck("lineage", "source_id", _NO_DERIVED, f"{_NO_SOURCE} AND NOT ({_NO_DERIVED})"),
)
