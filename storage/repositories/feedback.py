"""What the person said about an answer, or about one memory in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from second_me.storage.rows import fetch, stamp
from second_me.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Verdict:
    """One word of the person; `memory_id` None: about the answer as a whole."""

    answer_id: str
    memory_id: str | None
    verdict: str
    at: datetime


_ADD = """
INSERT INTO feedback(answer_id, memory_id, verdict, at) SELECT ?, ?, ?, ?
WHERE NOT EXISTS (SELECT 1 FROM feedback WHERE answer_id = ? AND memory_id IS ? AND verdict = ?)
"""


class Feedback:
    """Verdicts; erasing the answer or the memory takes them along."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, given: Verdict) -> bool:
        """Keep one; False when the same was said before."""
        said = (given.answer_id, given.memory_id, given.verdict)
        with self._vault.writing() as db:
            db.execute(_ADD, (*said, stamp(given.at), *said))
            return db.changes() > 0

    def about(self, answer_id: str) -> Sequence[Verdict]:
        """In the order in which they were given."""
        query = "SELECT answer_id, memory_id, verdict, at FROM feedback WHERE answer_id = ? ORDER BY id"
        with self._vault.reading() as db:
            rows = fetch(db, query, (answer_id,))
        return [
            Verdict(answer, memory, word, datetime.fromisoformat(at)) for answer, memory, word, at in rows
        ]
