"""Lives in the vault: derived values stay in step, and go with their episode."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from second_me.core.memory.episodes import Episode, Kind, Narrowing, Role
from second_me.core.memory.forgetting import Grade, faded, fades_on, strength
from second_me.core.memory.lives import Rating
from second_me.core.ports import Scope
from second_me.storage import migrate
from second_me.storage.repositories.life import Lives
from second_me.storage.rows import fetch, fetch_first, fetch_number
from second_me.storage.vault import create_vault, open_vault
from tests.storage.conftest import PASSPHRASE, QUICK, START, Kit, turn

MONDAY = date(2024, 3, 4)
VIVID, FADED = Narrowing(faded=False), Narrowing(faded=True)


@pytest.fixture
def lives(kit: Kit) -> Lives:
    made = Lives(kit.vault)
    made.come(MONDAY)
    return made


def rated(kit: Kit, lives: Lives, text: str, first: float = 1.0, **more: object) -> Episode:
    said = kit.say(text, **more)  # type: ignore[arg-type]
    lives.rate([Rating(said.seq, first, 5.0)])
    return said


def pass_days(lives: Lives, count: int) -> int:
    """So many days of use later; the number of the last."""
    last = lives.days()[-1]
    for n in range(1, count + 1):
        number = lives.come(last + timedelta(days=n))
    while lives.work(100):
        pass
    return number


def seen(kit: Kit, only: Narrowing, scope: Scope = Scope()) -> list[str]:  # noqa: B008 - frozen
    return [each.text for each in kit.episodes.timeline(None, 99, scope, only)]


def test_only_days_of_use_count(kit: Kit, lives: Lives) -> None:
    said = rated(kit, lives, "a walk")
    assert lives.come(MONDAY) == 1 and lives.come(MONDAY - timedelta(days=9)) == 1
    assert lives.come(MONDAY + timedelta(days=400)) == 2
    assert list(lives.days()) == [MONDAY, MONDAY + timedelta(days=400)]
    assert lives.strengths([said.seq])[said.seq] > 0.85


def test_a_memory_that_nothing_recalls_leaves_the_default_timeline(kit: Kit, lives: Lives) -> None:
    rated(kit, lives, "a walk")
    rated(kit, lives, "the wedding", 16.0)
    kit.say("not rated yet")
    pass_days(lives, 90)
    assert seen(kit, FADED) == []
    pass_days(lives, 1)
    assert seen(kit, FADED) == ["a walk"]
    assert sorted(seen(kit, VIVID)) == ["not rated yet", "the wedding"]
    assert len(seen(kit, Narrowing())) == 3


def test_a_recall_brings_it_back_and_taking_it_back_lets_it_go(kit: Kit, lives: Lives) -> None:
    said = rated(kit, lives, "a walk")
    pass_days(lives, 95)
    before = lives.get(said.memory_id)
    assert lives.use([said.memory_id], Grade.GOOD, "copied", "m_answer", START) == 1
    assert lives.use([said.memory_id, "m_none"], Grade.GOOD, "copied", "m_answer", START) == 0
    assert seen(kit, FADED) == [] and lives.strengths([said.seq]) == {said.seq: 1.0}
    kept = lives.get(said.memory_id)
    assert kept is not None and [(each.cause, each.at) for each in kept.uses] == [("copied", START)]
    assert not lives.take_back("m_other", kept.uses[0].use_id)
    assert lives.take_back(said.memory_id, kept.uses[0].use_id)
    assert lives.get(said.memory_id) == before and seen(kit, FADED) == ["a walk"]


def test_pins_hold_and_letting_go_is_undone(kit: Kit, lives: Lives) -> None:
    said = rated(kit, lives, "a walk")
    assert lives.pin(said.memory_id, True) and not lives.pin("m_none", True)
    pass_days(lives, 200)
    assert seen(kit, VIVID) == ["a walk"] == seen(kit, Narrowing(pinned=True))
    assert lives.let_go(said.memory_id, True)
    assert seen(kit, FADED) == ["a walk"] == seen(kit, Narrowing(pinned=False))
    assert lives.let_go(said.memory_id, False)
    assert lives.pin(said.memory_id, True) and seen(kit, FADED) == []
    assert lives.pin(said.memory_id, False) and seen(kit, FADED) == ["a walk"]


def test_letting_go_lasts_until_the_next_recall(kit: Kit, lives: Lives) -> None:
    said = rated(kit, lives, "a walk", 16.0)
    lives.use([said.memory_id], Grade.GOOD, "opened", "m_1", START)
    lives.let_go(said.memory_id, True)
    assert seen(kit, FADED) == ["a walk"]
    pass_days(lives, 3)
    assert seen(kit, FADED) == ["a walk"]
    lives.use([said.memory_id], Grade.LAPSE, "corrected", "m_2", START)
    assert seen(kit, FADED) == ["a walk"]
    lives.use([said.memory_id], Grade.GOOD, "copied", "m_3", START)
    assert seen(kit, VIVID) == ["a walk"]


def test_another_pace_goes_through_all_lives_in_batches(kit: Kit, lives: Lives) -> None:
    said = [rated(kit, lives, f"walk {n}") for n in range(7)]
    lives.pin(said[0].memory_id, True)
    lives.let_go(said[1].memory_id, True)
    pass_days(lives, 120)
    assert len(seen(kit, FADED)) == 6
    lives.set_pace(2.0)
    steps = 0
    while lives.work(3):
        steps += 1
    assert lives.pace() == 2.0 and steps >= 3
    assert seen(kit, FADED) == ["walk 1"]
    lives.set_pace(1.0)
    while lives.work(3):
        pass
    assert len(seen(kit, FADED)) == 6


def test_what_is_derived_is_what_the_domain_says(kit: Kit, lives: Lives) -> None:
    """After a random history every life's `fades_on` and `faded` are those of its uses."""
    dice = random.Random(7)
    said = [rated(kit, lives, f"walk {n}", dice.uniform(1, 16)) for n in range(12)]
    for step in range(150):
        one = dice.choice(said).memory_id
        dice.choice(
            (
                lambda one=one, step=step: lives.use(
                    [one], dice.choice(list(Grade)), "opened", f"m_{step}", START
                ),
                lambda one=one: lives.pin(one, dice.random() < 0.3),
                lambda one=one: lives.let_go(one, dice.random() < 0.3),
                lambda: pass_days(lives, dice.randrange(1, 40)),
                lambda: lives.set_pace(dice.choice([0.25, 1.0, 4.0])),
            )
        )()
    while lives.work(5):
        pass
    day, pace = len(lives.days()), lives.pace()
    with kit.vault.reading() as db:
        rows = fetch(
            db, "SELECT e.memory_id, l.fades_on, e.faded FROM lives AS l JOIN episodes AS e ON e.seq = l.seq"
        )
    for memory_id, fades, is_faded in rows:
        kept = lives.get(memory_id)
        assert kept is not None
        assert (fades, bool(is_faded)) == (fades_on(kept.life, pace), faded(kept.life, day, pace))
        assert lives.strengths([kept.seq])[kept.seq] == strength(kept.life, day, pace)


def test_erasing_takes_a_life_along(kit: Kit, lives: Lives) -> None:
    said = rated(kit, lives, "a walk")
    answer = kit.say("You walked.", role=Role.ASSISTANT)
    other = rated(kit, lives, "a swim")
    for each in (said, other):
        lives.use([each.memory_id], Grade.GOOD, "copied", answer.memory_id, START)
    assert lives.get(answer.memory_id) is None
    kit.episodes.erase([said.memory_id])
    assert lives.get(said.memory_id) is None
    kit.episodes.erase([answer.memory_id])
    kept = lives.get(other.memory_id)
    assert kept is not None and len(kept.uses) == 1
    with kit.vault.reading() as db:
        assert fetch_first(db, "SELECT seq FROM lives") == [other.seq]
        assert fetch(db, "SELECT seq, answer_id FROM uses") == [(other.seq, None)]
    assert answer.memory_id.encode() not in kit.pages()


def test_the_timeline_is_narrowed(kit: Kit, lives: Lives) -> None:
    rated(kit, lives, "one", speaker="Anna", minutes=0)
    rated(kit, lives, "two", speaker="Ben", minutes=60)
    rated(kit, lives, "three", speaker="Ben", minutes=120)
    kit.say("no time", "other", minutes=None)
    assert seen(kit, Narrowing(speaker="Ben")) == ["three", "two"]
    assert seen(kit, Narrowing(kind="note")) == [] and len(seen(kit, Narrowing(kind="turn"))) == 4
    hour = timedelta(hours=1)
    assert seen(kit, Narrowing(faded=False), Scope(after=START + hour)) == ["three", "two"]
    assert seen(kit, Narrowing(speaker="Ben"), Scope(before=START + hour)) == ["two"]


def test_thinning_uses_an_index(kit: Kit, lives: Lives) -> None:
    rated(kit, lives, "one")
    wheres = {
        "NOT e.faded": "episodes_vivid",
        "e.faded": "episodes_faded",
    }
    for where, index in wheres.items():
        query = (
            "EXPLAIN QUERY PLAN SELECT e.text FROM episodes AS e WHERE e.shown AND e.role <> 'assistant' "
            f"AND {where} ORDER BY e.placed_at DESC, e.seq DESC LIMIT 9"
        )
        with kit.vault.reading() as db:
            plan = str(fetch(db, query))
        assert index in plan and "TEMP B-TREE" not in plan


def test_an_older_vault_gets_lives(tmp_path: Path) -> None:
    before = [each for each in migrate.shipped() if each.number < 7]
    folder = tmp_path / "vault"
    vault, _ = create_vault(folder, PASSPHRASE, QUICK, migrations=before)
    with vault.writing() as db:
        db.execute("INSERT INTO conversations VALUES ('talk-1', '', 'talk', ?, NULL)", (START.isoformat(),))
        for memory_id, role in (("m_1", "person"), ("m_2", "assistant")):
            db.execute(
                "INSERT INTO episodes(memory_id, conversation, speaker, role, kind, text, recorded_at, session, "
                "placed_at, origin, shown) VALUES (?, 'talk-1', 'Anna', ?, 'turn', 'a walk', ?, 0, '', 'talk', 1)",
                (memory_id, role, START.isoformat()),
            )
    vault.close()
    with open_vault(folder, passphrase=PASSPHRASE) as opened:
        lives = Lives(opened)
        assert [each.text for each in lives.unrated(9)] == ["a walk"]
        assert lives.get("m_1") is not None and lives.get("m_2") is None


def test_notes_are_known_as_such_and_an_average_is_kept(kit: Kit, lives: Lives) -> None:
    kit.say("the code is 4711", kind=Kind.NOTE)
    kit.say("a walk")
    waiting = lives.unrated(9)
    assert [(each.text, each.noted) for each in waiting] == [("the code is 4711", True), ("a walk", False)]
    lives.rate([Rating(waiting[0].seq, 8.0, 4.0), Rating(waiting[1].seq, 2.0, 8.0), Rating(999, 1.0, None)])
    assert lives.unrated(9) == []
    average = lives.average()
    assert (average.count, average.mean, average.deviation) == (2, 6.0, 2.0)
    with kit.vault.reading() as db:
        assert fetch_number(db, "SELECT count(*) FROM lives") == 2


def test_days_are_days_not_moments(kit: Kit, lives: Lives) -> None:
    evening = datetime(2024, 3, 5, 23, 59)
    assert lives.come(evening.date()) == 2 == lives.come(date(2024, 3, 5))
    said = kit.episodes.append(turn("late"), evening)
    kept = lives.get(said.memory_id)
    assert kept is not None and kept.life.born == 2
