"""What the person must be told, until it is dismissed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from second_me.storage.rows import fetch, stamp
from second_me.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. The vault's own codes: `lost_commits` (detail {"lost": n}) and `counter_damaged`."""

    id: int
    at: datetime
    code: str
    detail: Mapping[str, Any]


class Notices:
    """The notices of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, code: str, detail: Mapping[str, Any], at: datetime) -> None:
        """Keep one until it is dismissed."""
        with self._vault.writing() as db:
            db.execute(
                "INSERT INTO notices(at, code, detail) VALUES (?, ?, ?)",
                (stamp(at), code, json.dumps(dict(detail))),
            )

    def standing(self) -> Sequence[Notice]:
        """Those not dismissed, oldest first."""
        query = "SELECT id, at, code, detail FROM notices WHERE NOT dismissed ORDER BY id"
        with self._vault.reading() as db:
            rows = fetch(db, query)
        return [
            Notice(number, datetime.fromisoformat(at), code, json.loads(detail))
            for number, at, code, detail in rows
        ]

    def dismiss(self, notice: int) -> bool:
        """False when there is none of this id."""
        with self._vault.writing() as db:
            db.execute("UPDATE notices SET dismissed = 1 WHERE id = ?", (notice,))
            return db.changes() > 0
