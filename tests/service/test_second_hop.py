"""A question about "my sister" finds what was told of Anna: without a model, through the real service."""

from __future__ import annotations

from pathlib import Path

from second_me.app.service.client import Client
from tests.service.kit import seat

FACT = "Anna repairs violins in Thun."
TOLD = (
    (FACT, "2023-01-10T14:00:00"),
    ("The garden fence needs paint.", "2023-02-11T09:00:00"),
    ("We saw a heron by the lake.", "2023-03-12T09:00:00"),
    ("The train to Basel was late.", "2023-04-13T09:00:00"),
)
WHO = ("My sister Anna came to dinner.", "2023-05-14T09:00:00")
NOT_WHO = ("My sister came to dinner.", "2023-05-14T09:00:00")


def texts(client: Client) -> list[str]:
    found = client.call("recall", text="What is my sister's profession?", k=10)
    return [each["text"] for each in found["memories"]]


def told(home: Path, who: tuple[str, str]) -> list[str]:
    with seat(home, None) as place:
        client = place.unlocked()
        for text, time in (*TOLD, who):
            client.call("remember", text=text, time=time)
        return texts(client)


def test_an_alias_leads_to_a_second_search(tmp_path: Path) -> None:
    assert {WHO[0], FACT} <= set(told(tmp_path / "with", WHO))


def test_without_the_alias_nothing_leads_there(tmp_path: Path) -> None:
    found = told(tmp_path / "without", NOT_WHO)
    assert NOT_WHO[0] in found
    assert FACT not in found
