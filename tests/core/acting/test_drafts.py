"""Drafts: what is known of a question's topic, or what recall finds, in the person's own words."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.acting.drafts import Recalled
from second_me.core.acting.proposal import Decision
from second_me.core.disclosure.gate import Gate, Rules
from second_me.core.disclosure.levels import Audience
from tests.core.acting.life import asked, life, of

TOLD = life(
    "I am allergic to peanuts and shellfish.", "I'm vegetarian.", "I love hiking and jazz.",
    "I have a cat called Minka.", "I speak Dutch and English.", "I work as a carpenter.", "I have asthma.",
    "I work at Loretto.", "I study at the University of Ghent.",
)  # fmt: skip
AREA = {"tag": "textarea", "kind": "textarea"}
FOUND = (
    Recalled("m_8", "I built a boat with my father when I was twelve.", datetime(2024, 5, 1)),
    Recalled("m_9", "Working with wood calms me.", datetime(2024, 5, 2)),
)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Allergies", "peanuts, shellfish"),
        ("Allergien oder Unverträglichkeiten?", "peanuts, shellfish"),
        ("Dietary requirements", "vegetarian, peanuts, shellfish"),
        ("Tell us about your hobbies", "hiking, jazz"),
        ("Do you have any pets?", "Minka"),
        ("Beruf", "carpenter"),
        ("Current position", "carpenter"),
        ("Arbeitgeber *", "Loretto"),
        ("Current employer", "Loretto"),
        ("University", "University of Ghent"),
        ("Medical conditions", "asthma"),
    ],
)
def test_what_is_known_of_a_topic_is_joined(label: str, text: str) -> None:
    (row,) = asked(TOLD, of(None, label=label))
    assert (row.decision, row.value, row.ticked, row.reason) == (Decision.DRAFT, text, False, "from_facts")
    assert row.sources and row.quote


def test_a_draft_of_facts_says_whether_the_site_may_know() -> None:
    (row,) = asked(TOLD, of(None, label="Allergies"), gate=Gate(TOLD, [Audience.SHOP], Rules()))
    assert (row.decision, row.cleared, row.ticked) == (Decision.DRAFT, False, False)


def test_other_questions_are_answered_with_memories_as_they_were_said() -> None:
    (row,) = asked(TOLD, of(None, label="Why do you want to work here?", **AREA), recall=lambda text: FOUND)
    assert row.value == f"{FOUND[0].text}\n{FOUND[1].text}"
    assert (row.sources, row.cleared, row.ticked, row.reason) == (
        ("m_8", "m_9"),
        False,
        False,
        "from_memories",
    )


def test_memories_that_do_not_fit_are_left_out_whole() -> None:
    (row,) = asked(
        TOLD, of(None, label="Why do you want this?", maxlength=60, **AREA), recall=lambda text: FOUND
    )
    assert (row.value, row.sources) == (FOUND[0].text, ("m_8",))
    (row,) = asked(
        TOLD, of(None, label="Why do you want this?", maxlength=20, **AREA), recall=lambda text: FOUND
    )
    assert row.value is None
    (row,) = asked(TOLD, of(None, label="Allergies", maxlength=10))
    assert row.value == "shellfish"


@pytest.mark.parametrize(
    "label",
    ["Employer's address", "School fees", "Comments", "Order notes", "Message", "Special instructions"],
)
def test_a_field_that_asks_nothing_gets_no_draft(label: str) -> None:
    asked_for: list[str] = []

    def recall(text: str) -> tuple[Recalled, ...]:
        asked_for.append(text)
        return FOUND

    (row,) = asked(TOLD, of(None, label=label, **AREA), recall=recall)
    assert (row.decision, row.value, asked_for) == (Decision.NOT_A_FIELD, None, [])


def test_nothing_known_is_no_draft() -> None:
    assert asked((), of(None, label="Allergies"))[0].value is None
    assert (
        asked((), of(None, label="Why us, of all people?", **AREA), recall=lambda text: ())[0].value is None
    )
    assert asked(TOLD, of(None, label="Krankenkasse"))[0].value is None
    assert asked(TOLD, of(None, label="Health insurance"))[0].value is None
    (child,) = asked(TOLD, of(None, label="Your child's allergies"))
    assert child.value is None


@pytest.mark.parametrize(
    "label",
    [
        "Which languages do you speak?", "Languages spoken", "Sprachkenntnisse", "Langues parlées", "Idiomas",
        "Welke talen", "Lingue parlate", "Znajomość języków", "Línguas",
    ],
)  # fmt: skip
def test_languages_in_one_line_are_facts_and_no_draft(label: str) -> None:
    (row,) = asked(TOLD, of(None, label=label))
    assert (row.decision, row.value, row.ticked, row.reason) == (
        Decision.FILL,
        "Dutch, English",
        True,
        "joined",
    )
    (kept,) = asked(TOLD, of(None, label=label), gate=lambda fact: False)
    assert (kept.decision, kept.ticked) == (Decision.WITHHELD, False)


def test_a_box_for_languages_gets_a_draft() -> None:
    field = of(None, label="Which languages do you speak?", tag="textarea", kind="textarea")
    (row,) = asked(TOLD, field)
    assert (row.decision, row.ticked) == (Decision.DRAFT, False)
