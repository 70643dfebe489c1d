"""Grains: a life at several sizes (RMM, HCAM), and how the larger ones are made.

An *utterance* is an episode, an *exchange* a turn and what answers it (`core.recall.segments.exchanges`): both
are computed. A *segment* is a stretch of a session about one topic; sessions, days and months hold all that was
said in them. Segments and the *extracts* of all four are kept: an extract is a list of pointers to sentences.
A day's is drawn from its sessions' extracts, a month's from its days'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np

from second_me.core.memory.episodes import SESSION_GAP, Episode
from second_me.core.ports import Scope, Vector
from second_me.core.recall.extracts import (
    Pointer,
    RarityOf,
    Sentence,
    best,
    extract,
    sentence_at,
    sentences_of,
    weigh,
)
from second_me.core.recall.segments import Rows, segments, vector_rows, word_rows

SEGMENT_SENTENCES = 2
TURNS_A_SENTENCE = 4
SESSION_SENTENCES = (3, 8)
"""Fewest and most of a session; in between one sentence for every `TURNS_A_SENTENCE` turns."""
DAY_SENTENCES = 8
MONTH_SENTENCES = 12


class Grain(StrEnum):
    """The grains that have an extract."""

    SEGMENT = "segment"
    SESSION = "session"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Due:
    """A grain whose members changed. `key`: number of the session, `2024-03-01`, or `2024-03`."""

    grain: Grain
    key: str


@dataclass(frozen=True, slots=True)
class Part:
    """A segment as it is kept: its members in order of speaking, and its extract, best first."""

    members: tuple[int, ...]
    extract: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class SessionMade:
    """What is made of a session: its segments in order and its extract, best first."""

    segments: tuple[Part, ...]
    extract: tuple[Pointer, ...]


class GrainStore(Protocol):
    """Grains in the vault. Members are remembered, visible episodes of people.

    What is hidden or erased leaves its extracts and segments in the same transaction, and what it was part of
    is due again.
    """

    def due(self, ended_before: datetime) -> Due | None:
        """What is to be made next: sessions that are over (the last turn is before that time or of no known
        time, or another session of the conversation has begun), then days, then months. None: nothing."""

    def members(self, session: int) -> Sequence[Episode]:
        """The members of a session in order of speaking."""

    def vectors_of(self, seqs: Sequence[int]) -> Mapping[int, Vector]:
        """{seq: mean of the vectors of its chunks, unit length}; those that lack one are left out."""

    def sources(self, due: Due) -> Sequence[Pointer]:
        """What the extract of a day or a month is drawn from: extracts of its sessions, of its days."""

    def keep_session(self, key: str, made: SessionMade, seen: Sequence[int]) -> bool:
        """Keep what was made of a session whose members were `seen`; its days and months are due then.

        False, with nothing kept, when the members are others by now."""

    def keep(self, due: Due, made: Sequence[Pointer], seen: Sequence[Pointer]) -> bool:
        """Keep the extract of a day or a month that was drawn from `seen`; False when that is another now."""

    def pointers(
        self, grain: Grain, after: datetime | None, before: datetime | None, scope: Scope, speaker: str | None
    ) -> Sequence[Pointer]:
        """The extracts of a grain within a time (`after` <= place < `before`), a scope, and, with a speaker, of
        sessions in which that speaker speaks; best of each grain first."""

    def unmade(
        self, after: datetime | None, before: datetime | None, scope: Scope, speaker: str | None, limit: int
    ) -> Sequence[int]:
        """Sessions that have no extract of their present members, as in `pointers`, latest first."""

    def segments_of(self, seqs: Sequence[int]) -> Mapping[int, int]:
        """{seq: number of its segment}; episodes of sessions that are not over have none."""


def session_made(turns: Sequence[Episode], rows: Rows, rarity_of: RarityOf) -> SessionMade:
    """Segments and extracts of a session whose turns, in order of speaking, have these unit rows."""
    cut = segments(turns, rows)
    group = {at: number for number, part in enumerate(cut) for at in part}
    told = weigh([each for at, turn in enumerate(turns) for each in sentences_of(turn, group[at])], rarity_of)
    fewest, most = SESSION_SENTENCES
    count = min(max(len(turns) // TURNS_A_SENTENCE, fewest), most)
    parts = [
        Part(tuple(turns[at].seq for at in part), pointers_to(best(told, SEGMENT_SENTENCES, number)))
        for number, part in enumerate(cut)
    ]
    return SessionMade(tuple(parts), pointers_to(best(told, count)))


def pointers_to(sentences: Sequence[Sentence]) -> tuple[Pointer, ...]:
    """Where sentences stand."""
    return tuple(Pointer(each.seq, each.start, each.end) for each in sentences)


def sentences_at(
    pointers: Sequence[Pointer], by_seq: Callable[[Sequence[int]], Mapping[int, Episode]]
) -> list[Sentence]:
    """The sentences behind pointers, in that order, each once, grouped by session."""
    distinct = list(dict.fromkeys(pointers))
    episodes = by_seq([pointer.seq for pointer in distinct])
    return [
        sentence_at(episodes[pointer.seq], pointer, episodes[pointer.seq].session)
        for pointer in distinct
        if pointer.seq in episodes
    ]


def rows_of(turns: Sequence[Episode], vectors: Mapping[int, Vector]) -> Rows:
    """Unit rows to compare turns by: vectors where every turn has one, else words. Shape (turns, any)."""
    if turns and all(turn.seq in vectors for turn in turns):
        return vector_rows(np.array([vectors[turn.seq] for turn in turns], dtype=np.float32))
    return word_rows([turn.text for turn in turns])


class GrainMaker:
    """Makes what is due, one grain at a time. What is due is in the vault: a crash loses nothing."""

    def __init__(
        self,
        store: GrainStore,
        by_seq: Callable[[Sequence[int]], Mapping[int, Episode]],
        rarity_of: RarityOf,
    ) -> None:
        self._store, self._by_seq, self._rarity_of = store, by_seq, rarity_of

    def make_next(self, now: datetime) -> bool:
        """Make one grain; False when nothing is due. Raises EnvironmentFault."""
        due = self._store.due(ended_before(now))
        if due is None:
            return False
        if due.grain is Grain.SESSION:
            turns, made = self.session(int(due.key))
            self._store.keep_session(due.key, made, [turn.seq for turn in turns])
        else:
            seen = self._store.sources(due)
            most = DAY_SENTENCES if due.grain is Grain.DAY else MONTH_SENTENCES
            told = sentences_at(seen, self._by_seq)
            self._store.keep(due, pointers_to(extract(told, most, self._rarity_of)), seen)
        return True

    def session(self, number: int) -> tuple[Sequence[Episode], SessionMade]:
        """The members of a session, and what is made of them; nothing is kept."""
        turns = self._store.members(number)
        rows = rows_of(turns, self._store.vectors_of([turn.seq for turn in turns]))
        return turns, session_made(turns, rows, self._rarity_of)


def ended_before(now: datetime) -> datetime:
    """A session whose last turn is before this is over."""
    return now - SESSION_GAP if now - datetime.min > SESSION_GAP else datetime.min
