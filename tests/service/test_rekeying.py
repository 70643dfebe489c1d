"""An older vault gets new keys in the background, is searched meanwhile, and survives being killed over it."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from second_me.app.paths import HomeLayout
from second_me.core.recall.keys import KEY_VERSION, search_key
from second_me.storage.repositories.rekeying import Rekeying
from second_me.storage.rows import fetch, fetch_first, moment
from second_me.storage.vault import open_vault
from tests.service.kit import PATIENCE, Seat
from tests.storage.conftest import PASSPHRASE
from tests.storage.test_scripts import older_vault

COPIES = 700


def state(vault_folder: Path) -> tuple[bool, int]:
    """(all done, keys that are still old) of a vault that nobody has open. Every key is old or new, none missing."""
    with open_vault(vault_folder, passphrase=PASSPHRASE) as vault:
        done = Rekeying(vault, search_key, KEY_VERSION).version() == KEY_VERSION
        with vault.reading() as db:
            assert fetch(db, "PRAGMA integrity_check") == [("ok",)]
            kept = fetch(db, "SELECT rowid, key FROM words UNION ALL SELECT seq, key FROM shelf ORDER BY 1")
            rows = fetch(db, "SELECT seq, text, speaker, spoken_at FROM episodes ORDER BY seq")
            pairs = dict(fetch(db, "SELECT rowid, key FROM bigrams"))
            assert len(fetch_first(db, "SELECT rowid FROM bigrams WHERE bigrams MATCH '伯尔'")) == COPIES
    old = 0
    assert [seq for seq, _ in kept] == [row[0] for row in rows]
    for (seq, key), (_, text, speaker, spoken_at) in zip(kept, rows, strict=True):
        new = search_key(text, speaker, moment(spoken_at))
        assert key == new.words or key.startswith("Anna 1 March 2024 ")
        old += key != new.words
        assert key != new.words or pairs.get(seq, "") == new.pairs
    return done, old


@pytest.mark.parametrize(
    "kills", [pytest.param(4, id="sample"), pytest.param(20, id="all", marks=pytest.mark.soak)]
)
def test_keys_are_written_anew_whenever_the_service_runs(bare_place: Seat, kills: int) -> None:
    folder = HomeLayout(bare_place.home).vault
    folder.parent.mkdir(parents=True, exist_ok=True)
    older_vault(folder, COPIES)
    dice, left = random.Random(6), [3 * COPIES]
    for _ in range(kills):
        client = bare_place.unlocked(PASSPHRASE)
        found = client.call("recall", text="住在伯尔尼", k=3)["memories"]
        assert [memory["text"] for memory in found] == ["我住在伯尔尼"] * 3
        time.sleep(dice.uniform(0.0, 0.4))
        bare_place.kill_all()
        done, old = state(folder)
        assert old <= left[-1]
        assert (
            old == 0 or not done
        )  # the mark comes last: it may be missing after the last key, never before it
        left.append(old)
    bare_place.unlocked(PASSPHRASE)
    until = time.monotonic() + PATIENCE
    while left[-1] and time.monotonic() < until:
        time.sleep(1)
        bare_place.kill_all()
        left.append(state(folder)[1])
        bare_place.unlocked(PASSPHRASE)
    assert left[-1] == 0
