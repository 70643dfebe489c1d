"""Episodes against what is kept of them: their marks, the word indexes, the shelf, their chunks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from second_me.core.memory.episodes import Role
from second_me.storage.checks.findings import END, Finding, Findings, Slice
from second_me.storage.index import keyed
from second_me.storage.repositories import showing
from second_me.storage.repositories.episodes import MakeKey, Split
from second_me.storage.rows import fetch, fetch_first, moment

SLICE = 250


@dataclass(frozen=True, slots=True)
class _Turn:
    seq: int
    shown: bool
    person: bool
    text: str


class EpisodeCheck:
    """The part that goes through the episodes. `make_key` and `split` are the domain's, as for `Episodes`."""

    def __init__(self, make_key: MakeKey, split: Split) -> None:
        self._make_key, self._split = make_key, split

    def size(self, db: apsw.Connection, after: int | str) -> int:
        """Numbers that are left."""
        return int(fetch(db, "SELECT coalesce(max(seq), 0) FROM episodes")[0][0]) - int(after)

    def next(self, db: apsw.Connection, after: int | str) -> Slice:
        """The episodes that come after a number. The last slice has no end: rows may be left of what is gone."""
        seqs = fetch_first(db, "SELECT seq FROM episodes WHERE seq > ? ORDER BY seq LIMIT ?", (after, SLICE))
        return Slice(after, seqs[-1] if len(seqs) == SLICE else END)

    def look(self, db: apsw.Connection, part: Slice) -> Findings:
        """What does not fit, by its seqs."""
        turns = _turns(db, part)
        words, pairs, shelf = (_numbers(db, part, *of) for of in _WHERE)
        people = {turn.seq for turn in turns if turn.person}
        shown = {turn.seq for turn in turns if turn.person and turn.shown}
        return {
            Finding.MARK: showing.wrong_between(db, int(part.after), int(part.last)),
            Finding.UNFINDABLE: sorted((shown - words) | (people - shown - shelf - words)),
            Finding.FINDABLE: sorted(((words | pairs) - shown) | (pairs - words) | (shelf & words)),
            Finding.UNCUT: self._uncut(db, turns),
        }

    def mend(self, db: apsw.Connection, found: Findings) -> Sequence[Finding]:
        """Put it right."""
        showing.refresh_these(db, [int(each) for each in found[Finding.MARK]])
        self._key_anew(db, [*found[Finding.UNFINDABLE], *found[Finding.FINDABLE]])
        self._cut(db, found[Finding.UNCUT])
        return list(found)

    def _uncut(self, db: apsw.Connection, turns: Sequence[_Turn]) -> list[int]:
        people = {turn.seq: turn.text for turn in turns if turn.person}
        cut = set(_among(db, "SELECT DISTINCT seq FROM chunks WHERE seq IN", list(people)))
        return [seq for seq, text in people.items() if seq not in cut and self._split(text)]

    def _key_anew(self, db: apsw.Connection, seqs: Sequence[int | str]) -> None:
        if not seqs:
            return
        these = json.dumps(sorted({int(each) for each in seqs}))
        keyed.drop(db, these)
        query = (
            "SELECT seq, text, speaker, spoken_at, shown FROM episodes "
            "WHERE role <> 'assistant' AND seq IN (SELECT value FROM json_each(?))"
        )
        for seq, text, speaker, spoken_at, shown in fetch(db, query, (these,)):
            keyed.put(db, seq, self._make_key(text, speaker, moment(spoken_at)), bool(shown))

    def _cut(self, db: apsw.Connection, seqs: Sequence[int | str]) -> None:
        for seq in seqs:
            text = fetch(db, "SELECT text FROM episodes WHERE seq = ?", (seq,))[0][0]
            for start, end in self._split(text):
                db.execute('INSERT INTO chunks(seq, start, "end") VALUES (?, ?, ?)', (seq, start, end))
                db.execute("INSERT INTO pending_chunks VALUES (last_insert_rowid())")


_WHERE = (("words_content", "id"), ("bigrams_content", "id"), ("shelf", "seq"))


def _turns(db: apsw.Connection, part: Slice) -> list[_Turn]:
    rows = fetch(
        db, "SELECT seq, shown, role, text FROM episodes WHERE seq > ? AND seq <= ?", (part.after, part.last)
    )
    return [_Turn(seq, bool(shown), role != Role.ASSISTANT, text) for seq, shown, role, text in rows]


def _numbers(db: apsw.Connection, part: Slice, table: str, column: str) -> set[int]:
    query = f"SELECT {column} FROM {table} WHERE {column} > ? AND {column} <= ?"
    return set(fetch_first(db, query, (part.after, part.last)))


def _among(db: apsw.Connection, query: str, numbers: Sequence[int]) -> list[int]:
    return fetch_first(db, f"{query} (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),))
