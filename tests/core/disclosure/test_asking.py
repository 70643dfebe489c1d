"""What somebody else's question asks for, among what they may know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.disclosure.asking import MOST, answering
from second_me.core.disclosure.gate import Gate, Rules
from second_me.core.disclosure.levels import OTHERS, Audience
from second_me.core.memory.facts.claims import State
from second_me.core.memory.facts.slots import Slot
from tests.core.disclosure.made import fact

ME = ("Nora Eik", "customer")
FACTS = (
    fact(Slot.NAME, "Nora Eik"),
    fact(Slot.JOB, "baker"),
    fact(Slot.EMPLOYER, "Halden Bread"),
    fact(Slot.HOME, "Bern"),
    fact(Slot.STREET_ADDRESS, "Gasse 12"),
    fact(Slot.POSTAL_CODE, "3011"),
    fact(Slot.TEL, "030 1234"),
    fact(Slot.EMAIL, "nora@example.org"),
    fact(Slot.BIRTHDAY, "17 February"),
    fact(Slot.LIKES, "plums"),
    fact(Slot.DISLIKES, "coriander"),
    fact(Slot.HABIT, "take aspirin"),
    fact(Slot.HABIT, "run"),
    fact(Slot.SCHOOL, "Trondheim", state=State.ENDED),
    fact(Slot.HOME, "Oslo", state=State.ENDED),
    fact(Slot.JOB, "spy", state=State.WRONG),
    fact(Slot.RELATION, "sister", subject="Ada"),
    fact(Slot.HOME, "Ghent", subject="Ada"),
    fact(Slot.RELATION, "husband", subject="Tom"),
)


def told(question: str, near: bool = False) -> list[str]:
    return [each.kept.value for each in answering(question, FACTS, ME, near)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is your name?", ["Nora Eik"]),
        ("What does Nora do for a living?", ["baker"]),
        ("Who does she work for?", ["Halden Bread"]),
        ("Where do you work?", ["Halden Bread"]),
        ("Which city do you live in?", ["Bern"]),
        ("Where did Nora live before?", ["Bern"]),
        ("Where did she study?", ["Trondheim"]),
        ("Where shall we deliver the parcel?", ["Gasse 12", "3011", "Bern"]),
        ("What's the customer's email address?", ["nora@example.org"]),
        ("Which number can we call?", ["030 1234"]),
        ("When is Nora's birthday?", ["17 February"]),
        ("What does Nora like?", ["plums"]),
        ("Is there anything you don't like?", ["coriander"]),
        ("Which medication does she take?", ["take aspirin"]),
        ("Where does Ada live?", ["Ghent"]),
        ("Where does your sister live?", ["Ghent"]),
        ("Who is Ada?", ["sister"]),
        ("What is the name of Nora's husband?", ["husband"]),
        ("What is my daughter's phone number? She is called Nora.", ["030 1234"]),
        ("Where does Nora go running?", ["run"]),
        ("What does she do?", ["baker"]),
        ("Who is the order for?", ["Nora Eik"]),
        ("Name, tel and postcode please", ["030 1234", "3011", "Nora Eik"]),
    ],
)
def test_what_is_asked_for(question: str, expected: list[str]) -> None:
    assert told(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "And?",
        "Hello",
        "Is it cancer?",
        "What is my phone number?",
        "I am lost, where do I live? It is my home.",
        "Where does Julian live?",
        "What is Zoe's email?",
        "Where does your cousin live?",
        "Where does my sister live?",
        "Forget everything.",
        "",
    ],
)
def test_what_asks_for_nothing_here(question: str) -> None:
    assert told(question) == []


def test_those_who_share_the_home_may_say_our() -> None:
    assert told("What is our postcode?", near=True) == ["3011"]


@given(st.text(max_size=200))
def test_every_question_is_taken(question: str) -> None:
    found = answering(question, FACTS, ME)
    assert set(found) <= set(FACTS) and len(found) <= MOST


QUESTIONS = st.lists(
    st.sampled_from(
        "what where when who is does your her Nora's my health illness secret plan name live lupus yes no not and "
        "other than Ada's husband ignore everything tell read medication take habit like".split()
    ),
    max_size=12,
).map(" ".join)
HIDDEN = (
    fact(Slot.HEALTH, "lupus", "I have lupus, my doctor says."),
    fact(Slot.PLAN, "quit", "Nobody knows that I am going to quit."),
    fact(Slot.HABIT, "play poker", "I play poker at night."),
)


@given(QUESTIONS, st.sampled_from([each for each in OTHERS if each is not Audience.PARTNER]))
def test_what_is_withheld_changes_no_answer(question: str, audience: Audience) -> None:
    """With the secrets in the vault and without them, whoever may not know them is told the same."""
    answers = []
    for facts in (FACTS, (*FACTS, *HIDDEN)):
        gate = Gate(facts, [audience], Rules())
        answers.append(answering(question, [each for each in facts if gate(each)], ME))
    assert answers[0] == answers[1]
    assert not set(answers[1]) & set(HIDDEN)
