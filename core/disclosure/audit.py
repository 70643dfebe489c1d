"""The port of the audit log: what was done on the person's behalf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class AuditMemory:
    """A memory of an entry: `text` of it was told, or it was withheld; `reason` is a word of who decided."""

    memory_id: str
    told: bool
    reason: str = ""
    text: str = ""


class AuditLog(Protocol):
    """What was done on the person's behalf, with its sources. `detail` holds nothing of a memory."""

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
        """Append one entry; `consent` is a word for who agreed, and how."""

    def entries(self, limit: int, action: str | None = None) -> Sequence[Mapping[str, Any]]:
        """Latest first: {"id", "at", "action", "detail", "audience", "asker", "consent", "memories"}. Memories that
        are hidden are left out."""
