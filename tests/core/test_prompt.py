"""What the model is shown, titles, and questions that lean on the one before."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.ports import Message
from second_me.core.twin.context import in_context
from second_me.core.twin.prompt import Budget, answer_prompt, fitting, line, talk_prompt
from second_me.core.twin.titles import LONGEST, title_of


def memory(text: str, speaker: str = "Ben", role: Role = Role.OTHER, dated: bool = True) -> Episode:
    when = datetime(2024, 5, 1, 12)
    spoken = when if dated else None
    return Episode(text, 1, "talk", None, speaker, role, Kind.TURN, text, spoken, when, 1)


def tokens(text: str) -> int:
    return len(text.split())


def test_a_line_says_who_and_when() -> None:
    assert line(2, memory(" I moved. ")) == '[2] Ben said on 1 May 2024: "I moved."'
    assert line(1, memory("I moved.", role=Role.PERSON)) == '[1] You said on 1 May 2024: "I moved."'
    assert line(1, memory("I moved.", dated=False)) == '[1] Ben said: "I moved."'


def test_fitting_takes_the_first_that_fit() -> None:
    short, other = memory("one two"), memory("three four")
    assert fitting([short, other], Budget(tokens=100, memories=5), tokens) == (short, other)
    assert fitting([short, other], Budget(tokens=100, memories=1), tokens) == (short,)


def test_fitting_passes_over_what_is_too_long_alone() -> None:
    long, short = memory("word " * 200), memory("one two")
    assert fitting([long, short], Budget(tokens=50, memories=2), tokens) == (short,)


def test_nothing_fits_a_budget_of_nothing() -> None:
    assert fitting([memory("one")], Budget(tokens=0), tokens) == ()
    assert fitting([], Budget(), tokens) == ()


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(0, 120), st.integers(0, 6))
def test_fitting_keeps_to_the_budget(lengths: list[int], most: int, memories: int) -> None:
    shown = fitting([memory("w " * length) for length in lengths], Budget(most, memories), tokens)
    assert len(shown) <= memories
    assert sum(tokens(line(1, each)) for each in shown) <= most


def test_the_question_stands_before_and_after_the_memories() -> None:
    system, user = answer_prompt("Where does Ben live?", [memory("I moved to Bern.")])
    assert system.role == "system"
    first, at, last = (
        user.content.find("Where does Ben live?"),
        user.content.find("Bern"),
        user.content.rfind("Where"),
    )
    assert first < at < last


def test_the_beginning_of_every_answer_prompt_is_the_same() -> None:
    assert answer_prompt("A?", [])[0] == answer_prompt("B?", [memory("x")])[0]


def test_small_talk_is_shown_the_last_turns_and_no_memory() -> None:
    history = (Message("user", "hi"), Message("assistant", "Hello."))
    asked = talk_prompt("tell me a joke", history)
    assert [each.role for each in asked] == ["system", "user", "assistant", "user"]
    assert asked[-1].content == "tell me a joke"


@pytest.mark.parametrize(
    ("question", "previous", "expected"),
    [
        ("What is her shoe size?", None, "What is her shoe size?"),
        ("What is her shoe size?", "When is Anna's birthday?", "What is her shoe size? (Anna)"),
        ("Where does he live?", "Did I meet Tim and Jonas?", "Where does he live? (Tim Jonas)"),
        ("Where is it?", "I bought a bicycle", "Where is it? (bought bicycle)"),
        ("Where does Anna live?", "When did Tim call?", "Where does Anna live?"),
        ("Is she with Anna?", "When did Tim call?", "Is she with Anna?"),
        ("And in winter?", "Where do I run?", "Where do I run? And in winter?"),
        ("What about Tim?", "When is Anna's birthday?", "When is Anna's birthday? What about Tim?"),
        (
            "And where did my sister Anna go last summer?",
            "Do I run?",
            "And where did my sister Anna go last summer?",
        ),
        ("What do I like?", "When is Anna's birthday?", "What do I like?"),
        ("Where is it?", "?", "Where is it?"),
        ("Where is it?", "", "Where is it?"),
    ],
)
def test_questions_in_context(question: str, previous: str | None, expected: str) -> None:
    assert in_context(question, previous) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Where is my passport?", "My passport"),
        ("Hi, can you tell me about Anna?", "Anna"),
        ("Remember that the boiler is old", "The boiler is old"),
        ("what did I say about Rome", "Rome"),
        ("Where did I move to?", "Where did I move to"),
        ("Who are you?", "Who are you"),
        ("When is Anna's birthday?", "Anna's birthday"),
        ("\n\n  lentil soup with lemon\nand bread", "Lentil soup with lemon"),
        ("", ""),
        ("   \n", ""),
        ("hi", "Hi"),
        ("?", "?"),
        ("我搬家了。", "我搬家了。"),
        ("Do you know Anna?", "Anna"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_of(text) == title


def test_a_long_title_ends_at_a_word() -> None:
    title = title_of("We talked for a long time about the holidays in Portugal with Anna")
    assert title == "We talked for a long time about the…"


def test_a_long_word_is_cut() -> None:
    assert title_of("x" * 200) == "X" + "x" * (LONGEST - 2) + "…"


@given(st.text(max_size=200))
def test_a_title_is_short_and_there_when_there_is_text(text: str) -> None:
    title = title_of(text)
    assert len(title) <= LONGEST + 1
    assert "\n" not in title
    assert bool(title) == bool(text.strip())
