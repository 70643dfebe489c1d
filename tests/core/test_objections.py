from __future__ import annotations

import pytest

from second_me.core.memory.objections import objects


@pytest.mark.parametrize(
    "text",
    [
        "No, it is in Bergen.",
        "no it's not",
        "Nope, Tuesday.",
        "That's wrong, I said May.",
        "That’s not true",
        "Wrong!",
        "No",
        "No — she moved.",
        "You're wrong about that",
        "Nein, das war Anna.",
    ],
)
def test_objections(text: str) -> None:
    assert objects(text)


@pytest.mark.parametrize(
    "text",
    [
        "No problem, thanks!",
        "no, thanks",
        "No worries",
        "Nobody was there.",
        "North of Bergen?",
        "And where is the anchor?",
        "No one came to the party.",
        "I know that.",
        "",
    ],
)
def test_other_words(text: str) -> None:
    assert not objects(text)
