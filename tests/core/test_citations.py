"""Only words that the cited memory bears are shown as the model's."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.twin.citations import check, marks_exist


def memory(text: str, speaker: str = "Ben", role: Role = Role.OTHER, name: str = "m1") -> Episode:
    when = datetime(2023, 5, 7, 12)
    return Episode(name, 1, "talk", None, speaker, role, Kind.TURN, text, when, when, 1)


MOVED = memory("I moved to Bern in May, to a flat with 3 rooms.", "Melanie")
CELLO = memory("My brother Tim plays the cello in Basel.", name="m2")
MINE = memory("I bought a red bicycle for 340 francs.", "me", Role.PERSON, "m3")
DISH = memory("My favourite dish is soup.", "me", Role.PERSON, "m5")
THAI = memory("I am learning Thai with our cook.", "me", Role.PERSON, "m6")
NOT = memory("I do not like coriander.", name="m4")


@pytest.mark.parametrize(
    ("text", "asked", "memories", "expected"),
    [
        ("Melanie moved to Bern.", "Where did Melanie move?", [MOVED], "Melanie moved to Bern. [1]"),
        ("Melanie moved to Bern [1].", "Where did Melanie move?", [MOVED], "Melanie moved to Bern. [1]"),
        ("Bern", "Where did Melanie move?", [MOVED], "Bern. [1]"),
        (
            "Melanie said on 7 May 2023 that she moved to Bern.",
            "Where is Melanie?",
            [MOVED],
            "Melanie said on 7 May 2023 that she moved to Bern. [1]",
        ),
        ("The answer is: Bern.", "Where did Melanie move?", [MOVED], "Bern. [1]"),
        ("I bought a red bicycle.", "What did I buy?", [MINE], "You bought a red bicycle. [1]"),
        (
            "My favourite dish is soup.",
            "What is my favourite dish?",
            [DISH],
            "Your favourite dish is soup. [1]",
        ),
        (
            "I'm learning Thai with our cook.",
            "What am I learning?",
            [THAI],
            "You are learning Thai with your cook. [1]",
        ),
        ("The flat has 3 rooms.", "How big is the flat?", [MOVED], "The flat has 3 rooms. [1]"),
        (
            "Ben's brother plays the cello.",
            "What does Ben's brother play?",
            [CELLO],
            "Ben's brother plays the cello. [1]",
        ),
        ("Tim plays the cello.", "Who plays the cello?", [CELLO], "Tim plays the cello. [1]"),
        ("You bought a red bicycle.", "What did I buy?", [MINE], "You bought a red bicycle. [1]"),
        (
            "Ben does not like coriander.",
            "What does Ben not like?",
            [NOT],
            "Ben does not like coriander. [1]",
        ),
    ],
)
def test_words_that_stand(text: str, asked: str, memories: list[Episode], expected: str) -> None:
    checked = check(text, asked, memories)
    assert checked is not None
    assert checked.text == expected
    assert [each.n for each in checked.citations] == [1]
    assert checked.citations[0].memory_id == memories[0].memory_id
    assert checked.citations[0].quote in memories[0].text


@pytest.mark.parametrize(
    ("text", "asked", "memories"),
    [
        pytest.param("Melanie moved to Zurich.", "Where did Melanie move?", [MOVED], id="invented city"),
        pytest.param("Sarah moved to Bern.", "Where did she move?", [MOVED], id="invented name"),
        pytest.param("The flat has 4 rooms.", "How big is the flat?", [MOVED], id="invented number"),
        pytest.param("She moved on 8 May 2023.", "When did she move?", [MOVED], id="invented date"),
        pytest.param(
            "She moved to Bern on 7 May 2023.", "When did she move?", [MOVED], id="date of the saying"
        ),
        pytest.param("My brother is Tim.", "Who is Tim?", [CELLO], id="first person of somebody else"),
        pytest.param("I sold a red bicycle.", "What did I buy?", [MINE], id="turned to you and still new"),
        pytest.param("It cost 34 francs.", "What did it cost?", [MINE], id="a part of a number"),
        pytest.param(
            "Melanie moved to Bern with a dog.", "Where did Melanie move?", [MOVED], id="something new"
        ),
        pytest.param(
            "Melanie did not move to Bern.", "Where did Melanie move?", [MOVED], id="negation added"
        ),
        pytest.param("Ben likes coriander.", "What does Ben like?", [NOT], id="negation dropped"),
        pytest.param("Ben never moved to Bern.", "Where did Melanie move?", [MOVED], id="never"),
        pytest.param("I moved to Bern.", "Where did Melanie move?", [MOVED], id="first person"),
        pytest.param("My brother plays the cello.", "Who plays?", [CELLO], id="first person's brother"),
        pytest.param("You moved to Bern.", "Where did Melanie move?", [MOVED], id="you for somebody else"),
        pytest.param("Ben plays the cello.", "What does Ben play?", [CELLO], id="relation dropped"),
        pytest.param("You play the cello.", "What do I play?", [CELLO], id="relation and person dropped"),
        pytest.param(
            "Melanie moved to Bern. [2]", "Where did Melanie move?", [MOVED], id="mark out of range"
        ),
        pytest.param("Melanie moved to Bern. [0]", "Where did Melanie move?", [MOVED], id="mark of nothing"),
        pytest.param(
            "Melanie moved to Bern. [1, 3]", "Where did Melanie move?", [MOVED], id="one mark of two"
        ),
        pytest.param("Melanie moved.", "Where did Melanie move?", [MOVED], id="says nothing new"),
        pytest.param("It was in May.", "Did she move in May?", [MOVED], id="repeats the question"),
        pytest.param("", "Where did Melanie move?", [MOVED], id="nothing"),
        pytest.param("...", "Where did Melanie move?", [MOVED], id="dots"),
        pytest.param("Yes.", "Did Melanie move to Bern?", [MOVED], id="yes"),
        pytest.param("Melanie moved to Bern.", "Where did Melanie move?", [], id="no memories"),
    ],
)
def test_words_that_do_not_stand(text: str, asked: str, memories: list[Episode]) -> None:
    assert check(text, asked, memories) is None


def test_turned_words_are_no_quotation() -> None:
    checked = check('You said on 7 May 2023: "I bought a red bicycle."', "What did I buy?", [MINE])
    assert checked is not None
    assert checked.text == "You said on 7 May 2023: you bought a red bicycle. [1]"


def test_a_quotation_of_the_person_that_needs_no_turning_stays() -> None:
    checked = check('You said: "a red bicycle for 340 francs."', "What did I buy?", [MINE])
    assert checked is not None
    assert checked.text == 'You said: "a red bicycle for 340 francs." [1]'


def test_each_sentence_cites_the_memory_that_bears_it() -> None:
    checked = check("Tim plays the cello. Melanie moved to Bern.", "Who plays and who moved?", [MOVED, CELLO])
    assert checked is not None
    assert checked.text == "Tim plays the cello. [1] Melanie moved to Bern. [2]"
    assert [(each.n, each.memory_id) for each in checked.citations] == [(1, "m2"), (2, "m1")]


def test_two_sentences_of_one_memory_share_its_number() -> None:
    checked = check("She moved to Bern. The flat has 3 rooms.", "Where did Melanie move?", [CELLO, MOVED])
    assert checked is not None
    assert checked.text == "She moved to Bern. [1] The flat has 3 rooms. [1]"
    assert [each.memory_id for each in checked.citations] == ["m1"]


def test_what_follows_a_sentence_that_falls_is_not_shown() -> None:
    checked = check(
        "Melanie moved to Bern. She has a dog. The flat has 3 rooms.", "Where did Melanie move?", [MOVED]
    )
    assert checked is not None
    assert checked.text == "Melanie moved to Bern. [1]"


def test_a_first_sentence_that_falls_takes_all_with_it() -> None:
    assert check("She has a dog. Melanie moved to Bern.", "Where did Melanie move?", [MOVED]) is None


def test_the_mark_of_the_model_does_not_decide() -> None:
    """It cites the wrong memory; the one that bears the sentence is cited."""
    checked = check("Melanie moved to Bern [1].", "Where did Melanie move?", [CELLO, MOVED])
    assert checked is not None
    assert [each.memory_id for each in checked.citations] == ["m1"]


@pytest.mark.parametrize(
    ("text", "count", "exist"),
    [
        ("[1] [2]", 2, True),
        ("[3]", 2, False),
        ("[1, 2]", 2, True),
        ("[1,9]", 2, False),
        ("none", 0, True),
        ("[0]", 3, False),
    ],
)
def test_marks(text: str, count: int, exist: bool) -> None:
    assert marks_exist(text, count) is exist


WORDS = st.sampled_from(
    "Melanie moved to Bern in May . Tim plays the cello ? [1] [2] [7] Zurich not I 3 4 brother \n".split(" ")
)


@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=25).map(" ".join)))
def test_whatever_a_model_writes_what_is_shown_is_borne(text: str) -> None:
    memories = [MOVED, CELLO]
    checked = check(text, "Where did Melanie move and who plays?", memories)
    if checked is None:
        return
    by_id = {each.memory_id: each for each in memories}
    assert [each.n for each in checked.citations] == list(range(1, len(checked.citations) + 1))
    assert all(each.quote and each.quote in by_id[each.memory_id].text for each in checked.citations)
    assert marks_exist(checked.text, len(checked.citations))
    assert "Zurich" not in checked.text
    assert "[7]" not in checked.text
