"""Why a memory was found."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.asked import read_question
from second_me.core.recall.reasons import NEAR_IN_MEANING, reasons

SAID = datetime(2023, 5, 7, 12)
EPISODE = Episode("m1", 1, "talk", None, "Anna", Role.OTHER, Kind.TURN, "the cello", SAID, SAID, 1)


def why(question: str, lexical: float = 0.0, cosine: float | None = None, **seen: float) -> tuple[str, ...]:
    return reasons(read_question(question, ("Anna",), None), EPISODE, lexical, cosine, seen)


@pytest.mark.parametrize(
    ("found", "codes"),
    [
        (why("the cello", lexical=0.1), ("words",)),
        (why("the cello", cosine=NEAR_IN_MEANING), ("meaning",)),
        (why("the cello", cosine=NEAR_IN_MEANING - 0.01), ("session",)),
        (why("what did Anna say"), ("name",)),
        (why("what was in May 2023"), ("date",)),
        (why("what was on the 7th"), ("session",)),  # numbers of one figure are everywhere
        (why("x", said_then=1.5), ("time",)),
        (why("x", happened_then=1.5), ("time",)),
        (why("x", happened_then=1.0, related_only=1.0), ("session",)),
        (why("x", related_only=2.0), ("related",)),
        (why("x"), ("session",)),
        (
            why("Anna in May", 1.0, 0.9, said_then=2.0, related_only=2.0),
            ("name", "date", "words", "meaning", "time", "related"),
        ),
    ],
)
def test_the_codes_that_hold(found: tuple[str, ...], codes: tuple[str, ...]) -> None:
    assert found == codes
