"""Event times in the vault: read in the transaction that stores an episode, or later for older ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime

import apsw

from second_me.core.temporal.events import EventTime
from second_me.core.temporal.spans import Grain, Span
from second_me.storage.rows import THESE, fetch, fetch_first, moment, stamp

ReadTimes = Callable[[str, datetime | None], Sequence[EventTime]]
"""(text, spoken_at) -> the times that it tells of."""

_WITHIN = """
SELECT t.seq FROM event_times AS t JOIN episodes AS e ON e.seq = t.seq
WHERE t.start < ? AND t."end" > ? AND e.shown AND e.role <> 'assistant' ORDER BY t.start DESC, t.seq LIMIT ?
"""
_SAID_WITHIN = """
SELECT seq FROM episodes
WHERE placed_at >= ? AND placed_at < ? AND shown AND role <> 'assistant' ORDER BY placed_at DESC, seq DESC LIMIT ?
"""


def keep(db: apsw.Connection, seq: int, times: Sequence[EventTime]) -> None:
    """Keep the times of an episode."""
    db.executemany(
        "INSERT INTO event_times VALUES (?, ?, ?, ?, ?, ?)",
        [
            (seq, stamp(t.span.start), stamp(t.span.end), t.span.grain.value, t.quote_start, t.quote_end)
            for t in times
        ],
    )


def of_episodes(db: apsw.Connection, seqs: Sequence[int]) -> dict[int, tuple[Span, ...]]:
    """The spans of episodes in the order of their texts; episodes without one are left out."""
    query = f'SELECT seq, start, "end", grain FROM event_times WHERE seq IN {THESE} ORDER BY seq, quote_start, rowid'
    found: dict[int, list[Span]] = {}
    for seq, start, end, grain in fetch(db, query, (json.dumps([int(each) for each in seqs]),)):
        span = Span(datetime.fromisoformat(start), datetime.fromisoformat(end), Grain(grain))
        found.setdefault(seq, []).append(span)
    return {seq: tuple(spans) for seq, spans in found.items()}


def within(db: apsw.Connection, start: datetime, end: datetime, limit: int) -> list[int]:
    """Shown episodes of people that tell of a time in a span, latest first; then those that were said in it."""
    # one episode may tell of several times: ask for more rows than episodes
    told = fetch_first(db, _WITHIN, (stamp(end), stamp(start), 4 * limit))
    said = fetch_first(db, _SAID_WITHIN, (stamp(start), stamp(end), limit))
    return list(dict.fromkeys([*told, *said]))[:limit]


def waiting(db: apsw.Connection) -> bool:
    """Whether there are episodes whose times were not read yet."""
    return bool(fetch_first(db, "SELECT 1 FROM pending_times LIMIT 1"))


def fill(db: apsw.Connection, read: ReadTimes, limit: int) -> int:
    """Read the times of episodes that wait for it, at most `limit`; returns how many there were."""
    query = (
        "SELECT e.seq, e.text, e.spoken_at FROM pending_times AS p JOIN episodes AS e ON e.seq = p.seq "
        "ORDER BY e.seq LIMIT ?"
    )
    rows = fetch(db, query, (limit,))
    for seq, text, spoken_at in rows:
        keep(db, seq, read(text, moment(spoken_at)))
    done = json.dumps([seq for seq, _, _ in rows])
    db.execute(f"DELETE FROM pending_times WHERE seq IN {THESE}", (done,))
    return len(rows)
