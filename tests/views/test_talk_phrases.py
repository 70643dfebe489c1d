"""How a memory was found, in words."""

from __future__ import annotations

from datetime import datetime

from second_me.app.views.talk.phrases import found_by
from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.asked import read_question
from second_me.core.recall.reasons import reasons


def test_how_a_memory_was_found() -> None:
    assert found_by(["words", "name"]) == "found by its words, name"
    assert found_by(["time", "related"]) == "found by the time asked about, related words"
    assert found_by(["a code of a later version"]) == found_by([]) == ""


def test_every_code_of_recall_has_words() -> None:
    when = datetime(2023, 5, 7)
    memory = Episode("m1", 1, "talk", None, "Anna", Role.OTHER, Kind.TURN, "the cello", when, when, 1)
    asked = read_question("What did Anna say in May?", ("Anna",), None)
    seen = {"related_only": 2.0, "said_then": 2.0}
    codes = (*reasons(asked, memory, 1.0, 1.0, seen), *reasons(asked, memory, 0.0, None, {}), "session")
    assert len(set(codes)) == 7
    assert all(found_by([code]) for code in codes)
