"""What recall has learned, and what was shown beside answers, from which it learns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from second_me.core.recall.learning import Features, Learned
from second_me.core.recall.lessons import Shown
from second_me.storage.rows import fetch, fetch_first, stamp
from second_me.storage.vault import Vault

DIGITS = 4
"""Decimals of a feature that are kept: more tell nothing."""

_KEEP = """
UPDATE considered SET features = ? WHERE answer_id = ? AND memory_id = ?
AND EXISTS (SELECT 1 FROM episodes AS e WHERE e.memory_id = considered.memory_id)
"""
_SHOWN = """
SELECT n.memory_id, n.features,
       EXISTS (SELECT 1 FROM citations AS q WHERE q.answer_id = n.answer_id AND q.memory_id = n.memory_id)
FROM considered AS n JOIN episodes AS e ON e.memory_id = n.memory_id
WHERE n.answer_id = ? AND n.features IS NOT NULL AND e.shown ORDER BY n.place
"""

_SILENT = """
SELECT s.answer_id FROM silent_answers AS s JOIN episodes AS e ON e.memory_id = s.answer_id
JOIN conversations AS c ON c.name = e.conversation
WHERE e.hidden_at IS NULL AND c.hidden_at IS NULL ORDER BY e.seq
"""


class LearnedWeights:
    """Implements `core.ports.LearnedWeights`, and keeps what lessons are drawn from."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def deltas(self, now: datetime) -> Mapping[str, float]:
        """See the port."""
        return self.learned().deltas_at(now)

    def learned(self) -> Learned:
        """What was learned until now."""
        with self._vault.reading() as db:
            rows = fetch(db, "SELECT lessons, updated_at FROM learned")
            deltas = fetch(db, "SELECT name, delta FROM learned_weights ORDER BY name")
        if not rows:
            return Learned()
        lessons, updated_at = rows[0]
        return Learned({name: delta for name, delta in deltas}, lessons, datetime.fromisoformat(updated_at))

    def keep(self, learned: Learned) -> None:
        """Put this in the place of what was known. Raises ValueError when it was learned at no time."""
        if learned.updated_at is None:
            raise ValueError("nothing was learned")
        with self._vault.writing() as db:
            db.execute("DELETE FROM learned_weights")
            db.executemany("INSERT INTO learned_weights(name, delta) VALUES (?, ?)", learned.deltas.items())
            values = (learned.lessons, stamp(learned.updated_at))
            db.execute("INSERT OR REPLACE INTO learned(one, lessons, updated_at) VALUES (1, ?, ?)", values)

    def reset(self) -> None:
        """Forget what was learned, and what would be learned from the answers until now."""
        with self._vault.writing() as db:
            for table in ("learned_weights", "learned", "silent_answers"):
                db.execute(f"DELETE FROM {table}")
            db.execute("UPDATE considered SET features = NULL WHERE features IS NOT NULL")

    def keep_shown(self, answer_id: str, features: Mapping[str, Features], silent: bool) -> None:
        """Keep {memory id: what the ranking saw of it} with an answer; `silent`: silence may teach from it."""
        rows = [
            (json.dumps({name: round(value, DIGITS) for name, value in each.items()}), answer_id, memory_id)
            for memory_id, each in features.items()
        ]
        with self._vault.writing() as db:
            db.executemany(_KEEP, rows)
            if silent:
                db.execute("INSERT OR IGNORE INTO silent_answers VALUES (?)", (answer_id,))

    def shown(self, answer_id: str) -> Sequence[Shown]:
        """What stood beside an answer, in order; what is deleted or not remembered any more is left out."""
        with self._vault.reading() as db:
            rows = fetch(db, _SHOWN, (answer_id,))
        return [Shown(memory_id, json.loads(kept), bool(cited)) for memory_id, kept, cited in rows]

    def silent(self) -> Sequence[str]:
        """Answers from which silence may still teach, in order; none that is deleted."""
        with self._vault.reading() as db:
            return fetch_first(db, _SILENT)

    def speak(self, answer_id: str) -> bool:
        """Silence teaches nothing from this answer any more; False when it would not have."""
        with self._vault.writing() as db:
            db.execute("DELETE FROM silent_answers WHERE answer_id = ?", (answer_id,))
            return db.changes() > 0
