"""What a person's erasure takes of memories that stay: the facts about them that others told, and what told these on.

The memory itself is not theirs, so it stays; but nobody may find the fact in it any more, so no reader reads it again.
An edit in About me or a card of an address book is nothing but the fact, and goes as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from second_me.core.memory.erasure import ME, Selection, mentions
from second_me.core.recall.spelling import folded
from second_me.storage.repositories.facts import EDITS, subject_key
from second_me.storage.rows import THESE, fetch, fetch_first

NEVER_AGAIN = 2**31
"""A version that no reader will have."""

_CLAIMS = """
SELECT c.claim_id, c.seq, e.memory_id, e.origin, substr(e.text, c.value_start + 1, c.value_end - c.value_start)
FROM claims AS c JOIN episodes AS e ON e.seq = c.seq WHERE c.subject = ?
"""
_TOLD_ON = f"""
SELECT l.derived_id, e.text FROM lineage AS l JOIN episodes AS e ON e.memory_id = l.derived_id
WHERE l.source_kind = 'memory' AND l.derived_kind = 'memory' AND l.source_id IN {THESE}
"""
_LOGGED = f"SELECT audit_id, place, text FROM audit_memories WHERE memory_id IN {THESE} AND text <> ''"


@dataclass(frozen=True, slots=True)
class About:
    """What is about a person. `whole`: ids of memories that are nothing else, and of answers that told it on; `claims`:
    claims of memories that stay, `seqs` of theirs; `logged`: (entry, place) of the log that told it; `names`: as a
    contact and in the log."""

    whole: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()
    seqs: tuple[int, ...] = ()
    logged: tuple[tuple[int, int], ...] = ()
    askers: tuple[int, ...] = ()
    contact: str | None = None


def find_about(db: apsw.Connection, selection: Selection, scope: str, values: list[str]) -> About:
    """What a selection's person takes beside what they said; `scope` are conditions on `episodes` and their values."""
    name = selection.person
    if name is None or name == ME:
        return About()
    within = set(fetch_first(db, f"SELECT seq FROM episodes WHERE {scope}", values))
    rows = [row for row in fetch(db, _CLAIMS, (subject_key(name),)) if row[1] in within]
    told = [name, *dict.fromkeys(value for *_, value in rows)]
    these = (json.dumps([memory_id for _, _, memory_id, _, _ in rows]),)
    answers = [each for each, text in fetch(db, _TOLD_ON, these) if _tells(text, told)]
    logged = [(entry, place) for entry, place, text in fetch(db, _LOGGED, these) if _tells(text, told)]
    everywhere = not (selection.conversations or selection.after or selection.before)
    return About(
        whole=(*(row[2] for row in rows if row[3] in EDITS), *answers),
        claims=tuple(row[0] for row in rows if row[3] not in EDITS),
        seqs=tuple(row[1] for row in rows if row[3] not in EDITS),
        logged=tuple(logged),
        askers=tuple(_asked(db, name)) if everywhere else (),
        contact=_key(name) if everywhere else None,
    )


def remove_about(db: apsw.Connection, about: About, staying: Sequence[str]) -> None:
    """Take the facts and their traces; memories that stay and hold the name (`staying`, ids) are read no more, also
    those that nobody has read yet."""
    named = f"SELECT seq FROM episodes WHERE memory_id IN {THESE}"
    db.execute(
        f"UPDATE read_episodes SET version = {NEVER_AGAIN} WHERE seq IN ({named})", (json.dumps(staying),)
    )
    db.execute(f"DELETE FROM claims WHERE claim_id IN {THESE}", (json.dumps(about.claims),))
    db.execute(
        f"UPDATE read_episodes SET version = {NEVER_AGAIN} WHERE seq IN {THESE}", (json.dumps(about.seqs),)
    )
    db.executemany("DELETE FROM audit_memories WHERE audit_id = ? AND place = ?", about.logged)
    db.execute(f"UPDATE audit SET asker = NULL WHERE id IN {THESE}", (json.dumps(about.askers),))
    db.execute("DELETE FROM contacts WHERE key = ?", (about.contact,))


def _tells(text: str, words: list[str]) -> bool:
    return any(mentions(text, word) for word in words)


def _asked(db: apsw.Connection, name: str) -> list[int]:
    rows = fetch(db, "SELECT id, asker FROM audit WHERE asker IS NOT NULL")
    return [number for number, asker in rows if _key(asker) == _key(name)]


def _key(name: str) -> str:
    return " ".join(folded(name).split())
