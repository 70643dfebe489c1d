"""What does not fit is found, mended where that is safe, and told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from second_me.core.memory.chunks import split
from second_me.core.memory.facts.claims import digest
from second_me.core.ports import EnvironmentFault, Scope
from second_me.core.recall.keys import search_key
from second_me.storage.checks.checks import NOTICE, Checks
from second_me.storage.rows import fetch, fetch_first
from second_me.storage.vault import open_vault
from tests.storage.conftest import PASSPHRASE, START, Kit, direction

PAGE = 4096
TEXTS = ("The cat sleeps on the boiler", "We sail to Elba in June", "日本に行きたい", "Otters hold hands")


def checks(kit: Kit) -> Checks:
    return Checks(kit.vault, search_key, split, lambda: START + timedelta(days=1))


def run(kit: Kit, made: Checks | None = None) -> dict[str, Any]:
    """A whole run; what it told, {} when there was nothing to tell."""
    made, cursor, more = made or checks(kit), None, True
    left = []
    while more:
        left.append(made.left(cursor))
        cursor, more = made.step(cursor)
    assert made.left(cursor) == 0
    assert left == sorted(left, reverse=True)
    assert all(number > 0 for number in left[:-1])
    return next((dict(each.detail) for each in kit.notices.standing() if each.code == NOTICE), {})


@pytest.fixture
def full(kit: Kit) -> Kit:
    """With a hidden one, a forgotten one, and an answer with its question."""
    said = [kit.say(text, minutes=at) for at, text in enumerate(TEXTS)]
    kit.embed_all()
    kit.say("Nobody may see this", minutes=9)
    hidden = kit.say("A secret hut in the wood", minutes=10)
    kit.episodes.hide(hidden.memory_id, START)
    assert len(said) == 4
    return kit


def test_a_sound_vault_has_nothing_to_tell(full: Kit) -> None:
    assert run(full) == {}
    assert full.notices.standing() == []


def _do(sql: str, *values: object) -> Callable[[Kit], None]:
    def change(kit: Kit) -> None:
        with kit.vault.writing() as db:
            db.execute(sql, values)

    return change


def _ghost_vector(kit: Kit) -> None:
    with kit.vault.writing() as db:
        db.execute(
            "INSERT INTO vectors_1(chunk_id, vector, live) VALUES (999, ?, 1)", (direction(9).tobytes(),)
        )


def _uncut(kit: Kit) -> None:
    with kit.vault.writing() as db:
        db.execute("DELETE FROM pending_chunks WHERE chunk_id IN (SELECT chunk_id FROM chunks WHERE seq = 5)")
        db.execute("DELETE FROM chunks WHERE seq = 5")


def _claim(kit: Kit, read: bytes, end: int = 7) -> None:
    with kit.vault.writing() as db:
        db.execute(
            "INSERT INTO claims(seq, slot, stance, subject, value_start, value_end, quote_start, quote_end, "
            "qualifier, corrects, digest, learned_at) "
            "VALUES (1, 'pet', 'now', '', 4, 7, 0, ?, '', 0, ?, '2024-01-01')",
            (end, read),
        )


BREAKS: dict[str, tuple[str, Callable[[Kit], None]]] = {
    "hidden but for its mark": ("mark", _do("UPDATE episodes SET hidden_at = '2024-01-01' WHERE seq = 1")),
    "shown but for its mark": ("mark", _do("UPDATE episodes SET hidden_at = NULL WHERE seq = 6")),
    "not in the index": ("unfindable", _do("DELETE FROM words WHERE rowid = 2")),
    "not on the shelf": ("unfindable", _do("DELETE FROM shelf WHERE seq = 6")),
    "left in the index": ("findable", _do("INSERT INTO words(rowid, key) VALUES (777, 'ghost')")),
    "hidden and in the index": ("findable", _do("INSERT INTO words(rowid, key) VALUES (6, 'secret hut')")),
    "left in the pairs": ("findable", _do("INSERT INTO bigrams(rowid, key) VALUES (778, '日本')")),
    "not cut": ("uncut", _uncut),
    "waits for nothing": ("unwaited", _do("DELETE FROM pending_chunks")),
    "waits in vain": ("unwaited", _do("INSERT INTO pending_chunks VALUES (1)")),
    "left of a chunk": ("vector_left", _ghost_vector),
    "vector of the shown": ("vector_mark", _do("UPDATE vectors_1 SET live = 0 WHERE chunk_id = 3")),
    "claims what it never said": ("claim", lambda kit: _claim(kit, b"another")),
    "claims beyond its end": ("claim", lambda kit: _claim(kit, digest(TEXTS[0]), 10_000)),
    "means what it never said": (
        "claim",
        _do(
            "INSERT INTO definitions(seq, term_start, term_end, meaning_start, meaning_end, digest) "
            "VALUES (1, 0, 3, 4, 7, x'00')"
        ),
    ),
    "does not wait to be read": ("unread", _do("DELETE FROM read_episodes WHERE seq = 3")),
    "has no life": ("lifeless", _do("DELETE FROM lives WHERE seq = 3")),
    "lineage of nothing": (
        "orphan",
        _do("INSERT INTO lineage VALUES ('memory', 'm_gone', 'memory', 'm_gone_too')"),
    ),
    "verdict on nothing": (
        "orphan",
        _do("INSERT INTO feedback(answer_id, verdict, at) VALUES ('m_gone', 'opened', '2024-01-01')"),
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_found_and_mended(full: Kit, name: str) -> None:
    kind, change = BREAKS[name]
    change(full)
    told = run(full)
    assert told["found"].get(kind, 0) >= 1, told
    assert told["left"] == {}
    for notice in full.notices.standing():
        full.notices.dismiss(notice.id)
    assert run(full) == {}
    full.embed_all()  # what waits again gets its vector
    assert full.vectors.pending_count() == 0


def test_a_claim_that_fits_stays_and_one_that_does_not_is_read_again(full: Kit) -> None:
    _claim(full, digest(TEXTS[0]))
    with full.vault.writing() as db:
        db.execute("UPDATE read_episodes SET version = 7")
    assert run(full) == {}
    _claim(full, b"another")
    assert run(full)["found"] == {"claim": 1}
    with full.vault.reading() as db:
        assert fetch(db, "SELECT count(*) FROM claims") == [(1,)]
        assert fetch_first(db, "SELECT seq FROM read_episodes WHERE version = 0") == [1]


def test_what_was_mended_is_found_again_and_what_is_hidden_is_not(full: Kit) -> None:
    for name in ("not in the index", "hidden and in the index", "left in the index"):
        BREAKS[name][1](full)
    run(full)
    assert [hit.seq for hit in full.words.search(["elba"], Scope(), 5)] == [2]
    assert full.words.search(["hut"], Scope(), 5) == []
    assert full.words.search(["ghost"], Scope(), 5) == []
    hidden = next(iter(full.episodes.by_seq([6]).values()))
    full.episodes.restore(hidden.memory_id)
    assert [hit.seq for hit in full.words.search(["hut"], Scope(), 5)] == [6]


def test_an_overwritten_ghost_leaves_no_bytes(full: Kit) -> None:
    _ghost_vector(full)
    run(full)
    assert direction(9).tobytes() not in full.pages()


def test_what_was_made_of_what_is_gone_is_told_and_left_alone(full: Kit) -> None:
    with full.vault.writing() as db:
        there = fetch_first(db, "SELECT memory_id FROM episodes WHERE seq = 1")[0]
        db.execute("INSERT INTO lineage VALUES ('memory', ?, 'memory', 'm_gone')", (there,))
    assert run(full) == {"found": {"derived_left": 1}, "left": {"derived_left": 1}}
    assert run(full) != {}
    assert len(full.notices.standing()) == 1  # told once, also when it is found every day
    with full.vault.reading() as db:
        assert fetch(db, "SELECT count(*) FROM lineage WHERE source_id = 'm_gone'") == [(1,)]


def test_a_run_goes_on_from_its_cursor(full: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("second_me.storage.checks.episodes.SLICE", 2)
    BREAKS["not in the index"][1](full)
    first = checks(full)
    cursor, _ = first.step(None)
    cursor, more = checks(full).step(cursor)
    assert more
    assert cursor is not None
    assert (cursor["part"], cursor["after"], cursor["found"]) == (0, 4, {"unfindable": 1})


def test_a_damaged_page_is_told_and_ends_nothing(full: Kit) -> None:
    for number in range(400):
        full.say(f"Day {number}: " + "water " * 40, minutes=20 + number)
    full.vault.close()
    file = full.vault.files.database
    data = file.read_bytes()
    told = [each for page in range(len(data) // PAGE - 1, 2, -9) if (each := _told(full, data, page))]
    assert told
    assert all(each["left"]["damaged"] >= 1 for each in told)


def _told(kit: Kit, data: bytes, page: int) -> dict[str, Any]:
    """What a run tells of a vault one bit of whose page is another one; {} where it does not open or write."""
    changed = bytearray(data)
    changed[page * PAGE + 100] ^= 1
    for log in kit.folder.glob("vault.db-*"):
        log.unlink()
    kit.vault.files.database.write_bytes(changed)
    try:
        with open_vault(kit.folder, passphrase=PASSPHRASE) as vault:
            return run(Kit(vault))
    except EnvironmentFault as fault:
        assert fault.code == "damaged"
        return {}
