"""One talk of every kind of turn, and what is expected of each answer: kind, abstention, what it cites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.kit import Seat, Talker, seat

SAID, ASKED, OPEN, CHAT, ORDER = "statement", "question", "general", "smalltalk", "command"
ABSTAINS = "abstains"

SCRIPT: tuple[tuple[str, str, str], ...] = (
    # what is said, the kind of its answer, a word of what it cites ("": cites nothing)
    ("Hello", CHAT, ""),
    ("I moved to Bern in May.", SAID, ""),
    ("My sister Anna turns 40 on 28 November.", SAID, ""),
    ("Remember that Anna is allergic to walnuts.", SAID, ""),
    ("Where do I live?", ASKED, "Bern"),
    ("When is Anna's birthday?", ASKED, "28 November"),
    ("What is Anna allergic to?", ASKED, "walnuts"),
    ("What is her shoe size?", ASKED, ABSTAINS),
    ("What is the capital of France?", OPEN, ""),
    ("Thanks", CHAT, ""),
    ("I bought a blue Skoda Octavia yesterday.", SAID, ""),
    ("What colour is my Skoda?", ASKED, "blue"),
    ("Tell me a joke", OPEN, ""),
    ("Remind me to water the ficus on Thursday", ORDER, ""),
    ("When should I water the ficus?", ASKED, "Thursday"),
    ("Who are you?", CHAT, ""),
    ("My dentist is Dr Keller, and the next appointment is on 3 December at 14:00.", SAID, ""),
    ("Who is my dentist?", ASKED, "Keller"),
    ("When is my dentist appointment?", ASKED, "3 December"),
    ("My locker code is 4471.", SAID, ""),
    ("forget that", ORDER, ""),
    ("What is my locker code?", ASKED, ABSTAINS),
    ("How are you?", CHAT, ""),
    ("What did I tell you about walnuts?", ASKED, "walnuts"),
    ("Explain photosynthesis in one sentence.", OPEN, ""),
    ("When I was five I broke my arm.", SAID, ""),
    ("How old was I when I broke my arm?", ASKED, "five"),
    ("What is my passport number?", ASKED, ABSTAINS),
    ("forget what I said about the dentist", ORDER, "Keller"),
    ("ok", CHAT, ""),
    ("Bye", CHAT, ""),
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, starter_models: Path) -> Iterator[tuple[Seat, Talker]]:
    with seat(tmp_path_factory.mktemp("script") / "home", starter_models) as place:
        yield place, Talker(place.unlocked())


@pytest.mark.parametrize(("text", "kind", "cites"), SCRIPT, ids=[text[:30] for text, _, _ in SCRIPT])
def test_turn(held: tuple[Seat, Talker], text: str, kind: str, cites: str) -> None:
    """The turns build on each other: run the file as a whole."""
    _, talker = held
    answer = talker.say(text)
    talker.client.call("vectors.wait", timeout=30)
    assert answer["kind"] == kind
    assert answer["abstained"] is (cites == ABSTAINS)
    assert answer["text"].strip()
    quotes = [cited["quote"] for cited in answer["citations"]]
    if cites in ("", ABSTAINS):
        assert quotes == []
    else:
        assert any(cites in quote for quote in quotes[:1]), quotes
    assert [
        f"[{cited['n']}]" for cited in answer["citations"] if f"[{cited['n']}]" not in answer["text"]
    ] == []


def test_only_what_was_told_is_a_memory(held: tuple[Seat, Talker]) -> None:
    _, talker = held
    told = {memory["text"] for memory in talker.client.call("memory.timeline", limit=100)}
    statements = {text for text, kind, _ in SCRIPT if kind == SAID or text.startswith("Remind")}
    assert told == statements - {"My locker code is 4471."}
