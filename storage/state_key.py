"""The key of the states of conversations: it lies in the vault, and every erasure makes another.

So a state that was written before an erasure opens with no key that there is, from the commit on.
"""

from __future__ import annotations

import secrets

import apsw

from second_me.storage.access import Vault
from second_me.storage.rows import fetch_first

NAME = "key of the states"
KEY_BYTES = 32


def find_state_key(vault: Vault) -> bytes | None:
    """The key of today; None where no state was ever kept. Raises EnvironmentFault."""
    with vault.reading() as db:
        found = fetch_first(db, "SELECT value FROM settings WHERE key = ?", (NAME,))
    return bytes.fromhex(found[0]) if found else None


def state_key(vault: Vault) -> bytes:
    """The key of today, made at first use. Raises EnvironmentFault."""
    with vault.writing() as db:
        return find_state_key(vault) or renew(db)


def renew(db: apsw.Connection) -> bytes:
    """Another key, in the transaction at hand; the old one is overwritten."""
    key = secrets.token_bytes(KEY_BYTES)
    db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)", (NAME, key.hex()))
    return key
