"""The files of a vault's folder, and writing one so that a crash leaves the old or the new, never half."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class VaultFiles:
    """Paths in the folder of one vault."""

    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / "vault.db"

    @property
    def log(self) -> Path:
        """SQLite's write-ahead log of the database."""
        return self.folder / "vault.db-wal"

    @property
    def unfinished(self) -> Path:
        """The database of a vault that is still being made."""
        return self.folder / "vault.db.new"

    @property
    def keys(self) -> Path:
        """The wrapped data key."""
        return self.folder / "vault.keys.json"

    @property
    def counter(self) -> Path:
        """The commit counter."""
        return self.folder / "vault.counter"

    @property
    def lock(self) -> Path:
        """The lock of the process that has the vault open; empty, and left in place."""
        return self.folder / "vault.lock"

    @property
    def states(self) -> Path:
        """The folder of the states of conversations."""
        return self.folder / "states"

    def kept_states(self) -> list[Path]:
        """The states of conversations that lie there, half-written ones too."""
        return sorted(self.states.iterdir()) if self.states.is_dir() else []

    def copy_before(self, migration: int) -> Path:
        """Where the copy made before a migration lies."""
        return self.folder / f"vault.db.before-{migration:04d}"

    def copies(self) -> list[Path]:
        """All copies made before migrations, half-made ones too, oldest number first."""
        return sorted(self.folder.glob("vault.db.before-*"))


def remove_states(folder: Path) -> None:
    """Remove all states of conversations, half-written ones too. Raises OSError."""
    if folder.is_dir():
        for file in folder.iterdir():
            file.unlink(missing_ok=True)
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in a folder durable (POSIX; Windows does so by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file of this user alone: a temporary one in the same folder, synced, then put in place."""
    temporary = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_bytes_whole(path: Path, content: bytes) -> None:
    """As `write_whole`, of bytes that are at hand."""
    write_whole(path, lambda file: file.write(content))
