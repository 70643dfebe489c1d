"""Keys of an older version are written anew, some hundred at a time, while the vault is in use.

How far it has come stands in `settings`, in the transaction that writes the keys, so that a crash repeats
nothing and leaves nothing out. Episodes stored meanwhile have new keys already.
"""

from __future__ import annotations

import apsw

from second_me.storage.index import keyed
from second_me.storage.repositories.episodes import MakeKey
from second_me.storage.rows import fetch, fetch_first, moment
from second_me.storage.vault import Vault

BATCH = 200
_FIRST_VERSION = 1
_VERSION, _PLACE = "keys", "keys_from"


class Rekeying:
    """Brings the keys of a vault to `version`, the one that `make_key` makes (`core.recall.keys`)."""

    def __init__(self, vault: Vault, make_key: MakeKey, version: int) -> None:
        self._vault, self._make_key, self._version = vault, make_key, version

    def version(self) -> int:
        """The version that all keys have at least."""
        with self._vault.reading() as db:
            return int(_setting(db, _VERSION) or _FIRST_VERSION)

    def rewrite(self, limit: int = BATCH) -> bool:
        """Write the next `limit` keys, durably; whether more are left. Raises EnvironmentFault."""
        if self.version() == self._version:
            return False
        with self._vault.writing() as db:
            query = (
                "SELECT seq, text, speaker, spoken_at FROM episodes "
                "WHERE seq > ? AND role <> 'assistant' ORDER BY seq LIMIT ?"
            )
            rows = fetch(db, query, (self._place(db), limit))
            for seq, text, speaker, spoken_at in rows:
                keyed.rewrite(db, seq, self._make_key(text, speaker, moment(spoken_at)))
            left = len(rows) == limit
            if left:
                _keep(db, _PLACE, f"{self._version} {rows[-1][0]}")
            else:
                _keep(db, _VERSION, str(self._version))
                db.execute("DELETE FROM settings WHERE key = ?", (_PLACE,))
        return left

    def _place(self, db: apsw.Connection) -> int:
        """The last seq that has its new key; 0 where another version was being written."""
        version, _, seq = (_setting(db, _PLACE) or "").partition(" ")
        return int(seq) if version == str(self._version) else 0


def _setting(db: apsw.Connection, key: str) -> str | None:
    return next(iter(fetch_first(db, "SELECT value FROM settings WHERE key = ?", (key,))), None)


def _keep(db: apsw.Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)", (key, value))
