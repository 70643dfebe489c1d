"""Which turns of a conversation form a session, in whatever order and pieces they came in.

A turn's place is its time; a turn without one takes the place of the turn that was stored before it. In that
order a gap of more than six hours begins a new session. The outcome depends on the turns alone, not on the
batches in which they came; numbers of sessions that stay are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import apsw

from second_me.core.memory.episodes import same_session
from second_me.storage.rows import fetch, fetch_number, moment


@dataclass(frozen=True, slots=True)
class Placed:
    """A turn and its place; `place` is an ISO time, or "" while no time is known. `session` 0: none yet."""

    seq: int
    place: str
    session: int


def in_order(turns: Iterable[tuple[int, str | None, int]]) -> list[Placed]:
    """Turns (seq, spoken_at, session), given in order of storing, in order of speaking."""
    placed: list[Placed] = []
    place = ""
    for seq, spoken_at, session in turns:
        place = spoken_at or place
        placed.append(Placed(seq, place, session))
    return sorted(placed, key=lambda turn: (turn.place, turn.seq))


def grouped(turns: Sequence[Placed]) -> list[list[Placed]]:
    """Turns in order of speaking, cut where a new session begins."""
    groups: list[list[Placed]] = []
    for turn in turns:
        if groups and same_session(moment(groups[-1][-1].place), moment(turn.place)):
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return groups


def numbered(groups: Sequence[Sequence[Placed]], next_number: int) -> list[int]:
    """A number for each group: the smallest of its turns' that no earlier group has, else a new one."""
    taken: set[int] = set()
    numbers: list[int] = []
    for group in groups:
        had = sorted({turn.session for turn in group if turn.session} - taken)
        if not had:
            had, next_number = [next_number], next_number + 1
        taken.add(had[0])
        numbers.append(had[0])
    return numbers


def next_session(db: apsw.Connection) -> int:
    """A number that no session of the vault has."""
    return fetch_number(db, "SELECT coalesce(max(session), 0) + 1 FROM episodes")


def settle_conversation(db: apsw.Connection, conversation: str) -> None:
    """Recompute places and sessions of a conversation; rows that stay the same are not written."""
    rows = fetch(
        db,
        "SELECT seq, spoken_at, session, placed_at FROM episodes WHERE conversation = ? ORDER BY seq",
        (conversation,),
    )
    before = {seq: (session, placed_at) for seq, _, session, placed_at in rows}
    groups = grouped(in_order((seq, spoken_at, session) for seq, spoken_at, session, _ in rows))
    changes = [
        (number, turn.place, turn.seq)
        for number, group in zip(numbered(groups, next_session(db)), groups, strict=True)
        for turn in group
        if before[turn.seq] != (number, turn.place)
    ]
    db.executemany("UPDATE episodes SET session = ?, placed_at = ? WHERE seq = ?", changes)


def place_at_end(db: apsw.Connection, conversation: str, spoken_at: str | None) -> tuple[str, int] | None:
    """(place, session) of a turn that comes last in its conversation; None when it does not, or is the first.

    The quick way of a talk: two look-ups instead of all its turns.
    """
    query = "SELECT placed_at, session FROM episodes WHERE conversation = ? ORDER BY "
    spoken_last = fetch(db, query + "placed_at DESC, seq DESC LIMIT 1", (conversation,))
    stored_last = fetch(db, query + "seq DESC LIMIT 1", (conversation,))
    if not spoken_last:
        return None
    end, session = spoken_last[0]
    place = spoken_at or stored_last[0][0]
    if place < end:
        return None
    return place, session if same_session(moment(end), moment(place)) else next_session(db)
