"""What cannot both be true: every rule, and what it leaves alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from second_me.core.memory.facts.claims import Fact, Judged, Kept, Stance, Verdict
from second_me.core.memory.facts.contradictions import Why, contradictions, why
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.validity import facts
from tests.core.told import LEARNED, day, told

LIKES, HATES, HOME = Slot.LIKES, Slot.DISLIKES, Slot.HOME


def found(*kept: Kept) -> list[tuple[int, int]]:
    return [(c.first.kept.claim_id, c.second.kept.claim_id) for c in contradictions(facts(kept))]


def kind(*kept: Kept) -> Why | None:
    one, other = sorted(facts(kept), key=lambda fact: fact.kept.claim_id)
    return why(one, other)


def born(number: int, value: str, said: str | None, **more: object) -> Kept:
    return told(number, f"My birthday is {value}.", value, Slot.BIRTHDAY, said, **more)  # type: ignore[arg-type]


def test_two_birthdays() -> None:
    pair = born(1, "3 May", "2020-01-01"), born(2, "4 May", "2023-01-01")
    assert kind(*pair) is Why.UNCHANGING
    assert found(*reversed(pair)) == [(1, 2)]
    assert found(pair[0], born(2, "May 3, 1990", "2023-01-01")) == []
    assert found(pair[0], born(2, "4 May", "2023-01-01", subject="birthday")) == []


def test_blood_relations_do_not_change_and_others_do() -> None:
    sister = told(1, "Nora is my sister.", "sister", Slot.RELATION, "2020-01-01", subject="Nora")
    cousin = told(2, "My cousin Nora called.", "cousin", Slot.RELATION, "2023-01-01", subject="Nora")
    friend = told(2, "My friend Nora called.", "friend", Slot.RELATION, "2023-01-01", subject="Nora")
    fiancee = told(1, "My fiancée Nora called.", "fiancée", Slot.RELATION, "2020-01-01", subject="Nora")
    wife = told(2, "My wife Nora called.", "wife", Slot.RELATION, "2023-01-01", subject="Nora")
    assert kind(sister, cousin) is Why.UNCHANGING
    assert found(sister, friend) == []
    assert found(fiancee, wife) == []
    assert [fact.valid_to for fact in facts([fiancee, wife])] == [day("2023-01-01"), None]


def relation(number: int, name: str, value: str, said: str) -> Kept:
    return told(number, f"My {value} is {name}.", value, Slot.RELATION, said, subject=name)


def test_there_is_one_mother_and_one_partner_at_a_time() -> None:
    ruth, helen = relation(1, "Ruth", "mother", "2020-01-01"), relation(2, "Helen", "mum", "2023-01-01")
    assert kind(ruth, helen) is Why.UNCHANGING
    assert found(ruth, relation(2, "Ruth Keller", "mum", "2023-01-01")) == []
    assert found(ruth, relation(2, "Helen", "mother-in-law", "2023-01-01")) == []
    anna, eva = relation(1, "Anna", "wife", "2020-01-01"), relation(2, "Eva", "wife", "2023-01-01")
    assert [f.valid_to for f in sorted(facts([anna, eva]), key=lambda f: f.kept.claim_id)] == [
        day("2023-01-01"),
        None,
    ]
    assert found(anna, eva) == []
    assert kind(anna, relation(2, "Eva", "wife", "2020-01-01T08:00:00")) is Why.NEAR
    assert (
        found(
            relation(1, "Eva", "girlfriend", "2020-01-01"), relation(2, "Eva", "wife", "2020-01-01T09:00:00")
        )
        == []
    )
    ex = facts([anna, relation(2, "Eva", "ex-wife", "2023-01-01")])
    assert [f.valid_to for f in ex] == [None, None]


def test_never_denies_what_was_before() -> None:
    was = told(
        1, "I had a dog until 2015.", "dog", Slot.PET, "2020-01-01", Stance.ENDED, until=day("2015-01-01")
    )
    never = told(2, "I've never had a dog.", "dog", Slot.PET, "2023-01-01", Stance.DENIED)
    since = told(3, "I've had a dog since 2024.", "dog", Slot.PET, "2025-01-01", since=day("2024-01-01"))
    assert found(was, never) == [(1, 2)]
    assert found(never, since) == []


def test_always_is_before_too() -> None:
    basel = told(1, "I live in Basel.", "Basel", HOME, "2020-01-01")
    used = told(1, "I used to live in Basel.", "Basel", HOME, "2020-01-01", Stance.ENDED)
    always = told(2, "I've always lived in Bern.", "Bern", HOME, "2023-01-01")
    moved = told(3, "I moved to Chur.", "Chur", HOME, "2024-01-01")
    assert kind(basel, always) is kind(used, always) is Why.ALWAYS
    assert found(always, moved) == []
    assert found(told(1, "I always drink tea.", "tea", LIKES, "2020-01-01")) == []


def test_one_thing_liked_and_disliked() -> None:
    love = told(1, "I love olives.", "olives", LIKES, "2020-01-01")
    hate = told(2, "I hate the olives!", "the olives", HATES, "2023-01-01")
    assert kind(love, hate) is Why.TASTE
    assert found(love, told(2, "I hate olives now.", "olives", HATES, "2023-01-01")) == []
    assert found(love, told(2, "I hate capers.", "capers", HATES, "2023-01-01")) == []
    assert found(love, told(2, "Anna hates olives.", "olives", HATES, "2023-01-01", subject="Anna")) == []
    assert found(love, told(2, "I don't hate olives.", "olives", HATES, "2023-01-01", Stance.DENIED)) == []
    assert (
        kind(love, told(2, "I don't like olives.", "olives", LIKES, "2023-01-01", Stance.DENIED)) is Why.TASTE
    )


def test_what_is_denied_and_what_holds() -> None:
    never = told(1, "I have never had a dog.", "dog", Slot.PET, "2020-01-01", Stance.DENIED)
    dog = told(2, "I have a dog.", "dog", Slot.PET, "2023-01-01")
    assert kind(never, dog) is Why.DENIED
    assert found(never, told(2, "We adopted a dog.", "dog", Slot.PET, "2023-01-01")) == []
    assert found(never, told(2, "I have a cat.", "cat", Slot.PET, "2023-01-01")) == []
    assert found(dog, told(3, "I no longer have a dog.", "dog", Slot.PET, "2024-01-01", Stance.ENDED)) == []


def test_times_that_were_told_and_overlap() -> None:
    bern = told(1, "I've lived in Bern since 2015.", "Bern", HOME, "2021-01-01", since=day("2015-01-01"))
    basel = told(2, "I've lived in Basel since 2013.", "Basel", HOME, "2023-01-01", since=day("2013-01-01"))
    later = told(2, "I've lived in Basel since 2022.", "Basel", HOME, "2023-01-01", since=day("2022-01-01"))
    assert kind(bern, basel) is Why.OVERLAP
    assert found(bern, later) == []


def test_nobody_knows_the_order() -> None:
    bern, basel = (told(n, f"I live in {town}.", town, HOME, None) for n, town in ((1, "Bern"), (2, "Basel")))
    assert kind(bern, basel) is Why.ORDER
    in_one = [told(k.claim_id, k.quote, k.value, HOME, None, conversation="talk") for k in (bern, basel)]
    assert found(*in_one) == []
    timed = told(3, "I live in Basel.", "Basel", HOME, "2023-01-01")
    assert kind(bern, timed) is Why.ORDER


def test_a_thing_typed_and_then_said_otherwise() -> None:
    typed = told(1, "I live in Bern.", "Bern", HOME, "2021-01-01", edited=True)
    said = told(2, "I live in Basel.", "Basel", HOME, "2023-01-01")
    assert kind(typed, said) is Why.EDIT
    assert found(typed, told(2, "I moved to Basel.", "Basel", HOME, "2023-01-01")) == []
    typed_later = told(3, "I live in Cork.", "Cork", HOME, "2024-01-01", edited=True)
    assert found(said, typed_later) == []


def test_two_homes_within_a_day() -> None:
    bern = told(1, "I live in Bern.", "Bern", HOME, "2024-06-21T08:00:00")
    assert kind(bern, told(2, "I live in Basel.", "Basel", HOME, "2024-06-21T18:00:00")) is Why.NEAR
    assert found(bern, told(2, "I live in Basel now.", "Basel", HOME, "2024-06-21T18:00:00")) == []
    assert found(bern, told(2, "I live in Basel.", "Basel", HOME, "2024-06-23T18:00:00")) == []


def test_two_values_are_asked_about_once_however_often_they_were_told() -> None:
    kept = [born(n, "3 May" if n % 2 else "4 May", f"202{n}-01-01") for n in range(1, 7)]
    assert len(found(*kept)) == 1
    homes = [
        told(
            n,
            f"I live in {'Bern' if n % 2 else 'Basel'}.",
            "Bern" if n % 2 else "Basel",
            HOME,
            f"2024-06-21T0{n}:00:00",
        )
        for n in range(1, 6)
    ]
    assert len(found(*homes)) == 1


def judged(verdict: Verdict) -> dict[tuple[int, int], Judged]:
    return {(1, 2): Judged(verdict, LEARNED)}


PAIR = [born(1, "3 May", "2020-01-01"), born(2, "4 May", "2023-01-01")]


def asked(kept: list[Kept], verdict: Verdict, days: int = 0) -> list[tuple[Fact, Fact]]:
    verdicts = judged(verdict)
    now = LEARNED + timedelta(days=days)
    return [(c.first, c.second) for c in contradictions(facts(kept, verdicts), verdicts, now)]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_settled_pair_does_not_return(verdict: Verdict) -> None:
    assert asked(PAIR, verdict) == []
    again = born(3, "4 May", "2025-06-01")
    assert asked([*PAIR, again], verdict) == []


def test_later_is_seven_days() -> None:
    assert asked(PAIR, Verdict.LATER, days=6) == []
    assert len(asked(PAIR, Verdict.LATER, days=7)) == 1


def test_both_end_nothing() -> None:
    bern = told(1, "I live in Bern.", "Bern", HOME, "2024-06-21T08:00:00")
    basel = told(2, "I live in Basel.", "Basel", HOME, "2024-06-21T18:00:00")
    assert [f.valid_to for f in facts([bern, basel], judged(Verdict.BOTH))] == [None, None]


def test_the_loser_of_a_home_may_be_said_anew() -> None:
    bern = told(1, "I live in Bern.", "Bern", HOME, "2024-06-21T08:00:00")
    basel = told(2, "I live in Basel.", "Basel", HOME, "2024-06-21T18:00:00")
    back = told(3, "I live in Bern.", "Bern", HOME, "2025-06-21")
    states = [(f.kept.claim_id, f.state.value) for f in facts([bern, basel, back], judged(Verdict.SECOND))]
    assert sorted(states) == [(1, "wrong"), (2, "ended"), (3, "current")]
