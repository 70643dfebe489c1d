"""What was done on the person's behalf."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from second_me.storage.rows import fetch, stamp
from second_me.storage.vault import Vault


class Audit:
    """Implements `core.ports.AuditLog`. Details must not quote memories: erasing does not look in here."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def record(self, action: str, detail: Mapping[str, Any], at: datetime) -> None:
        """See the port."""
        with self._vault.writing() as db:
            db.execute(
                "INSERT INTO audit(at, action, detail) VALUES (?, ?, ?)",
                (stamp(at), action, json.dumps(dict(detail))),
            )

    def entries(self, limit: int) -> Sequence[Mapping[str, Any]]:
        """See the port."""
        with self._vault.reading() as db:
            rows = fetch(db, "SELECT at, action, detail FROM audit ORDER BY id DESC LIMIT ?", (limit,))
        return [
            {"at": datetime.fromisoformat(at), "action": action, "detail": json.loads(detail)}
            for at, action, detail in rows
        ]
