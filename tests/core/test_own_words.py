"""The person's own words in recall, over a real vault, by words alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from second_me.core.memory.facts.claims import Defined
from second_me.core.ports import Scope
from second_me.core.recall.asked import read_question
from second_me.core.recall.found import Found
from second_me.core.recall.own_words import with_meanings
from second_me.models.client import ModelProcess
from tests.core.shipped import shipped_recall
from tests.storage.conftest import Kit, make

GLOSSARY = (Defined("the lab", "the physics institute in Bern", "m1", None),)
TOLD = (
    "The physics institute moved into a new building behind the station.",
    "I bought a new coat at the station.",
    "My neighbour moved to Geneva in the spring.",
    "The bakery behind the church is closed on Mondays.",
)


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = make(tmp_path)
    for at, text in enumerate(TOLD):
        made.say(text, f"talk-{at}", minutes=at * 5000, speaker="me")
    yield made
    made.vault.close()


def find(kit: Kit, question: str, own_words: Sequence[Defined]) -> list[Found]:
    nobody = ModelProcess(None, None).embedder
    recall = shipped_recall(kit.vault, kit.episodes, kit.words, kit.vectors, nobody, own_words)
    return list(recall.find(question, 4, Scope(), None).found)


def test_a_term_is_found_by_what_it_means(kit: Kit) -> None:
    question = "Where is the lab?"
    assert find(kit, question, ()) == []
    found = find(kit, question, GLOSSARY)
    assert found[0].episode.text == TOLD[0]


def test_what_else_is_asked_still_counts(kit: Kit) -> None:
    found = find(kit, "When did the lab move?", GLOSSARY)
    assert found[0].episode.text == TOLD[0]
    assert found[0].strength > max(item.strength for item in find(kit, "When did the lab move?", ()))


@pytest.mark.parametrize(
    "question", ["When did my neighbour move?", "Where is the station?", "Is there a lab?"]
)
def test_a_question_without_a_term_stays_as_it_is(kit: Kit, question: str) -> None:
    assert find(kit, question, GLOSSARY) == find(kit, question, ())
    asked = read_question(question, ("me",), None)
    assert with_meanings(asked, GLOSSARY) == asked


def test_words_of_the_meaning_are_spellings_of_the_term() -> None:
    asked = with_meanings(read_question("When did the lab move?", ("me",), None), GLOSSARY)
    assert set(asked.groups) == {"lab", "move"}
    assert {"lab", "physics", "institute", "bern"} <= set(asked.groups["lab"])
    assert "institute" not in asked.groups["move"]
