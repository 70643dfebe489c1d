"""A vault to which things happen, and what is held in memory of it, compared with what is made anew."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Role
from second_me.core.ports import Scope
from second_me.core.recall.placement import QUESTION_MARKS, Placement
from second_me.storage.index.held import HeldBits
from second_me.storage.index.placement import Placements
from second_me.storage.index.vectors import Vectors
from second_me.storage.rows import fetch, fetch_number
from tests.storage.conftest import DIMENSIONS, START, Kit, direction, turn

LONG = " ".join(f"Sentence number {n} says something about the sea." for n in range(60))
TEXTS = ("hello", "are you there? ", LONG, "你好吗？", "", " \n", "ماذا؟\u2003", "a?b")
Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            "say say say late bring embed hide restore forget erase hide_talk restore_talk undo other".split()
        ),
        st.integers(0, 30),
        st.integers(0, 7),
    ),
    min_size=3,
    max_size=25,
)


class Undone(Exception):
    pass


class World:
    """A vault, what is held in memory of it, and what may happen to it."""

    def __init__(self, kit: Kit) -> None:
        self.kit, self.placements, self.bits = kit, Placements(kit.vault), HeldBits(kit.vault)
        self.embedder = "test"
        kit.embed_all()
        self._follow(self.bits)
        kit.vectors.prepare(lambda: False)

    def _follow(self, bits: HeldBits) -> HeldBits:
        with self.kit.vault.reading() as db:
            number = fetch_number(db, "SELECT id FROM embedders WHERE in_use")
            bits.use(f"vectors_{number}", DIMENSIONS)
        bits.build(lambda: False)
        return bits

    def _pick(self, number: int) -> str:
        with self.kit.vault.reading() as db:
            ids = [row[0] for row in fetch(db, "SELECT memory_id FROM episodes ORDER BY seq")]
        return ids[number % len(ids)] if ids else "m_none"

    def do(self, step: Step) -> None:
        name, number, other = step
        getattr(self, f"do_{name}")(number, other)

    def do_say(self, number: int, other: int) -> None:
        role = Role.ASSISTANT if number % 7 == 6 else Role.PERSON
        minutes = None if number % 5 == 4 else 100 * number
        self.kit.say(TEXTS[other], f"talk-{number % 3}", minutes, speaker=f"S{other % 3}", role=role)

    def do_late(self, number: int, other: int) -> None:
        self.kit.say(TEXTS[other], f"talk-{number % 3}", -500 * number, speaker="Late")

    def do_bring(self, number: int, other: int) -> None:
        batch = [turn(TEXTS[(other + n) % 8], f"bring/{number % 2}", 200 * n + number) for n in range(other)]
        self.kit.episodes.append_many(batch, START)

    def do_embed(self, number: int, other: int) -> None:
        self.kit.vectors.use_embedder(self.embedder, DIMENSIONS)
        chunks = self.kit.vectors.pending(1 + number)[other % 2 :]
        self.kit.vectors.store({chunk.chunk_id: direction(chunk.chunk_id) for chunk in chunks})

    def do_hide(self, number: int, other: int) -> None:
        self.kit.episodes.hide(self._pick(number), START)

    def do_restore(self, number: int, other: int) -> None:
        self.kit.episodes.restore(self._pick(number))

    def do_forget(self, number: int, other: int) -> None:
        self.kit.episodes.set_remembered(self._pick(number), other % 2 == 0)

    def do_erase(self, number: int, other: int) -> None:
        self.kit.episodes.erase([self._pick(number + each) for each in range(other)])

    def do_hide_talk(self, number: int, other: int) -> None:
        self.kit.conversations.hide(f"talk-{number % 3}", START)

    def do_restore_talk(self, number: int, other: int) -> None:
        self.kit.conversations.restore(f"talk-{number % 3}")

    def do_other(self, number: int, other: int) -> None:
        self.embedder = "other" if self.embedder == "test" else "test"
        self.kit.vectors.use_embedder(self.embedder, DIMENSIONS)
        self.kit.vectors.prepare(lambda: False)

    def do_undo(self, number: int, other: int) -> None:
        """What is undone is seen within, and has never been afterwards."""
        with pytest.raises(Undone), self.kit.vault.writing():
            self.do_say(number, other)
            self.do_bring(number, other)
            self.do_hide(number, other)
            self.do_embed(number, other)
            self.check()
            raise Undone

    def check(self) -> None:
        self._check_placement()
        self._check_search()
        with self.kit.vault.reading() as db:
            inside = db.in_transaction
        if not inside:
            self._check_bits()

    def _check_bits(self) -> None:
        self._follow(self.bits)
        fresh = self._follow(HeldBits(self.kit.vault))
        with self.kit.vault.reading() as db:
            mine, anew = self.bits.current(db), fresh.current(db)
        assert mine is not None and anew is not None
        assert mine.seqs.tolist() == anew.seqs.tolist()
        assert mine.chunks.tolist() == anew.chunks.tolist()
        assert np.array_equal(mine.signs, anew.signs)

    def _check_search(self) -> None:
        """Through the index as by the scan of somebody who has none (all is exact at this size)."""
        scanning = Vectors(self.kit.vault)
        scanning.use_embedder(self.embedder, DIMENSIONS)
        talk = Scope(conversation="talk-1", exclude=frozenset({self._pick(1)}))
        for scope in (Scope(), talk, Scope(after=START, before=START + timedelta(days=1))):
            got = self.kit.vectors.search(direction(7), scope, 9)
            want = scanning.search(direction(7), scope, 9)
            assert [hit.seq for hit in got] == [hit.seq for hit in want]
            assert [hit.score for hit in got] == pytest.approx([hit.score for hit in want], abs=1e-5)

    def _check_placement(self) -> None:
        told = described(self.placements.placement())
        assert told == described(Placements(self.kit.vault).placement())
        assert told == [row(each) for each in in_order(self.kit)]
        names = {each.speaker for each in in_order(self.kit)}
        assert set(self.placements.placement().speakers) >= names


def in_order(kit: Kit) -> list[Episode]:
    """The candidates, in order of speaking, by the way of the repositories."""
    with kit.vault.reading() as db:
        places = fetch(db, "SELECT seq FROM episodes ORDER BY session, placed_at, seq")
    found = kit.episodes.by_seq([seq for (seq,) in places])
    shown = {each.seq for each in kit.episodes.timeline(None, 10_000, Scope())}
    return [episode for seq, episode in found.items() if seq in shown]


def row(episode: Episode) -> tuple[object, ...]:
    spoken = episode.spoken_at and (episode.spoken_at - START).total_seconds()
    asks = episode.text.strip().endswith(QUESTION_MARKS)
    return (episode.seq, episode.session, episode.speaker, spoken, len(episode.text), asks)


def described(placed: Placement) -> list[tuple[object, ...]]:
    zero = (START - START.replace(year=1970, month=1, day=1, hour=0, minute=0)).total_seconds()
    assert placed.rows_of(placed.seqs).tolist() == list(range(len(placed.seqs)))
    return [
        (
            int(placed.seqs[at]),
            int(placed.session[at]),
            placed.speakers[placed.speaker[at]],
            None if np.isnan(placed.spoken[at]) else float(placed.spoken[at]) - zero,
            int(placed.characters[at]),
            bool(placed.asks[at]),
        )
        for at in range(len(placed.seqs))
    ]
