"""Conversations and the records of the answers in them.

A temporary conversation ("leave nothing behind") never comes here: the service keeps it in memory alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import apsw

from second_me.core.memory.episodes import AnswerRecord, Citation, Conversation, Episode
from second_me.storage.repositories.showing import refresh_conversation
from second_me.storage.rows import EPISODE, THESE, Row, episodes, fetch, fetch_first, moment, stamp
from second_me.storage.vault import Vault

PREVIEW_LETTERS = 120

_CONVERSATION = """
SELECT c.name, c.title, c.origin, c.created_at, c.hidden_at,
       coalesce(last.recorded_at, c.created_at), coalesce(last.text, ''),
       (SELECT count(*) FROM episodes AS n WHERE n.conversation = c.name AND n.hidden_at IS NULL)
FROM conversations AS c LEFT JOIN episodes AS last ON last.seq =
       (SELECT max(seq) FROM episodes AS m WHERE m.conversation = c.name AND m.hidden_at IS NULL)
"""
_HOLDS_WORD = """
(instr(folded(c.title), ?) OR EXISTS (SELECT 1 FROM episodes AS w
  WHERE w.conversation = c.name AND w.hidden_at IS NULL AND instr(folded(w.text), ?)))
"""


class Conversations:
    """Implements `core.ports.ConversationStore`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def create(self, name: str, title: str, origin: str, temporary: bool, at: datetime) -> Conversation:
        """See the port. Raises ValueError for a temporary one, which must not be written."""
        if temporary:
            raise ValueError("a temporary conversation is not for the vault")
        with self._vault.writing() as db:
            db.execute(
                "INSERT INTO conversations(name, title, origin, created_at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT(name) DO NOTHING",
                (name, title, origin, stamp(at)),
            )
            return _conversation(fetch(db, _CONVERSATION + "WHERE c.name = ?", (name,))[0])

    def get(self, name: str) -> Conversation | None:
        """See the port."""
        with self._vault.reading() as db:
            rows = fetch(db, _CONVERSATION + "WHERE c.name = ?", (name,))
        return _conversation(rows[0]) if rows else None

    def listing(self, query: str | None) -> Sequence[Conversation]:
        """See the port. Every word of the query must stand in the title or in a turn, parts of words too."""
        words = (query or "").casefold().split()
        where = " AND ".join(["c.origin = 'talk' AND c.hidden_at IS NULL", *[_HOLDS_WORD] * len(words)])
        values = [word for word in words for _ in range(2)]
        with self._vault.reading() as db:
            rows = fetch(db, f"{_CONVERSATION} WHERE {where} ORDER BY 6 DESC, c.name DESC", values)
        return [_conversation(row) for row in rows]

    def rename(self, name: str, title: str, derived_from: str | None) -> None:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("UPDATE conversations SET title = ? WHERE name = ?", (title, name))
            db.execute("DELETE FROM lineage WHERE derived_kind = 'title' AND derived_id = ?", (name,))
            if derived_from is not None:
                _derive(db, "title", name, [derived_from])

    def hide(self, name: str, at: datetime) -> bool:
        """See the port."""
        return self._set_hidden(name, "coalesce(hidden_at, ?)", stamp(at))

    def restore(self, name: str) -> bool:
        """See the port. Turns that were deleted one by one stay deleted."""
        return self._set_hidden(name, "?", None)

    def _set_hidden(self, name: str, expression: str, value: str | None) -> bool:
        with self._vault.writing() as db:
            db.execute(f"UPDATE conversations SET hidden_at = {expression} WHERE name = ?", (value, name))
            changed = db.changes() > 0
            if changed:
                refresh_conversation(db, name)
        return changed

    def turns(self, name: str) -> Sequence[Episode]:
        """See the port. None of a hidden conversation."""
        query = (
            f"SELECT {EPISODE} FROM episodes AS e JOIN conversations AS c ON c.name = e.conversation "
            "WHERE e.conversation = ? AND e.hidden_at IS NULL AND c.hidden_at IS NULL ORDER BY e.seq"
        )
        with self._vault.reading() as db:
            return episodes(fetch(db, query, (name,)))

    def keep_answer(self, record: AnswerRecord, sources: Sequence[str]) -> None:
        """See the port. The question and what is cited are sources too, named or not."""
        with self._vault.writing() as db:
            _drop_record(db, record.answer_id)
            db.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    record.answer_id,
                    record.question_id,
                    record.kind,
                    record.source,
                    record.abstained,
                    record.stopped,
                    record.model,
                    record.milliseconds,
                ),
            )
            db.executemany(
                "INSERT INTO citations VALUES (?, ?, ?, ?, ?)",
                [
                    (record.answer_id, place, each.n, each.memory_id, each.quote)
                    for place, each in enumerate(record.citations)
                ],
            )
            db.executemany(
                "INSERT INTO considered(answer_id, place, memory_id) VALUES (?, ?, ?)",
                [(record.answer_id, place, each) for place, each in enumerate(record.considered)],
            )
            cited = [each.memory_id for each in record.citations]
            question = [record.question_id] if record.question_id is not None else []
            _derive(db, "memory", record.answer_id, [*sources, *cited, *question])

    def answers(self, answer_ids: Sequence[str]) -> Mapping[str, AnswerRecord]:
        """See the port."""
        with self._vault.reading() as db:
            return _records(db, answer_ids)

    def citing(self, memory_id: str) -> Sequence[AnswerRecord]:
        """Records of the answers that cite a memory and can be seen, latest first."""
        query = (
            "SELECT DISTINCT e.memory_id, e.seq FROM citations AS q JOIN episodes AS e "
            "ON e.memory_id = q.answer_id JOIN conversations AS c ON c.name = e.conversation "
            "WHERE q.memory_id = ? AND e.hidden_at IS NULL AND c.hidden_at IS NULL ORDER BY e.seq DESC"
        )
        with self._vault.reading() as db:
            return list(_records(db, fetch_first(db, query, (memory_id,))).values())


def _conversation(row: Row) -> Conversation:
    name, title, origin, created_at, hidden_at, updated_at, text, turns = row
    return Conversation(
        name=name,
        title=title,
        origin=origin,
        temporary=False,
        created_at=datetime.fromisoformat(created_at),
        updated_at=datetime.fromisoformat(updated_at),
        preview=" ".join(text[: 2 * PREVIEW_LETTERS].split())[:PREVIEW_LETTERS],
        turns=turns,
        hidden_at=moment(hidden_at),
    )


def _derive(db: apsw.Connection, kind: str, identity: str, sources: Iterable[str]) -> None:
    db.executemany(
        "INSERT INTO lineage(derived_kind, derived_id, source_kind, source_id) VALUES (?, ?, 'memory', ?)",
        [(kind, identity, source) for source in dict.fromkeys(sources) if source != identity],
    )


def _drop_record(db: apsw.Connection, answer_id: str) -> None:
    for table in ("citations", "considered", "answers"):
        db.execute(f"DELETE FROM {table} WHERE answer_id = ?", (answer_id,))
    db.execute("DELETE FROM lineage WHERE derived_kind = 'memory' AND derived_id = ?", (answer_id,))


def _records(db: apsw.Connection, answer_ids: Sequence[str]) -> dict[str, AnswerRecord]:
    these = (json.dumps(list(answer_ids)),)
    rows = fetch(db, f"SELECT * FROM answers WHERE answer_id IN {THESE}", these)
    cited = _of_answers(db, "citations", "n, memory_id, quote", these)
    considered = _of_answers(db, "considered", "memory_id", these)
    found = {row[0]: _record(row, cited.get(row[0], []), considered.get(row[0], [])) for row in rows}
    return {answer_id: found[answer_id] for answer_id in answer_ids if answer_id in found}


def _of_answers(
    db: apsw.Connection, table: str, columns: str, answer_ids: tuple[str]
) -> dict[str, list[Row]]:
    """The rows of a list that belongs to answers, in order, by the answer's id."""
    query = f"SELECT answer_id, {columns} FROM {table} WHERE answer_id IN {THESE} ORDER BY answer_id, place"
    found: dict[str, list[Row]] = {}
    for answer_id, *row in fetch(db, query, answer_ids):
        found.setdefault(answer_id, []).append(tuple(row))
    return found


def _record(row: Row, cited: Sequence[Row], considered: Sequence[Row]) -> AnswerRecord:
    answer_id, question_id, kind, source, abstained, stopped, model, milliseconds = row
    return AnswerRecord(
        answer_id=answer_id,
        question_id=question_id,
        kind=kind,
        source=source,
        abstained=bool(abstained),
        stopped=bool(stopped),
        model=model,
        milliseconds=milliseconds,
        citations=tuple(Citation(n, memory_id, quote) for n, memory_id, quote in cited),
        considered=tuple(memory_id for (memory_id,) in considered),
    )
