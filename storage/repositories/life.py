"""The lives of memories: uses, pins, days of use; and what follows of them, kept in step.

`core.memory.forgetting` says what follows. What is derived (`fades_on`, `faded`) is written in the transaction
that changes what it is derived of; only a new pace and a new day are worked off in batches.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import apsw

from second_me.core.memory.forgetting import (
    NORMAL,
    Grade,
    Trace,
    fades_on,
    runs_out,
    strength,
    trace,
)
from second_me.core.memory.lives import KeptLife, Rating, Unrated
from second_me.core.memory.worth import Average
from second_me.storage.repositories import lives_read
from second_me.storage.rows import THESE, fetch, fetch_first, fetch_number, stamp
from second_me.storage.vault import Vault

PACE = "pace"
"""The setting."""

_ADD = """
INSERT INTO uses(seq, day, at, grade, cause, answer_id)
SELECT e.seq, ?, ?, ?, ?, ? FROM episodes AS e JOIN lives AS l ON l.seq = e.seq WHERE e.memory_id = ?
AND NOT EXISTS (SELECT 1 FROM uses WHERE seq = e.seq AND answer_id = ? AND cause = ? AND day = ?)
RETURNING seq
"""
_NEXT = (
    "SELECT seq, stability, since, let_go IS NULL AND NOT pinned AND rated AND level = 1 FROM lives "
    "WHERE seq > ? ORDER BY seq LIMIT ?"
)
_UPDATE = "UPDATE lives SET stability = ?, since = ?, level = ?, fades_on = ?, faded = ? WHERE seq = ?"


class Lives:
    """The lives of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def come(self, day: date) -> int:
        """The app is used on a day; the number of the day of use. A clock that went back makes no new day."""
        with self._vault.reading() as db:
            last = fetch(db, "SELECT number, day FROM use_days ORDER BY number DESC LIMIT 1")
        if last and last[0][1] >= day.isoformat():
            return int(last[0][0])
        with self._vault.writing() as db:
            return fetch_number(
                db, "INSERT INTO use_days(day) VALUES (?) RETURNING number", (day.isoformat(),)
            )

    def days(self) -> Sequence[date]:
        """All days of use in order: the first has the number 1."""
        with self._vault.reading() as db:
            found = fetch_first(db, "SELECT day FROM use_days ORDER BY number")
        return [date.fromisoformat(each) for each in found]

    def get(self, memory_id: str) -> KeptLife | None:
        """The life of a memory; None when there is none (the assistant's turns have no life)."""
        with self._vault.reading() as db:
            found = lives_read.of_seqs(db, _seqs(db, [memory_id]))
        return found[0] if found else None

    def use(
        self, memory_ids: Iterable[str], grade: Grade, cause: str, answer_id: str | None, at: datetime
    ) -> int:
        """Keep what became of memories; the same sign of the same day counts once. Returns how many are new."""
        with self._vault.writing() as db:
            day, seqs = _today(db), list[int]()
            for memory_id in memory_ids:
                values = (day, stamp(at), grade.value, cause, answer_id, memory_id, answer_id, cause, day)
                seqs += fetch_first(db, _ADD, values)
            _renew(db, seqs)
        return len(seqs)

    def take_back(self, memory_id: str, use_id: int) -> bool:
        """Forget one use: as if it had never been. False when there is none."""
        with self._vault.writing() as db:
            seqs = _seqs(db, [memory_id])
            gone = fetch_first(
                db, f"DELETE FROM uses WHERE id = ? AND seq IN {THESE} RETURNING seq", (use_id, _json(seqs))
            )
            _renew(db, gone)
        return bool(gone)

    def pin(self, memory_id: str, pinned: bool) -> bool:
        """Hold a memory, or hold it no more. False when there is no such life."""
        with self._vault.writing() as db:
            seqs = _seqs(db, [memory_id])
            db.execute(f"UPDATE lives SET pinned = ? WHERE seq IN {THESE}", (int(pinned), _json(seqs)))
            return bool(_renew(db, seqs))

    def let_go(self, memory_id: str, released: bool) -> bool:
        """Let a memory fade now, which takes its pin away; or take that back. False when there is no such life."""
        with self._vault.writing() as db:
            seqs = _seqs(db, [memory_id])
            if released:
                last = "(SELECT coalesce(max(id), 0) FROM uses)"
                db.execute(
                    f"UPDATE lives SET pinned = 0, let_go = ?, let_go_after = {last} WHERE seq IN {THESE}",
                    (_today(db), _json(seqs)),
                )
            else:
                db.execute(
                    f"UPDATE lives SET let_go = NULL, let_go_after = NULL WHERE seq IN {THESE}",
                    (_json(seqs),),
                )
            return bool(_renew(db, seqs))

    def strengths(self, seqs: Sequence[int]) -> Mapping[int, float]:
        """{seq: strength today}; those without a life are left out."""
        with self._vault.reading() as db:
            day, pace = _today(db), _pace(db)
            found = lives_read.of_seqs(db, seqs)
        return {each.seq: strength(each.life, day, pace) for each in found}

    def pace(self) -> float:
        """The factor on all stabilities that the person chose."""
        with self._vault.reading() as db:
            return _pace(db)

    def set_pace(self, pace: float) -> None:
        """Choose another one; `work` then goes through all lives."""
        with self._vault.writing() as db:
            db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)", (PACE, str(pace)))
            db.execute("INSERT OR REPLACE INTO repacing VALUES (1, 0)")

    def unrated(self, limit: int) -> Sequence[Unrated]:
        """Lives whose first stability is not known yet, oldest first."""
        with self._vault.reading() as db:
            return lives_read.unrated(db, limit)

    def average(self) -> Average:
        """Of the surprise of all rated lives."""
        query = "SELECT count(bits), coalesce(avg(bits), 0), coalesce(avg(bits * bits), 0) FROM lives"
        with self._vault.reading() as db:
            count, mean, squares = fetch(db, query)[0]
        return Average(count, mean, math.sqrt(max(0.0, squares - mean * mean)))

    def rate(self, ratings: Sequence[Rating]) -> None:
        """Keep first stabilities; lives that are gone meanwhile are passed over."""
        with self._vault.writing() as db:
            db.executemany(
                "UPDATE lives SET first = ?, bits = ?, rated = 1 WHERE seq = ?",
                [(each.first, each.bits, each.seq) for each in ratings],
            )
            _renew(db, [each.seq for each in ratings])

    def work(self, limit: int) -> bool:
        """One step of what waits: lives under a new pace, or those that faded by today; whether more may wait."""
        with self._vault.reading() as db:
            if not _waits(db):
                return False
        with self._vault.writing() as db:
            return _repace(db, limit) or _fade(db, limit)


def _today(db: apsw.Connection) -> int:
    return fetch_number(db, "SELECT coalesce(max(number), 1) FROM use_days")


def _pace(db: apsw.Connection) -> float:
    found = fetch_first(db, "SELECT value FROM settings WHERE key = ?", (PACE,))
    return float(found[0]) if found else NORMAL


def _seqs(db: apsw.Connection, memory_ids: Sequence[str]) -> list[int]:
    return fetch_first(db, f"SELECT seq FROM episodes WHERE memory_id IN {THESE}", (_json(memory_ids),))


def _json(values: Sequence[int] | Sequence[str]) -> str:
    return json.dumps(list(values))


def _renew(db: apsw.Connection, seqs: Sequence[int]) -> int:
    """Derive again what follows of these lives; how many there are."""
    day, pace = _today(db), _pace(db)
    found = lives_read.of_seqs(db, seqs)
    db.executemany(_UPDATE, [_derived(each, day, pace) for each in found])
    return len(found)


def _derived(kept: KeptLife, day: int, pace: float) -> tuple[float, int, float, int | None, bool, int]:
    now, fades = trace(kept.life, pace), fades_on(kept.life, pace)
    return now.stability, now.since, now.level, fades, fades is not None and fades <= day, kept.seq


def _waits(db: apsw.Connection) -> bool:
    due = "EXISTS (SELECT 1 FROM lives WHERE NOT faded AND fades_on IS NOT NULL AND fades_on <= ?)"
    return bool(fetch_number(db, f"SELECT EXISTS (SELECT 1 FROM repacing) OR {due}", (_today(db),)))


def _repace(db: apsw.Connection, limit: int) -> bool:
    """A batch after the other in the order of their seq; most lives need no look at their uses."""
    after = fetch_first(db, "SELECT after FROM repacing")
    if not after:
        return False
    rows = fetch(db, _NEXT, (after[0], limit))
    day, pace = _today(db), _pace(db)
    free = [
        (seq, runs_out(Trace(stability, since), pace)) for seq, stability, since, is_free in rows if is_free
    ]
    db.executemany(
        "UPDATE lives SET fades_on = ?, faded = ? WHERE seq = ?", [(on, on <= day, seq) for seq, on in free]
    )
    _renew(db, [seq for seq, _, _, is_free in rows if not is_free])
    if len(rows) < limit:
        db.execute("DELETE FROM repacing")
    else:
        db.execute("UPDATE repacing SET after = ?", (rows[-1][0],))
    return True


def _fade(db: apsw.Connection, limit: int) -> bool:
    query = (
        "UPDATE lives SET faded = 1 WHERE seq IN (SELECT seq FROM lives WHERE NOT faded AND fades_on IS NOT NULL "
        "AND fades_on <= ? ORDER BY fades_on LIMIT ?)"
    )
    db.execute(query, (_today(db), limit))
    return db.changes() > 0
