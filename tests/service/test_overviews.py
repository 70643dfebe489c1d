"""Overviews through the service: asked as a person or a script would, made in the background."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from second_me.app.service.client import Client
from second_me.core.ports import Scope
from second_me.core.recall.grains import Grain
from second_me.storage.repositories.grains import Grains
from second_me.storage.vault import open_vault
from tests.service.kit import PASSPHRASE, Ear, Seat, Talker

TOLD = {
    "2023-03-04T09:00:00": "I moved into a flat in Bern with my sister Anna.",
    "2023-03-11T09:00:00": "I repaired the bicycle of our neighbour Mr Keller.",
    "2023-04-20T09:00:00": "I planted tomatoes and beans in the garden.",
}


def quotes(answer: dict[str, Any]) -> list[str]:
    return [cited["quote"] for cited in answer["citations"]]


def told(place: Seat) -> Client:
    client = place.unlocked()
    for time, text in TOLD.items():
        client.call("remember", text=text, time=time)
    return client


def test_a_script_asks_for_a_month(bare_place: Seat) -> None:
    client = told(bare_place)
    asked = {"text": "What happened in March?", "now": "2023-05-02T10:00:00", "no_model": True}
    answer = client.call("ask", **asked)
    assert quotes(answer) == list(TOLD.values())[:2]
    assert (answer["kind"], answer["source"], answer["abstained"]) == ("question", "memories", False)
    later = client.call("ask", **{**asked, "now": "2024-05-02T10:00:00"})
    assert (later["abstained"], later["citations"]) == (True, [])
    assert later["answer"] == "I hold no memory of that time."
    client.call("memory.erase", memory_ids=[answer["citations"][0]["memory_id"]])
    assert quotes(client.call("ask", **asked)) == [list(TOLD.values())[1]]


def test_a_person_asks_in_the_talk(bare_place: Seat) -> None:
    client = told(bare_place)
    talker = Talker(client)
    answer = talker.say("Give me an overview of 2023")
    assert quotes(answer) == list(TOLD.values())
    assert answer["text"].startswith("This is what stands out:")
    assert answer["considered"] == [cited["memory_id"] for cited in answer["citations"]]
    again = Talker(client)
    noun = again.say("Overview of 2023")
    assert quotes(noun) == list(TOLD.values())
    assert not again.turns()[0]["remembered"]
    assert talker.turns()[-1]["answer"] == answer


def test_grains_are_made_in_the_background(bare_place: Seat) -> None:
    client = bare_place.unlocked()
    source = bare_place.home / "turns.jsonl"
    lines = [
        {"id": str(n), "conversation": "chat", "speaker": "AB"[n % 2], "time": time, "text": text}
        for n, (time, text) in enumerate(TOLD.items())
    ]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    ear = Ear(client)
    client.call("import.start", paths=[str(source)], wait=True)
    assert ear.next("import.done")["added"] == 3
    client.call("vault.lock")
    bare_place.leave()
    with open_vault(bare_place.home / "vault", passphrase=PASSPHRASE) as vault:
        grains = Grains(vault)
        assert grains.due(datetime(2030, 1, 1)) is None
        assert len(grains.pointers(Grain.MONTH, None, None, Scope(), None)) == 3
