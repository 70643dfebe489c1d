"""Keys of an older version are written anew, some hundred at a time, while the vault is in use.

How far it has come stands in `settings`, in the transaction that writes the keys, so that a crash repeats
nothing and leaves nothing out. Episodes stored meanwhile have new keys already.

Deleting word by word (FTS5's `secure-delete`) would take 7 ms an episode, so here it is off: old words stay in the
index until its parts are merged, which is done in small steps after the last key. An erasure before that merges
everything at once (`keyed.drop`).
"""

from __future__ import annotations

import apsw

from second_me.storage.index import keyed
from second_me.storage.repositories.episodes import MakeKey
from second_me.storage.rows import fetch, fetch_first, moment
from second_me.storage.vault import Vault

BATCH = 200
_FIRST_VERSION = 1
_VERSION = "keys"
_MERGING = -1


class Rekeying:
    """Brings the keys of a vault to `version`, the one that `make_key` makes (`core.recall.keys`)."""

    def __init__(self, vault: Vault, make_key: MakeKey, version: int) -> None:
        self._vault, self._make_key, self._version = vault, make_key, version

    def version(self) -> int:
        """The version that all keys have at least."""
        with self._vault.reading() as db:
            return int(_setting(db, _VERSION) or _FIRST_VERSION)

    def rewrite(self, limit: int = BATCH) -> bool:
        """Write the next `limit` keys, or take the next step of merging, durably; whether more is left.

        Raises EnvironmentFault.
        """
        if self.version() == self._version:
            return False
        try:
            with self._vault.writing() as db:
                place = self._place(db)
                left = self._merge(db) if place == _MERGING else self._rewrite(db, place, limit)
        finally:
            with self._vault.reading() as db:
                keyed.delete_securely(db)  # FTS5 remembers it past a rollback
        return left

    def _rewrite(self, db: apsw.Connection, after: int, limit: int) -> bool:
        query = (
            "SELECT seq, text, speaker, spoken_at FROM episodes "
            "WHERE seq > ? AND role <> 'assistant' ORDER BY seq LIMIT ?"
        )
        rows = fetch(db, query, (after, limit))
        keys = {seq: self._make_key(text, speaker, moment(at)) for seq, text, speaker, at in rows}
        keyed.rewrite(db, keys)
        if len(rows) < limit:
            keyed.begin_merging(db)
            self._keep_place(db, _MERGING)
        else:
            self._keep_place(db, rows[-1][0])
        return True

    def _merge(self, db: apsw.Connection) -> bool:
        if keyed.merge(db):
            return True
        _keep(db, _VERSION, str(self._version))
        db.execute("DELETE FROM settings WHERE key = ?", (keyed.UNDER_WAY,))
        return False

    def _keep_place(self, db: apsw.Connection, place: int) -> None:
        _keep(db, keyed.UNDER_WAY, f"{self._version} {place}")

    def _place(self, db: apsw.Connection) -> int:
        """The last seq that has its new key, or -1 when all have; 0 where another version was being written."""
        version, _, seq = (_setting(db, keyed.UNDER_WAY) or "").partition(" ")
        return int(seq) if version == str(self._version) else 0


def _setting(db: apsw.Connection, key: str) -> str | None:
    return next(iter(fetch_first(db, "SELECT value FROM settings WHERE key = ?", (key,))), None)


def _keep(db: apsw.Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)", (key, value))
