"""Erasing: a memory goes with everything that was made of it, for good, from every page of the database.

What was made of what stands in `lineage`; erasing walks it. An answer made of an erased memory goes as a
whole, its text, its record and its quotes; a title made of one becomes empty.

Rows are overwritten by SQLite (`secure_delete`), words by FTS5 (`secure-delete`). sqlite-vec keeps the bytes
of a deleted vector, so it is overwritten first. The key of the states of conversations is replaced in the same
transaction: a model has read what is erased. Then the whole file is written anew, the log is emptied and
the copies made before migrations and the states go (`Vault.finish_erasure`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import apsw

from second_me.core.memory.episodes import ErasureReceipt, Role
from second_me.storage import state_key
from second_me.storage.index import keyed
from second_me.storage.repositories import times
from second_me.storage.repositories.showing import vector_tables
from second_me.storage.rows import THESE, fetch, fetch_first, fetch_number, stamp
from second_me.storage.vault import Vault

_DERIVED = """
WITH RECURSIVE reached(kind, id) AS (
  SELECT 'memory', value FROM json_each(?)
  UNION
  SELECT l.derived_kind, l.derived_id FROM reached AS r
  JOIN lineage AS l ON l.source_kind = r.kind AND l.source_id = r.id
)
SELECT kind, id FROM reached ORDER BY kind, id
"""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an erasure takes. `seqs` is a list as JSON."""

    memories: tuple[str, ...]
    answers: tuple[str, ...]
    missing: tuple[str, ...]
    seqs: str
    chunks: list[int]
    titles: list[str]
    facts: int

    @property
    def ids(self) -> str:
        """All memory ids, as JSON."""
        return json.dumps([*self.memories, *self.answers])


def preview(vault: Vault, memory_ids: Sequence[str]) -> ErasureReceipt:
    """What `erase` would take."""
    with vault.reading() as db:
        plan = _plan(db, memory_ids)
        vectors = sum(len(_vectors(db, table, plan)) for table in vector_tables(db))
    return _receipt(plan, vectors, len(vault.files.copies()))


def erase(vault: Vault, memory_ids: Sequence[str], conversations: Sequence[str] = ()) -> ErasureReceipt:
    """Erase memories, and conversations that shall leave no name behind. Raises EnvironmentFault.

    A fault may come after the commit, when the file is written anew: the memories are gone from the vault
    then, and erasing again, or opening the vault the next time, finishes the work.
    """
    at = datetime.now().replace(microsecond=0)
    with vault.writing() as db:
        plan = _plan(db, memory_ids)
        vectors = _carry_out(db, plan)
        _drop_conversations(db, conversations)
        state_key.renew(db)
        counts = {
            "memories": len(plan.memories),
            "answers": len(plan.answers),
            "chunks": len(plan.chunks),
            "vectors": vectors,
            "titles": len(plan.titles),
            "facts": plan.facts,
        }
        db.execute(
            "INSERT INTO audit(at, action, detail) VALUES (?, 'erase', ?)", (stamp(at), json.dumps(counts))
        )
        db.execute("INSERT OR IGNORE INTO unfinished_erasure VALUES (1)")
    return _receipt(plan, vectors, vault.finish_erasure())


def purge_hidden(vault: Vault, before: datetime) -> ErasureReceipt:
    """Erase what was deleted before a time: episodes, and conversations with all their turns."""
    limit = stamp(before)
    turns = f"SELECT memory_id FROM episodes WHERE hidden_at < ? OR conversation IN {THESE} ORDER BY seq"
    with vault.reading() as db:
        names = fetch_first(db, "SELECT name FROM conversations WHERE hidden_at < ? ORDER BY name", (limit,))
        memory_ids = fetch_first(db, turns, (limit, json.dumps(names)))
    if not names and not memory_ids:
        return ErasureReceipt((), (), (), 0, 0, 0, 0)
    return erase(vault, memory_ids, names)


def _plan(db: apsw.Connection, memory_ids: Sequence[str]) -> _Plan:
    asked = list(dict.fromkeys(memory_ids))
    reached = fetch(db, _DERIVED, (json.dumps(asked),))
    ids = json.dumps([identity for kind, identity in reached if kind == "memory"])
    rows = fetch(
        db, f"SELECT seq, memory_id, role FROM episodes WHERE memory_id IN {THESE} ORDER BY seq", (ids,)
    )
    there, wanted = {memory_id for _, memory_id, _ in rows}, set(asked)
    seqs = [seq for seq, _, _ in rows]
    answers = [each for _, each, role in rows if each not in wanted or role == Role.ASSISTANT]
    return _Plan(
        memories=tuple(each for _, each, role in rows if each in wanted and role != Role.ASSISTANT),
        answers=tuple(answers),
        missing=tuple(each for each in asked if each not in there),
        seqs=json.dumps(seqs),
        chunks=fetch_first(db, f"SELECT chunk_id FROM chunks WHERE seq IN {THESE}", (json.dumps(seqs),)),
        titles=[identity for kind, identity in reached if kind == "title"],
        facts=fetch_number(db, f"SELECT count(*) FROM claims WHERE seq IN {THESE}", (json.dumps(seqs),)),
    )


def _vectors(db: apsw.Connection, table: str, plan: _Plan) -> list[int]:
    query = f"SELECT chunk_id FROM {table} WHERE chunk_id IN {THESE}"
    return fetch_first(db, query, (json.dumps(plan.chunks),))


def _receipt(plan: _Plan, vectors: int, copies: int) -> ErasureReceipt:
    return ErasureReceipt(
        memories=plan.memories,
        answers=plan.answers,
        missing=plan.missing,
        chunks=len(plan.chunks),
        vectors=vectors,
        titles=len(plan.titles),
        migration_copies=copies,
        facts=plan.facts,
    )


def _carry_out(db: apsw.Connection, plan: _Plan) -> int:
    """Remove it all; returns the number of vectors."""
    vectors = sum(_erase_vectors(db, table, plan) for table in vector_tables(db))
    seqs, chunks = (plan.seqs,), (json.dumps(plan.chunks),)
    names = fetch_first(db, f"SELECT DISTINCT conversation FROM episodes WHERE seq IN {THESE}", seqs)
    db.execute(f"DELETE FROM pending_chunks WHERE chunk_id IN {THESE}", chunks)
    db.execute(f"DELETE FROM chunks WHERE chunk_id IN {THESE}", chunks)
    keyed.drop(db, plan.seqs)
    times.drop(db, plan.seqs)
    _erase_derived(db, plan)
    db.execute(f"DELETE FROM episodes WHERE seq IN {THESE}", seqs)
    _drop_empty_imports(db, names)
    return vectors


def _erase_vectors(db: apsw.Connection, table: str, plan: _Plan) -> int:
    there = _vectors(db, table, plan)
    if there:
        number = int(table.removeprefix("vectors_"))
        dimensions = fetch_number(db, "SELECT dimensions FROM embedders WHERE id = ?", (number,))
        nothing = bytes(4 * dimensions)
        db.executemany(
            f"UPDATE {table} SET vector = ? WHERE chunk_id = ?", [(nothing, each) for each in there]
        )
        db.executemany(f"DELETE FROM {table} WHERE chunk_id = ?", [(each,) for each in there])
    return len(there)


def _erase_derived(db: apsw.Connection, plan: _Plan) -> None:
    ids = (plan.ids,)
    for table, column in (
        ("citations", "answer_id"),
        ("citations", "memory_id"),
        ("considered", "answer_id"),
        ("considered", "memory_id"),
        ("feedback", "answer_id"),
        ("feedback", "memory_id"),
        ("answers", "answer_id"),
        ("set_by_hand", "memory_id"),
        ("audit_memories", "memory_id"),
    ):
        db.execute(f"DELETE FROM {table} WHERE {column} IN {THESE}", ids)
    db.execute(f"UPDATE answers SET question_id = NULL WHERE question_id IN {THESE}", ids)
    titles = (json.dumps(plan.titles),)
    db.execute(f"UPDATE conversations SET title = '' WHERE name IN {THESE}", titles)
    db.execute(f"DELETE FROM lineage WHERE derived_kind = 'title' AND derived_id IN {THESE}", titles)
    db.execute(f"DELETE FROM lineage WHERE source_kind = 'memory' AND source_id IN {THESE}", ids)
    db.execute(f"DELETE FROM lineage WHERE derived_kind = 'memory' AND derived_id IN {THESE}", ids)


def _drop_empty_imports(db: apsw.Connection, names: Sequence[str]) -> None:
    """An import's conversation without a turn is only a name, perhaps somebody's. A talk stays open."""
    query = (
        f"SELECT name FROM conversations AS c WHERE name IN {THESE} AND origin <> 'talk' "
        "AND NOT EXISTS (SELECT 1 FROM episodes WHERE conversation = c.name)"
    )
    _drop_conversations(db, fetch_first(db, query, (json.dumps(names),)))


def _drop_conversations(db: apsw.Connection, names: Sequence[str]) -> None:
    these = (json.dumps(list(names)),)
    db.execute(f"DELETE FROM lineage WHERE derived_kind = 'title' AND derived_id IN {THESE}", these)
    db.execute(f"DELETE FROM conversations WHERE name IN {THESE}", these)
