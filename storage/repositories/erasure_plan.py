"""What a selection means in this vault: which rows an erasure takes. The one place where that is decided.

What was made of what stands in `lineage`; the plan walks it. An answer made of an erased memory goes as a
whole, its text, its record and its quotes; a title made of one becomes empty.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import apsw

from second_me.core.memory.episodes import Role
from second_me.core.memory.erasure import ME, Selection, mentions
from second_me.storage.repositories.erasure_about import About, find_about
from second_me.storage.rows import THESE, Row, fetch, fetch_first, stamp

_DERIVED = """
WITH RECURSIVE reached(kind, id) AS (
  SELECT 'memory', value FROM json_each(?)
  UNION
  SELECT l.derived_kind, l.derived_id FROM reached AS r
  JOIN lineage AS l ON l.source_kind = r.kind AND l.source_id = r.id
)
SELECT kind, id FROM reached ORDER BY kind, id
"""

_OURS = frozenset(("talk", "note", "edit", "fill", "answer"))
"""Origins of what was not read from a file."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasure takes. `seqs` is a list as JSON; `about` is of memories that stay,
    `staying` are those that hold the person's name."""

    memories: tuple[str, ...]
    answers: tuple[str, ...]
    missing: tuple[str, ...]
    conversations: tuple[str, ...]
    seqs: str
    chunks: tuple[int, ...]
    titles: tuple[str, ...]
    about: About
    staying: tuple[str, ...]
    imported: bool

    @property
    def ids(self) -> str:
        """All memory ids, as JSON."""
        return json.dumps([*self.memories, *self.answers])


def make_plan(db: apsw.Connection, selection: Selection) -> Plan:
    """Resolve a selection."""
    asked = list(dict.fromkeys(selection.memory_ids))
    where, values = _scope(selection)
    about = find_about(db, selection, " AND ".join(where) or "1", values)
    wanted = {*asked, *_chosen(db, selection), *about.whole}
    reached = fetch(db, _DERIVED, (json.dumps(sorted(wanted)),))
    ids = json.dumps([identity for kind, identity in reached if kind == "memory"])
    rows = fetch(
        db,
        f"SELECT seq, memory_id, role, origin FROM episodes WHERE memory_id IN {THESE} ORDER BY seq",
        (ids,),
    )
    seqs = json.dumps([seq for seq, *_ in rows])
    there = {memory_id for _, memory_id, _, _ in rows}
    gone = _conversations(db, selection, seqs)
    titles = {identity for kind, identity in reached if kind == "title"}
    staying = tuple(each for each in _mentioning(db, selection, False) if each not in there)
    return Plan(
        memories=tuple(each for _, each, role, _ in rows if each in wanted and role != Role.ASSISTANT),
        answers=tuple(each for _, each, role, _ in rows if each not in wanted or role == Role.ASSISTANT),
        missing=(*(each for each in asked if each not in there), *_unknown(db, selection.conversations)),
        conversations=gone,
        seqs=seqs,
        chunks=tuple(fetch_first(db, f"SELECT chunk_id FROM chunks WHERE seq IN {THESE}", (seqs,))),
        titles=tuple(sorted(titles | set(_titled(db, gone)))),
        about=about,
        staying=staying,
        imported=any(origin not in _OURS for *_, origin in rows),
    )


def _chosen(db: apsw.Connection, selection: Selection) -> list[str]:
    """Ids of the memories that conversations, person and period name together."""
    if not selection.by_kind:
        return []
    where, values = _scope(selection)
    if selection.person is not None:
        who, whose = _said_by(selection.person)
        where, values = [*where, who], [*values, *whose]
    chosen: list[str] = fetch_first(
        db, f"SELECT memory_id FROM episodes WHERE {' AND '.join(where) or '1'}", values
    )
    return chosen + (_mentioning(db, selection, True) if selection.mentioning else [])


def _scope(selection: Selection) -> tuple[list[str], list[str]]:
    """Conditions of the conversations and the period."""
    where, values = list[str](), list[str]()
    if selection.conversations:
        where.append(f"conversation IN {THESE}")
        values.append(json.dumps(list(selection.conversations)))
    if selection.after is not None:
        where.append("placed_at >= ?")
        values.append(stamp(selection.after))
    if selection.before is not None:
        where.append("placed_at <> '' AND placed_at < ?")
        values.append(stamp(selection.before))
    return where, values


def _said_by(person: str) -> tuple[str, list[str]]:
    if person == ME:
        return f"(role = '{Role.PERSON}' OR (folded(speaker) = ? AND role <> '{Role.ASSISTANT}'))", [ME]
    return f"folded(speaker) = ? AND role <> '{Role.ASSISTANT}'", [person.casefold()]


def _mentioning(db: apsw.Connection, selection: Selection, answers_too: bool) -> list[str]:
    """Ids of what holds the person's name; "me" is nobody's name."""
    name = (selection.person or "").casefold().split()
    if not name or selection.person == ME:
        return []
    where, values = _scope(selection)
    where += ["instr(folded(text), ?)", "1" if answers_too else f"role <> '{Role.ASSISTANT}'"]
    rows: list[Row] = fetch(
        db, f"SELECT memory_id, text FROM episodes WHERE {' AND '.join(where)}", [*values, name[0]]
    )
    return [memory_id for memory_id, text in rows if mentions(text, " ".join(name))]


def _conversations(db: apsw.Connection, selection: Selection, seqs: str) -> tuple[str, ...]:
    """Those that go: named as a whole, or left without a turn.

    An import's conversation without a turn is only a name, perhaps somebody's. A talk stays open, unless a person
    or a period was meant and it has nothing else.
    """
    narrowed = selection.person is not None or selection.after is not None or selection.before is not None
    empty = fetch_first(
        db,
        f"SELECT c.name FROM conversations AS c WHERE (? OR c.origin <> 'talk') "
        f"AND c.name IN (SELECT DISTINCT conversation FROM episodes WHERE seq IN {THESE}) AND NOT EXISTS "
        f"(SELECT 1 FROM episodes AS o WHERE o.conversation = c.name AND o.seq NOT IN {THESE})",
        (narrowed, seqs, seqs),
    )
    whole: Collection[str] = ()
    if selection.whole_conversations:
        these = (json.dumps(list(selection.conversations)),)
        whole = fetch_first(db, f"SELECT name FROM conversations WHERE name IN {THESE}", these)
    return tuple(sorted({*empty, *whole}))


def _titled(db: apsw.Connection, names: Sequence[str]) -> list[str]:
    these = (json.dumps(list(names)),)
    return fetch_first(db, f"SELECT name FROM conversations WHERE title <> '' AND name IN {THESE}", these)


def _unknown(db: apsw.Connection, names: Sequence[str]) -> list[str]:
    known = set(
        fetch_first(db, f"SELECT name FROM conversations WHERE name IN {THESE}", (json.dumps(list(names)),))
    )
    return [name for name in dict.fromkeys(names) if name not in known]
