"""Erasing: what was selected goes with everything that was made of it, for good, from every page of the database.

`erasure_plan` says what a selection means here, `erasure_walk` which tables hold something of a memory.

Rows are overwritten by SQLite (`secure_delete`), words by FTS5 (`secure-delete`). sqlite-vec keeps the bytes
of a deleted vector, so it is overwritten first. The key of the states of conversations is replaced in the same
transaction: a model has read what is erased. Then the whole file is written anew, the log is emptied and
the copies made before migrations and the states go (`Vault.finish_erasure`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime

import apsw

from second_me.core.memory.erasure import ErasureReceipt, Remains, Selection
from second_me.storage import state_key
from second_me.storage.index import keyed
from second_me.storage.repositories import erasure_walk
from second_me.storage.repositories.disclosure import forget_person
from second_me.storage.repositories.erasure_plan import Plan, make_plan
from second_me.storage.repositories.showing import vector_tables
from second_me.storage.rows import THESE, fetch_first, fetch_number, stamp
from second_me.storage.vault import Vault


def preview(vault: Vault, selection: Selection) -> ErasureReceipt:
    """What `erase` would take."""
    with vault.reading() as db:
        return _receipt(db, vault, make_plan(db, selection))


def erase(vault: Vault, selection: Selection) -> ErasureReceipt:
    """Erase what is selected. Raises EnvironmentFault.

    A fault may come after the commit, when the file is written anew: the memories are gone from the vault
    then, and erasing again, or opening the vault the next time, finishes the work.
    """
    at = datetime.now().replace(microsecond=0)
    with vault.writing() as db:
        plan = make_plan(db, selection)
        receipt = _receipt(db, vault, plan)
        _carry_out(db, plan)
        if selection.is_whole_person:
            forget_person(db, str(selection.person))
        state_key.renew(db)
        db.execute(
            "INSERT INTO audit(at, action, detail) VALUES (?, 'erase', ?)",
            (stamp(at), json.dumps(_numbers(receipt))),
        )
        db.execute("INSERT OR IGNORE INTO unfinished_erasure VALUES (1)")
    return replace(receipt, migration_copies=vault.finish_erasure())


def purge_hidden(vault: Vault, before: datetime) -> ErasureReceipt:
    """Erase what was deleted before a time: episodes, and conversations with all their turns."""
    limit = stamp(before)
    with vault.reading() as db:
        names = fetch_first(db, "SELECT name FROM conversations WHERE hidden_at < ? ORDER BY name", (limit,))
        ids = fetch_first(db, "SELECT memory_id FROM episodes WHERE hidden_at < ? ORDER BY seq", (limit,))
    if not names and not ids:
        return ErasureReceipt()
    return erase(vault, Selection(tuple(ids), tuple(names)))


def _receipt(db: apsw.Connection, vault: Vault, plan: Plan) -> ErasureReceipt:
    imported = (Remains.IMPORTED_FILES,) if plan.imported else ()
    return ErasureReceipt(
        memories=plan.memories,
        answers=plan.answers,
        missing=plan.missing,
        conversations=plan.conversations,
        chunks=len(plan.chunks),
        vectors=sum(len(_vectors(db, table, plan)) for table in vector_tables(db)),
        titles=len(plan.titles),
        states=len(vault.files.kept_states()),
        migration_copies=len(vault.files.copies()),
        mentions=len(plan.staying),
        remains=(Remains.BACKUPS, *imported),
        **erasure_walk.counts(db, plan),
    )


def _numbers(receipt: ErasureReceipt) -> dict[str, int]:
    """A receipt without ids and names, for the audit log."""
    fields = asdict(receipt).items()
    return {name: len(value) if isinstance(value, tuple) else value for name, value in fields}


def _vectors(db: apsw.Connection, table: str, plan: Plan) -> list[int]:
    query = f"SELECT chunk_id FROM {table} WHERE chunk_id IN {THESE}"
    return fetch_first(db, query, (json.dumps(plan.chunks),))


def _carry_out(db: apsw.Connection, plan: Plan) -> None:
    for table in vector_tables(db):
        _erase_vectors(db, table, plan)
    keyed.drop(db, plan.seqs)
    erasure_walk.remove(db, plan)
    db.execute(f"DELETE FROM episodes WHERE seq IN {THESE}", (plan.seqs,))
    erasure_walk.remove_conversations(db, plan)


def _erase_vectors(db: apsw.Connection, table: str, plan: Plan) -> None:
    there = _vectors(db, table, plan)
    if not there:
        return
    number = int(table.removeprefix("vectors_"))
    dimensions = fetch_number(db, "SELECT dimensions FROM embedders WHERE id = ?", (number,))
    nothing = bytes(4 * dimensions)
    db.executemany(f"UPDATE {table} SET vector = ? WHERE chunk_id = ?", [(nothing, each) for each in there])
    db.executemany(f"DELETE FROM {table} WHERE chunk_id = ?", [(each,) for each in there])
