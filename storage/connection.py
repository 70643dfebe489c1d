"""One connection to an encrypted database, set up the same way every time."""

from __future__ import annotations

from pathlib import Path

import apsw
import sqlite_vec

PAGE_BYTES = 4096
_BUSY_MILLISECONDS = 2000
_SETTINGS = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = MEMORY;
PRAGMA mmap_size = 0;
PRAGMA cache_size = -32768;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA journal_mode = WAL;
PRAGMA journal_size_limit = 16777216;
PRAGMA synchronous = FULL;
"""


def connect(path: Path, data_key: bytes, *, make: bool = False) -> apsw.Connection:
    """A connection that holds the whole file for itself. Raises apsw errors, NotADBError for a wrong key.

    Exclusive locking also keeps the log's index in memory instead of in a third file. Closing does not fold
    the log in until `fold_on_close` says so: a vault that turns out damaged or newer is left as it was found.
    """
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if make else 0)
    db = apsw.Connection(str(path), flags=flags)
    try:
        db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        db.set_busy_timeout(_BUSY_MILLISECONDS)
        db.execute("PRAGMA cipher = 'chacha20'")
        db.execute(f"PRAGMA key = 'raw:{data_key.hex()}'")
        # apsw stops at the first statement that gives a row: without fetchall the rest would not be run.
        db.execute(_SETTINGS).fetchall()
        db.enable_load_extension(True)
        db.load_extension(sqlite_vec.loadable_path())
        db.enable_load_extension(False)
        db.create_scalar_function("folded", _folded, 1, deterministic=True)
    except BaseException:
        db.close()
        raise
    return db


def _folded(*texts: apsw.SQLiteValue) -> str:
    return str(texts[0]).casefold()


def fold_on_close(db: apsw.Connection) -> None:
    """From now on closing folds the log into the database and removes it."""
    db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)


def fold_log(db: apsw.Connection) -> None:
    """Fold the log into the database now and empty it. Raises apsw errors."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def versions() -> str:
    """Versions of what the vault stands on, for `doctor`."""
    cipher = getattr(apsw, "mc_version", "no cipher")  # its type stubs do not know it
    return f"SQLite {apsw.sqlite_lib_version()} with {cipher}, sqlite-vec {sqlite_vec.__version__}"
