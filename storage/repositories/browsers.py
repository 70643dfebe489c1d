"""The paired browsers (`core.acting.browsers.BrowserStore`). Every method is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from second_me.core.acting.browsers import Browser
from second_me.storage.rows import Row, fetch, fetch_first, moment, stamp
from second_me.storage.vault import Vault

_ALL = "SELECT browser_id, name, key, paired_at, seen_at FROM browsers"


class Browsers:
    """The tables `browsers` and `browser_identity` of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def identity(self) -> bytes | None:
        """See the port."""
        with self._vault.reading() as db:
            return next(iter(fetch_first(db, "SELECT scalar FROM browser_identity")), None)

    def keep_identity(self, scalar: bytes) -> bytes:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("INSERT OR IGNORE INTO browser_identity(id, scalar) VALUES (1, ?)", (scalar,))
            kept: bytes = fetch_first(db, "SELECT scalar FROM browser_identity")[0]
        return kept

    def listing(self) -> Sequence[Browser]:
        """See the port."""
        with self._vault.reading() as db:
            return [_browser(row) for row in fetch(db, f"{_ALL} ORDER BY paired_at, browser_id")]

    def by_key(self, key: bytes) -> Browser | None:
        """See the port."""
        with self._vault.reading() as db:
            return next((_browser(row) for row in fetch(db, f"{_ALL} WHERE key = ?", (key,))), None)

    def pair(self, name: str, key: bytes, at: datetime) -> Browser:
        """See the port."""
        values = (f"b_{secrets.token_hex(6)}", name, key, stamp(at))
        with self._vault.writing() as db:
            db.execute(
                "INSERT INTO browsers(browser_id, name, key, paired_at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET name = excluded.name, paired_at = excluded.paired_at",
                values,
            )
            return _browser(fetch(db, f"{_ALL} WHERE key = ?", (key,))[0])

    def seen(self, browser_id: str, at: datetime) -> None:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("UPDATE browsers SET seen_at = ? WHERE browser_id = ?", (stamp(at), browser_id))

    def forget(self, browser_id: str) -> bool:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("DELETE FROM browsers WHERE browser_id = ?", (browser_id,))
            return db.changes() > 0


def _browser(row: Row) -> Browser:
    browser_id, name, key, paired_at, seen_at = row
    return Browser(browser_id, name, key, datetime.fromisoformat(paired_at), moment(seen_at))
