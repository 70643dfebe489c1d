"""Answers from facts through the service, without a model: told with their source, corrected, asked about once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from second_me.app.paths import HomeLayout
from second_me.app.service.client import Client
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.memory.episodes import NewEpisode, Role
from tests.reading import reader
from tests.service.kit import PASSPHRASE, Seat, Talker, seat

SAID = (
    (2019, "I live in Bern."),
    (2023, "I live in Basel."),
    (2022, "Anna lives in Cork."),
    (2020, "My birthday is 3 May."),
    (2021, "My birthday is 4 May."),
    (2021, "I like jazz."),
    (2022, "When I say Bug I mean Anna."),
    (2022, "I work at Globex."),
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Seat]:
    """A home in which the reader of the tests has read what was said."""
    home = tmp_path / "home"
    with seat(home, None) as made:
        house, _ = HomeDoor(HomeLayout(home), SystemClock(), lambda _: None, reader(10**6)).create(PASSPHRASE)
        for at, (year, text) in enumerate(SAID):
            said = datetime(year, 4, 1, at)
            house.episodes.append(NewEpisode(f"talk/{year}", "me", text, said, Role.PERSON), said)
        while house.keeper.step(9, datetime(2024, 1, 1)):
            pass
        house.model.close()
        house.close()
        yield made


@pytest.fixture
def client(place: Seat) -> Client:
    return place.unlocked()


def correct(talker: Talker, answer: dict[str, Any], text: str) -> dict[str, Any]:
    started = talker.client.call("talk.correct", answer_id=answer["answer_id"], text=text)
    return talker.finish(started["turn"])


def first_line(answer: dict[str, Any]) -> str:
    return str(answer["text"]).splitlines()[0]


def test_a_fact_is_told_with_its_memory_beside_it(client: Client) -> None:
    talker = Talker(client)
    answer = talker.say("Where do I live?")
    assert answer["text"] == "You live in Basel [1], as you said on 1 April 2023."
    assert [each["quote"] for each in answer["citations"]] == ["I live in Basel."]
    assert not answer["abstained"]
    recalled = next(params for method, params in talker.events if method == "turn.recalled")
    assert [each["memory_id"] for each in recalled["memories"]] == [answer["citations"][0]["memory_id"]]
    assert talker.turns()[-1]["answer"]["text"] == answer["text"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("where did I live in 2021", "You lived in Bern [1], until 1 April 2023."),
        ("Where did I live before?", "You lived in Bern [1], until 1 April 2023."),
        ("Where does Bug live?", "Anna lives in Cork [1], as you said on 1 April 2022."),
    ],
)
def test_then_and_others(client: Client, question: str, text: str) -> None:
    told = client.call("ask", text=question, now="2024-06-01T12:00:00", no_model=True)
    assert told["answer"] == text
    assert told["kind"] == "question"


def test_a_question_that_follows_on_means_whom_the_last_one_named(client: Client) -> None:
    talker = Talker(client)
    talker.say("Where does Anna live?")
    assert first_line(talker.say("And where did she live in 2023?")).startswith("Anna lived in Cork [1]")


def test_a_correction_is_told_from_then_on_and_goes_with_its_memory(client: Client) -> None:
    talker = Talker(client)
    wrong = talker.say("Where do I live?")
    answer = correct(talker, wrong, "No, it's Thun.")
    assert answer["text"].startswith("You live in Thun [1]")
    assert [each["quote"] for each in answer["citations"]] == ["No, it's Thun."]
    values = {fact["value"]: fact["state"] for fact in client.call("facts.list") if fact["slot"] == "home"}
    assert values["Thun"] == "current"
    assert values["Basel"] == "wrong"
    assert values["Bern"] == "ended"
    client.call("memory.erase", memory_ids=[answer["citations"][0]["memory_id"]])
    assert talker.say("Where do I live?")["text"].startswith("You live in Basel [1]")


def test_recall_shows_what_was_corrected_last(client: Client) -> None:
    talker = Talker(client)
    correct(talker, talker.say("Where do I live?"), "No, it's Thun.")
    answer = talker.say("Tell me whether I still live in Basel")
    assert "Basel" not in {each["quote"] for each in answer["citations"][:1]}
    assert "I live in Basel." not in answer["text"]


def test_a_plain_no_ends_the_telling(client: Client) -> None:
    talker = Talker(client)
    answer = correct(talker, talker.say("Where do I work?"), "That's wrong.")
    assert "Globex" not in answer["text"]


def test_words_that_say_nothing_for_certain_change_no_fact(client: Client) -> None:
    talker = Talker(client)
    before = client.call("facts.list")
    correct(talker, talker.say("Where do I live?"), "I have never been happy with how you put that")
    assert client.call("facts.list") == before


def test_a_contradiction_is_asked_about_once_and_settled_by_an_answer(client: Client) -> None:
    talker = Talker(client)
    first, second = "“My birthday is 3 May.” [1], 1 April 2020", "“My birthday is 4 May.” [2], 1 April 2021"
    both = f"You told me two things: {first}; and {second}."
    answer = talker.say("When is my birthday?")
    assert answer["text"] == f"{both} Which is right?"
    assert talker.say("When is my birthday?")["text"] == both
    answer = correct(talker, answer, "4 May")
    assert answer["text"] == "Your birthday: 4 May [1]."
    assert client.call("contradictions.list") == []


def test_a_temporary_talk_corrects_and_asks_nothing_for_good(client: Client) -> None:
    talker = Talker(client, temporary=True)
    assert talker.say("When is my birthday?")["text"].endswith("Which is right?")
    assert talker.say("When is my birthday?")["text"].endswith("Which is right?")
    before = client.call("facts.list")
    correct(talker, talker.say("Where do I live?"), "No, it's Thun.")
    assert client.call("facts.list") == before


def test_what_was_just_said_is_told_and_corrected_by_a_sentence(client: Client) -> None:
    """With the reader that ships."""
    talker = Talker(client)
    talker.say("My sister Zoe lives in Cork.")
    client.call("facts.wait", timeout=60)
    answer = talker.say("Where does my sister live?")
    assert first_line(answer).startswith("Zoe lives in Cork [1]")
    answer = correct(talker, answer, "No, Zoe lives in Galway.")
    assert first_line(answer).startswith("Zoe lives in Galway [1]")
    talker.say("I moved to Utrecht yesterday.")
    client.call("facts.wait", timeout=60)
    assert first_line(talker.say("Where do I live?")).startswith("You live in Utrecht [1], since ")
    assert first_line(talker.say("Where did I live before?")).startswith("You lived in Basel [1]")
