"""Service and worker are killed in the middle of things: what was said is there, and the next turn works."""

from __future__ import annotations

import psutil

from second_me.app.service.client import Client
from tests.service.kit import PASSPHRASE, Seat, Talker

LONG = "Tell me a long story about a ship and its captain"


def kill(worker: psutil.Process) -> None:
    worker.kill()
    psutil.wait_procs([worker], timeout=10)


def test_a_question_is_on_the_disk_before_the_model_starts(place: Seat) -> None:
    talker = Talker(place.unlocked())
    said = [
        f"My {name} is in drawer {number}." for number, name in enumerate(("passport", "flute", "sextant"))
    ]
    for text in said:
        talker.say(text)
    talker.begin(LONG)
    place.kill_all()
    client = place.client()
    assert client.state == "locked"
    client.call("vault.unlock", passphrase=PASSPHRASE)
    kept = client.call("talk.turns", conversation=talker.name)
    assert [turn["text"] for turn in kept if turn["role"] == "person"] == [*said, LONG]
    assert kept[-1]["text"] == LONG
    assert client.call("status")["notices"] == []
    client.call("vectors.wait")
    found = client.call("recall", text="Where is my flute?", k=1)["memories"]
    assert [memory["text"] for memory in found] == [said[1]]


def test_a_worker_that_dies_in_mid_answer(place: Seat) -> None:
    talker = Talker(place.unlocked())
    talker.say("My lighthouse stands at Cape Wrath, and its lamp was lit in 1828 by Robert Stevenson.")
    worker = place.worker()
    turn = talker.begin("Where does my lighthouse stand, and who lit its lamp?")
    talker.ear.until(lambda method, params: method == "turn.token")
    kill(worker)
    failed = talker.failed(turn)
    assert failed["code"] == "model_failed"
    assert failed["text"].endswith(".")
    assert failed["action"]
    answer = failed["answer"]
    assert answer["source"] == "memories"
    assert "Cape Wrath" in answer["text"]
    assert talker.turns()[-1]["answer"] == answer
    assert "Cape Wrath" in talker.say("Where does my lighthouse stand?")["text"]


def test_a_worker_that_dies_in_talk_without_memories(place: Seat) -> None:
    talker = Talker(place.unlocked())
    worker = place.worker()
    turn = talker.begin(LONG)
    talker.ear.until(lambda method, params: method == "turn.token")
    kill(worker)
    failed = talker.failed(turn)
    assert (failed["code"], failed["answer"]) == ("model_failed", None)
    assert talker.texts() == [LONG]
    assert talker.say("Tell me a joke")["source"] == "general"


def test_without_a_model_the_memories_are_the_answer(bare_place: Seat) -> None:
    client: Client = bare_place.unlocked()
    assert client.call("status")["model"]["state"] == "absent"
    talker = Talker(client)
    talker.say("My ladder is at the Nowaks.")
    answer = talker.say("Where is my ladder?")
    assert (answer["source"], answer["model"]) == ("memories", None)
    assert "My ladder is at the Nowaks." in answer["text"]
    told = talker.say("Tell me a joke")
    assert (told["source"], told["model"]) == ("words", None)
    assert "no language model" in told["text"]
    assert client.call("vectors.wait", timeout=5)["pending"] == 1
