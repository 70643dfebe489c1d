"""An erasure between a question and its answer: nothing of what is erased comes back with the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from second_me.core.memory.erasure import Selection
from second_me.core.ports import EnvironmentFault
from tests.service.kit import Seat, Talker
from tests.service.lived import Lived, Silent
from tests.storage.looking import data_key, everything
from tests.storage.schema import pointing_nowhere

WORD = "Quxolwimber"


@pytest.fixture
def lived() -> Iterator[Lived]:
    made = Lived(1)
    yield made
    made.close()


class ErasesWhenTold:
    """A hearer that erases as soon as it is told what was recalled: the answer is not kept yet."""

    def __init__(self, lived: Lived, selection: Selection) -> None:
        self._lived, self._selection = lived, selection
        self.heard: list[str] = []

    def notify(self, method: str, **params: Any) -> None:
        self.heard.append(method)
        if method == "turn.recalled":
            self._lived.house.episodes.erase(self._selection)


def told(lived: Lived) -> tuple[str, str]:
    """(talk, id of the memory)."""
    talk = lived.turns.talks.create(False).name
    _, question, run = lived.turns.send(talk, f"My ladder is at {WORD}.", Silent())
    run()
    return talk, question.memory_id


def nothing_left(lived: Lived) -> bool:
    with lived.vault.reading() as db:
        assert pointing_nowhere(db) == []
    return WORD.casefold().encode() not in everything(lived.folder, data_key(lived.folder)).lower()


def test_a_memory_that_goes_before_its_answer_is_kept(lived: Lived) -> None:
    talk, memory = told(lived)
    hearer = ErasesWhenTold(lived, Selection((memory,)))
    _, question, run = lived.turns.send(talk, "Where is my ladder?", hearer)
    answer = run()
    assert "turn.recalled" in hearer.heard
    assert answer["text"] == "The memories of this answer are gone."
    assert answer["citations"] == []
    assert lived.house.episodes.get(question.memory_id) is not None
    assert nothing_left(lived)


def test_a_conversation_that_goes_before_its_answer_is_kept_stays_away(lived: Lived) -> None:
    talk, _ = told(lived)
    hearer = ErasesWhenTold(lived, Selection(conversations=(talk,)))
    _, _, run = lived.turns.send(talk, f"Where is my ladder? At {WORD}?", hearer)
    with pytest.raises(EnvironmentFault) as fault:
        run()
    assert fault.value.code == "not_found"
    assert hearer.heard[-1] == "turn.failed"
    assert talk not in lived.conversations()
    assert lived.ids() == []
    assert nothing_left(lived)


def test_talk_that_goes_on_from_talk_goes_with_it(place: Seat) -> None:
    """The model is shown the last exchanges: its next answer is made of them, too."""
    talker = Talker(place.unlocked())
    first = talker.say("Tell me a joke about a lighthouse")
    second = talker.say("Tell me another joke")
    if second["source"] != "general" or first["source"] != "general":
        pytest.skip("the model did not talk freely")
    receipt = talker.client.call("memory.erase", memory_ids=[first["question_id"]])
    assert set(receipt["answers"]) >= {first["answer_id"], second["answer_id"]}


def test_a_temporary_conversation_forgets_what_was_made_of_it(bare_place: Seat) -> None:
    client = bare_place.unlocked()
    memory = client.call("remember", text=f"My ladder is at {WORD}.")["memory_id"]
    fleeting = Talker(client, temporary=True)
    assert WORD in fleeting.say("Where is my ladder?")["text"]
    client.call("memory.erase", memory_ids=[memory])
    assert fleeting.texts() == ["Where is my ladder?"]
