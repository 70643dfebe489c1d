"""The tables that hold something of a memory beside the memory itself, in the order in which an erasure goes
through them. A table of a later migration is added here (or goes by itself, by a trigger or ON DELETE CASCADE);
tests/storage/test_erasure_walk.py finds one that was left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import apsw

from second_me.storage.repositories.erasure_about import remove_about
from second_me.storage.repositories.erasure_plan import Plan
from second_me.storage.rows import THESE, fetch_first, fetch_number


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a table that go with an episode: `column` holds the episode's `key` (seq, memory_id or chunk_id)."""

    table: str
    column: str
    key: str

    def where(self, plan: Plan) -> tuple[str, tuple[str]]:
        """The condition on the rows of a plan, and its value."""
        these = {"seq": plan.seqs, "memory_id": plan.ids, "chunk_id": json.dumps(plan.chunks)}[self.key]
        return f"{self.column} IN {THESE}", (these,)


PARTS = (
    Part("pending_chunks", "chunk_id", "chunk_id"),
    Part("chunks", "chunk_id", "chunk_id"),
    Part("event_times", "seq", "seq"),
    Part("pending_times", "seq", "seq"),
    Part("citations", "answer_id", "memory_id"),
    Part("citations", "memory_id", "memory_id"),
    Part("considered", "answer_id", "memory_id"),
    Part("considered", "memory_id", "memory_id"),
    Part("feedback", "answer_id", "memory_id"),
    Part("feedback", "memory_id", "memory_id"),
    Part("answers", "answer_id", "memory_id"),
    Part("set_by_hand", "memory_id", "memory_id"),
    Part("audit_memories", "memory_id", "memory_id"),
    Part("lineage", "source_kind = 'memory' AND source_id", "memory_id"),
    Part("lineage", "derived_kind = 'memory' AND derived_id", "memory_id"),
)
"""Vectors, the word indexes and the episodes themselves need more than a DELETE: `erasure.py` has them."""

_GRAINS = f"""
SELECT count(*) FROM (SELECT grain_id FROM grain_members WHERE seq IN {THESE}
UNION SELECT grain_id FROM grain_extracts WHERE seq IN {THESE})
"""

_BY_EPISODE = {
    "facts": f"SELECT count(*) FROM claims WHERE seq IN {THESE}",
    "glossary": f"SELECT count(*) FROM definitions WHERE seq IN {THESE}",
    "recalls": f"SELECT count(*) FROM uses WHERE seq IN {THESE} AND grade = 'good'",
}
"""Rows that triggers of their migrations take along."""


def counts(db: apsw.Connection, plan: Plan) -> dict[str, int]:
    """What a plan takes of each kind, by the names of the receipt."""
    numbers = {name: fetch_number(db, query, (plan.seqs,)) for name, query in _BY_EPISODE.items()}
    taken = f"SELECT count(*) FROM claims WHERE claim_id IN {THESE} AND seq NOT IN {THESE}"
    told = f"SELECT DISTINCT audit_id FROM audit_memories WHERE memory_id IN {THESE}"
    entries = {*fetch_first(db, told, (plan.ids,)), *(entry for entry, _ in plan.about.logged)}
    return {
        **numbers,
        "facts": numbers["facts"] + fetch_number(db, taken, (json.dumps(plan.about.claims), plan.seqs)),
        "grains": fetch_number(db, _GRAINS, (plan.seqs, plan.seqs)),
        "audit": len(entries | set(plan.about.askers)),
    }


def remove(db: apsw.Connection, plan: Plan) -> None:
    """Remove the parts, and what else points to what goes."""
    remove_about(db, plan.about, plan.staying)
    for part in PARTS:
        where, values = part.where(plan)
        db.execute(f"DELETE FROM {part.table} WHERE {where}", values)
    db.execute(f"UPDATE answers SET question_id = NULL WHERE question_id IN {THESE}", (plan.ids,))
    titles = (json.dumps(plan.titles),)
    db.execute(f"UPDATE conversations SET title = '' WHERE name IN {THESE}", titles)
    db.execute(f"DELETE FROM lineage WHERE derived_kind = 'title' AND derived_id IN {THESE}", titles)


def remove_conversations(db: apsw.Connection, plan: Plan) -> None:
    """Remove conversations of which nothing is left, after their episodes."""
    these = (json.dumps(plan.conversations),)
    db.execute(f"DELETE FROM lineage WHERE derived_kind = 'title' AND derived_id IN {THESE}", these)
    db.execute(f"DELETE FROM conversations WHERE name IN {THESE}", these)
