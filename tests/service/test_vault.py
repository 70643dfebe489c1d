"""The vault's door: passphrase, recovery key, locking, and what a lock leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import psutil
import pytest

from second_me.app.cli.common import LOCKED
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from tests.service.kit import PASSPHRASE, PATIENCE, Ear, Seat, services

OTHER = "another fine passphrase"


def command(place: Seat, *words: str, passphrase: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command of `second-me` for a home."""
    environment = {**os.environ, "SECOND_ME_HOME": str(place.home)}
    if passphrase:
        environment["SECOND_ME_PASSPHRASE"] = passphrase
    return subprocess.run(
        [sys.executable, "-m", "second_me", *words], env=environment, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=PATIENCE,
    )  # fmt: skip


def refused(client: Client, method: str, **params: Any) -> str:
    """The code of the fault that a call gives."""
    with pytest.raises(RemoteFault) as told:
        client.call(method, **params)
    return told.value.code


def wait_for_end(process: psutil.Process) -> None:
    _, left = psutil.wait_procs([process], timeout=PATIENCE)
    assert left == []


def test_the_way_through_a_vault(bare_place: Seat) -> None:
    """Absent, made, locked, unlocked with either key, with another passphrase; one story, one Argon2id each."""
    client = bare_place.client()
    assert client.state == "absent"
    assert refused(client, "status_of_nothing") != "locked"
    assert refused(client, "memory.timeline") == "no_vault"
    assert refused(client, "vault.unlock", passphrase=PASSPHRASE) == "no_vault"
    assert refused(client, "vault.create", passphrase="short") == "weak_passphrase"
    recovery_key = client.call("vault.create", passphrase=PASSPHRASE)["recovery_key"]
    assert refused(client, "vault.create", passphrase=PASSPHRASE) == "vault_exists"
    assert client.call("vault.unlock", passphrase=PASSPHRASE) == {"state": "unlocked"}
    assert refused(client, "vault.unlock", passphrase="wrong") == "wrong_passphrase"
    assert refused(client, "vault.unlock") == "bad_parameters"
    assert refused(client, "vault.change_passphrase", passphrase="wrong", new_passphrase=OTHER) == (
        "wrong_passphrase"
    )
    assert refused(client, "vault.change_passphrase", passphrase=PASSPHRASE, new_passphrase="aaa") == (
        "weak_passphrase"
    )
    client.call("vault.change_passphrase", passphrase=PASSPHRASE, new_passphrase=OTHER)
    assert refused(client, "vault.unlock", passphrase=PASSPHRASE) == "wrong_passphrase"
    assert client.call("vault.unlock", passphrase=OTHER) == {"state": "unlocked"}
    kept = client.call("remember", text="The key is under the pot.")["memory_id"]

    process, ear = bare_place.service(), Ear(client)
    client.call("vault.lock")
    assert [method for method, _ in ear.until(lambda method, _: method == "closed")][-2:] == [
        "locked", "closed",
    ]  # fmt: skip
    wait_for_end(process)
    assert (bare_place.home / "locked").exists()

    again = bare_place.client()
    assert again.state == "locked"
    assert refused(again, "memory.get", memory_id=kept) == "locked"
    assert refused(again, "vault.unlock", passphrase=PASSPHRASE) == "wrong_passphrase"
    mistyped = recovery_key[:-1] + ("A" if recovery_key[-1] != "A" else "B")
    assert refused(again, "vault.unlock", recovery_key=mistyped) == "mistyped_recovery_key"
    assert (bare_place.home / "locked").exists()
    assert again.call("vault.unlock", recovery_key=recovery_key) == {"state": "unlocked"}
    assert not (bare_place.home / "locked").exists()
    again.call("vault.change_passphrase", recovery_key=recovery_key, new_passphrase=PASSPHRASE)
    assert again.call("vault.unlock", passphrase=PASSPHRASE) == {"state": "unlocked"}
    assert again.call("memory.get", memory_id=kept)["text"] == "The key is under the pot."


def test_a_lock_holds_until_the_passphrase_comes(bare_place: Seat) -> None:
    client = bare_place.unlocked()
    process = bare_place.service()
    assert command(bare_place, "lock").returncode == 0
    wait_for_end(process)
    client.close()
    for words in (["recall", "keys"], ["ask", "Where?"], ["remember", "x"], ["erase", "m_1"], ["terminal"]):
        answered = command(bare_place, *words)
        assert (answered.returncode, answered.stdout) == (LOCKED, ""), words
        assert "locked" in answered.stderr
        assert services(bare_place.home) == []
    assert command(bare_place, "recall", "keys", passphrase="wrong one").returncode == LOCKED
    assert (bare_place.home / "locked").exists()
    assert command(bare_place, "recall", "keys", passphrase=PASSPHRASE).returncode == 0
    assert not (bare_place.home / "locked").exists()


def test_locking_does_not_wait_for_those_who_wait(place: Seat) -> None:
    """A request that waits for an hour must not keep keys and texts in memory for an hour."""
    client = place.unlocked()
    process = place.service()
    for number in range(300):
        client.call("remember", text=f"Number {number} of many memories that need a vector.")
    conversation = client.call("talk.create")["conversation"]
    client.call("talk.send", conversation=conversation, text="Tell me a long story about the sea")
    waiting = place.client()
    waiting._channel.send({"id": 999, "method": "vectors.wait", "params": {"timeout": 3600}})
    client.call("vault.lock")
    wait_for_end(process)


def test_locking_where_there_is_no_vault_locks_nothing(bare_place: Seat) -> None:
    client = bare_place.client()
    client.call("vault.lock")
    assert not (bare_place.home / "locked").exists()
