"""The service is killed at random moments while a client writes: what was acknowledged is there, and is found."""

from __future__ import annotations

import random
import threading
import time

import pytest

from second_me.app.paths import HomeLayout
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.storage.vault import open_vault
from tests.service.kit import PASSPHRASE, Seat


def _write_until_killed(client: Client, round_number: int, acknowledged: dict[str, str]) -> None:
    """Memories as fast as they go; only what was answered counts."""
    number = 0
    while True:
        text = f"Round {round_number} keeps marker{round_number}x{number} in the drawer."
        try:
            acknowledged[client.call("remember", text=text)["memory_id"]] = text
        except RemoteFault:
            return
        number += 1


@pytest.mark.parametrize(
    "kills", [pytest.param(3, id="sample"), pytest.param(20, id="all", marks=pytest.mark.soak)]
)
def test_nothing_that_was_acknowledged_is_lost(bare_place: Seat, kills: int) -> None:
    dice = random.Random(20261123)
    acknowledged: dict[str, str] = {}
    for round_number in range(kills):
        client = bare_place.unlocked()
        assert client.call("status")["notices"] == []
        writer = threading.Thread(target=_write_until_killed, args=(client, round_number, acknowledged))
        writer.start()
        time.sleep(dice.uniform(0.02, 1.2))
        bare_place.kill_all()
        writer.join()
    assert len(acknowledged) > 10 * kills
    with open_vault(HomeLayout(bare_place.home).vault, passphrase=PASSPHRASE) as vault, vault.reading() as db:
        kept = dict(db.execute("SELECT memory_id, text FROM episodes").fetchall())
        assert acknowledged.items() <= kept.items()
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("SELECT count(*) FROM notices").fetchall() == [(0,)]
        indexed = {seq for (seq,) in db.execute("SELECT rowid FROM words")}
        assert indexed == {seq for (seq,) in db.execute("SELECT seq FROM episodes")}
        assert {seq for (seq,) in db.execute("SELECT DISTINCT seq FROM chunks")} == indexed
        for text in dice.sample(sorted(acknowledged.values()), 20):
            marker = text.split()[3]
            assert db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (marker,)).fetchall() == [
                (1,)
            ]
