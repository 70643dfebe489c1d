"""Answers from facts, over episodes of a real vault: what holds, what held, what is disputed, what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.app.service.fact_wording import fact_text
from second_me.core.memory.facts.claims import Defined, Qualifier, Stance, State
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import Scope
from second_me.core.recall.found import Found
from second_me.core.twin.answers import Answer, MessageId, Source
from second_me.core.twin.fact_answers import FactAnswers
from tests.core.shelf import Shelf
from tests.storage.conftest import make

NOW = datetime(2024, 6, 15, 12)
D2019, D2021, D2024 = datetime(2019, 3, 1), datetime(2021, 8, 9, 10), datetime(2024, 6, 1)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    kit = make(tmp_path)
    yield Shelf(kit)
    kit.vault.close()


def ask(shelf: Shelf, question: str, scope: Scope | None = None) -> Answer | None:
    return FactAnswers(shelf, shelf.kit.episodes, shelf.listing).answer(question, NOW, scope or Scope())


def told(shelf: Shelf, question: str) -> tuple[MessageId | None, str]:
    answer = ask(shelf, question)
    assert answer is not None
    assert answer.source is Source.MEMORIES
    assert [each.n for each in answer.citations] == list(range(1, len(answer.citations) + 1))
    for cited in answer.citations:
        episode = shelf.kit.episodes.get(cited.memory_id)
        assert episode is not None
        assert cited.quote in episode.text
    assert [item.episode.memory_id for item in answer.considered] == list(
        dict.fromkeys(each.memory_id for each in answer.citations)
    )
    return answer.message, fact_text(answer)


def moved(shelf: Shelf) -> None:
    bern = shelf.tell(
        "I have lived in Bern since 2019.", Slot.HOME, "Bern", D2019, since=datetime(2019, 1, 1)
    )
    shelf.tell("I moved to Utrecht this month.", Slot.HOME, "Utrecht", D2024, since=D2024)
    shelf.end(bern, D2024)


def test_what_holds_now_is_told_with_its_source_and_since_when(shelf: Shelf) -> None:
    moved(shelf)
    assert told(shelf, "Where do I live?") == (MessageId.FACT, "You live in Utrecht [1], since June 2024.")


def test_when_it_was_said_is_told_where_nothing_says_since_when(shelf: Shelf) -> None:
    shelf.tell("I work at Spotify.", Slot.EMPLOYER, "Spotify", D2021)
    assert told(shelf, "Where do I work?")[1] == "You work at Spotify [1], as you said on 9 August 2021."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Where did I live in 2021?", "You lived in Bern [1], from 2019 until June 2024."),
        ("Where did I live before?", "You lived in Bern [1], from 2019 until June 2024."),
        ("Where did I live before 2020?", "You lived in Bern [1], from 2019 until June 2024."),
        (
            "Where did I live in 2024?",
            "You lived in Utrecht [1], since June 2024.\nYou lived in Bern [2], from 2019 until June 2024.",
        ),
    ],
)
def test_what_held_then_is_told_with_its_times(shelf: Shelf, question: str, text: str) -> None:
    moved(shelf)
    assert told(shelf, question) == (MessageId.FACT_WAS, text)


def test_of_a_time_before_everything_nothing_is_told(shelf: Shelf) -> None:
    moved(shelf)
    assert ask(shelf, "Where did I live in 2015?") is None
    assert ask(shelf, "What was my address in 1990?") is None


def test_what_only_ended_is_told_with_its_end(shelf: Shelf) -> None:
    job = shelf.tell("I work as a nurse.", Slot.JOB, "nurse", D2021)
    shelf.end(job, D2024)
    assert told(shelf, "What's my job?") == (
        MessageId.FACT_ENDED,
        "Your job was: nurse [1], until June 2024. Of now I know nothing.",
    )


def test_several_values_stand_beside_each_other(shelf: Shelf) -> None:
    shelf.tell("I am allergic to nuts.", Slot.ALLERGY, "nuts", D2019)
    shelf.tell("I'm allergic to penicillin.", Slot.ALLERGY, "penicillin", D2021)
    shelf.tell("I'm allergic to Nuts.", Slot.ALLERGY, "Nuts", D2019)
    message, text = told(shelf, "What am I allergic to?")
    assert message is MessageId.FACT_SEVERAL
    assert text == "You are allergic to penicillin [1], nuts [2]."


def test_qualifiers_tell_values_apart(shelf: Shelf) -> None:
    shelf.tell("My work number is 030 111111.", Slot.TEL, "030 111111", D2019, qualifier=Qualifier.WORK)
    shelf.tell("My mobile is 0176 222222.", Slot.TEL, "0176 222222", D2021, qualifier=Qualifier.MOBILE)
    assert told(shelf, "What's my phone number?")[1] == (
        "Your phone number: 0176 222222 (mobile) [1], 030 111111 (work) [2]."
    )
    assert told(shelf, "What's my work number?")[1].startswith("Your phone number: 030 111111 (work) [1]")


def test_a_street_is_told_with_its_town(shelf: Shelf) -> None:
    text = "My address is Kerkstraat 5, 3511 AB Utrecht."
    street = shelf.tell(text, Slot.STREET_ADDRESS, "Kerkstraat 5", D2021)
    episode = shelf.kit.episodes.get(street.kept.memory_id)
    shelf.tell(text, Slot.POSTAL_CODE, "3511 AB", D2021, episode=episode)
    home = shelf.tell(text, Slot.HOME, "Utrecht", D2021, episode=episode)
    assert told(shelf, "What's my address?")[1] == (
        "Your address: Kerkstraat 5 [1], 3511 AB [1], Utrecht [1], as you said on 9 August 2021."
    )
    shelf.end(home, D2024)
    shelf.tell("I moved to Bern.", Slot.HOME, "Bern", D2024)
    assert told(shelf, "What's my address?")[1] == "You live in Bern [1], as you said on 1 June 2024."


def test_others_are_told_of_by_name_and_by_relation(shelf: Shelf) -> None:
    shelf.tell("My sister Anna is nice.", Slot.RELATION, "sister", D2019, subject="Anna")
    shelf.tell("Anna's birthday is May 3.", Slot.BIRTHDAY, "May 3", D2021, subject="Anna")
    shelf.tell("Anna works at Zalando.", Slot.EMPLOYER, "Zalando", D2024, subject="Anna")
    assert told(shelf, "Who is Anna?")[1] == "Anna is your sister [1]."
    assert told(shelf, "When is my sister's birthday?")[1] == "Anna's birthday: May 3 [1]."
    assert told(shelf, "where does anna work")[1] == "Anna works at Zalando [1], as you said on 1 June 2024."
    assert ask(shelf, "Where does Tom work?") is None
    assert ask(shelf, "When is my brother's birthday?") is None


def test_two_sisters_are_not_one(shelf: Shelf) -> None:
    shelf.tell("My sister Anna is nice.", Slot.RELATION, "sister", D2019, subject="Anna")
    shelf.tell("My sister Zoe is nice.", Slot.RELATION, "sister", D2019, subject="Zoe")
    shelf.tell("Anna's birthday is May 3.", Slot.BIRTHDAY, "May 3", D2021, subject="Anna")
    assert ask(shelf, "When is my sister's birthday?") is None
    assert told(shelf, "When is my sister Anna's birthday?")[1] == "Anna's birthday: May 3 [1]."


def test_a_pet_is_found_by_its_kind(shelf: Shelf) -> None:
    shelf.tell("My dog's name is Rex.", Slot.PET, "Rex", D2019)
    shelf.tell("We have a kitten called Mochi.", Slot.PET, "Mochi", D2021)
    assert told(shelf, "What's my dog's name?")[1] == "Your pets: Rex [1], as you said on 1 March 2019."
    assert told(shelf, "Do I have any pets?")[1] == "Your pets: Mochi [1], Rex [2]."
    assert told(shelf, "What is my cat called?")[1].startswith("Your pets: Mochi [1]")
    assert ask(shelf, "Do I have a parrot?") is None
    shelf.tell("We adopted a rabbit, she is called Biscuit.", Slot.PET, "rabbit", D2024)
    assert ask(shelf, "What's my rabbit's name?") is None  # recall knows the sentence
    assert told(shelf, "Do I have a rabbit?")[1].startswith("Your pets: rabbit [1]")


def test_a_thing_is_found_by_what_is_done_with_it(shelf: Shelf) -> None:
    shelf.tell("I drive a Volvo V60.", Slot.OWNS, "Volvo V60", D2019)
    shelf.tell("I own a sailboat.", Slot.OWNS, "sailboat", D2021)
    assert told(shelf, "What car do I drive?")[1] == "You own Volvo V60 [1], as you said on 1 March 2019."
    assert ask(shelf, "Do I own a piano?") is None


def test_both_sides_of_a_contradiction_are_told_and_asked_about_once(shelf: Shelf) -> None:
    first = shelf.tell("I was born in 1990.", Slot.BIRTHDAY, "1990", D2019)
    second = shelf.tell("I was born in 1991.", Slot.BIRTHDAY, "1991", D2021)
    shelf.dispute(first, second)
    both = (
        "You told me two things: “I was born in 1990.” [1], 1 March 2019; "
        "and “I was born in 1991.” [2], 9 August 2021."
    )
    assert told(shelf, "When is my birthday?") == (MessageId.FACT_DISPUTED, f"{both} Which is right?")
    again = FactAnswers(shelf, shelf.kit.episodes, tuple, lambda _: True)
    answer = again.answer("When is my birthday?", NOW, Scope())
    assert answer is not None
    assert fact_text(answer) == both


def test_a_dispute_of_one_of_several_stands_behind_them(shelf: Shelf) -> None:
    shelf.tell("I love jazz.", Slot.LIKES, "jazz", D2019)
    likes = shelf.tell("I love olives.", Slot.LIKES, "olives", D2019)
    shelf.dispute(likes, shelf.tell("I hate olives.", Slot.DISLIKES, "olives", D2021))
    message, text = told(shelf, "What do I like?")
    assert message is MessageId.FACT_SEVERAL
    assert text.startswith("You like jazz [1], olives [2].\n\nYou told me two things: “I love olives.” [2]")


def test_what_was_corrected_or_denied_is_never_told(shelf: Shelf) -> None:
    wrong = shelf.tell("My number is 030 111111.", Slot.TEL, "030 111111", D2019)
    shelf.tell("I have never had a dog.", Slot.PET, "dog", D2019, stance=Stance.DENIED)
    shelf.correct(wrong, None)
    assert ask(shelf, "What's my phone number?") is None
    assert ask(shelf, "Do I have a dog?") is None
    shelf.tell("No, it is 030 222222.", Slot.TEL, "030 222222", D2021)
    assert "222222 [1]" in told(shelf, "What's my phone number?")[1]


def test_the_scope_of_a_search_holds(shelf: Shelf) -> None:
    fact = shelf.tell("I live in Bern.", Slot.HOME, "Bern", D2021, conversation="talk/one")
    assert ask(shelf, "Where do I live?", Scope(conversation="talk/one")) is not None
    assert ask(shelf, "Where do I live?", Scope(conversation="talk/two")) is None
    assert ask(shelf, "Where do I live?", Scope(exclude=frozenset({fact.kept.memory_id}))) is None
    assert ask(shelf, "Where do I live?", Scope(after=D2024)) is None


def test_the_persons_own_words_are_read_as_what_they_mean(shelf: Shelf) -> None:
    shelf.tell("Anna's phone number is 030 5.", Slot.TEL, "030 5", D2021, subject="Anna")
    assert ask(shelf, "What's Bug's phone number?") is None
    shelf.own_words.append(Defined("Bug", "Anna", "m1", None))
    assert told(shelf, "What's Bug's phone number?")[1].startswith("Anna's phone number: 030 5 [1]")


def test_others_are_told_only_what_they_may_know(shelf: Shelf) -> None:
    shelf.tell("My name is Elke Brandt.", Slot.NAME, "Elke Brandt", D2019)
    shelf.tell("I live in Bern.", Slot.HOME, "Bern", D2019)
    shelf.tell("I'm allergic to nuts.", Slot.ALLERGY, "nuts", D2019)
    shelf.tell("My therapist Ruth is kind.", Slot.RELATION, "therapist", D2019, subject="Ruth")
    shelf.tell("Ruth lives in Thun.", Slot.HOME, "Thun", D2019, subject="Ruth")
    answers = FactAnswers(shelf, shelf.kit.episodes)

    def others(question: str) -> str | None:
        found = answers.answer(
            question, NOW, Scope(), lambda fact: fact.kept.claim.slot in (Slot.NAME, Slot.HOME), asker=False
        )
        return fact_text(found, "Elke") if found else None

    assert others("Where do you live?") == "Elke lives in Bern [1], as said on 1 March 2019."
    assert others("Where does Elke live?") == "Elke lives in Bern [1], as said on 1 March 2019."
    assert others("What are you allergic to?") is None
    assert others("Where does your therapist live?") is None  # not even who that is
    assert others("Where do I live?") is None


def test_a_contradiction_of_which_one_side_is_secret_is_none(shelf: Shelf) -> None:
    first = shelf.tell("I was born in 1990.", Slot.BIRTHDAY, "1990", D2019)
    second = shelf.tell("I was born in 1991.", Slot.BIRTHDAY, "1991", D2021)
    shelf.dispute(first, second)
    found = FactAnswers(shelf, shelf.kit.episodes).answer(
        "When were you born?",
        NOW,
        Scope(),
        lambda fact: fact.kept.claim_id == first.kept.claim_id,
        asker=False,
    )
    assert found is not None
    assert [fact.kept.value for fact in found.facts] == ["1990"]
    assert found.disputes == ()
    assert len(found.citations) == 1


class TestSettled:
    """What recall found, in the light of corrections."""

    def found(self, shelf: Shelf, memory_id: str, score: float, strength: float = 0.8) -> Found:
        episode = shelf.kit.episodes.get(memory_id)
        assert episode is not None
        return Found(episode, score, strength, ("words",), episode.text)

    def test_the_corrected_one_sinks_behind_what_corrected_it(self, shelf: Shelf) -> None:
        wrong = shelf.tell("I live in Bern.", Slot.HOME, "Bern", D2019)
        other = shelf.kit.say("The weather in Bern was fine.", "talk-1", 5)
        right = shelf.tell("No, I live in Thun.", Slot.HOME, "Thun", D2021)
        shelf.correct(wrong, right)
        memories = [wrong.kept.memory_id, other.memory_id, right.kept.memory_id]
        answers = FactAnswers(shelf, shelf.kit.episodes)
        for last in (2, 3):  # also where recall did not find what corrected it
            found = [self.found(shelf, each, 3 - at) for at, each in enumerate(memories[:last])]
            settled = answers.settled(found, "In which lovely place is my home?", NOW)
            assert [item.episode.memory_id for item in settled] == [memories[2], memories[1], memories[0]]
            assert settled[0].strength >= 0.8
            assert settled[-1].strength < 0.5

    def test_a_memory_that_says_something_else_too_stays(self, shelf: Shelf) -> None:
        text = "I live in Bern and love cheese."
        wrong = shelf.tell(text, Slot.HOME, "Bern", D2019)
        episode = shelf.kit.episodes.get(wrong.kept.memory_id)
        shelf.tell(text, Slot.LIKES, "cheese", D2019, episode=episode)
        shelf.correct(wrong, None)
        found = [self.found(shelf, wrong.kept.memory_id, 1)]
        answers = FactAnswers(shelf, shelf.kit.episodes)
        assert answers.settled(found, "What do I think of cheese?", NOW) == found
        assert answers.settled(found, "Where do I live?", NOW) == [replace(found[0], strength=0.3)]

    def test_without_corrections_nothing_changes(self, shelf: Shelf) -> None:
        fact = shelf.tell("I live in Bern.", Slot.HOME, "Bern", D2019)
        found = [self.found(shelf, fact.kept.memory_id, 1)]
        assert FactAnswers(shelf, shelf.kit.episodes).settled(found, "Where do I live?", NOW) == found


QUESTIONS = (
    "Where do I live?", "Where did I live before?", "Where did I live in 2021?", "What do I like?", "Who is Anna?",
    "Where does my sister live?", "What's my phone number?", "When is my birthday?",
)  # fmt: skip
TEXTS = (
    ("I live in Bern.", Slot.HOME, "Bern", "me"), ("I live in Thun.", Slot.HOME, "Thun", "me"),
    ("I like jazz.", Slot.LIKES, "jazz", "me"), ("My number is 030 111.", Slot.TEL, "030 111", "me"),
    ("Anna lives in Cork.", Slot.HOME, "Cork", "Anna"), ("My sister Anna called.", Slot.RELATION, "sister", "Anna"),
    ("I was born in 1990.", Slot.BIRTHDAY, "1990", "me"), ("I was born in 1991.", Slot.BIRTHDAY, "1991", "me"),
)  # fmt: skip


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kit = make(tmp_path_factory.mktemp("crowded"))
    shelf = Shelf(kit)
    for text, slot, value, subject in TEXTS:
        shelf.tell(text, slot, value, D2019, subject=subject)
    shelf.dispute(shelf.facts[0], shelf.facts[1])
    shelf.dispute(shelf.facts[6], shelf.facts[7])
    yield shelf
    kit.vault.close()


@given(
    question=st.sampled_from(QUESTIONS),
    states=st.lists(st.sampled_from(State), min_size=len(TEXTS), max_size=len(TEXTS)),
    may=st.frozensets(st.integers(1, len(TEXTS))),
)
def test_nothing_wrong_and_nothing_that_is_not_cleared_is_ever_told(
    crowded: Shelf, question: str, states: list[State], may: frozenset[int]
) -> None:
    shelf = Shelf(crowded.kit, [replace(f, state=s) for f, s in zip(crowded.facts, states, strict=True)])
    for each in crowded.disputed:
        first, second = (shelf.get(side.kept.claim_id) for side in (each.first, each.second))
        assert first is not None
        assert second is not None
        if State.WRONG not in (first.state, second.state):  # as the book does
            shelf.dispute(first, second)
    answers = FactAnswers(shelf, shelf.kit.episodes)
    found = answers.answer(question, NOW, Scope(), lambda fact: fact.kept.claim_id in may)
    if found is None:
        return
    told = [*found.facts, *(side for each in found.disputes for side in (each.first, each.second))]
    assert told
    assert all(fact.state is not State.WRONG and fact.kept.claim_id in may for fact in told)
    assert {each.memory_id for each in found.citations} == {fact.kept.memory_id for fact in told}
    assert fact_text(found)
