"""The database file of a vault: made whole, found sound, brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import apsw

from second_me.storage import migrate
from second_me.storage.connection import PAGE_BYTES, connect, fold_log, fold_on_close
from second_me.storage.faults import fault
from second_me.storage.files import VaultFiles, sync_folder
from second_me.storage.migrate import Migration
from second_me.storage.rows import fetch_number


def refuse_to_overwrite(files: VaultFiles) -> None:
    """Raises EnvironmentFault unless a new vault may be made: where nothing lies, or a making cut short."""
    database, keys = files.database.exists(), files.keys.exists()
    if database and keys:
        raise fault("vault_exists")
    if database:
        raise fault("keys_missing")
    if files.copies() or (keys and not files.unfinished.exists()):
        raise fault("database_missing")


def make_database(files: VaultFiles, data_key: bytes, migrations: Sequence[Migration]) -> None:
    """The empty database under its first name, whole and closed. Raises apsw errors and OSError."""
    # The keys of an unfinished vault go first: they must never lie beside another one's database.
    for leftover in (files.keys, files.unfinished, Path(f"{files.unfinished}-wal"), files.log):
        leftover.unlink(missing_ok=True)
    sync_folder(files.folder)
    files.unfinished.touch(mode=0o600)
    db = connect(files.unfinished, data_key, make=True)
    try:
        migrate.run(db, migrations)
        fold_on_close(db)
    finally:
        db.close()


def complete(files: VaultFiles) -> None:
    """Give the new database its name: from now on it is a vault. Raises OSError."""
    files.unfinished.replace(files.database)
    sync_folder(files.folder)


def open_database(files: VaultFiles, data_key: bytes, migrations: Sequence[Migration]) -> apsw.Connection:
    """A connection to the vault's database, migrated if it is older.

    Raises EnvironmentFault "damaged" or "newer_version", apsw errors and OSError, the file then as it was.
    """
    _check_file(files)
    db = connect(files.database, data_key)
    try:
        at = _known_version(files, db, migrations)
        todo = migrate.outstanding(at, migrations)
        if not todo:
            return db
        fold_log(db)
    except BaseException:
        db.close()
        raise
    # Closed while it is copied: closing any other handle of the file would drop SQLite's own locks on it.
    db.close()
    migrate.keep_copy(files, todo[0].number)
    return _migrated(files, data_key, todo)


def _migrated(files: VaultFiles, data_key: bytes, todo: Sequence[Migration]) -> apsw.Connection:
    db = connect(files.database, data_key)
    try:
        migrate.run(db, todo)
        fold_log(db)
        migrate.drop_copies(files, keep=todo[0].number)
    except BaseException:
        db.close()
        raise
    return db


def _check_file(files: VaultFiles) -> None:
    """Before SQLite looks: it takes an empty file for a new database and removes the log beside it."""
    if not files.database.exists():
        raise fault("database_missing")
    if files.database.stat().st_size < PAGE_BYTES:
        raise fault("damaged")


def _known_version(files: VaultFiles, db: apsw.Connection, migrations: Sequence[Migration]) -> int:
    at = migrate.version(db)
    if at > migrations[-1].number:
        raise fault("newer_version")
    if at < 1:
        raise fault("damaged")
    # With a log the file may rightly be shorter; a page that is missing then is damage when it is read.
    log_empty = not files.log.exists() or files.log.stat().st_size == 0
    pages = fetch_number(db, "PRAGMA page_count")
    if log_empty and files.database.stat().st_size < pages * PAGE_BYTES:
        raise fault("damaged")
    return at
