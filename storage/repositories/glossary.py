"""The person's own words, as places in the texts of the episodes that define them."""

from __future__ import annotations

from collections.abc import Sequence

from second_me.core.memory.facts.claims import Defined, Passage, digest
from second_me.storage.repositories.facts import checked
from second_me.storage.rows import fetch, moment
from second_me.storage.vault import Vault

_LISTING = """
SELECT d.term_start, d.term_end, d.meaning_start, d.meaning_end, d.digest, e.text, e.memory_id, e.spoken_at
FROM definitions AS d JOIN episodes AS e ON e.seq = d.seq
WHERE e.shown AND e.role = 'person' ORDER BY d.definition_id
"""


class Glossary:
    """Implements `core.ports.GlossaryStore`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def put(self, memory_id: str, definitions: Sequence[tuple[Passage, Passage]]) -> None:
        """See the port. Raises ValueError for an unknown memory, too."""
        with self._vault.writing() as db:
            rows = fetch(db, "SELECT seq, text FROM episodes WHERE memory_id = ?", (memory_id,))
            if not rows:
                raise ValueError("no such memory")
            seq, text = rows[0]
            read = digest(text)
            for term, meaning in definitions:
                checked(term, text, read)
                checked(meaning, text, read)
            db.execute("DELETE FROM definitions WHERE seq = ?", (seq,))
            db.executemany(
                "INSERT INTO definitions(seq, term_start, term_end, meaning_start, meaning_end, digest) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [(seq, t.start, t.end, m.start, m.end, read) for t, m in definitions],
            )

    def listing(self) -> Sequence[Defined]:
        """See the port. Raises ValueError when a text is not the one that was read."""
        with self._vault.reading() as db:
            rows = fetch(db, _LISTING)
        return [
            Defined(
                Passage(term_start, term_end, read).of(text),
                Passage(start, end, read).of(text),
                memory_id,
                moment(said),
            )
            for term_start, term_end, start, end, read, text, memory_id, said in rows
        ]
