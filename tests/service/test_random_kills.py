"""The service is killed at random moments in the middle of all kinds of work: what was acknowledged is there and is
found, what was erased is nowhere, nothing is there by half, and the next start works."""

from __future__ import annotations

import itertools
import random
import sys
import time
from pathlib import Path

import apsw
import pytest

from second_me.app.paths import HomeLayout
from second_me.app.service.client import Client
from second_me.storage.rows import fetch, fetch_first, fetch_number
from second_me.storage.vault import open_vault
from tests.service.kit import PASSPHRASE, Seat
from tests.service.mixed_work import LINES, Acknowledged, MixedWork
from tests.storage.looking import data_key, everything
from tests.storage.schema import pointing_nowhere

FEW, MANY = 3, 200


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(FEW, id="sample"),
        pytest.param(MANY, id="all", marks=[pytest.mark.soak, pytest.mark.timeout(7200)]),
    ],
)
def test_nothing_that_was_acknowledged_is_lost(place: Seat, tmp_path: Path, kills: int) -> None:
    dice, done = random.Random(20261123), Acknowledged()
    (tmp_path / "chats").mkdir()
    folder = HomeLayout(place.home).vault
    key = b""
    for number in itertools.count():
        client = _entered(place)
        assert client.call("status")["notices"] == []
        key = key or data_key(folder, PASSPHRASE)
        work = MixedWork(client, tmp_path / "chats", number, done)
        work.start()
        time.sleep(dice.uniform(0.02, 3.0))
        place.kill_all()
        work.join()
        _check_erased(folder, key, done)
        over = number >= kills - 1 and bool(done.texts)  # a busy machine may acknowledge nothing in so few
        if number % 20 == 19 or over:
            _check_kept(folder, done, dice)
        if over:
            break
    told, made = {name: len(value) for name, value in vars(done).items()}, _made(folder)
    print(f"{number + 1} kills; acknowledged: {told}; made meanwhile: {made}", file=sys.stderr)
    few = min(len(done.edits), len(done.erased), sum(done.imports.values()))
    assert few >= (kills / 4 if kills > FEW else 0)
    assert min(made.values()) > 0 or kills == FEW


def _entered(place: Seat) -> Client:
    """Vectors are made by a worker that is just starting, as in life."""
    client = place.client()
    client.call("vault.create" if client.state == "absent" else "vault.unlock", passphrase=PASSPHRASE)
    return client


def _check_erased(folder: Path, key: bytes, done: Acknowledged) -> None:
    """As the kill left the files: nothing of an acknowledged erasure."""
    content = everything(folder, key).lower()
    assert [word for word in done.erased if word.encode() in content] == []


def _check_kept(folder: Path, done: Acknowledged, dice: random.Random) -> None:
    with open_vault(folder, passphrase=PASSPHRASE) as vault, vault.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("SELECT count(*) FROM notices").fetchall() == [(0,)]
        assert pointing_nowhere(db) == []
        kept: dict[str, str] = dict(fetch(db, "SELECT memory_id, text FROM episodes"))
        assert done.texts.items() <= kept.items()
        rested = {each for each, cited in done.answers.items() if set(cited) <= kept.keys()}
        assert rested <= kept.keys()
        _check_imports(db, done)
        _check_facts(db, done)
        _check_indexes(db)
        for text in dice.sample(sorted(done.texts.values()), min(20, len(done.texts))):
            marker = next((word for word in text.rstrip(".").split() if "q" in word and "z" in word), None)
            if marker is not None:
                found = db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (marker.rstrip("."),))
                assert found.fetchall() == [(1,)]


def _made(folder: Path) -> dict[str, int]:
    """How much the background has done."""
    with open_vault(folder, passphrase=PASSPHRASE) as vault, vault.reading() as db:
        read = fetch_number(db, "SELECT count(*) FROM read_episodes WHERE version > 0")
        numbers = fetch_first(db, "SELECT id FROM embedders")
        vectors = sum(fetch_number(db, f"SELECT count(*) FROM vectors_{number}") for number in numbers)
    return {"read for facts": read, "vectors": vectors}


def _check_imports(db: apsw.Connection, done: Acknowledged) -> None:
    """Each is there as a whole, or, where nobody said that it was done, not at all."""
    query = "SELECT conversation, count(*) FROM episodes WHERE origin = 'jsonl' GROUP BY 1"
    counts: dict[str, int] = dict(fetch(db, query))
    for name, acknowledged in done.imports.items():
        assert counts.get(name, 0) in ((LINES,) if acknowledged else (0, LINES)), name


def _check_facts(db: apsw.Connection, done: Acknowledged) -> None:
    """A fact that the person typed is an episode and its claim, never one of them."""
    query = (
        "SELECT e.text, c.value_start, c.value_end FROM episodes AS e LEFT JOIN claims AS c ON c.seq = e.seq"
    )
    edits = fetch(db, f"{query} WHERE e.origin = 'edit'")
    assert all(start is not None for _, start, _ in edits)
    assert set(done.edits) <= {text[start:end] for text, start, end in edits}


def _check_indexes(db: apsw.Connection) -> None:
    """Every shown memory of a person has its words, its pieces, its life, and a vector or its place in the queue."""
    people = {seq for (seq,) in db.execute("SELECT seq FROM episodes WHERE role <> 'assistant'")}
    shown = {seq for (seq,) in db.execute("SELECT seq FROM episodes WHERE role <> 'assistant' AND shown")}
    assert {seq for (seq,) in db.execute("SELECT rowid FROM words")} == shown
    assert {seq for (seq,) in db.execute("SELECT DISTINCT seq FROM chunks")} == people
    assert {seq for (seq,) in db.execute("SELECT seq FROM lives")} == people
    chunks = {chunk for (chunk,) in db.execute("SELECT chunk_id FROM chunks")}
    waiting = {chunk for (chunk,) in db.execute("SELECT chunk_id FROM pending_chunks")}
    embedder = db.execute("SELECT id FROM embedders WHERE in_use").fetchall()
    made = {
        chunk for (number,) in embedder for (chunk,) in db.execute(f"SELECT chunk_id FROM vectors_{number}")
    }
    assert not embedder or (made | waiting == chunks and not made & waiting)
