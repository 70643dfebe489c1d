"""Vaults are made, opened and given other keys here.

Made in an order that a crash cannot hurt: the database grows as `vault.db.new`; then its keys are put in
place; then it gets its name. Keys without `vault.db` but with `vault.db.new` are a vault whose making was cut
short: its recovery key was never shown and nothing was ever stored in it, so it may be made anew, or opened
with its passphrase, which completes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import filelock

from second_me.storage import making, migrate
from second_me.storage.access import Vault
from second_me.storage.connection import fold_on_close
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

__all__ = [
    "Vault",
    "change_passphrase",
    "create_vault",
    "open_vault",
    "renew_recovery_key",
    "vault_exists",
    "verify_passphrase",
]

_COUNTER_PURPOSE = "commit counter"


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
