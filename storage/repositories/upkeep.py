"""What is known of the jobs of upkeep (`core.upkeep.UpkeepBook`). Every method is one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import apsw

from second_me.core.upkeep import Cursor, Job, Run, is_due
from second_me.storage.rows import Row, fetch, moment, stamp
from second_me.storage.vault import Vault

_COLUMNS = "job, since, last_started, last_done, cursor, under_way, steps, failures"


class UpkeepRows:
    """The table `upkeep` of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def enter(self, jobs: Sequence[Job], now: datetime) -> None:
        """Hear of these jobs; those that are no more are forgotten."""
        names = json.dumps([job.name for job in jobs])
        wanted = {job.name: int(job.every.total_seconds()) for job in jobs}
        with self._vault.reading() as db:
            if dict(fetch(db, "SELECT job, every FROM upkeep")) == wanted:
                return  # the usual case writes nothing
        with self._vault.writing() as db:
            db.execute("DELETE FROM upkeep WHERE job NOT IN (SELECT value FROM json_each(?))", (names,))
            db.executemany(
                "INSERT INTO upkeep(job, every, since) VALUES (?, ?, ?) "
                "ON CONFLICT (job) DO UPDATE SET every = excluded.every",
                [(name, every, stamp(now)) for name, every in wanted.items()],
            )

    def runs(self) -> Mapping[str, Run]:
        """{name of the job: what is known of it}."""
        with self._vault.reading() as db:
            return {row[0]: _run(row) for row in fetch(db, f"SELECT {_COLUMNS} FROM upkeep ORDER BY job")}

    def begin(self, job: Job, now: datetime) -> Run | None:
        """Mark that the job was fired; None, and nothing marked, when it is not due."""
        with self._vault.writing() as db:
            run = _one(db, job.name)
            if run is None or not is_due(job, run, now):
                return None
            fresh = "" if run.under_way else ", cursor = 'null', steps = 0"
            db.execute(
                f"UPDATE upkeep SET last_started = ?, under_way = 1{fresh} WHERE job = ?",
                (stamp(now), job.name),
            )
            return _one(db, job.name)

    def keep(self, name: str, cursor: Cursor) -> None:
        """A step was done; whatever failed before is over."""
        values = (json.dumps(cursor), name)
        with self._vault.writing() as db:
            db.execute("UPDATE upkeep SET cursor = ?, steps = steps + 1, failures = 0 WHERE job = ?", values)

    def finish(self, name: str, now: datetime) -> None:
        """The run has come to its end."""
        with self._vault.writing() as db:
            db.execute(
                "UPDATE upkeep SET last_done = ?, under_way = 0, cursor = 'null' WHERE job = ?",
                (stamp(now), name),
            )

    def fail(self, name: str, now: datetime) -> None:
        """The step could not be done; the cursor stays."""
        with self._vault.writing() as db:
            db.execute(
                "UPDATE upkeep SET failures = failures + 1, last_started = ? WHERE job = ?",
                (stamp(now), name),
            )


def _one(db: apsw.Connection, name: str) -> Run | None:
    rows = fetch(db, f"SELECT {_COLUMNS} FROM upkeep WHERE job = ?", (name,))
    return _run(rows[0]) if rows else None


def _run(row: Row) -> Run:
    job, since, started, done, cursor, under_way, steps, failures = row
    return Run(
        job,
        datetime.fromisoformat(since),
        moment(started),
        moment(done),
        json.loads(cursor),
        bool(under_way),
        steps,
        failures,
    )
