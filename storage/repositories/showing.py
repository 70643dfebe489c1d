"""What may be seen and found: the one place that keeps `episodes.shown` and the indexes in step.

An episode is *shown* when it is remembered and neither it nor its conversation is hidden. The word indexes
hold what is shown and not the assistant's; the keys of the rest wait on a shelf (`index/keyed.py`). Vectors
stay where they are and carry a mark.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from second_me.storage.index import keyed
from second_me.storage.rows import THESE, fetch_first

_WRONG = """
SELECT e.seq FROM episodes AS e JOIN conversations AS c ON c.name = e.conversation
WHERE {which} AND e.shown <> (e.remembered AND e.hidden_at IS NULL AND c.hidden_at IS NULL)
"""


def refresh_memory(db: apsw.Connection, memory_id: str) -> None:
    """After something changed about one episode."""
    _turn(db, fetch_first(db, _WRONG.format(which="e.memory_id = ?"), (memory_id,)))


def refresh_conversation(db: apsw.Connection, name: str) -> None:
    """After something changed about a conversation."""
    _turn(db, fetch_first(db, _WRONG.format(which="e.conversation = ?"), (name,)))


def wrong_between(db: apsw.Connection, after: int, last: int) -> list[int]:
    """Episodes with `after` < seq <= `last` whose mark is not what it should be."""
    return fetch_first(db, _WRONG.format(which="e.seq > ? AND e.seq <= ?"), (after, last))


def refresh_these(db: apsw.Connection, seqs: Sequence[int]) -> None:
    """Turn the marks of these, which are wrong."""
    _turn(db, seqs)


def vector_tables(db: apsw.Connection) -> list[str]:
    """The vec0 tables of all embedders that were ever in use."""
    return fetch_first(db, "SELECT 'vectors_' || id FROM embedders ORDER BY id")


def _turn(db: apsw.Connection, seqs: Sequence[int]) -> None:
    """Show what was not shown among these, and the other way round."""
    if not seqs:
        return
    these = json.dumps(list(seqs))
    db.execute(f"UPDATE episodes SET shown = NOT shown WHERE seq IN {THESE}", (these,))
    shown = fetch_first(db, f"SELECT seq FROM episodes WHERE shown AND seq IN {THESE}", (these,))
    gone = sorted(set(seqs) - set(shown))
    keyed.to_index(db, json.dumps(shown))
    keyed.to_shelf(db, json.dumps(gone))
    for table in vector_tables(db):
        _mark(db, table, shown, 1)
        _mark(db, table, gone, 0)


def _mark(db: apsw.Connection, table: str, seqs: Sequence[int], live: int) -> None:
    chunks = f"SELECT chunk_id FROM chunks WHERE seq IN {THESE}"
    found = fetch_first(
        db, f"SELECT chunk_id FROM {table} WHERE chunk_id IN ({chunks})", (json.dumps(list(seqs)),)
    )
    db.executemany(f"UPDATE {table} SET live = ? WHERE chunk_id = ?", [(live, chunk) for chunk in found])
