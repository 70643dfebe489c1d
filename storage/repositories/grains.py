"""Grains in the vault: segments and extracts, as pointers to episodes.

What keeps them true to the episodes are the triggers of migration 5; here they are only read and made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import apsw
import numpy as np

from second_me.core.memory.episodes import Episode
from second_me.core.ports import Scope, Vector
from second_me.core.recall.extracts import Pointer
from second_me.core.recall.grains import Due, Grain, SessionMade
from second_me.storage.index.scopes import CANDIDATE, conditions
from second_me.storage.rows import EPISODE, THESE, episodes, fetch, fetch_first, fetch_number, stamp
from second_me.storage.vault import Vault

_MEMBERS = f"FROM episodes AS e WHERE e.session = ? AND {CANDIDATE} ORDER BY e.placed_at, e.seq"
_OVER = """
SELECT key FROM (
  SELECT key, CAST(key AS INTEGER) AS session,
    (SELECT max(placed_at) FROM episodes WHERE session = CAST(key AS INTEGER)) AS last
  FROM grains_due WHERE grain = 'session'
) AS d WHERE last = '' OR last < ? OR EXISTS (
  SELECT 1 FROM episodes AS n WHERE n.placed_at > last
    AND n.conversation = (SELECT conversation FROM episodes WHERE session = d.session LIMIT 1)
) LIMIT 1
"""
_FROM_TIME = """
episodes AS e CROSS JOIN grain_extracts AS x ON x.seq = e.seq CROSS JOIN grains AS g ON g.id = x.grain_id
"""
_FROM_GRAIN = """
grains AS g CROSS JOIN grain_extracts AS x ON x.grain_id = g.id CROSS JOIN episodes AS e ON e.seq = x.seq
"""
"""CROSS fixes the order: SQLite, which may not ANALYZE here, would go through all grains for one day."""
_SOURCES = f"""
SELECT x.seq, x.start, x."end" FROM {_FROM_TIME}
WHERE {CANDIDATE} AND e.placed_at >= ? AND e.placed_at < ? AND g.grain = ? ORDER BY e.placed_at, e.seq, x.start
"""
_FINER = {Grain.DAY: Grain.SESSION, Grain.MONTH: Grain.DAY}
_LAST = "~"
"""Comes after every character of a time: `2024-03~` ends the month."""


class Grains:
    """Implements `core.recall.grains.GrainStore`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def due(self, ended_before: datetime) -> Due | None:
        """See the port."""
        with self._vault.reading() as db:
            for key in fetch_first(db, _OVER, (stamp(ended_before),)):
                return Due(Grain.SESSION, key)
            for grain in (Grain.DAY, Grain.MONTH):
                query = "SELECT key FROM grains_due WHERE grain = ? ORDER BY key LIMIT 1"
                for key in fetch_first(db, query, (grain.value,)):
                    return Due(grain, key)
        return None

    def members(self, session: int) -> Sequence[Episode]:
        """See the port."""
        with self._vault.reading() as db:
            return episodes(fetch(db, f"SELECT {EPISODE} {_MEMBERS}", (session,)))

    def vectors_of(self, seqs: Sequence[int]) -> Mapping[int, Vector]:
        """See the port."""
        these = (json.dumps([int(seq) for seq in seqs]),)
        with self._vault.reading() as db:
            table = fetch_first(db, "SELECT 'vectors_' || id FROM embedders WHERE in_use")
            if not table:
                return {}
            rows = fetch(
                db,
                f"SELECT h.seq, v.vector FROM chunks AS h LEFT JOIN {table[0]} AS v ON v.chunk_id = h.chunk_id "
                f"WHERE h.seq IN {THESE}",
                these,
            )
        pieces: dict[int, list[bytes | None]] = {}
        for seq, packed in rows:
            pieces.setdefault(seq, []).append(packed)
        whole = {seq: [each for each in found if each is not None] for seq, found in pieces.items()}
        return {seq: _mean(found) for seq, found in whole.items() if len(found) == len(pieces[seq])}

    def sources(self, due: Due) -> Sequence[Pointer]:
        """See the port."""
        with self._vault.reading() as db:
            return _sources(db, due)

    def keep_session(self, key: str, made: SessionMade, seen: Sequence[int]) -> bool:
        """See the port."""
        with self._vault.writing() as db:
            if fetch_first(db, f"SELECT e.seq {_MEMBERS}", (int(key),)) != list(seen):
                return False
            _drop(db, key, Grain.SEGMENT, Grain.SESSION)
            for place, part in enumerate(made.segments):
                number = _insert(db, Grain.SEGMENT, key, place, part.extract)
                db.executemany(
                    "INSERT INTO grain_members VALUES (?, ?)", [(seq, number) for seq in part.members]
                )
            _insert(db, Grain.SESSION, key, 0, made.extract)
            for grain, length in ((Grain.DAY, 10), (Grain.MONTH, 7)):
                db.execute(
                    f"INSERT OR IGNORE INTO grains_due SELECT DISTINCT ?, substr(placed_at, 1, {length:d}) "
                    f"FROM episodes WHERE placed_at <> '' AND seq IN {THESE}",
                    (grain.value, json.dumps(list(seen))),
                )
            _done(db, Due(Grain.SESSION, key))
        return True

    def keep(self, due: Due, made: Sequence[Pointer], seen: Sequence[Pointer]) -> bool:
        """See the port."""
        with self._vault.writing() as db:
            if _sources(db, due) != list(seen):
                return False
            _drop(db, due.key, due.grain)
            _insert(db, due.grain, due.key, 0, made)
            _done(db, due)
        return True

    def pointers(
        self, grain: Grain, after: datetime | None, before: datetime | None, scope: Scope, speaker: str | None
    ) -> Sequence[Pointer]:
        """See the port."""
        where, values = _within(after, before, scope, speaker)
        few = grain is Grain.MONTH or (after is None and before is None)
        query = (
            f'SELECT x.seq, x.start, x."end" FROM {_FROM_GRAIN if few else _FROM_TIME} WHERE g.grain = ? AND {where} '
            "ORDER BY x.place, e.placed_at, e.seq, x.start"
        )
        with self._vault.reading() as db:
            return [Pointer(*row) for row in fetch(db, query, (grain.value, *values))]

    def unmade(
        self, after: datetime | None, before: datetime | None, scope: Scope, speaker: str | None, limit: int
    ) -> Sequence[int]:
        """See the port."""
        where, values = _within(after, before, scope, speaker)
        query = (
            f"SELECT e.session FROM episodes AS e WHERE {where} AND e.session IN "
            "(SELECT CAST(key AS INTEGER) FROM grains_due WHERE grain = 'session') "
            "GROUP BY e.session ORDER BY max(e.placed_at) DESC LIMIT ?"
        )
        with self._vault.reading() as db:
            return fetch_first(db, query, (*values, limit))

    def segments_of(self, seqs: Sequence[int]) -> Mapping[int, int]:
        """See the port."""
        query = f"SELECT seq, grain_id FROM grain_members WHERE seq IN {THESE}"
        with self._vault.reading() as db:
            return dict(fetch(db, query, (json.dumps([int(seq) for seq in seqs]),)))


def _sources(db: apsw.Connection, due: Due) -> list[Pointer]:
    finer = _FINER[due.grain].value
    return [Pointer(*row) for row in fetch(db, _SOURCES, (due.key, due.key + _LAST, finer))]


def _insert(db: apsw.Connection, grain: Grain, key: str, place: int, extract: Sequence[Pointer]) -> int:
    sql = "INSERT INTO grains(grain, key, place) VALUES (?, ?, ?) RETURNING id"
    number = fetch_number(db, sql, (grain.value, key, place))
    db.executemany(
        "INSERT INTO grain_extracts VALUES (?, ?, ?, ?, ?)",
        [(number, at, each.seq, each.start, each.end) for at, each in enumerate(extract)],
    )
    return number


def _drop(db: apsw.Connection, key: str, *grains: Grain) -> None:
    old = "SELECT id FROM grains WHERE grain = ? AND key = ?"
    for grain in grains:
        values = (grain.value, key)
        db.execute(f"DELETE FROM grain_extracts WHERE grain_id IN ({old})", values)
        db.execute(f"DELETE FROM grain_members WHERE grain_id IN ({old})", values)
        db.execute("DELETE FROM grains WHERE grain = ? AND key = ?", values)


def _done(db: apsw.Connection, due: Due) -> None:
    db.execute("DELETE FROM grains_due WHERE grain = ? AND key = ?", (due.grain.value, due.key))


def _within(
    after: datetime | None, before: datetime | None, scope: Scope, speaker: str | None
) -> tuple[str, list[str | int]]:
    """(condition on `episodes AS e`, its values). By place, so that a turn without a time is where it was said."""
    where, values = conditions(scope)
    if after is not None:
        where += " AND e.placed_at >= ?"
        values.append(stamp(after))
    if before is not None:
        where += " AND e.placed_at < ? AND e.placed_at <> ''"
        values.append(stamp(before))
    if speaker is not None:
        where += (
            " AND e.session IN (SELECT s.session FROM episodes AS s "
            "WHERE s.speaker = ? AND s.shown AND s.role <> 'assistant')"
        )
        values.append(speaker)
    return where, values


def _mean(packed: Sequence[bytes]) -> Vector:
    vector = np.mean([np.frombuffer(each, dtype="<f4") for each in packed], axis=0, dtype=np.float32)
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)
