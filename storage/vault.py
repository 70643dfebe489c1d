"""The vault: one encrypted database, one connection, one process.

Made in an order that a crash cannot hurt: the database grows as `vault.db.new`; then its keys are put in
place; then it gets its name. Keys without `vault.db` but with `vault.db.new` are a vault whose making was cut
short: its recovery key was never shown and nothing was ever stored in it, so it may be made anew, or opened
with its passphrase, which completes it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import apsw
import filelock

from second_me.core.ports import EnvironmentFault
from second_me.storage import making, migrate
from second_me.storage.connection import fold_log, fold_on_close
from second_me.storage.counter import CommitCounter
from second_me.storage.faults import fault, translated
from second_me.storage.files import VaultFiles
from second_me.storage.keys import (
    Envelope,
    KdfParameters,
    check_strength,
    derive,
    new_data_key,
    new_recovery_key,
)
from second_me.storage.migrate import Migration
from second_me.storage.rows import fetch, fetch_number, stamp

_COUNTER_PURPOSE = "commit counter"


class Vault:
    """An open vault. All access goes through `reading` and `writing`; safe to use from several threads."""

    def __init__(
        self, files: VaultFiles, db: apsw.Connection, counter: CommitCounter, lock: filelock.BaseFileLock
    ) -> None:
        self.files = files
        self._db, self._counter, self._lock = db, counter, lock
        self._guard = threading.RLock()
        self._depth = 0
        self._closed = False

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.files.folder

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """The connection for reading, held until the block ends. Raises EnvironmentFault."""
        with self._guard, translated():
            self._check_open()
            yield self._db

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction: durable when the block ends well, undone when it raises.

        Inside another one it joins that; an error that comes out of it must then not be swallowed. Raises
        EnvironmentFault, with nothing of the transaction stored.
        """
        with self._guard, translated():
            self._check_open()
            if self._depth:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield self._db
                count = self._commit()
            except BaseException:
                self._undo()
                raise
            finally:
                self._depth = 0
            self._count(count)

    def finish_erasure(self) -> int:
        """Leave no old page behind; returns how many copies made before migrations were removed.

        SQLite zeroes what it deletes, but a page that was rebalanced may still hold, in its unused middle, a
        copy of a row that moved to its neighbour; so the database is written anew. Takes about 3 s for 100 MB.
        Not within `writing`. Raises EnvironmentFault; opening the vault or erasing again then goes on.
        """
        with self._guard, translated():
            self._check_open()
            self._db.execute("VACUUM")
            fold_log(self._db)
            copies = migrate.drop_copies(self.files)
            with self.writing() as db:
                db.execute("DELETE FROM unfinished_erasure")
        return copies

    def reset_counter(self) -> None:
        """Take the database's commits as the right number (after an older vault was restored on purpose)."""
        with self.reading() as db, translated():
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

    def _check_open(self) -> None:
        if self._closed:
            raise EnvironmentFault("locked", "The vault is locked.", "Unlock it first.")

    def _commit(self) -> int:
        count = fetch_number(self._db, "UPDATE commits SET count = count + 1 RETURNING count")
        self._db.execute("COMMIT")
        return count

    def _undo(self) -> None:
        # SQLite may have rolled back by itself, as it does when the disk is full.
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
            with self.reading() as db:
                _check_whole(db)
            self._say("lost_commits", {"lost": expected - found}, now)
        # What an erasure left to do is tried again at every opening; a full disk must not keep the vault shut.
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
    """When the log lost commits, a page that was folded in half way may be wrong without looking damaged."""
    if fetch(db, "PRAGMA quick_check(1)") != [("ok",)]:
        raise fault("damaged")


def vault_exists(folder: Path) -> bool:
    """Whether anything of a finished vault lies there (also a damaged one)."""
    files = VaultFiles(folder)
    return files.database.exists() or (files.keys.exists() and not files.unfinished.exists())


def create_vault(
    folder: Path,
    passphrase: str,
    kdf: KdfParameters | None = None,
    *,
    migrations: Sequence[Migration] | None = None,
) -> tuple[Vault, str]:
    """A new vault, open, and its recovery key, which is kept nowhere and has to be shown now.

    Raises EnvironmentFault: "weak_passphrase", "vault_exists", "damaged" (one half of a vault lies there: it
    is not touched), "in_use", "disk_full", "read_only".
    """
    check_strength(passphrase)
    files, steps = VaultFiles(folder), _steps(migrations)
    with translated():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _take_lock(files)
    try:
        with translated():
            making.refuse_to_overwrite(files)
        data_key, recovery_key = new_data_key(), new_recovery_key()
        envelope = Envelope.new().with_passphrase(data_key, passphrase, kdf or KdfParameters.calibrated())
        envelope = envelope.with_recovery_key(data_key, recovery_key)
        with translated():
            making.make_database(files, data_key, steps)
            _counter(files, data_key, envelope).reset(0)
            envelope.write(files.keys)
            making.complete(files)
        return _open(files, lock, envelope, data_key, steps, datetime.now()), recovery_key
    except BaseException:
        lock.release()
        raise


def open_vault(
    folder: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    now: datetime | None = None,
    migrations: Sequence[Migration] | None = None,
) -> Vault:
    """Open with one of the two. `now` (local, naive) dates notices.

    Raises EnvironmentFault: "no_vault", "wrong_passphrase", "mistyped_recovery_key", "wrong_recovery_key",
    "damaged", "newer_version", "in_use", "disk_full", "read_only".
    """
    files, steps = VaultFiles(folder), _steps(migrations)
    data_key = _unwrap(files, passphrase, recovery_key)
    lock = _take_lock(files)
    try:
        envelope = Envelope.read(files.keys)
        with translated():
            if not files.database.exists() and files.unfinished.exists():
                making.complete(files)
        return _open(files, lock, envelope, data_key, steps, now or datetime.now())
    except BaseException:
        lock.release()
        raise


def verify_passphrase(folder: Path, passphrase: str) -> None:
    """Returns when it is right. Raises EnvironmentFault as `open_vault`; needs no lock and opens nothing."""
    _unwrap(VaultFiles(folder), passphrase, None)


def change_passphrase(
    folder: Path,
    new_passphrase: str,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    kdf: KdfParameters | None = None,
) -> None:
    """Rewrap the data key; the database is not touched, and the vault may be open meanwhile.

    Raises EnvironmentFault: "weak_passphrase", and as `open_vault`.
    """
    check_strength(new_passphrase)
    files = VaultFiles(folder)
    data_key = _unwrap(files, passphrase, recovery_key)
    cost = kdf or KdfParameters.calibrated()
    Envelope.read(files.keys).with_passphrase(data_key, new_passphrase, cost).write(files.keys)


def renew_recovery_key(folder: Path, passphrase: str) -> str:
    """A new recovery key, to be shown now; the old one opens nothing any more. Raises as `open_vault`."""
    files = VaultFiles(folder)
    data_key, recovery_key = _unwrap(files, passphrase, None), new_recovery_key()
    Envelope.read(files.keys).with_recovery_key(data_key, recovery_key).write(files.keys)
    return recovery_key


def _steps(migrations: Sequence[Migration] | None) -> Sequence[Migration]:
    return migrate.shipped() if migrations is None else migrations


def _unwrap(files: VaultFiles, passphrase: str | None, recovery_key: str | None) -> bytes:
    with translated():
        if not files.keys.exists() and not files.database.exists():
            raise fault("no_vault")
    envelope = Envelope.read(files.keys)
    if passphrase is not None:
        return envelope.open_with_passphrase(passphrase)
    if recovery_key is not None:
        return envelope.open_with_recovery_key(recovery_key)
    raise ValueError("neither a passphrase nor a recovery key")


def _take_lock(files: VaultFiles) -> filelock.BaseFileLock:
    lock = filelock.FileLock(files.lock, timeout=0, mode=0o600, thread_local=False)
    try:
        with translated():
            lock.acquire()
    except filelock.Timeout as error:
        raise fault("in_use") from error
    return lock


def _counter(files: VaultFiles, data_key: bytes, envelope: Envelope) -> CommitCounter:
    return CommitCounter(files.counter, derive(data_key, _COUNTER_PURPOSE), envelope.vault_id)


def _open(
    files: VaultFiles,
    lock: filelock.BaseFileLock,
    envelope: Envelope,
    data_key: bytes,
    migrations: Sequence[Migration],
    now: datetime,
) -> Vault:
    with translated():
        db = making.open_database(files, data_key, migrations)
    vault = Vault(files, db, _counter(files, data_key, envelope), lock)
    try:
        vault.settle(now)
    except BaseException:
        db.close()
        raise
    fold_on_close(db)
    return vault
