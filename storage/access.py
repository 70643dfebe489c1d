"""Access to an open vault: one connection, held by one thread at a time, and what a commit is."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import apsw
import filelock

from second_me.core.ports import EnvironmentFault
from second_me.storage import migrate
from second_me.storage.connection import fold_log
from second_me.storage.counter import CommitCounter
from second_me.storage.faults import fault, translated
from second_me.storage.files import VaultFiles, remove_states
from second_me.storage.rows import fetch, fetch_number, stamp


class Vault:
    """An open vault. All access goes through `reading` and `writing`; safe to use from several threads."""

    def __init__(
        self, files: VaultFiles, db: apsw.Connection, counter: CommitCounter, lock: filelock.BaseFileLock
    ) -> None:
        self.files = files
        self._db, self._counter, self._lock = db, counter, lock
        self._guard = threading.RLock()
        self._joined = False
        self._closed = False
        self.undone = 0
        """How many transactions were undone: SQLite's count of changes does not go back."""

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.files.folder

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """The connection for reading, held until the block ends. Raises EnvironmentFault."""
        with self._access() as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction: durable when the block ends well, undone when it raises.

        Inside another one it joins that; an error that comes out of it must then not be swallowed. Raises
        EnvironmentFault, with nothing of the transaction stored.
        """
        with self._access() as db:
            if self._joined:
                yield db
                return
            db.execute("BEGIN IMMEDIATE")
            self._joined = True
            try:
                yield db
                count = self._commit()
            except BaseException:
                self._undo()
                raise
            finally:
                self._joined = False
            self._count(count)

    def finish_erasure(self) -> int:
        """Leave no old page behind; returns how many copies made before migrations were removed.

        SQLite zeroes what it deletes, but a page that was rebalanced may still hold, in its unused middle, a
        copy of a row that moved to its neighbour; so the database is written anew, which takes about 3 s for
        100 MB. The states of conversations go too: they hold what the model has read. Not within `writing`.
        Raises EnvironmentFault; opening the vault or erasing again then goes on.
        """
        with self._access() as access:
            remove_states(self.files.states)  # first, for writing anew needs room on the disk
            access.execute("VACUUM")
            fold_log(access)
            copies = migrate.drop_copies(self.files)
            with self.writing() as db:
                db.execute("DELETE FROM unfinished_erasure")
        return copies

    def reset_counter(self) -> None:
        """Take the database's commits as the right number (after an older vault was restored on purpose)."""
        with self.reading() as db:
            self._counter.reset(_commits(db))

    def close(self) -> None:
        """Fold the log in, forget the key, let the next one in. May be called twice."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            try:
                with translated():
                    self._db.close()
            finally:
                self._lock.release()

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _access(self) -> Iterator[apsw.Connection]:
        with self._guard, translated():
            if self._closed:
                raise fault("locked")
            try:
                yield self._db
            except apsw.SQLError:
                # sqlite-vec speaks of a page that cannot be read as if the statement were wrong.
                _check_whole(self._db)
                raise

    def _commit(self) -> int:
        count = fetch_number(self._db, "UPDATE commits SET count = count + 1 RETURNING count")
        self._db.execute("COMMIT")
        return count

    def _undo(self) -> None:
        # SQLite may have rolled back by itself, as it does when the disk is full.
        self.undone += 1
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _count(self, count: int) -> None:
        # The commit is on the disk. A counter that lags behind only sees less: not the caller's trouble.
        with suppress(OSError):
            self._counter.write(count)

    def settle(self, now: datetime) -> None:
        """Compare the commits in the database with the counter beside it; called once, at opening.

        Writes only where there is something to say, so that a vault on a full disk can still be read.
        """
        with self.reading() as db:
            found, expected = _commits(db), self._counter.read()
        if expected is None:
            self._say("counter_damaged", {}, now)
            self.reset_counter()
        elif found < expected:
            # Pages that were folded in only in part may fit badly without looking damaged.
            with self.reading() as db:
                _check_whole(db)
            self._say("lost_commits", {"lost": expected - found}, now)
        # What an erasure left to do is tried at every opening; a full disk must not keep the vault shut.
        with suppress(EnvironmentFault), self.reading() as db:
            if fetch(db, "SELECT 1 FROM unfinished_erasure"):
                self.finish_erasure()

    def _say(self, code: str, detail: dict[str, Any], at: datetime) -> None:
        with self.writing() as db:
            values = (stamp(at), code, json.dumps(detail))
            db.execute("INSERT INTO notices(at, code, detail) VALUES (?, ?, ?)", values)


def _commits(db: apsw.Connection) -> int:
    return fetch_number(db, "SELECT count FROM commits")


def _check_whole(db: apsw.Connection) -> None:
    """Read every page and see whether they fit together. Raises EnvironmentFault or apsw errors."""
    if fetch(db, "PRAGMA quick_check(1)") != [("ok",)]:
        raise fault("damaged")
