"""What episodes claim: places in their texts. The words are cut out of the text when they are asked for.

Migration 6 keeps claims true to the episodes: they go with theirs, and what was said of a claim goes with the claim.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import apsw

from second_me.core.memory.episodes import Episode
from second_me.core.memory.facts.claims import (
    ME,
    Claim,
    Judged,
    Kept,
    Mark,
    Passage,
    Qualifier,
    Stance,
    Verdict,
    digest,
)
from second_me.core.memory.facts.slots import Slot
from second_me.storage.rows import (
    EPISODE,
    THESE,
    Row,
    episodes,
    fetch,
    fetch_first,
    fetch_number,
    moment,
    stamp,
    stamp_or_none,
)
from second_me.storage.vault import Vault

EDITS = frozenset({"edit", "card"})
"""Origins of episodes that the person wrote as facts."""

_PERSON = ""
_COLUMNS = (
    "c.claim_id, c.slot, c.stance, c.value_start, c.value_end, c.quote_start, c.quote_end, c.named_start, c.named_end, "
    "c.qualifier, c.since, c.until, c.corrects, c.digest, c.learned_at, "
    "e.text, e.memory_id, e.source_id, e.conversation, e.seq, e.spoken_at, e.origin"
)
_GIVEN = "e.shown AND e.role = 'person'"
_FROM = f"SELECT {_COLUMNS} FROM claims AS c JOIN episodes AS e ON e.seq = c.seq WHERE {_GIVEN}"
_STAMPS = f"SELECT c.claim_id, c.stamp FROM claims AS c JOIN episodes AS e ON e.seq = c.seq WHERE {_GIVEN}"
_UNREAD = (
    f"SELECT {EPISODE} FROM read_episodes AS r JOIN episodes AS e ON e.seq = r.seq "
    f"WHERE r.version < ? AND {_GIVEN} ORDER BY r.version, r.seq LIMIT ?"
)
_INSERT = """
INSERT INTO claims(seq, slot, stance, subject, value_start, value_end, named_start, named_end, qualifier,
                   quote_start, quote_end, since, until, corrects, digest, learned_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING claim_id
"""
_IDENTITY = "slot, stance, subject, value_start, value_end, named_start, named_end, qualifier"


def subject_key(name: str) -> str:
    """How a name is found again: without case and blanks too many. The person's is empty."""
    return _PERSON if name == ME else " ".join(name.casefold().split())


class Facts:
    """Implements `core.ports.FactStore`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def unread(self, version: int, limit: int) -> Sequence[Episode]:
        """See the port. Those that were never read come before those that an older reader has read."""
        with self._vault.reading() as db:
            return episodes(fetch(db, _UNREAD, (version, limit)))

    def put(self, memory_id: str, claims: Sequence[Claim], version: int, at: datetime) -> Sequence[int]:
        """See the port. A claim that was there before keeps its id and what the person said of it; one that the
        person confirmed stays, also where this reader does not find it. Raises ValueError for an unknown memory."""
        with self._vault.writing() as db:
            seq, text = _text_of(db, memory_id)
            rows = [_row(claim, text) for claim in claims]
            known = {tuple(row[1:]): row[0] for row in fetch(db, _known_of("seq = ?"), (seq,))}
            ids = []
            for row in rows:
                ids.append(_keep(db, seq, row, known.get(row[:8]), at))
                known[row[:8]] = ids[-1]
            confirmed = fetch_first(db, _confirmed_of(), (seq, Mark.CONFIRMED.value))
            gone = set(known.values()) - set(ids) - set(confirmed)
            db.execute(f"DELETE FROM claims WHERE claim_id IN {THESE}", (json.dumps(sorted(gone)),))
            db.execute("UPDATE read_episodes SET version = ? WHERE seq = ?", (version, seq))
        return ids

    def kept(self, subject: str | None = None, slots: Collection[Slot] = ()) -> Sequence[Kept]:
        """See the port."""
        where, values = "", list[str]()
        if subject is not None:
            where += " AND c.subject = ?"
            values.append(subject_key(subject))
        if slots:
            where += f" AND c.slot IN {THESE}"
            values.append(json.dumps(sorted(slot.value for slot in slots)))
        return self._found(where, values)

    def stamps(self) -> Mapping[int, int]:
        """See the port."""
        with self._vault.reading() as db:
            return dict(fetch(db, _STAMPS))

    def some(self, claim_ids: Collection[int]) -> Sequence[Kept]:
        """See the port."""
        return self._found(f" AND c.claim_id IN {THESE}", (json.dumps(sorted(claim_ids)),))

    def get(self, claim_id: int) -> Kept | None:
        """See the port."""
        return next(iter(self._found(" AND c.claim_id = ?", (claim_id,))), None)

    def of_memory(self, memory_id: str) -> Sequence[Kept]:
        """See the port."""
        return self._found(" AND e.memory_id = ?", (memory_id,))

    def _found(self, where: str, values: Sequence[str | int]) -> list[Kept]:
        query = f"SELECT m.claim_id, m.mark, m.at {_marks_of(where)} ORDER BY m.claim_id, m.at, m.mark"
        with self._vault.reading() as db:
            rows = fetch(db, f"{_FROM}{where} ORDER BY c.claim_id", values)
            marks: dict[int, list[tuple[Mark, datetime]]] = {}
            for claim_id, mark, at in fetch(db, query, values):
                marks.setdefault(claim_id, []).append((Mark(mark), datetime.fromisoformat(at)))
        return [_kept(row, tuple(marks.get(row[0], ()))) for row in rows]

    def mark(self, claim_id: int, mark: Mark, at: datetime) -> bool:
        """See the port."""
        with self._vault.writing() as db:
            if not fetch(db, "SELECT 1 FROM claims WHERE claim_id = ?", (claim_id,)):
                return False
            db.execute("DELETE FROM claim_marks WHERE claim_id = ? AND mark = ?", (claim_id, mark.value))
            db.execute("INSERT INTO claim_marks VALUES (?, ?, ?)", (claim_id, mark.value, stamp(at)))
        return True

    def unmark(self, claim_id: int, mark: Mark) -> bool:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("DELETE FROM claim_marks WHERE claim_id = ? AND mark = ?", (claim_id, mark.value))
            return db.changes() > 0

    def judge(self, first: int, second: int, verdict: Verdict | None, at: datetime) -> None:
        """See the port. Raises ValueError where one of the claims is not there."""
        with self._vault.writing() as db:
            there = fetch_number(db, "SELECT count(*) FROM claims WHERE claim_id IN (?, ?)", (first, second))
            if there != 2:
                raise ValueError("no such two claims")
            db.execute("DELETE FROM verdicts WHERE first = ? AND second = ?", (first, second))
            if verdict is not None:
                values = (first, second, verdict.value, stamp(at))
                db.execute("INSERT INTO verdicts VALUES (?, ?, ?, ?)", values)

    def verdicts(self) -> Mapping[tuple[int, int], Judged]:
        """See the port."""
        with self._vault.reading() as db:
            rows = fetch(db, "SELECT first, second, verdict, at FROM verdicts ORDER BY first, second")
        return {
            (first, second): Judged(Verdict(word), datetime.fromisoformat(at))
            for first, second, word, at in rows
        }

    def changes(self) -> int:
        """See the port."""
        with self._vault.reading() as db:
            return fetch_number(db, "SELECT count FROM fact_changes")


def checked(passage: Passage, text: str, read: bytes) -> None:
    """Raises ValueError when a passage is none of this text, whose digest is `read`."""
    if passage.end > len(text) or passage.digest != read:
        raise ValueError("a passage of another text")


def _text_of(db: apsw.Connection, memory_id: str) -> tuple[int, str]:
    rows = fetch(db, "SELECT seq, text FROM episodes WHERE memory_id = ?", (memory_id,))
    if not rows:
        raise ValueError("no such memory")
    return int(rows[0][0]), str(rows[0][1])


def _row(claim: Claim, text: str) -> Row:
    """What is kept of a claim, its identity (_IDENTITY) first. Raises ValueError for what is not in the text."""
    read, named = digest(text), claim.named
    for each in (claim.value, claim.quote, named):
        if each is not None:
            checked(each, text, read)
    if not claim.quote.start <= claim.value.start < claim.value.end <= claim.quote.end:
        raise ValueError("a value outside of its sentence")
    return (
        claim.slot.value,
        claim.stance.value,
        _PERSON if named is None else subject_key(text[named.start : named.end]),
        claim.value.start,
        claim.value.end,
        named and named.start,
        named and named.end,
        claim.qualifier.value,
        claim.quote.start,
        claim.quote.end,
        stamp_or_none(claim.since),
        stamp_or_none(claim.until),
        int(claim.corrects),
        read,
    )


def _keep(db: apsw.Connection, seq: int, row: Row, known: int | None, at: datetime) -> int:
    if known is None:
        return fetch_number(db, _INSERT, (seq, *row, stamp(at)))
    db.execute(
        "UPDATE claims SET quote_start = ?, quote_end = ?, since = ?, until = ?, corrects = ?, digest = ?, "
        "stamp = stamp + 1 "
        "WHERE claim_id = ?",
        (*row[8:], known),
    )
    return known


def _known_of(where: str) -> str:
    return f"SELECT claim_id, {_IDENTITY} FROM claims WHERE {where}"


def _confirmed_of() -> str:
    return (
        "SELECT c.claim_id FROM claims AS c JOIN claim_marks AS m ON m.claim_id = c.claim_id "
        "WHERE c.seq = ? AND m.mark = ?"
    )


def _marks_of(where: str) -> str:
    return (
        "FROM claim_marks AS m JOIN claims AS c ON c.claim_id = m.claim_id "
        f"JOIN episodes AS e ON e.seq = c.seq WHERE {_GIVEN}{where}"
    )


AROUND = 200
"""Characters before and behind a quote that are still near it."""


def _kept(row: Row, marks: tuple[tuple[Mark, datetime], ...]) -> Kept:
    """Raises ValueError when the text is not the one that was read."""
    claim_id, slot, stance, value_start, value_end, quote_start, quote_end, named_start, named_end, *rest = (
        row
    )
    qualifier, since, until, corrects, read, learned_at, *said = rest
    text, memory_id, source_id, conversation, seq, spoken_at, origin = said
    named = None if named_start is None else Passage(named_start, named_end, read)
    claim = Claim(
        slot=Slot(slot),
        value=Passage(value_start, value_end, read),
        quote=Passage(quote_start, quote_end, read),
        stance=Stance(stance),
        named=named,
        qualifier=Qualifier(qualifier),
        since=moment(since),
        until=moment(until),
        corrects=bool(corrects),
    )
    return Kept(
        claim_id=claim_id,
        claim=claim,
        subject=ME if named is None else text[named.start : named.end],
        value=claim.value.of(text),
        quote=text[quote_start:quote_end],
        memory_id=memory_id,
        source_id=source_id,
        conversation=conversation,
        seq=seq,
        said_at=moment(spoken_at),
        learned_at=datetime.fromisoformat(learned_at),
        edited=origin in EDITS,
        marks=marks,
        around=text[max(0, quote_start - AROUND) : quote_end + AROUND],
    )
