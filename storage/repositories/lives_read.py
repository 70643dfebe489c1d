"""Lives as the vault keeps them, read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import apsw

from second_me.core.memory.episodes import Kind
from second_me.core.memory.forgetting import Grade, Life, Use
from second_me.core.memory.lives import KeptLife, KeptUse, Unrated
from second_me.storage.rows import THESE, fetch

_LIVES = f"SELECT seq, born, first, pinned, let_go, let_go_after FROM lives WHERE seq IN {THESE} ORDER BY seq"
_USES = f"SELECT seq, id, day, at, grade, cause FROM uses WHERE seq IN {THESE} ORDER BY id"
_UNRATED = """
SELECT l.seq, e.text, e.kind FROM lives AS l JOIN episodes AS e ON e.seq = l.seq
WHERE NOT l.rated ORDER BY l.seq LIMIT ?
"""


def of_seqs(db: apsw.Connection, seqs: Sequence[int]) -> list[KeptLife]:
    """The lives of these episodes, in order; those without one are left out."""
    these = (json.dumps([int(seq) for seq in seqs]),)
    uses: dict[int, list[KeptUse]] = {}
    for seq, use_id, day, at, grade, cause in fetch(db, _USES, these):
        kept = KeptUse(use_id, Use(day, Grade(grade)), datetime.fromisoformat(at), cause)
        uses.setdefault(seq, []).append(kept)
    found = []
    for seq, born, first, pinned, let_go, after in fetch(db, _LIVES, these):
        own = tuple(uses.get(seq, ()))
        before = None if let_go is None else (let_go, sum(each.use_id <= after for each in own))
        life = Life(born, first, tuple(each.use for each in own), bool(pinned), before)
        found.append(KeptLife(seq, life, own))
    return found


def unrated(db: apsw.Connection, limit: int) -> list[Unrated]:
    """See `Lives.unrated`."""
    rows = fetch(db, _UNRATED, (limit,))
    return [Unrated(seq, text, kind == Kind.NOTE.value) for seq, text, kind in rows]
