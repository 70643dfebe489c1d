"""Recall that learns from use, through the service: what teaches, what does not, and starting over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from second_me.app.paths import HomeLayout
from second_me.app.service.client import Client
from second_me.storage.rows import fetch, fetch_first
from second_me.storage.vault import open_vault
from tests.service.kit import PASSPHRASE, Seat, Talker
from tests.service.test_vault import refused

LIFE = (
    "My sailing boat Petrel lies in Bergen harbour.",
    "Bergen harbour was full of seals this morning.",
    "My sister Anna lives in Bergen.",
    "Petrel needs a new anchor before the summer.",
    "The anchor of the Petrel is rusty.",
    "My brother has a boat on the lake.",
)
ASK = "Is my sailing boat Petrel in Bergen harbour?"


@pytest.fixture
def told(bare_place: Seat) -> Iterator[Talker]:
    """A conversation in a vault that holds a life; without models, so that words alone decide."""
    client = bare_place.unlocked()
    for text in LIFE:
        client.call("remember", text=text)
    yield Talker(client)


def learned(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.call("recall.learned")
    return found


def lessons(talker: Talker) -> int:
    return int(learned(talker.client)["lessons"])


def beside(answer: dict[str, Any]) -> tuple[list[str], list[str]]:
    """(memories that an answer cites, others that were shown)."""
    cited = [each["memory_id"] for each in answer["citations"]]
    return cited, [each for each in answer["considered"] if each not in cited]


def contents(home: Path) -> dict[str, list[Any]]:
    """Every row of every table of a closed vault."""
    with open_vault(HomeLayout(home).vault, passphrase=PASSPHRASE) as vault, vault.reading() as db:
        tables = fetch_first(
            db, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY 1"
        )
        return {table: fetch(db, f'SELECT * FROM "{table}"') for table in tables}


def settled(place: Seat) -> dict[str, list[Any]]:
    """The contents once the background has made what was due: a sitting in which nobody asks changes nothing."""
    before: dict[str, list[Any]] = {}
    for _ in range(5):
        place.leave()
        after = contents(place.home)
        if after == before:
            return after
        before = after
        place.unlocked().call("vectors.wait", timeout=60)
    raise AssertionError("the background writes without end")


def test_silence_teaches_when_the_next_answer_comes(told: Talker) -> None:
    answer = told.say(ASK)
    cited, others = beside(answer)
    assert cited
    assert others
    assert learned(told.client) == {"lessons": 0, "updated": None, "changes": []}
    told.say("Where does my sister Anna live?")
    assert lessons(told) == 1
    assert learned(told.client)["updated"]


def test_a_complaint_ends_the_silence(told: Talker) -> None:
    told.finish(told.client.call("talk.again", answer_id=told.say(ASK)["answer_id"])["turn"])
    assert lessons(told) == 0


def test_opening_a_memory_teaches_once(told: Talker) -> None:
    answer = told.say(ASK)
    _, others = beside(answer)
    for _ in range(3):
        told.client.call("memory.opened", answer_id=answer["answer_id"], memory_id=others[-1])
    assert lessons(told) == 1
    told.say("Thanks")
    assert lessons(told) == 1


def test_opening_what_was_not_shown_teaches_nothing(told: Talker) -> None:
    answer = told.say(ASK)
    question = answer["question_id"]
    told.client.call("memory.opened", answer_id=answer["answer_id"], memory_id=question)
    told.client.call("memory.opened", answer_id="m_nothing", memory_id=answer["considered"][0])
    assert lessons(told) == 0
    assert refused(told.client, "memory.opened", answer_id=answer["answer_id"]) == "bad_parameters"


def test_not_relevant_teaches_and_moves_the_weights(told: Talker) -> None:
    answer = told.say(ASK)
    cited, _ = beside(answer)
    again = told.client.call("talk.again", answer_id=answer["answer_id"], exclude=[cited[0]])
    told.finish(again["turn"])
    assert lessons(told) == 1


def test_a_correction_teaches(told: Talker) -> None:
    answer = told.say(ASK)
    made = told.client.call(
        "talk.correct", answer_id=answer["answer_id"], text="No, Petrel lies in Stavanger."
    )
    told.finish(made["turn"])
    assert lessons(told) == 1


def test_deleting_a_memory_teaches_nothing(told: Talker) -> None:
    answer = told.say(ASK)
    told.client.call("memory.delete", memory_id=beside(answer)[0][0])
    assert lessons(told) == 0


def test_a_temporary_conversation_teaches_nothing(told: Talker) -> None:
    fleeting = Talker(told.client, temporary=True)
    answer = fleeting.say(ASK)
    cited, others = beside(answer)
    told.client.call("memory.opened", answer_id=answer["answer_id"], memory_id=others[0])
    again = told.client.call("talk.again", answer_id=answer["answer_id"], exclude=[cited[0]])
    second = fleeting.finish(again["turn"])
    made = told.client.call("talk.correct", answer_id=second["answer_id"], text="No, in Stavanger.")
    fleeting.finish(made["turn"])
    fleeting.say("Where does my sister Anna live?")
    assert lessons(told) == 0


def test_what_was_learned_changes_the_order_and_starting_over_brings_it_back(told: Talker) -> None:
    def order() -> list[tuple[str, float]]:
        memories = told.client.call("recall", text=ASK, k=6)["memories"]
        return [(each["memory_id"], each["score"]) for each in memories]

    before = order()
    answer = told.say(ASK)
    told.client.call("memory.opened", answer_id=answer["answer_id"], memory_id=beside(answer)[1][-1])
    assert order() != before
    assert told.client.call("recall.reset") == {}
    assert learned(told.client) == {"lessons": 0, "updated": None, "changes": []}
    assert order() == before
    told.client.call("talk.again", answer_id=answer["answer_id"], exclude=[beside(answer)[0][0]])
    told.ear.next("turn.done")
    assert lessons(told) == 0  # what was shown before is forgotten, too


def test_recall_and_batches_change_nothing_at_all(bare_place: Seat) -> None:
    """Every table is the same row by row, the count of commits among them."""
    client = bare_place.unlocked()
    for text in LIFE:
        client.call("remember", text=text)
    talker = Talker(client)
    answer = talker.say(ASK)
    client.call("memory.opened", answer_id=answer["answer_id"], memory_id=beside(answer)[1][0])
    talker.say("Where does my sister Anna live?")
    before = settled(bare_place)
    assert before["silent_answers"]
    assert before["learned_weights"]
    client = bare_place.unlocked()
    for number in range(100):
        client.call("recall", text=f"{ASK} {number}", k=10)
    for text in (ASK, "Who is Anna?"):
        client.call("ask", text=text, no_model=True)
        client.call("ask", text=text, no_model=True, conversation="notes")
        client.call("memory.search", text=text)
        client.call("recall.learned")
    client.call("vectors.wait", timeout=60)
    bare_place.leave()
    after = contents(bare_place.home)
    assert {name for name in before | after if before.get(name) != after.get(name)} == set()


def test_erasing_takes_what_was_seen_and_leaves_the_few_numbers(bare_place: Seat) -> None:
    talker = Talker(bare_place.unlocked())
    for text in LIFE:
        talker.client.call("remember", text=text)
    answer = talker.say(ASK)
    talker.client.call("memory.opened", answer_id=answer["answer_id"], memory_id=beside(answer)[1][0])
    talker.client.call("memory.erase", memory_ids=answer["considered"])
    assert lessons(talker) == 1
    bare_place.leave()
    kept = contents(bare_place.home)
    assert kept["considered"] == kept["silent_answers"] == kept["feedback"] == []
    assert kept["learned_weights"]
