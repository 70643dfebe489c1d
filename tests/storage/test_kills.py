from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from second_me.core.ports import Scope
from second_me.storage import migrate
from second_me.storage.vault import create_vault, open_vault
from tests.storage.conftest import DIMENSIONS, PASSPHRASE, QUICK, Kit, make
from tests.storage.writer import SLOW

KINDS = ["turns", "batches", "checkpoints", "vectors", "erase"]


def start(folder: Path, what: str, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.writer", str(folder), what, str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def killed_after(process: subprocess.Popen[str], seconds: float) -> list[str]:
    """What it had acknowledged when it was killed that long after it was ready."""
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    time.sleep(seconds)
    process.kill()
    rest, _ = process.communicate()
    return rest.rpartition("\n")[0].split()


def check_whole(kit: Kit, acknowledged: list[str]) -> None:
    assert [each for each in acknowledged if kit.episodes.get(each) is None] == []
    assert kit.notices.standing() == []
    with kit.vault.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for table in ("words", "bigrams"):
            db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 0)")
        episodes, words, chinese, pairs, without = (
            db.execute(sql).fetchall()[0][0]
            for sql in (
                "SELECT count(*) FROM episodes WHERE shown AND role <> 'assistant'",
                "SELECT count(*) FROM words",
                "SELECT count(*) FROM episodes WHERE shown AND text GLOB '*苹果*'",
                "SELECT count(*) FROM bigrams WHERE bigrams MATCH '苹果'",
                "SELECT count(*) FROM episodes WHERE seq NOT IN (SELECT seq FROM chunks)",
            )
        )
        chunks = {row[0] for row in db.execute("SELECT chunk_id FROM chunks")}
        pending = {row[0] for row in db.execute("SELECT chunk_id FROM pending_chunks")}
        tables = db.execute("SELECT 'vectors_' || id FROM embedders").fetchall()
        vectors = {row[0] for (table,) in tables for row in db.execute(f"SELECT chunk_id FROM {table}")}
    assert episodes == words
    assert pairs == chinese
    assert without == 0
    assert pending | vectors == chunks
    assert not pending & vectors
    assert len(kit.episodes.timeline(None, 10**6, Scope())) == episodes


def kill_again_and_again(folder: Path, what: str, times: int, seed: int) -> None:
    make(folder).vault.close()
    moments, acknowledged, number = random.Random(seed), list[str](), 0
    while number < times or not acknowledged:  # a busy machine may acknowledge nothing in so short a time
        moment = moments.uniform(0.0, 0.4) * (1 + max(0, number - times))
        acknowledged += killed_after(start(folder, what, seed + number), moment)
        with open_vault(folder, passphrase=PASSPHRASE) as vault:
            check_whole(Kit(vault), acknowledged)
        number += 1


@pytest.mark.parametrize("what", KINDS)
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, what: str) -> None:
    kill_again_and_again(tmp_path / "vault", what, times=1 if what != "turns" else 2, seed=7)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("what", KINDS)
def test_what_was_acknowledged_survives_many_kills(tmp_path: Path, what: str) -> None:
    kill_again_and_again(tmp_path / "vault", what, times=20, seed=100)


def kill_migrations(folder: Path, moments: list[float]) -> None:
    kit = make(folder)
    said = [kit.say(f"number {number}").memory_id for number in range(20)]
    kit.vault.close()
    for moment in moments:
        killed_after(start(folder, "migrate", 0), moment)
        with open_vault(folder, passphrase=PASSPHRASE, migrations=[*migrate.shipped(), SLOW]) as vault:
            check_whole(Kit(vault), said)
            with vault.writing() as db:
                assert db.execute("SELECT count(*) FROM later").fetchall() == [(40000,)]
                db.execute("DROP TABLE later")
                db.execute(f"PRAGMA user_version = {SLOW.number - 1}")


def test_a_migration_survives_a_kill(tmp_path: Path) -> None:
    kill_migrations(tmp_path / "vault", [0.03, 0.12])


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_migration_survives_many_kills(tmp_path: Path) -> None:
    kill_migrations(tmp_path / "vault", [number * 0.01 for number in range(20)])


def kill_makings(folder: Path, moments: list[float]) -> None:
    script = (
        "import sys; from pathlib import Path; from second_me.storage.vault import create_vault\n"
        "from second_me.storage.keys import KdfParameters\n"
        "print('ready', flush=True)\n"
        f"create_vault(Path(sys.argv[1]), {PASSPHRASE!r}, KdfParameters(64, 1, 1))\n"
        "print('done', flush=True); sys.stdin.read()"
    )
    for number, moment in enumerate(moments):
        one = folder / str(number)
        command = [sys.executable, "-c", script, str(one)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        done = killed_after(process, moment)
        files = {path.name for path in one.iterdir()} if one.exists() else set()
        if done or "vault.db" in files:
            vault = open_vault(one, passphrase=PASSPHRASE)
        else:
            vault, _ = create_vault(one, PASSPHRASE, QUICK)
        kit = Kit(vault)
        kit.vectors.use_embedder("test", DIMENSIONS)
        check_whole(kit, [kit.say("it works").memory_id])
        vault.close()


def test_a_making_survives_a_kill(tmp_path: Path) -> None:
    kill_makings(tmp_path, [0.0, 0.01, 0.02])


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_making_survives_many_kills(tmp_path: Path) -> None:
    kill_makings(tmp_path, [number * 0.002 for number in range(40)])
