"""The bit index and the placement in memory: after whatever happened they are as if they were made anew."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from second_me.core.ports import Scope
from second_me.core.recall.placement import Placement
from second_me.storage.index import held, placement, stored
from second_me.storage.index.held import HeldBits
from second_me.storage.index.placement import Placements
from second_me.storage.index.vectors import Vectors
from second_me.storage.rows import fetch, fetch_number
from tests.storage.conftest import DIMENSIONS, START, Kit, direction, make, turn
from tests.storage.world import LONG, STEPS, TEXTS, Step, World, described


@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_after_any_history_all_is_as_made_anew(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kit = make(Path(folder) / "vault")
        try:
            kit.episodes.append_many([turn(TEXTS[n], f"talk-{n % 3}", 90 * n) for n in range(8)], START)
            world = World(kit)
            for step in steps:
                world.do(step)
                world.check()
        finally:
            kit.vault.close()


def test_much_at_once_is_read_anew(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "_MANY", 5)
    monkeypatch.setattr(placement, "_FEW", 5)
    monkeypatch.setattr(placement, "_PIECE", 4)
    world = World(kit)
    for number in range(6):
        world.do(("bring", number, 7))
        world.do(("embed", 30, 0))
        world.check()
    kit.conversations.hide("bring/0", START)
    with kit.vault.reading() as db:
        assert world.bits.current(db) is None
    world.check()


def test_a_snapshot_never_changes(kit: Kit) -> None:
    placements = Placements(kit.vault)
    before: list[tuple[Placement, list[tuple[object, ...]]]] = []
    said = [kit.say(f"text {n}", minutes=n) for n in range(30)]
    for each in said[::2]:
        placed = placements.placement()
        before.append((placed, described(placed)))
        kit.say(f"and {each.seq}", minutes=40 + each.seq)
        kit.episodes.hide(each.memory_id, START)
    assert [described(placed) for placed, _ in before] == [told for _, told in before]
    gone = kit.say("last of all", minutes=999)
    assert gone.seq in placements.placement().seqs
    assert before[-1][0].rows_of([gone.seq]).tolist() == [-1]


def test_nobody_is_named_who_was_erased(kit: Kit) -> None:
    placements = Placements(kit.vault)
    said = kit.say("hello", speaker="Zoltan")
    kit.say("hello", speaker="Bo")
    assert "Zoltan" in placements.placement().speakers
    kit.episodes.erase([said.memory_id])
    assert placements.placement().speakers == ("Bo",)


def test_two_threads_store_and_search(kit: Kit) -> None:
    world = World(kit)
    failed: list[BaseException] = []

    def run(work: Callable[[int], None]) -> None:
        try:
            for number in range(60):
                work(number)
        except BaseException as error:
            failed.append(error)
            raise

    def write(number: int) -> None:
        world.do(("say", number % 6, number % 8))
        world.do(("embed", 5, 0))
        if number % 10 == 9:
            world.do(("hide", number, 0))

    def search(number: int) -> None:
        hits = kit.vectors.search(direction(number), Scope(), 20)
        cosines = kit.vectors.cosines(direction(number), [hit.seq for hit in hits])
        assert len(cosines) == len(hits)
        placed = world.placements.placement()
        assert placed.rows_of(placed.seqs).tolist() == list(range(len(placed.seqs)))
        if number % 20 == 0:
            world.do(("other", 0, 0))

    threads = [threading.Thread(target=run, args=(work,)) for work in (write, search, search)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    world.check()


def test_cosines_are_the_same_kind_before_and_after(kit: Kit) -> None:
    said = [kit.say(LONG if n % 9 == 0 else f"text {n}", minutes=n) for n in range(40)]
    kit.embed_all()
    waiting = kit.say("without a vector", minutes=50)
    hidden = said.pop(5)
    kit.episodes.hide(hidden.memory_id, START)
    seqs = [each.seq for each in (*said, waiting, hidden)]
    exact = kit.vectors.cosines(direction(7), seqs)
    hits = {hit.seq: hit.score for hit in kit.vectors.search(direction(7), Scope(), 99)}
    assert exact[:-2] == pytest.approx([hits[seq] for seq in seqs[:-2]], abs=1e-5)
    kit.vectors.prepare(lambda: False)
    guessed = kit.vectors.cosines(direction(7), seqs)
    assert np.isnan(guessed).tolist() == np.isnan(exact).tolist() == [False] * len(said) + [True, True]
    assert np.corrcoef(guessed[:-2], exact[:-2])[0, 1] > 0.6
    assert kit.vectors.nbytes() > 0


def test_what_is_stored_while_it_is_built_is_in_it(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "_BLOCKS", 1)
    said = [kit.say(f"text {n}", minutes=n) for n in range(40)]
    world = World(kit)
    world.bits = HeldBits(kit.vault)
    asked = 0

    def meanwhile() -> bool:
        nonlocal asked
        asked += 1
        if asked == 2:
            kit.episodes.hide(said[0].memory_id, START)
            kit.episodes.erase([said[39].memory_id, said[1].memory_id])
            world.do(("say", 1, 2))
            world.do(("embed", 9, 0))
        return False

    with kit.vault.reading() as db:
        number = fetch_number(db, "SELECT id FROM embedders WHERE in_use")
        world.bits.use(f"vectors_{number}", DIMENSIONS)
    world.bits.build(meanwhile)
    assert asked > 3
    world.check()


def test_building_can_be_given_up(kit: Kit) -> None:
    kit.say("hello")
    kit.embed_all()
    kit.vectors.prepare(lambda: True)
    assert kit.vectors.nbytes() == 0
    assert len(kit.vectors.search(direction(1), Scope(), 5)) == 1
    Vectors(kit.vault).prepare(lambda: False)  # no embedder yet


def test_blocks_of_another_layout_are_read_by_the_documented_way(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(30):
        kit.say(f"text {n}", minutes=n)
    world = World(kit)
    with kit.vault.reading() as db, pytest.raises(stored.LayoutUnknown):
        stored.next_blocks(db, "vectors_1", 2 * DIMENSIONS, 0, 5)
    with kit.vault.reading() as db, pytest.raises(stored.LayoutUnknown):
        stored.next_blocks(db, "vectors_9", DIMENSIONS, 0, 5)

    def unknown(*_: object) -> None:
        raise stored.LayoutUnknown

    monkeypatch.setattr(held, "next_blocks", unknown)
    other = HeldBits(kit.vault)
    other.use("vectors_1", DIMENSIONS)
    other.build(lambda: False)
    with kit.vault.reading() as db:
        mine, theirs = world.bits.current(db), other.current(db)
    assert mine is not None and theirs is not None and len(mine) == 30
    assert np.array_equal(mine.signs, theirs.signs)
    assert mine.seqs.tolist() == theirs.seqs.tolist()


def test_vectors_in_large_blocks_are_taken_over(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "BLOCK", 1024)
    for n in range(30):
        kit.say(f"text {n}", minutes=n)
    kit.embed_all()
    want = [hit.seq for hit in kit.vectors.search(direction(3), Scope(), 9)]
    monkeypatch.undo()
    kit.vectors.use_embedder("test", DIMENSIONS)
    with kit.vault.reading() as db:
        names = {name for (name,) in fetch(db, "SELECT name FROM sqlite_master")}
        assert "vectors_2" in names and not any(name.startswith("vectors_1") for name in names)
    assert kit.vectors.pending_count() == 0
    assert [hit.seq for hit in kit.vectors.search(direction(3), Scope(), 9)] == want
    kit.vectors.prepare(lambda: False)
    assert [hit.seq for hit in kit.vectors.search(direction(3), Scope(), 9)] == want
    with kit.vault.reading() as db:
        assert len(stored.all_vectors(db, "vectors_2", DIMENSIONS)[0]) == 30
