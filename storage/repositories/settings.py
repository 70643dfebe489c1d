"""Settings that belong to the person's memory (such as "me") and therefore lie in the vault."""

from __future__ import annotations

from second_me.storage.rows import fetch_first
from second_me.storage.vault import Vault


class Settings:
    """Words by key."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def get(self, key: str) -> str | None:
        """The value; None when it was never set."""
        with self._vault.reading() as db:
            return next(iter(fetch_first(db, "SELECT value FROM settings WHERE key = ?", (key,))), None)

    def set(self, key: str, value: str | None) -> None:
        """Keep a value; None takes it away."""
        with self._vault.writing() as db:
            if value is None:
                db.execute("DELETE FROM settings WHERE key = ?", (key,))
            else:
                db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)", (key, value))
