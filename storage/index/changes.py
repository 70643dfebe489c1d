"""Which episodes changed since an index in memory last looked, whoever changed them.

Triggers of this connection write it into a temporary table (in memory, numbers only). So it is part of each
transaction: what is undone leaves no trace, and no repository has to remember to tell anybody.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import apsw

from second_me.storage.rows import fetch_first
from second_me.storage.vault import Vault

VECTORS = (
    ("UPDATE OF shown ON main.episodes", "VALUES (NEW.seq)"),
    ("DELETE ON main.pending_chunks", "SELECT seq FROM chunks WHERE chunk_id = OLD.chunk_id"),
    ("DELETE ON main.chunks", "VALUES (OLD.seq)"),
)
"""What changes the vectors that can be found: (event, the episodes concerned)."""

PLACES = (
    ("INSERT ON main.episodes", "VALUES (NEW.seq)"),
    # not of `faded`, which a new day changes of thousands
    (
        "UPDATE OF conversation, speaker, role, session, placed_at, spoken_at, shown ON main.episodes",
        "VALUES (NEW.seq)",
    ),
    ("DELETE ON main.episodes", "VALUES (OLD.seq)"),
)
"""What changes the place of a turn."""

_names = itertools.count(1)


class Changes:
    """A log of changed episodes of one open vault, each named once however often it changed."""

    def __init__(self, vault: Vault, causes: Sequence[tuple[str, str]]) -> None:
        self._table = f"changed_{next(_names)}"
        with vault.reading() as db:
            db.execute(f"CREATE TEMP TABLE {self._table}(seq INTEGER PRIMARY KEY)")
            for number, (event, seqs) in enumerate(causes):
                db.execute(
                    f"CREATE TEMP TRIGGER {self._table}_{number} AFTER {event} BEGIN "
                    f"INSERT OR IGNORE INTO {self._table} {seqs}; END"
                )

    def any(self, db: apsw.Connection) -> bool:
        """Whether an episode changed since `clear`."""
        return bool(fetch_first(db, f"SELECT EXISTS (SELECT 1 FROM {self._table})")[0])

    def seqs(self, db: apsw.Connection, limit: int) -> list[int] | None:
        """The changed episodes, in order; None when they are more than `limit`."""
        found = fetch_first(db, f"SELECT seq FROM {self._table} ORDER BY seq LIMIT ?", (limit + 1,))
        return found if len(found) <= limit else None

    def clear(self, db: apsw.Connection) -> None:
        """Begin anew. Not within a transaction that may be undone."""
        db.execute(f"DELETE FROM {self._table}")
