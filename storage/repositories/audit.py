"""What was done on the person's behalf: when, for whom, from which memories, and who agreed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import apsw

from second_me.core.disclosure.audit import AuditMemory
from second_me.storage.rows import THESE, Row, fetch, stamp
from second_me.storage.vault import Vault

_MEMORIES = f"""
SELECT m.audit_id, m.memory_id, m.told, m.reason, m.text
FROM audit_memories AS m JOIN episodes AS e ON e.memory_id = m.memory_id
WHERE m.audit_id IN {THESE} AND e.shown ORDER BY m.audit_id, m.place
"""


class Audit:
    """Implements `core.disclosure.audit.AuditLog`.

    Whatever comes from a memory stands in the row of that memory, which erasing it removes; `detail` must hold
    nothing of it: erasing does not look in there.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def record(
        self,
        action: str,
        detail: Mapping[str, Any],
        at: datetime,
        *,
        audience: str | None = None,
        asker: str | None = None,
        consent: str = "",
        memories: Sequence[AuditMemory] = (),
    ) -> None:
        """See the port."""
        with self._vault.writing() as db:
            db.execute(
                "INSERT INTO audit(at, action, detail, audience, asker, consent) VALUES (?, ?, ?, ?, ?, ?)",
                (stamp(at), action, json.dumps(dict(detail)), audience, asker, consent),
            )
            number = db.last_insert_rowid()
            rows = [
                (number, place, each.memory_id, each.told, each.reason, each.text)
                for place, each in enumerate(memories)
            ]
            db.executemany("INSERT INTO audit_memories VALUES (?, ?, ?, ?, ?, ?)", rows)

    def entries(self, limit: int, action: str | None = None) -> Sequence[Mapping[str, Any]]:
        """See the port."""
        query = (
            "SELECT id, at, action, detail, audience, asker, consent FROM audit "
            "WHERE ?1 IS NULL OR action = ?1 ORDER BY id DESC LIMIT ?2"
        )
        with self._vault.reading() as db:
            rows = fetch(db, query, (action, limit))
            memories = _memories(db, [row[0] for row in rows])
        return [_entry(row, memories.get(row[0], [])) for row in rows]


def _entry(row: Row, memories: Sequence[AuditMemory]) -> Mapping[str, Any]:
    number, at, action, detail, audience, asker, consent = row
    return {
        "id": number,
        "at": datetime.fromisoformat(at),
        "action": action,
        "detail": json.loads(detail),
        "audience": audience,
        "asker": asker,
        "consent": consent,
        "memories": tuple(memories),
    }


def _memories(db: apsw.Connection, numbers: Sequence[int]) -> dict[int, list[AuditMemory]]:
    told: dict[int, list[AuditMemory]] = {}
    for number, memory_id, was_told, reason, text in fetch(db, _MEMORIES, (json.dumps(list(numbers)),)):
        told.setdefault(number, []).append(AuditMemory(memory_id, bool(was_told), reason, text))
    return told
