"""The life of a memory through the service: what counts as a use, pins, filters, the pace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from second_me.app.service.client import Client
from tests.service.kit import Seat, Talker
from tests.service.test_vault import refused
from tests.views.places import imported, life

LIFE = (
    "My sailing boat Petrel lies in Bergen harbour.",
    "Bergen harbour was full of seals this morning.",
    "My sister Anna lives in Bergen.",
)
ASK = "Is my sailing boat Petrel in Bergen harbour?"


@pytest.fixture
def told(bare_place: Seat) -> Iterator[Talker]:
    """A conversation in a vault that holds a life; without models, so that words alone decide."""
    client = bare_place.unlocked()
    for text in LIFE:
        client.call("remember", text=text)
    client.call("vectors.wait", timeout=30)
    yield Talker(client)


def curve(client: Client, memory_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.call("life.curve", memory_id=memory_id)
    return found


def signs(client: Client, memory_id: str) -> list[tuple[str, str]]:
    return [(each["grade"], each["cause"]) for each in curve(client, memory_id)["recalls"]]


def cited(answer: dict[str, Any]) -> str:
    return str(answer["citations"][0]["memory_id"])


def listed(client: Client, **only: Any) -> list[str]:
    return [each["text"] for each in client.call("memory.timeline", **only)]


def test_shown_and_left_is_no_use(told: Talker) -> None:
    memory = cited(told.say(ASK))
    assert signs(told.client, memory) == []
    other = Talker(told.client)
    other.say("Where does my sister Anna live?")
    assert signs(told.client, memory) == []


def test_going_on_is_a_use_and_objecting_a_lapse(told: Talker) -> None:
    memory = cited(told.say(ASK))
    again = cited(told.say("Is my boat Petrel in Bergen harbour?"))
    assert memory == again and signs(told.client, memory) == [("good", "went_on")]
    told.say("No, it is in Oslo now.")
    assert signs(told.client, memory)[1:] == [("lapse", "corrected")]


def test_copying_and_opening_are_uses_once_a_day(told: Talker) -> None:
    answer = told.say(ASK)
    memory = cited(answer)
    for _ in range(3):
        assert told.client.call("talk.copied", answer_id=answer["answer_id"]) == {}
        told.client.call("memory.opened", answer_id=answer["answer_id"], memory_id=memory)
    assert signs(told.client, memory) == [("good", "copied"), ("good", "opened")]
    assert told.client.call("talk.copied", answer_id="m_none") == {}


def test_a_memory_that_did_not_stand_beside_the_answer_was_not_opened(told: Talker) -> None:
    answer = told.say("Where does my sister Anna live?")
    other = told.client.call("remember", text="The gate code is 4711.")["memory_id"]
    told.client.call("memory.opened", answer_id=answer["answer_id"], memory_id=other)
    assert signs(told.client, other) == []


def test_refusing_and_correcting_are_lapses_that_can_be_taken_back(told: Talker) -> None:
    answer = told.say(ASK)
    memory = cited(answer)
    before = curve(told.client, memory)
    told.finish(told.client.call("talk.again", answer_id=answer["answer_id"], exclude=[memory])["turn"])
    after = curve(told.client, memory)
    assert after["stability"] < before["stability"]
    assert [(each["grade"], each["cause"]) for each in after["recalls"]] == [("lapse", "not_relevant")]
    use = after["recalls"][0]["id"]
    assert told.client.call("life.take_back", memory_id=memory, id=use) == before
    assert refused(told.client, "life.take_back", memory_id=memory, id=use) == "not_found"


def test_a_correction_is_a_lapse_of_what_was_cited(told: Talker) -> None:
    answer = told.say(ASK)
    told.finish(
        told.client.call("talk.correct", answer_id=answer["answer_id"], text="No, it lies in Oslo.")["turn"]
    )
    assert ("lapse", "corrected") in signs(told.client, cited(answer))


def test_what_is_temporary_is_no_use(told: Talker) -> None:
    aside = Talker(told.client, temporary=True)
    answer = aside.say(ASK)
    told.client.call("talk.copied", answer_id=answer["answer_id"])
    aside.say(ASK)
    assert signs(told.client, cited(answer)) == []


def test_the_default_timeline_hides_what_has_faded(told: Talker) -> None:
    client = told.client
    boat = client.call("memory.timeline")[-1]["memory_id"]
    assert client.call("life.fade", memory_id=boat, faded=True)["faded"] is True
    assert LIFE[0] not in listed(client) and len(listed(client)) == 2
    assert listed(client, faded="only") == [LIFE[0]] and len(listed(client, faded="all")) == 3
    found = client.call("recall", text=ASK, k=3)["memories"]
    assert found[0]["text"] == LIFE[0]  # faded, and found all the same
    pinned = client.call("life.pin", memory_id=boat, pinned=True)
    assert (pinned["pinned"], pinned["faded"], pinned["strength"]) == (True, False, 1.0)
    assert listed(client, pinned=True) == [LIFE[0]] and len(listed(client, pinned=False)) == 2
    client.call("life.pin", memory_id=boat, pinned=False)
    assert curve(client, boat)["let_go"] is True  # what the pin outranked is there again
    assert refused(client, "memory.timeline", faded="some") == "bad_parameters"


def test_the_timeline_is_narrowed(told: Talker) -> None:
    client = told.client
    client.call("remember", text="In 2020 I had a cat.", time="2020-05-01T10:00:00")
    assert listed(client, before_time="2021-01-01T00:00:00") == ["In 2020 I had a cat."]
    assert len(listed(client, after="2021-01-01T00:00:00")) == 3
    assert len(listed(client, speaker="me", kind="note")) == 4 and listed(client, kind="turn") == []
    assert listed(client, speaker="Ben") == []
    for wrong in ({"kind": "song"}, {"pinned": 3}, {"after": "soon"}, {"faded": ["only"]}):
        assert refused(client, "memory.timeline", **wrong) == "bad_parameters"


def test_the_pace_moves_the_day_of_fading(told: Talker) -> None:
    client = told.client
    boat = client.call("memory.timeline")[-1]["memory_id"]
    before = curve(client, boat)
    assert client.call("settings.get")["pace"] == 1.0
    client.call("settings.set", pace=0.5)
    after = curve(client, boat)
    assert client.call("settings.get")["pace"] == 0.5
    assert after["stability"] == pytest.approx(before["stability"] / 2, abs=0.01)
    assert after["half"] < before["half"]
    for wrong in (0.1, 5, "slow", True, None):
        assert refused(client, "settings.set", pace=wrong) == "bad_parameters"


def test_a_curve_tells_where_a_memory_stands(told: Talker) -> None:
    client = told.client
    notes = client.call("memory.timeline")
    found = curve(client, notes[0]["memory_id"])
    assert (found["strength"], found["pinned"], found["faded"], found["recalls"]) == (1.0, False, False, [])
    assert found["past"][-1][1] == found["ahead"][0][1] == 1.0
    assert found["half"] > found["ahead"][0][0] and found["stability"] >= 1
    assert refused(client, "life.curve", memory_id="m_none") == "not_found"
    assert refused(client, "life.pin", memory_id="m_none") == "not_found"
    assert refused(client, "life.pin", memory_id=notes[0]["memory_id"], pinned="yes") == "bad_parameters"


def test_what_matters_begins_stronger(told: Talker) -> None:
    client = told.client
    for text in ("ok", "Remember that I am allergic to walnuts since 2019."):
        told.say(text) if text == "ok" else client.call("remember", text=text)
    client.call("vectors.wait", timeout=30)
    walnuts = client.call("memory.timeline")[0]
    seals = next(each for each in client.call("memory.timeline") if "seals" in each["text"])
    assert curve(client, walnuts["memory_id"])["stability"] > curve(client, seals["memory_id"])["stability"]


def test_a_search_is_narrowed(told: Talker) -> None:
    client = told.client
    client.call("remember", text="Bergen harbour in spring", time="2020-05-01T10:00:00")
    boat = client.call("memory.timeline", before_time="2030-01-01T00:00:00")

    def found(**only: Any) -> set[str]:
        return {each["text"] for each in client.call("memory.search", text="Bergen harbour", **only)}

    assert {LIFE[0], LIFE[1], "Bergen harbour in spring"} <= found()
    assert found(before_time="2021-01-01T00:00:00") == {"Bergen harbour in spring"}
    assert found(kind="turn") == set() and found(speaker="Anna") == set()
    assert LIFE[0] in found(kind="note", speaker="me")
    held = next(each["memory_id"] for each in boat if each["text"] == LIFE[0])
    client.call("life.pin", memory_id=held, pinned=True)
    assert found(pinned=True) == {LIFE[0]}
    client.call("life.fade", memory_id=held, faded=True)
    assert found(faded="only") == {LIFE[0]} and LIFE[0] not in found(faded="hide") and LIFE[0] in found()
    assert refused(client, "memory.search", text="a", contradicting="yes") == "bad_parameters"


def test_who_else_spoke(told: Talker, tmp_path: Path) -> None:
    client = told.client
    assert client.call("memory.speakers") == []
    imported(client, life(tmp_path / "anna.jsonl", ["Hello"]), life(tmp_path / "me.jsonl", ["Hi"], "Jonas"))
    assert client.call("memory.speakers") == ["Anna", "Jonas"]
    client.call("settings.set", me="Jonas")
    assert client.call("memory.speakers") == ["Anna"]


def test_the_timeline_says_how_strong_each_memory_is(told: Talker) -> None:
    client = told.client
    boat = client.call("memory.timeline")[-1]["memory_id"]
    client.call("life.fade", memory_id=boat, faded=True)
    strengths = {each["memory_id"]: each["strength"] for each in client.call("memory.timeline", faded="all")}
    assert strengths.pop(boat) == 0.0 and set(strengths.values()) == {1.0}
