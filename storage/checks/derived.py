"""What was read out of episodes against their texts, and the rows that every episode has beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from second_me.core.memory.facts.claims import digest
from second_me.storage.checks.findings import END, Finding, Findings, Slice
from second_me.storage.rows import THESE, fetch, fetch_first, fetch_number

SLICE = 250


@dataclass(frozen=True, slots=True)
class PassageCheck:
    """The part that goes through claims, or definitions: whether the text is the one that they were read in.

    One that does not fit is of no use to anybody: it goes, and its episode is read again."""

    table: str
    key: str
    last: str

    def size(self, db: apsw.Connection, after: int | str) -> int:
        """Numbers that are left."""
        return fetch_number(db, f"SELECT coalesce(max({self.key}), 0) FROM {self.table}") - int(after)

    def next(self, db: apsw.Connection, after: int | str) -> Slice:
        """Those that come after a number."""
        query = f"SELECT {self.key} FROM {self.table} WHERE {self.key} > ? ORDER BY 1 LIMIT ?"
        found = fetch_first(db, query, (after, SLICE))
        return Slice(after, found[-1] if len(found) == SLICE else END)

    def look(self, db: apsw.Connection, part: Slice) -> Findings:
        """Those that do not fit."""
        query = (
            f"SELECT p.{self.key}, p.digest, p.{self.last}, e.text FROM {self.table} AS p "
            f"JOIN episodes AS e ON e.seq = p.seq WHERE p.{self.key} > ? AND p.{self.key} <= ?"
        )
        rows = fetch(db, query, (part.after, part.last))
        return {
            Finding.CLAIM: [key for key, read, end, text in rows if end > len(text) or digest(text) != read]
        }

    def mend(self, db: apsw.Connection, found: Findings) -> Sequence[Finding]:
        """Take them away, and let their episodes be read again."""
        these = (json.dumps(list(found[Finding.CLAIM])),)
        rows = f"FROM {self.table} WHERE {self.key} IN {THESE}"
        db.execute(f"UPDATE read_episodes SET version = 0 WHERE seq IN (SELECT seq {rows})", these)
        db.execute(f"DELETE {rows}", these)
        return [Finding.CLAIM]


_UNREAD = """
SELECT e.seq FROM episodes AS e WHERE e.seq > ? AND e.seq <= ? AND e.role = 'person'
AND e.origin NOT IN ('fill', 'answer', 'edit', 'card')
AND NOT EXISTS (SELECT 1 FROM read_episodes AS r WHERE r.seq = e.seq)
"""
_LIFELESS = """
SELECT e.seq FROM episodes AS e WHERE e.seq > ? AND e.seq <= ? AND e.role <> 'assistant'
AND NOT EXISTS (SELECT 1 FROM lives AS l WHERE l.seq = e.seq)
"""
_LIFE = """
INSERT INTO lives(seq, born, first, stability, since)
SELECT ?, today, 1, 1, today FROM (SELECT coalesce(max(number), 1) AS today FROM use_days)
"""


class RowCheck:
    """The part that looks whether triggers made what every episode has: its life, and, of the person's own, a note
    which reader has read it."""

    def size(self, db: apsw.Connection, after: int | str) -> int:
        """Numbers that are left."""
        return fetch_number(db, "SELECT coalesce(max(seq), 0) FROM episodes") - int(after)

    def next(self, db: apsw.Connection, after: int | str) -> Slice:
        """The episodes that come after a number."""
        query = "SELECT seq FROM episodes WHERE seq > ? ORDER BY seq LIMIT ?"
        found = fetch_first(db, query, (after, SLICE))
        return Slice(after, found[-1] if len(found) == SLICE else END)

    def look(self, db: apsw.Connection, part: Slice) -> Findings:
        """Episodes that lack something."""
        limits = (part.after, part.last)
        return {
            Finding.UNREAD: fetch_first(db, _UNREAD, limits),
            Finding.LIFELESS: fetch_first(db, _LIFELESS, limits),
        }

    def mend(self, db: apsw.Connection, found: Findings) -> Sequence[Finding]:
        """As the triggers do it."""
        unread, lifeless = ([(each,) for each in found[kind]] for kind in (Finding.UNREAD, Finding.LIFELESS))
        db.executemany("INSERT INTO read_episodes VALUES (?, 0)", unread)
        db.executemany(_LIFE, lifeless)
        return [Finding.UNREAD, Finding.LIFELESS]


DERIVED = (
    PassageCheck("claims", "claim_id", "quote_end"),
    PassageCheck("definitions", "definition_id", "meaning_end"),
    RowCheck(),
)
