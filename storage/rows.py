"""Rows to values and back."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import apsw

from second_me.core.memory.episodes import Episode, Kind, Role

Row = tuple[Any, ...]

EPISODE = (
    "e.memory_id, e.seq, e.conversation, e.source_id, e.speaker, e.role, e.kind, e.text, e.spoken_at, "
    "e.recorded_at, e.session, e.origin, e.hidden_at, e.remembered"
)
"""Columns of `episodes AS e` in the order that `episode` reads them."""

THESE = "(SELECT value FROM json_each(?))"
"""For `column IN THESE`: its value is a list as JSON."""


def fetch(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query. Raises apsw errors."""
    return db.execute(sql, values).fetchall()


def fetch_first(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """The first column of all rows."""
    return [row[0] for row in fetch(db, sql, values)]


def fetch_number(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> int:
    """The one number of a query that gives one."""
    return int(fetch(db, sql, values)[0][0])


def stamp(at: datetime) -> str:
    """A time as it is stored. Times are local and naive everywhere; one with a zone is a caller's bug."""
    if at.tzinfo is not None:
        raise ValueError("a time with a zone")
    return at.isoformat()


def stamp_or_none(at: datetime | None) -> str | None:
    """As `stamp`; None stays None."""
    return None if at is None else stamp(at)


def moment(text: str | None) -> datetime | None:
    """The time behind a stored one; None for NULL and for an unknown place in time."""
    return datetime.fromisoformat(text) if text else None


def episode(row: Row) -> Episode:
    """The episode of a row of `EPISODE`."""
    memory_id, seq, conversation, source_id, speaker, role, kind, text, spoken_at, *rest = row
    recorded_at, session, origin, hidden_at, remembered = rest
    return Episode(
        memory_id=memory_id,
        seq=seq,
        conversation=conversation,
        source_id=source_id,
        speaker=speaker,
        role=Role(role),
        kind=Kind(kind),
        text=text,
        spoken_at=moment(spoken_at),
        recorded_at=datetime.fromisoformat(recorded_at),
        session=session,
        origin=origin,
        hidden_at=moment(hidden_at),
        remembered=bool(remembered),
    )


def episodes(rows: Iterable[Row]) -> list[Episode]:
    """The episodes of rows of `EPISODE`."""
    return [episode(row) for row in rows]


def new_memory_id() -> str:
    """A fresh id: 60 random bits, safe in addresses and on command lines."""
    return "m_" + base64.b32encode(secrets.token_bytes(8)).decode("ascii")[:12].lower()
