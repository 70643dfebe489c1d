from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.ports import Scope
from second_me.core.recall.extracts import Pointer
from second_me.core.recall.grains import Due, Grain, GrainMaker, ended_before, session_made
from second_me.core.recall.rarity import Rarity
from second_me.core.recall.segments import word_rows
from second_me.storage.repositories.grains import Grains
from second_me.storage.rows import fetch, fetch_first
from tests.storage.conftest import DIMENSIONS, START, Kit, direction, make, turn

LATER = START + timedelta(days=400)
TALES = (
    "I planted tomatoes in the garden in Bern on Monday.",
    "My tomatoes need rain and the garden needs me.",
    "I sold the old car to a farmer from Thun.",
    "The car had a broken engine for three weeks.",
    "My sister Anna moved to Lyon with two cats.",
    "I wrote a letter to Anna in Lyon about the cats.",
)


class Made:
    """A vault whose grains can be made."""

    def __init__(self, kit: Kit) -> None:
        self.kit, self.store = kit, Grains(kit.vault)
        self.maker = GrainMaker(self.store, kit.episodes.by_seq, Rarity(kit.words))

    def make(self, now: datetime = LATER) -> int:
        count = 0
        while self.maker.make_next(now):
            count += 1
        return count

    def rows(self, sql: str) -> list[Any]:
        with self.kit.vault.reading() as db:
            return fetch(db, sql)

    def due(self) -> list[tuple[str, str]]:
        return self.rows("SELECT grain, key FROM grains_due ORDER BY grain, key")

    def texts(self, grain: Grain, **limits: Any) -> list[str]:
        values: dict[str, Any] = {"after": None, "before": None, "scope": Scope(), "speaker": None, **limits}
        pointers = self.store.pointers(grain, **values)
        episodes = self.kit.episodes.by_seq([each.seq for each in pointers])
        return [episodes[each.seq].text[each.start : each.end] for each in pointers]

    def everything(self) -> list[Any]:
        """Grains with their members and extracts, without the numbers that they happen to have."""
        return [
            self.rows("SELECT grain, key, place FROM grains ORDER BY grain, key, place"),
            self.rows(
                "SELECT g.grain, g.key, g.place, x.place, x.seq, x.start, x.end FROM grain_extracts AS x "
                "JOIN grains AS g ON g.id = x.grain_id ORDER BY 1, 2, 3, 4"
            ),
            self.rows(
                "SELECT m.seq, g.key, g.place FROM grain_members AS m JOIN grains AS g ON g.id = m.grain_id "
                "ORDER BY m.seq"
            ),
        ]


@pytest.fixture
def made(kit: Kit) -> Iterator[Made]:
    yield Made(kit)


def tell(kit: Kit, conversation: str = "talk-1", start: float = 0, step: float = 2) -> list[Episode]:
    return [
        kit.say(text, conversation, start + step * at, role=Role.OTHER, speaker="AB"[at % 2])
        for at, text in enumerate(TALES)
    ]


def test_a_session_a_day_and_a_month_are_made_once(made: Made) -> None:
    turns = tell(made.kit)
    assert made.due() == [("session", str(turns[0].session))]
    assert made.make() == 3
    assert made.due() == []
    assert {grain for grain, _, _ in made.everything()[0]} == {"segment", "session", "day", "month"}
    for grain in Grain:
        assert made.texts(grain)
        assert set(made.texts(grain)) <= set(TALES)
    assert not made.maker.make_next(LATER)
    of_turns = made.store.segments_of([each.seq for each in turns])
    assert of_turns.keys() == {each.seq for each in turns}


def test_a_session_is_made_when_it_is_over(made: Made) -> None:
    last = tell(made.kit)[-1].spoken_at
    assert last is not None
    assert made.make(last + timedelta(hours=5)) == 0
    assert made.make(last + timedelta(hours=7)) == 3
    tell(made.kit, start=24 * 60)
    soon = START + timedelta(days=1, minutes=20)
    assert made.make(soon) == 0
    made.kit.say("The next morning began with coffee.", minutes=48 * 60)
    assert made.make(soon) == 3
    assert made.due() == [("session", "3")]


def test_an_import_without_times_is_over(made: Made) -> None:
    tell_nothing = made.kit.say("I bought a boat in Hamburg.", "import/1", None, origin="import")
    assert made.make(START) == 1
    assert made.texts(Grain.SESSION) == ["I bought a boat in Hamburg."]
    assert made.texts(Grain.DAY) == made.texts(Grain.MONTH) == []
    assert made.texts(Grain.SESSION, after=START - timedelta(days=999), before=LATER) == []
    assert tell_nothing.spoken_at is None


def test_what_the_assistant_says_is_in_no_grain(made: Made) -> None:
    made.kit.say("You planted tomatoes in Bern, the garden says.", role=Role.ASSISTANT)
    assert made.make() == 0
    mine = made.kit.say("I sold the old car to a farmer from Thun.", minutes=1)
    made.make()
    assert made.texts(Grain.MONTH) == [mine.text]


def test_only_what_changed_is_made_again(made: Made) -> None:
    first = tell(made.kit, "talk-1")
    tell(made.kit, "talk-2", start=60 * 24 * 40)
    made.make()
    kept = made.store.segments_of([each.seq for each in first])
    made.kit.say("I broke my left arm on the stairs of the Bellevue in Geneva.", "talk-2", 60 * 24 * 40 + 30)
    assert made.make() == 3
    assert made.store.segments_of([each.seq for each in first]) == kept
    assert "I broke my left arm on the stairs of the Bellevue in Geneva." in made.texts(Grain.SESSION)


def test_what_is_hidden_leaves_at_once_and_comes_back(made: Made) -> None:
    turns = tell(made.kit)
    made.make()
    gone = next(each for each in turns if each.text in made.texts(Grain.MONTH))
    made.kit.episodes.hide(gone.memory_id, START)
    for grain in Grain:
        assert gone.text not in made.texts(grain)
    assert gone.seq not in made.store.segments_of([gone.seq])
    assert made.rows(f"SELECT 1 FROM grain_extracts WHERE seq = {gone.seq}") == []
    assert {grain for grain, _ in made.due()} == {"session", "day", "month"}
    made.make()
    assert gone.text not in made.texts(Grain.SESSION)
    made.kit.episodes.restore(gone.memory_id)
    made.make()
    assert gone.text in made.texts(Grain.SESSION)


def test_a_hidden_conversation_leaves_no_grain(made: Made) -> None:
    tell(made.kit, "talk-1")
    made.make()
    made.kit.conversations.hide("talk-1", START)
    assert made.everything() == [[], [], []]
    assert made.due() == []
    made.kit.conversations.restore("talk-1")
    assert made.make() == 3


def test_what_must_not_be_remembered_leaves(made: Made) -> None:
    turns = tell(made.kit)
    made.make()
    for each in turns:
        made.kit.episodes.set_remembered(each.memory_id, False)
    assert made.everything() == [[], [], []]
    assert made.due() == []


def test_nothing_of_an_erased_memory_stays(made: Made) -> None:
    """Not even the date on which something was said."""
    kit = made.kit
    tell(kit, "talk-1")
    secret = kit.say("My zanzibar account is quokka in Bern.", "notes", 60 * 24 * 200, kind=Kind.NOTE)
    assert secret.spoken_at is not None
    day, month = secret.spoken_at.date().isoformat(), secret.spoken_at.date().isoformat()[:7]
    made.make()
    assert (day.encode() in kit.pages(), month.encode() in kit.pages()) == (True, True)
    assert secret.text in made.texts(Grain.MONTH)
    kit.episodes.erase([secret.memory_id])
    pages = kit.pages()
    assert [word for word in ("zanzibar", "quokka", day) if word.encode() in pages] == []
    assert secret.text not in made.texts(Grain.MONTH)
    assert made.rows(f"SELECT 1 FROM grain_extracts WHERE seq = {secret.seq}") == []
    assert made.rows(f"SELECT 1 FROM grain_members WHERE seq = {secret.seq}") == []
    assert made.rows(f"SELECT 1 FROM grains WHERE key IN ('{day}', '{month}')") == []
    assert made.due() == []


def test_an_erased_member_makes_its_grains_due(made: Made) -> None:
    turns = tell(made.kit)
    made.make()
    gone = next(each for each in turns if each.text in made.texts(Grain.DAY))
    made.kit.episodes.erase([gone.memory_id])
    assert {grain for grain, _ in made.due()} == {"session", "day", "month"}
    assert gone.text not in made.texts(Grain.DAY)
    made.make()
    assert set(made.texts(Grain.DAY)) <= set(TALES) - {gone.text}


def test_what_changed_while_a_grain_was_made_is_not_kept(made: Made) -> None:
    turns = tell(made.kit)
    key, seen = str(turns[0].session), [each.seq for each in turns]
    whole = session_made(turns, word_rows([each.text for each in turns]), Rarity(made.kit.words))
    made.kit.episodes.hide(turns[2].memory_id, START)
    assert not made.store.keep_session(key, whole, seen)
    assert made.everything() == [[], [], []]
    made.make()
    day = Due(Grain.DAY, START.date().isoformat())
    sources = made.store.sources(day)
    made.kit.episodes.hide(turns[0].memory_id, START)
    assert not made.store.keep(day, [Pointer(turns[0].seq, 0, 5)], sources)


def test_making_goes_on_after_the_vault_was_closed(made: Made) -> None:
    tell(made.kit, "talk-1")
    tell(made.kit, "talk-2", start=60 * 24 * 40)
    assert made.maker.make_next(LATER)
    again = Made(made.kit.again())
    assert again.make() == 5
    again.kit.vault.close()


def test_a_session_that_is_joined_by_a_later_import(made: Made) -> None:
    """Two sessions become one when the turns between them come in: nothing of the old cut stays."""
    kit = made.kit
    kit.episodes.append_many(
        [turn(TALES[0], "import", 0, source_id="1"), turn(TALES[1], "import", 600, source_id="2")], START
    )
    made.make()
    assert len(made.rows("SELECT 1 FROM grains WHERE grain = 'session'")) == 2
    kit.episodes.append_many([turn(TALES[2], "import", 300, source_id="3")], START)
    made.make()
    assert len(made.rows("SELECT 1 FROM grains WHERE grain = 'session'")) == 1
    (number,) = {each.session for each in kit.episodes.timeline(None, 9, Scope())}
    assert [each.text for each in made.store.members(number)] == [TALES[0], TALES[2], TALES[1]]


def test_limits_of_pointers(made: Made) -> None:
    tell(made.kit, "import/a", start=0)
    tell(made.kit, "import/b", start=60 * 24 * 40)
    made.kit.say(
        "I met the painter Zoe at the harbour in Rome yesterday.",
        "import/b",
        60 * 24 * 40 + 20,
        speaker="Zoe",
        role=Role.OTHER,
    )
    made.make()
    first = made.texts(Grain.MONTH, before=START + timedelta(days=20))
    assert len(first) > 0
    assert made.texts(Grain.MONTH, scope=Scope(conversation="import/a")) == first
    assert "I met the painter Zoe at the harbour in Rome yesterday." in made.texts(
        Grain.SESSION, speaker="Zoe"
    )
    assert made.texts(Grain.SESSION, speaker="Zoe") == made.texts(
        Grain.SESSION, scope=Scope(conversation="import/b")
    )
    assert made.texts(Grain.SESSION, speaker="Nobody") == []
    zoe = next(each for each in made.kit.episodes.timeline(None, 1, Scope()))
    assert zoe.text not in made.texts(Grain.SESSION, scope=Scope(exclude=frozenset([zoe.memory_id])))


def test_sessions_that_wait(made: Made) -> None:
    tell(made.kit, "import/a", start=0)
    made.make()
    going_on = tell(made.kit, "talk-1", start=60 * 24 * 40)
    assert made.store.unmade(None, None, Scope(), None, 5) == [going_on[0].session]
    assert made.store.unmade(None, START + timedelta(days=2), Scope(), None, 5) == []
    assert made.store.unmade(None, None, Scope(conversation="import/a"), None, 5) == []
    assert made.store.unmade(None, None, Scope(), None, 0) == []


def test_vectors_of_turns(made: Made) -> None:
    kit = made.kit
    short = kit.say("short")
    long = kit.say("a sentence of the long text. " * 80, minutes=1)
    assert made.store.vectors_of([short.seq]) == {}
    kit.embed_all()
    found = made.store.vectors_of([short.seq, long.seq, 999])
    assert found.keys() == {short.seq, long.seq}
    np.testing.assert_allclose(found[short.seq], direction(1), atol=1e-6)
    with kit.vault.reading() as db:
        chunks = fetch_first(db, f"SELECT chunk_id FROM chunks WHERE seq = {long.seq}")
    assert len(chunks) > 1
    mean = np.mean([direction(chunk) for chunk in chunks], axis=0)
    np.testing.assert_allclose(found[long.seq], mean / np.linalg.norm(mean), atol=1e-6)
    kit.vectors.use_embedder("another", DIMENSIONS)
    assert made.store.vectors_of([short.seq]) == {}


def test_older_vaults_have_everything_to_make(kit: Kit) -> None:
    """What the migration finds is due."""
    tell(kit)
    with kit.vault.writing() as db:
        db.execute("DELETE FROM grains_due")
        statement = (Path(__file__).parents[2] / "storage/migrations/0005_grains.sql").read_text("utf-8")
        start = statement.index("INSERT INTO grains_due SELECT DISTINCT")
        db.execute(statement[start : statement.index(";", start)])
    assert Made(kit).make() == 3


def random_history(made: Made, numbers: random.Random, steps: int) -> None:
    """Appends, imports, hiding, restoring, erasing, making, in any order."""
    kit, known = made.kit, list[Episode]()
    for step in range(steps):
        choice = numbers.random()
        if choice < 0.45 or not known:
            text = f"{numbers.choice(TALES)} {numbers.choice(TALES)}"
            minutes = None if numbers.random() < 0.1 else numbers.randrange(60 * 24 * 50)
            known.append(kit.say(text, f"talk-{numbers.randrange(3)}", minutes, speaker=numbers.choice("AB")))
        elif choice < 0.55:
            batch = [
                turn(
                    numbers.choice(TALES), "import", numbers.randrange(60 * 24 * 50), source_id=f"{step}-{n}"
                )
                for n in range(4)
            ]
            kit.episodes.append_many(batch, START)
        elif choice < 0.65:
            kit.episodes.hide(numbers.choice(known).memory_id, START)
        elif choice < 0.72:
            kit.episodes.restore(numbers.choice(known).memory_id)
        elif choice < 0.77:
            kit.conversations.hide(f"talk-{numbers.randrange(3)}", START)
        elif choice < 0.84:
            kit.conversations.restore(f"talk-{numbers.randrange(3)}")
        elif choice < 0.9:
            erased = known.pop(numbers.randrange(len(known)))
            kit.episodes.erase([erased.memory_id])
        else:
            for _ in range(numbers.randrange(6)):
                made.maker.make_next(LATER)
        assert_only_members_are_pointed_to(made)


def assert_only_members_are_pointed_to(made: Made) -> None:
    wrong = (
        "SELECT 1 FROM {table} AS t LEFT JOIN episodes AS e ON e.seq = t.seq "
        "WHERE e.seq IS NULL OR NOT e.shown OR e.role = 'assistant'"
    )
    for table in ("grain_extracts", "grain_members"):
        assert made.rows(wrong.format(table=table)) == []
    without = (
        "SELECT grain, key FROM {table} WHERE NOT EXISTS (SELECT 1 FROM episodes WHERE shown AND role <> 'assistant' "
        "AND CASE WHEN grain IN ('session', 'segment') THEN CAST(session AS TEXT) = key "
        "ELSE substr(placed_at, 1, length(key)) = key END)"
    )
    assert made.rows(without.format(table="grains")) == []
    assert made.rows(without.format(table="grains_due")) == []


def history_ends_like_a_fresh_start(folder: Path, seed: int, steps: int) -> None:
    made = Made(make(folder))
    random_history(made, random.Random(seed), steps)
    made.maker = GrainMaker(made.store, made.kit.episodes.by_seq, lambda terms: dict.fromkeys(terms, 1.0))
    with made.kit.vault.writing() as db:
        db.execute(
            "INSERT OR IGNORE INTO grains_due SELECT DISTINCT 'session', CAST(session AS TEXT) FROM episodes "
            "WHERE shown AND role <> 'assistant'"
        )
    made.make()
    in_steps = made.everything()
    with made.kit.vault.writing() as db:
        for table in ("grain_extracts", "grain_members", "grains"):
            db.execute(f"DELETE FROM {table}")
        db.execute(
            "INSERT INTO grains_due SELECT DISTINCT 'session', CAST(session AS TEXT) FROM episodes "
            "WHERE shown AND role <> 'assistant'"
        )
    made.make()
    assert in_steps == made.everything()
    made.kit.vault.close()


@pytest.mark.parametrize("seed", range(3))
def test_any_history(tmp_path: Path, seed: int) -> None:
    history_ends_like_a_fresh_start(tmp_path / "vault", seed, 40)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3, 40))
def test_any_long_history(tmp_path: Path, seed: int) -> None:
    history_ends_like_a_fresh_start(tmp_path / "vault", seed, 150)


def test_the_end_of_a_session_at_the_ends_of_the_calendar() -> None:
    assert ended_before(datetime.min) == datetime.min
    assert ended_before(START) == START - timedelta(hours=6)
