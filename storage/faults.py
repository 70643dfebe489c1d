"""Errors by blame: what the environment did becomes an `EnvironmentFault`, the rest is a bug and stays.

One table decides, for opening, reading and writing alike.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import apsw

from second_me.core.ports import EnvironmentFault

_WORDS: dict[str, tuple[str, str]] = {
    "damaged": (
        "A file of the vault is damaged or cannot be read.",
        "Nothing was overwritten. Check the disk and put back a copy of the vault's folder.",
    ),
    "keys_missing": (
        "The file vault.keys.json is missing beside the vault: without it the vault cannot be opened.",
        "Nothing was overwritten. Put the file back from a copy of the vault's folder.",
    ),
    "keys_damaged": (
        "The file vault.keys.json is damaged: without it the vault cannot be opened.",
        "Nothing was overwritten. Put the file back from a copy of the vault's folder.",
    ),
    "database_missing": (
        "The file vault.db is missing; its keys are still there.",
        "Nothing was overwritten. Put the file back from a copy of the vault's folder.",
    ),
    "disk_full": (
        "The disk is full: this was not stored. Everything stored before is still there.",
        "Make room on the disk and try again.",
    ),
    "read_only": (
        "The vault's folder cannot be written to.",
        "Give this user the right to write there, or choose another folder.",
    ),
    "in_use": (
        "Another program has this vault open.",
        "Close the other one first.",
    ),
    "newer_version": (
        "This vault was written by a newer version of Second Me.",
        "Update Second Me; the vault was not touched.",
    ),
    "locked": ("The vault is locked.", "Unlock it first."),
    "no_vault": ("There is no vault here yet.", "Make one first."),
    "vault_exists": ("There is a vault here already.", "Open it, or choose another folder."),
    "wrong_passphrase": (
        "This is not the passphrase of this vault.",
        "Try again, or use the recovery key.",
    ),
    "wrong_recovery_key": (
        "This recovery key is well written, but it is not the one of this vault.",
        "Use the key that was shown when this vault was made.",
    ),
    "mistyped_recovery_key": (
        "There is a typing mistake in the recovery key.",
        "Compare it with your note, group by group.",
    ),
    "weak_passphrase": (
        "This passphrase is too easy to guess: it needs at least 8 characters, 4 of them different.",
        "Choose a longer one; a few unrelated words are good.",
    ),
}

_CODES = {
    "keys_missing": "damaged",
    "keys_damaged": "damaged",
    "database_missing": "damaged",
}


def fault(reason: str) -> EnvironmentFault:
    """The fault for a reason of the table above, with its code for programs and its words for people."""
    what, action = _WORDS[reason]
    return EnvironmentFault(_CODES.get(reason, reason), what, action)


_SQLITE: tuple[tuple[type[apsw.Error], str], ...] = (
    (apsw.NotADBError, "damaged"),
    (apsw.CorruptError, "damaged"),
    (apsw.FormatError, "damaged"),
    (apsw.FullError, "disk_full"),
    (apsw.ReadOnlyError, "read_only"),
    (apsw.CantOpenError, "read_only"),
    (apsw.PermissionsError, "read_only"),
    (apsw.BusyError, "in_use"),
    (apsw.LockedError, "in_use"),
    (apsw.IOError, "damaged"),
)

_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EIO: "damaged",
}


def of_sqlite(error: apsw.Error) -> EnvironmentFault | None:
    """The fault behind an error of SQLite; None when the error is ours."""
    return next((fault(reason) for kind, reason in _SQLITE if isinstance(error, kind)), None)


def of_system(error: OSError) -> EnvironmentFault | None:
    """The fault behind an error of the file system; None when it is none that we know."""
    reason = _ERRNO.get(error.errno) if error.errno is not None else None
    return fault(reason) if reason else None


@contextmanager
def translated() -> Iterator[None]:
    """Inside, errors of the environment come out as `EnvironmentFault`."""
    try:
        yield
    except apsw.Error as error:
        if (found := of_sqlite(error)) is None:
            raise
        raise found from error
    except OSError as error:
        if (found := of_system(error)) is None:
            raise
        raise found from error
