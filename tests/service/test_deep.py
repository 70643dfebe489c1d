"""Looking longer, through the service and with a real model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from second_me.app.service.client import Client
from second_me.app.weights import deep_weights
from tests.service.kit import Seat, Talker
from tests.service.test_vault import refused

ROWED = [f"2023-0{month}-01T10:00:00" for month in range(2, 9)]
TEXT = "I rowed the old boat on the lake."
QUESTION = "Which boat did I row on the lake?"


@pytest.fixture
def rowed(client: Client) -> Iterator[Client]:
    """Memories that answer equally, as far as the first stage can tell."""
    kept = [client.call("remember", text=TEXT, time=when)["memory_id"] for when in ROWED]
    client.call("vectors.wait")
    client.call("settings.set", deep=True)
    yield client
    client.call("memory.erase", memory_ids=kept)


def told(talker: Talker) -> list[list[str]]:
    """The memories of each time that they were told, in order."""
    return [
        [each["memory_id"] for each in params["memories"]]
        for method, params in talker.events
        if method == "turn.recalled"
    ]


def test_recall_reads_only_when_asked_to_and_gives_the_same_memories(rowed: Client) -> None:
    plain = rowed.call("recall", text=QUESTION, k=5)["memories"]
    assert plain == rowed.call("recall", text=QUESTION, k=5, deep=False)["memories"]
    deep = rowed.call("recall", text=QUESTION, k=5, deep=True)["memories"]
    assert [each["score"] for each in deep] != [each["score"] for each in plain]
    assert [each["score"] for each in deep] == sorted((each["score"] for each in deep), reverse=True)
    assert {each["text"] for each in deep} == {TEXT}


def test_an_undecided_talk_tells_the_memories_twice_and_answers(rowed: Client) -> None:
    scores = [each["score"] for each in rowed.call("recall", text=QUESTION, k=5)["memories"]]
    assert scores[0] - scores[4] < deep_weights().margin, "these memories do not leave recall undecided"
    rowed.call("recall", text=QUESTION, k=5, deep=True)  # the model is loaded
    for _ in range(5):  # a busy machine may have read nothing when the patience of a talk is over
        talker = Talker(rowed)
        answer = talker.say(QUESTION)
        if len(told(talker)) > 1:
            break
    first, second = told(talker)
    assert len(first) == len(second)
    assert answer["citations"]
    assert {each["memory_id"] for each in answer["citations"]} <= set(second)
    names = [method for method, _params in talker.events]
    tokens = [at for at, name in enumerate(names) if name == "turn.token"]
    assert max(at for at, name in enumerate(names) if name == "turn.recalled") < min([*tokens, len(names)])


def test_a_stop_ends_the_looking(rowed: Client) -> None:
    talker = Talker(rowed)
    turn = talker.begin(QUESTION)
    talker.ear.next("turn.recalled")
    rowed.call("talk.stop", turn=turn)
    answer = talker.finish(turn)
    assert answer["stopped"]
    assert answer["citations"]


def test_it_is_switched_off_in_the_vault(rowed: Client) -> None:
    rowed.call("settings.set", deep=False)
    try:
        talker = Talker(rowed)
        talker.say(QUESTION)
        assert len(told(talker)) == 1
    finally:
        rowed.call("settings.set", deep=True)
    assert rowed.call("settings.get")["deep"] is True


def test_ask_looks_longer_only_when_asked_to(rowed: Client) -> None:
    plain = rowed.call("ask", text=QUESTION)
    deep = rowed.call("ask", text=QUESTION, deep=True)
    assert plain["citations"]
    assert deep["citations"]
    assert "failed" not in deep


def test_without_a_chat_model_it_says_so(bare_place: Seat) -> None:
    client = bare_place.unlocked()
    for when in ROWED:
        client.call("remember", text=TEXT, time=when)
    assert refused(client, "recall", text=QUESTION, deep=True) == "model_absent"
    asked = client.call("ask", text=QUESTION, deep=True)
    assert asked["failed"]["code"] == "model_absent"
    assert asked["source"] == "memories"
    talker = Talker(client)
    assert talker.say(QUESTION)["source"] == "memories"
    assert len(told(talker)) == 1
