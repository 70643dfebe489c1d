"""States of conversations in the service: saved when it rests or is left, never of what must not be kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from second_me.storage.state_key import find_state_key
from second_me.storage.states import States
from second_me.storage.vault import open_vault
from tests.scanner import occurrences
from tests.service.kit import PASSPHRASE, PATIENCE, Seat, Talker

CANARY = "Quxolwimber"
RESTED = 5.0
"""Seconds after an answer by which a state would have been saved."""


def files(place: Seat) -> list[Path]:
    folder = place.home / "vault" / "states"
    return sorted(folder.glob("*.state")) if folder.is_dir() else []


def becomes_true(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def told(place: Seat) -> tuple[Talker, str]:
    """A conversation in which the model has read the canary; the id of the memory."""
    talker = Talker(place.unlocked())
    talker.say(f"My hiding place is called {CANARY}.")
    memory = talker.client.call("memory.search", text=CANARY)[0]["memory_id"]
    assert talker.say(f"What is my hiding place called? {CANARY}?")["answer_id"]
    talker.say(f"Tell me a joke about {CANARY}")
    return talker, memory


def test_a_state_is_saved_and_tells_nothing(place: Seat) -> None:
    talker, _ = told(place)
    assert becomes_true(lambda: len(files(place)) == 1)
    assert list(occurrences(place.home, CANARY)) == []
    assert list(occurrences(place.home / "vault" / "states", talker.name.split("/")[1])) == []
    place.kill_all()
    assert list(occurrences(place.home, CANARY)) == [], "after a kill"
    vault = open_vault(place.home / "vault", passphrase=PASSPHRASE)
    states = States(vault)
    assert states.find(talker.name) is not None
    states.close()
    vault.close()


def test_leaving_and_locking_save_what_is_not_saved_yet(place: Seat) -> None:
    talker, _ = told(place)
    other = Talker(talker.client)
    other.say("Tell me a joke about boats")
    assert becomes_true(lambda: len(files(place)) >= 1), "it was left"
    talker.client.call("vault.lock")
    place.leave()
    assert len(files(place)) == 2


def test_an_erasure_leaves_no_state_on_the_disk_and_none_in_the_model(place: Seat) -> None:
    talker, memory = told(place)
    other = Talker(talker.client)
    other.say(f"Tell me a story about {CANARY}")
    assert becomes_true(lambda: len(files(place)) == 2)
    kept = {file: file.read_bytes() for file in files(place)}
    talker.say(f"Tell me another joke about {CANARY}")  # not saved yet
    talker.client.call("memory.erase", memory_ids=[memory])
    assert files(place) == []
    time.sleep(RESTED)
    assert files(place) == [], "the model still had it"
    place.leave()
    assert files(place) == [], "it was saved when the service ended"
    for file, content in kept.items():
        file.write_bytes(content)
    vault = open_vault(place.home / "vault", passphrase=PASSPHRASE)
    assert find_state_key(vault) is not None
    states = States(vault)
    assert [states.find(name) for name in (talker.name, other.name)] == [None, None]
    states.close()
    vault.close()


def test_a_turn_that_was_under_way_during_an_erasure_leaves_no_state(place: Seat) -> None:
    talker, memory = told(place)
    turn = talker.begin(f"Tell me a long story about {CANARY} in winter")
    talker.ear.until(lambda method, params: method == "turn.token")
    talker.client.call("memory.erase", memory_ids=[memory])
    talker.finish(turn)
    place.leave()
    assert files(place) == []


def test_a_turn_that_reads_what_was_erased_after_the_model_forgot_leaves_no_state(place: Seat) -> None:
    talker, memory = told(place)
    first, second = Talker(talker.client), Talker(talker.client)
    writing = first.begin("Tell me a long story about the sea")
    first.ear.until(lambda method, params: method == "turn.token")
    waiting = second.begin(f"Tell me a long story about {CANARY}")
    time.sleep(1.0)  # until its request waits behind the answer that is being written
    talker.client.call("memory.erase", memory_ids=[memory])
    first.finish(writing)
    second.finish(waiting)
    time.sleep(RESTED)
    assert files(place) == []
    place.leave()
    assert files(place) == []


def test_a_temporary_conversation_has_no_state(place: Seat) -> None:
    client = place.unlocked()
    fleeting = Talker(client, temporary=True)
    fleeting.say(f"Tell me a joke about {CANARY}")
    time.sleep(RESTED)
    client.call("talk.delete", conversation=fleeting.name)
    client.call("ask", text=f"Tell me a joke about {CANARY}")
    place.leave()
    assert files(place) == []


def test_a_deleted_conversation_has_no_state(place: Seat) -> None:
    talker, _ = told(place)
    other = Talker(talker.client)
    other.say("Tell me a joke about boats")
    assert becomes_true(lambda: len(files(place)) == 2)
    talker.client.call("talk.delete", conversation=talker.name)
    talker.client.call("talk.delete", conversation=other.name)
    assert files(place) == []
    place.leave()
    assert files(place) == []


def test_states_stay_over_a_new_start_and_a_conversation_that_is_opened_is_entered(place: Seat) -> None:
    talker, _ = told(place)
    assert becomes_true(lambda: len(files(place)) == 1)
    place.leave()
    (file,) = files(place)
    client = place.unlocked()
    assert files(place) == [file]
    Talker(client).say("Tell me a joke about boats")  # loads the model
    before = file.stat().st_mtime_ns
    client.call("talk.turns", conversation=talker.name)
    assert becomes_true(lambda: file.stat().st_mtime_ns > before), "it was read"
