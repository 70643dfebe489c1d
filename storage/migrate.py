"""Migrations: numbered scripts, each in one transaction that also sets the version.

Before an existing vault is migrated, a copy of its (encrypted) file is kept beside it; erasing a memory
removes such copies.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import apsw

from second_me.storage.files import VaultFiles, sync_folder, write_whole
from second_me.storage.rows import fetch_number

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the version that it leads to, and its SQL."""

    number: int
    sql: str


def shipped() -> tuple[Migration, ...]:
    """The migrations of this version of the app, in order."""
    folder = resources.files("second_me.storage.migrations")
    found = [
        Migration(int(match[1]), entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if (match := _NAME.fullmatch(entry.name))
    ]
    return tuple(sorted(found, key=lambda migration: migration.number))


def version(db: apsw.Connection) -> int:
    """The number of the last migration that was run; 0 for an empty database."""
    return fetch_number(db, "PRAGMA user_version")


def outstanding(at: int, migrations: Sequence[Migration]) -> list[Migration]:
    """Those that a vault of this version still needs."""
    return [migration for migration in migrations if migration.number > at]


def run(db: apsw.Connection, migrations: Sequence[Migration]) -> None:
    """Run migrations in order. A crash between two leaves a whole vault of the version in between."""
    for migration in migrations:
        with db:
            db.execute(migration.sql).fetchall()
            db.execute(f"PRAGMA user_version = {migration.number:d}")


def keep_copy(files: VaultFiles, migration: int) -> None:
    """Copy the closed database's file beside it, durably. Raises OSError, leaving no half copy."""
    with files.database.open("rb") as source:
        write_whole(files.copy_before(migration), lambda target: shutil.copyfileobj(source, target, 1 << 20))


def drop_copies(files: VaultFiles, keep: int | None = None) -> int:
    """Remove the copies made before migrations (but `keep`); returns how many there were. Raises OSError."""
    kept = files.copy_before(keep) if keep is not None else None
    removed = [path for path in files.copies() if path != kept]
    for path in removed:
        path.unlink(missing_ok=True)
    if removed:
        sync_folder(files.folder)
    return len(removed)
