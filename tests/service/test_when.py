"""Questions about time through the service, without a model: dates as exactly as they were told, all cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from second_me.app.service.client import Client
from tests.service.kit import seat

NOW = "2023-05-30T12:00:00"
TOLD = (
    ("I adopted Rex the greyhound last week.", "2023-05-10T14:00:00"),
    ("We celebrated the Lisbon marathon two days ago.", "2023-04-20T20:00:00"),
    ("My pottery course started in January 2023.", "2023-02-01T09:00:00"),
    ("I visited my aunt Olga in Kyiv in 2019.", "2022-12-01T09:00:00"),
    ("My violin recital was on 3 May 2023.", "2023-05-04T09:00:00"),
    ("The garden fence was painted on 20 May 2023.", "2023-05-21T09:00:00"),
    ("I repaired the greenhouse in May 2023.", "2023-05-29T09:00:00"),
    ("My favourite colour is turquoise.", "2023-05-29T09:00:00"),
    ("Grandma's lighthouse was sold. Last month it rained a lot.", "2023-05-29T09:00:00"),
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with seat(tmp_path_factory.mktemp("when") / "home", None) as place:
        client = place.unlocked()
        for text, time in TOLD:
            client.call("remember", text=text, time=time)
        yield client


def answer(client: Client, text: str) -> dict[str, Any]:
    told: dict[str, Any] = client.call("ask", text=text, now=NOW, no_model=True)
    return told


@pytest.mark.parametrize(
    ("question", "begins", "cites"),
    [
        ("When did I adopt Rex the greyhound?", "In the week of 1 May 2023.", "Rex"),
        ("When did we celebrate the Lisbon marathon?", "On 18 April 2023.", "marathon"),
        ("When did my pottery course start?", "In January 2023.", "pottery"),
        ("When did I visit my aunt Olga in Kyiv?", "In 2019.", "Olga"),
        ("What day was my violin recital?", "On 3 May 2023.", "violin"),
        ("How long ago was my violin recital?", "4 weeks ago: on 3 May 2023.", "violin"),
        ("How many days ago was my violin recital?", "27 days ago: on 3 May 2023.", "violin"),
    ],
)
def test_a_when_is_answered_with_the_date_of_what_was_told(
    asked: Client, question: str, begins: str, cites: str
) -> None:
    told = answer(asked, question)
    assert told["answer"].startswith(begins)
    assert cites in told["citations"][0]["quote"]
    assert not told["abstained"]


def test_an_overview_of_a_time_is_no_when_and_a_when_with_a_time_is_no_overview(asked: Client) -> None:
    overview = answer(asked, "What happened in May 2023?")
    assert overview["answer"].startswith("This is what stands out:")
    assert len(overview["citations"]) > 1
    when = answer(asked, "When was the garden fence painted in May 2023?")
    assert when["answer"].startswith("On 20 May 2023.")


def test_how_long_between_two_memories_cites_both(asked: Client) -> None:
    told = answer(asked, "How many days were there between my violin recital and painting the garden fence?")
    assert told["answer"].startswith("17 days: on 3 May 2023; on 20 May 2023.")
    assert ["violin" in told["citations"][0]["quote"], "fence" in told["citations"][1]["quote"]] == [
        True,
        True,
    ]
    assert [each["n"] for each in told["citations"]] == [1, 2]


def test_which_came_first_is_told_from_two_memories(asked: Client) -> None:
    told = answer(asked, "Which came first, painting the garden fence or the Lisbon marathon?")
    assert told["answer"].startswith("“the Lisbon marathon” came first. On 18 April 2023; on 20 May 2023.")
    assert ["marathon" in told["citations"][0]["quote"], "fence" in told["citations"][1]["quote"]] == [
        True,
        True,
    ]


def test_what_overlaps_has_no_order_and_no_length(asked: Client) -> None:
    told = answer(asked, "Which came first, repairing the greenhouse or the violin recital?")
    assert told["answer"].startswith("Which came first cannot be told from what you said.")
    assert len(told["citations"]) == 2
    told = answer(asked, "How long was it between repairing the greenhouse and my violin recital?")
    assert told["answer"].startswith("How long that was cannot be told from what you said.")
    assert len(told["citations"]) == 2


def test_what_is_not_remembered_has_no_date(asked: Client) -> None:
    told = answer(asked, "When did I climb the Matterhorn?")
    assert told["abstained"]
    assert told["citations"] == []
    told = answer(asked, "How long ago did I climb the Matterhorn?")
    assert told["abstained"]


def test_the_time_of_another_sentence_is_not_told(asked: Client) -> None:
    told = answer(asked, "When was grandma's lighthouse sold?")
    assert "lighthouse" in told["citations"][0]["quote"]
    assert told["answer"].startswith("You, 29 May 2023: “Grandma's lighthouse was sold.")


def test_a_memory_without_a_time_is_told_by_the_day_on_which_it_was_said(asked: Client) -> None:
    told = answer(asked, "Which came first, selling grandma's lighthouse or the Lisbon marathon?")
    assert told["answer"].startswith(
        "“the Lisbon marathon” came first. On 18 April 2023; said on 29 May 2023."
    )


def test_a_question_that_asks_no_time_is_answered_as_before(asked: Client) -> None:
    told = answer(asked, "What is my favourite colour?")
    assert told["answer"].startswith("You, 29 May 2023: “My favourite colour is turquoise.”")
