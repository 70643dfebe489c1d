"""States of conversations: there when they can be trusted, bounded, readable by nobody, gone with an erasure."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from second_me.core.ports import EnvironmentFault
from second_me.storage import states as module
from second_me.storage.state_key import find_state_key, renew, state_key
from second_me.storage.states import STRETCH, States, read_state, write_state
from second_me.storage.vault import open_vault
from tests.scanner import occurrences
from tests.storage.conftest import PASSPHRASE, START, Kit

CANARY = "Quxolwimber"
SIZES = [0, 1, STRETCH - 1, STRETCH, STRETCH + 1, 3 * STRETCH + 17]


@pytest.fixture
def states(kit: Kit) -> Iterator[States]:
    made = States(kit.vault)
    yield made
    made.close()


def files(kit: Kit) -> list[Path]:
    folder = kit.vault.files.states
    return sorted(folder.iterdir()) if folder.is_dir() else []


def written(states: States, conversation: str, state: bytes) -> None:
    """Keep a state and wait until it is a file."""
    states.keep(conversation, state)
    with states._changed:
        assert states._changed.wait_for(lambda: not states._waiting and states._writing is None, 30)


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


@pytest.mark.parametrize("size", SIZES)
def test_a_state_comes_back_as_it_was(kit: Kit, states: States, size: int) -> None:
    states.keep("talk/a", content(size))
    assert states.find("talk/a") == content(size), "while it waits"
    written(states, "talk/b", b"other")
    assert states.find("talk/a") == content(size)
    states.close()
    again = States(kit.vault)
    assert again.find("talk/a") == content(size)
    assert again.find("talk/c") is None
    again.close()


def test_the_latest_is_found_and_a_conversation_has_one_file(kit: Kit, states: States) -> None:
    for text in (b"one", b"two", b"three"):
        states.keep("talk/a", text)
        assert states.find("talk/a") == text
    written(states, "talk/a", b"four")
    assert states.find("talk/a") == b"four"
    assert len(files(kit)) == 1
    assert files(kit)[0].stat().st_mode & 0o777 == 0o600


def test_closing_writes_what_waits(kit: Kit, states: States) -> None:
    for number in range(20):
        states.keep(f"talk/{number}", content(1000 + number))
    states.close()
    states.keep("talk/late", b"x")
    again = States(kit.vault)
    assert [again.find(f"talk/{number}") for number in range(20)] == [content(1000 + n) for n in range(20)]
    assert again.find("talk/late") is None
    again.close()


def test_files_tell_nothing(kit: Kit, states: States) -> None:
    written(states, f"talk/{CANARY}", (CANARY * 1000).encode())
    assert list(occurrences(kit.folder, CANARY)) == []
    names = {file.name for file in files(kit)}
    other = States(kit.vault)
    with kit.vault.writing() as db:
        renew(db)
    other = States(kit.vault)
    written(other, f"talk/{CANARY}", b"x")
    assert {file.name for file in files(kit)} > names, "another key, another name"
    other.close()


@pytest.mark.parametrize("damage", ["flipped", "cut off", "longer", "empty", "foreign", "another's", "moved"])
def test_what_is_damaged_is_removed_and_is_no_state(kit: Kit, states: States, damage: str) -> None:
    written(states, "talk/a", content(2 * STRETCH + 5))
    (path,) = files(kit)
    whole = path.read_bytes()
    if damage == "another's":
        written(states, "talk/b", content(2 * STRETCH + 5))
        next(file for file in files(kit) if file != path).replace(path)
    else:
        changed = {
            "flipped": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
            "cut off": whole[: -STRETCH - 21],
            "longer": whole + b"x",
            "empty": b"",
            "foreign": content(len(whole)),
            "moved": whole[:48] + whole[48 + STRETCH + 16 : 48 + 2 * (STRETCH + 16)]
            + whole[48 : 48 + STRETCH + 16] + whole[48 + 2 * (STRETCH + 16) :],
        }  # fmt: skip
        path.write_bytes(changed[damage])
    assert states.find("talk/a") is None
    assert not path.exists()
    written(states, "talk/a", b"anew")
    assert states.find("talk/a") == b"anew"


def test_every_flipped_byte_is_seen(kit: Kit) -> None:
    path, key = kit.folder / "x.state", bytes(32)
    write_state(path, key, "talk/a", b"hello there")
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        with pytest.raises(InvalidTag):
            read_state(path, key, "talk/a")
    path.write_bytes(whole)
    for wrong in ((bytes([1] * 32), "talk/a"), (key, "talk/b")):
        with pytest.raises(InvalidTag):
            read_state(path, *wrong)
    assert read_state(path, key, "talk/a") == b"hello there"


def test_the_disk_is_bounded_and_the_least_used_go_first(kit: Kit) -> None:
    states = States(kit.vault, most_bytes=10_000)
    for number in range(4):
        written(states, f"talk/{number}", content(3000))
        os.utime(max(files(kit), key=lambda file: file.stat().st_mtime_ns), ns=(number, number))
        if number == 2:
            assert states.find("talk/0") is not None  # used now
        assert sum(file.stat().st_size for file in files(kit)) <= 10_000
    assert [states.find(f"talk/{number}") is not None for number in range(4)] == [True, False, True, True]
    written(states, "talk/large", content(10_001))
    written(states, "talk/just too large", content(9_990))
    assert states.find("talk/large") is None
    assert states.find("talk/just too large") is None
    states.close()


def test_what_waits_is_bounded(kit: Kit, states: States, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAITING_BYTES", 2500)
    with kit.vault.reading():  # its key is not made yet: the writer waits for the vault
        states.keep("talk/first", content(10))
        while states._writing is None:
            time.sleep(0.001)
        for number in range(4):
            states.keep(f"talk/{number}", content(1000))
        assert list(states._waiting) == ["talk/2", "talk/3"]
        assert states.find("talk/first") == content(10), "while it is written"


def test_a_disk_with_little_room_keeps_little(kit: Kit) -> None:
    def free(_folder: Path) -> int:
        return 20_000 - sum(file.stat().st_size for file in files(kit))

    states = States(kit.vault, free=free)
    written(states, "talk/a", content(1500))
    written(states, "talk/b", content(1500))
    assert states.find("talk/a") is None
    assert states.find("talk/b") is not None
    written(states, "talk/c", content(2500))
    assert states.find("talk/c") is None
    states.close()


def test_a_folder_that_cannot_be_made_means_no_state(kit: Kit, states: States) -> None:
    kit.vault.files.states.write_text("a file is in the way")
    written(states, "talk/a", b"x")
    assert states.find("talk/a") is None
    states.drop("talk/a")
    kit.vault.files.states.unlink()
    written(states, "talk/a", b"x")
    assert states.find("talk/a") == b"x"


def test_a_dropped_conversation_has_no_state(kit: Kit, states: States) -> None:
    written(states, "talk/a", b"a")
    written(states, "talk/b", b"b")
    states.drop("talk/a")
    states.keep("talk/c", b"c")
    states.drop("talk/c")
    assert [states.find(f"talk/{name}") for name in "abc"] == [None, b"b", None]
    states.close()
    assert len(files(kit)) == 1


def test_an_erasure_makes_every_state_unreadable_and_removes_it(kit: Kit, states: States) -> None:
    said = kit.say("my hiding place is the cellar")
    written(states, "talk-1", content(5000))
    (path,) = files(kit)
    before, key = path.read_bytes(), state_key(kit.vault)
    with states.erasing():
        states.keep("talk-1", b"late")
        assert states.find("talk-1") is None
        kit.episodes.erase([said.memory_id])
    assert files(kit) == []
    assert states.find("talk-1") is None
    assert state_key(kit.vault) != key
    assert key.hex().encode() not in kit.pages()
    written(states, "talk-1", b"anew")
    assert states.find("talk-1") == b"anew"
    path.write_bytes(before)  # put back from a backup
    with pytest.raises(InvalidTag):
        read_state(path, state_key(kit.vault), "talk-1")


def test_an_erasure_of_nothing_leaves_the_states(kit: Kit, states: States) -> None:
    written(states, "talk-1", content(5000))
    with states.erasing():
        assert kit.episodes.purge_hidden(START).memories == ()
    assert states.find("talk-1") == content(5000)


def test_what_waits_to_be_written_goes_with_an_erasure(kit: Kit, states: States) -> None:
    said = kit.say("my hiding place is the cellar")
    with kit.vault.reading():  # its key is not made yet: the writer waits for the vault
        states.keep("talk-1", b"first")
        while states._writing is None:
            time.sleep(0.001)
        states.keep("talk-2", b"second")
    with states.erasing():
        kit.episodes.erase([said.memory_id])
    assert states.find("talk-1") is None
    assert states.find("talk-2") is None
    states.close()
    assert files(kit) == []


def test_what_a_crash_leaves_behind_after_the_commit_opens_with_no_key(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = kit.say("my hiding place is the cellar")
    states = States(kit.vault)
    written(states, "talk-1", content(5000))
    states.close()

    def power_cut() -> int:
        raise EnvironmentFault("disk_full", "cut")

    monkeypatch.setattr(kit.vault, "finish_erasure", power_cut)
    with pytest.raises(EnvironmentFault):
        kit.episodes.erase([said.memory_id])
    (path,) = files(kit)
    with pytest.raises(InvalidTag):
        read_state(path, state_key(kit.vault), "talk-1")
    later = States(kit.vault)
    assert later.find("talk-1") is None
    later.close()
    kit.vault.close()
    opened = open_vault(kit.folder, passphrase=PASSPHRASE)
    assert files(kit) == [], "opening finishes the erasure"
    opened.close()


def test_purging_what_was_deleted_counts_as_an_erasure(kit: Kit, states: States) -> None:
    said = kit.say("old")
    written(states, "talk-1", b"x")
    kit.episodes.hide(said.memory_id, START)
    kit.episodes.purge_hidden(START + timedelta(days=31))
    assert files(kit) == []
    states.close()


def test_a_vault_without_states_has_no_key_and_no_folder(kit: Kit, states: States) -> None:
    assert states.find("talk/a") is None
    states.drop("talk/a")
    assert find_state_key(kit.vault) is None
    assert not kit.vault.files.states.exists()
