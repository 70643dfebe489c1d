"""Episodes in the vault: stored durably, indexed in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import apsw

from second_me.core.memory.episodes import Episode, Narrowing, NewEpisode, Role
from second_me.core.memory.erasure import ErasureReceipt, Selection
from second_me.core.ports import Scope
from second_me.core.recall.keys import Key
from second_me.core.temporal.events import read_times
from second_me.core.temporal.spans import Span
from second_me.storage.index import keyed
from second_me.storage.index.scopes import narrowed
from second_me.storage.repositories import erasure, sessions, times
from second_me.storage.repositories.showing import refresh_memory
from second_me.storage.rows import (
    EPISODE,
    THESE,
    Row,
    episode,
    episodes,
    fetch,
    fetch_first,
    fetch_number,
    new_memory_id,
    stamp,
    stamp_or_none,
)
from second_me.storage.vault import Vault

MakeKey = Callable[[str, str, datetime | None], Key]
"""(text, speaker, spoken_at) -> the words and pairs under which the indexes hold an episode."""

Split = Callable[[str], Sequence[tuple[int, int]]]
"""text -> spans of its pieces in code points."""

_INSERT = """
INSERT INTO episodes(memory_id, conversation, source_id, speaker, role, kind, text, spoken_at, recorded_at,
                     session, placed_at, origin, shown)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq
"""
_NEW_SESSION = 0
_EVERYTHING = Narrowing()


class Episodes:
    """Implements `core.ports.EpisodeStore`.

    `make_key`, `split` and `read_times` are the domain's (`core.recall.keys.search_key`,
    `core.memory.chunks.split`, `core.temporal.events.read_times`).
    """

    def __init__(
        self, vault: Vault, make_key: MakeKey, split: Split, read_times: times.ReadTimes = read_times
    ) -> None:
        self._vault, self._make_key, self._split = vault, make_key, split
        self._read_times = read_times

    def append(self, episode: NewEpisode, recorded_at: datetime) -> Episode:
        """See the port. An episode whose source id its conversation has already is not stored again."""
        with self._vault.writing() as db:
            memory_id = _known(db, episode)
            if memory_id is None:
                memory_id = self._append(db, episode, recorded_at)
            stored = self._one(db, memory_id)
        assert stored is not None
        return stored

    def append_many(self, episodes: Iterable[NewEpisode], recorded_at: datetime) -> tuple[int, int]:
        """See the port. Sessions of the conversations concerned are worked out once, at the end."""
        batch = list(episodes)
        added, touched = 0, set()
        with self._vault.writing() as db:
            for new in batch:
                if _known(db, new) is None:
                    self._insert(db, new, recorded_at, stamp_or_none(new.spoken_at) or "", _NEW_SESSION)
                    touched.add(new.conversation)
                    added += 1
            for conversation in sorted(touched):
                sessions.settle_conversation(db, conversation)
        return added, len(batch) - added

    def _append(self, db: apsw.Connection, new: NewEpisode, recorded_at: datetime) -> str:
        spoken_at = stamp_or_none(new.spoken_at)
        at_end = sessions.place_at_end(db, new.conversation, spoken_at)
        place, session = at_end or (spoken_at or "", _NEW_SESSION)
        memory_id = self._insert(db, new, recorded_at, place, session)
        if at_end is None:
            sessions.settle_conversation(db, new.conversation)
        return memory_id

    def _insert(
        self, db: apsw.Connection, new: NewEpisode, recorded_at: datetime, place: str, session: int
    ) -> str:
        shown = _visible_conversation(db, new, recorded_at)
        memory_id = new_memory_id()
        values = (
            memory_id,
            new.conversation,
            new.source_id,
            new.speaker,
            new.role.value,
            new.kind.value,
            new.text,
            stamp_or_none(new.spoken_at),
            stamp(recorded_at),
            session,
            place,
            new.origin,
            shown,
        )
        seq = fetch_number(db, _INSERT, values)
        if new.role is not Role.ASSISTANT:
            self._index(db, new, seq, shown)
        return memory_id

    def _index(self, db: apsw.Connection, new: NewEpisode, seq: int, shown: bool) -> None:
        key = self._make_key(new.text, new.speaker, new.spoken_at)
        keyed.put(db, seq, key, shown)
        times.keep(db, seq, self._read_times(new.text, new.spoken_at))
        for start, end in self._split(new.text):
            db.execute('INSERT INTO chunks(seq, start, "end") VALUES (?, ?, ?)', (seq, start, end))
            db.execute("INSERT INTO pending_chunks VALUES (last_insert_rowid())")

    def get(self, memory_id: str) -> Episode | None:
        """See the port."""
        with self._vault.reading() as db:
            return self._one(db, memory_id)

    def _one(self, db: apsw.Connection, memory_id: str) -> Episode | None:
        rows = fetch(db, f"SELECT {EPISODE} FROM episodes AS e WHERE memory_id = ?", (memory_id,))
        return episode(rows[0]) if rows else None

    def by_seq(self, seqs: Sequence[int]) -> dict[int, Episode]:
        """See the port."""
        query = f"SELECT {EPISODE} FROM episodes AS e WHERE seq IN {THESE}"
        with self._vault.reading() as db:
            rows = fetch(db, query, (json.dumps([int(seq) for seq in seqs]),))
        found = {each.seq: each for each in episodes(rows)}
        return {seq: found[seq] for seq in seqs if seq in found}

    def texts(self, seqs: Sequence[int]) -> dict[int, str]:
        """See the port."""
        with self._vault.reading() as db:
            rows = fetch(
                db,
                f"SELECT seq, text FROM episodes WHERE seq IN {THESE}",
                (json.dumps([int(s) for s in seqs]),),
            )
        return dict(rows)

    def neighbours(self, seq: int, reach: int) -> Mapping[int, Episode]:
        """See the port. Turns that are not to be remembered are left out; the assistant's are there."""
        with self._vault.reading() as db:
            place = fetch(db, "SELECT session, placed_at, seq FROM episodes WHERE seq = ?", (seq,))
            if not place:
                return {}
            before = _beside(db, place[0], "<", "DESC", reach)
            after = _beside(db, place[0], ">", "ASC", reach)
        turns = {-away: turn for away, turn in enumerate(before, 1)}
        turns |= {away: turn for away, turn in enumerate(after, 1)}
        return dict(sorted(turns.items()))

    def timeline(
        self, before_seq: int | None, limit: int, scope: Scope, only: Narrowing = _EVERYTHING
    ) -> Sequence[Episode]:
        """See the port. Unknown times come last; `before_seq` is the last episode of the page before."""
        where, values = narrowed(scope, only)
        if before_seq is not None:
            where += " AND (e.placed_at, e.seq) < (SELECT placed_at, seq FROM episodes WHERE seq = ?)"
            values.append(before_seq)
        query = (
            f"SELECT {EPISODE} FROM episodes AS e WHERE {where} ORDER BY e.placed_at DESC, e.seq DESC LIMIT ?"
        )
        with self._vault.reading() as db:
            return episodes(fetch(db, query, (*values, limit)))

    def admitted(self, seqs: Sequence[int], only: Narrowing) -> frozenset[int]:
        """See the port."""
        where, values = narrowed(Scope(), only)
        query = f"SELECT e.seq FROM episodes AS e WHERE {where} AND e.seq IN {THESE}"
        with self._vault.reading() as db:
            return frozenset(fetch_first(db, query, (*values, json.dumps(list(seqs)))))

    def hide(self, memory_id: str, at: datetime) -> bool:
        """See the port."""
        return self._change(memory_id, "hidden_at = coalesce(hidden_at, ?)", stamp(at))

    def restore(self, memory_id: str) -> bool:
        """See the port."""
        return self._change(memory_id, "hidden_at = ?", None)

    def set_remembered(self, memory_id: str, remembered: bool) -> bool:
        """See the port."""
        return self._change(memory_id, "remembered = ?", int(remembered))

    def _change(self, memory_id: str, assignment: str, value: str | int | None) -> bool:
        with self._vault.writing() as db:
            db.execute(f"UPDATE episodes SET {assignment} WHERE memory_id = ?", (value, memory_id))
            changed = db.changes() > 0
            if changed:
                refresh_memory(db, memory_id)
        return changed

    def erase(self, what: Selection | Sequence[str]) -> ErasureReceipt:
        """See the port."""
        return erasure.erase(self._vault, Selection.of(what))

    def preview_erasure(self, what: Selection | Sequence[str]) -> ErasureReceipt:
        """See the port."""
        return erasure.preview(self._vault, Selection.of(what))

    def purge_hidden(self, before: datetime) -> ErasureReceipt:
        """Erase what was deleted before a time (30 days ago), conversations too."""
        return erasure.purge_hidden(self._vault, before)

    def count(self) -> int:
        """See the port."""
        with self._vault.reading() as db:
            return fetch_number(db, "SELECT count(*) FROM episodes WHERE shown AND role <> 'assistant'")

    def event_times(self, seqs: Sequence[int]) -> Mapping[int, tuple[Span, ...]]:
        """See the port."""
        with self._vault.reading() as db:
            return times.of_episodes(db, seqs)

    def in_span(self, start: datetime, end: datetime, limit: int) -> Sequence[int]:
        """See the port."""
        with self._vault.reading() as db:
            return times.within(db, start, end, limit)

    def fill_times(self, limit: int) -> int:
        """See the port."""
        with self._vault.reading() as db:
            if not times.waiting(db):
                return 0
        with self._vault.writing() as db:
            return times.fill(db, self._read_times, limit)

    def speakers(self) -> Sequence[str]:
        """See the port."""
        query = "SELECT DISTINCT speaker FROM episodes WHERE shown AND role <> 'assistant' ORDER BY speaker"
        with self._vault.reading() as db:
            return fetch_first(db, query)


def _beside(db: apsw.Connection, place: Row, compare: str, order: str, reach: int) -> list[Episode]:
    """The shown turns of one session on one side of a place (session, placed_at, seq), nearest first."""
    query = (
        f"SELECT {EPISODE} FROM episodes AS e WHERE session = ? AND shown "
        f"AND (placed_at, seq) {compare} (?, ?) ORDER BY placed_at {order}, seq {order} LIMIT ?"
    )
    return episodes(fetch(db, query, (*place, reach)))


def _known(db: apsw.Connection, new: NewEpisode) -> str | None:
    if new.source_id is None:
        return None
    query = "SELECT memory_id FROM episodes WHERE conversation = ? AND source_id = ?"
    return next(iter(fetch_first(db, query, (new.conversation, new.source_id))), None)


def _visible_conversation(db: apsw.Connection, new: NewEpisode, recorded_at: datetime) -> bool:
    """Whether the episode's conversation is visible; makes one where there is none yet."""
    hidden = fetch_first(db, "SELECT hidden_at FROM conversations WHERE name = ?", (new.conversation,))
    if hidden:
        return hidden[0] is None
    db.execute(
        "INSERT INTO conversations(name, title, origin, created_at) VALUES (?, '', ?, ?)",
        (new.conversation, new.origin, stamp(recorded_at)),
    )
    return True
