"""What is true when: known answers, and laws that hold for any claims."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.memory.facts.claims import Fact, Judged, Kept, Mark, Stance, State, Verdict
from second_me.core.memory.facts.contradictions import contradictions, why
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.validity import at, during, facts, learned_by
from tests.core.told import LEARNED, day, told

HOME, EMPLOYER = Slot.HOME, Slot.EMPLOYER


def shown(found: tuple[Fact, ...]) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (
            fact.kept.value,
            fact.state.value,
            fact.valid_from and fact.valid_from.date().isoformat(),
            fact.valid_to and fact.valid_to.date().isoformat(),
        )
        for fact in found
    ]  # type: ignore[misc]


def bern(said: str | None = "2021-04-01", number: int = 1, **more: object) -> Kept:
    return told(number, "I live in Bern.", "Bern", HOME, said, **more)  # type: ignore[arg-type]


def basel(said: str | None = "2023-04-01", number: int = 2, **more: object) -> Kept:
    return told(number, "I live in Basel.", "Basel", HOME, said, **more)  # type: ignore[arg-type]


def test_a_new_value_ends_the_old_one_and_both_stay() -> None:
    found = facts([bern(), basel()])
    assert shown(found) == [
        ("Bern", "ended", "2021-04-01", "2023-04-01"),
        ("Basel", "current", "2023-04-01", None),
    ]
    assert found[0].ended_by == 2


def test_what_was_true_when() -> None:
    found = facts([bern(), basel()])
    assert [f.kept.value for f in at(found, day("2022-01-01"))] == ["Bern"]
    assert [f.kept.value for f in at(found, day("2023-04-01"))] == ["Basel"]
    assert [f.kept.value for f in at(found, day("2020-01-01"))] == []
    assert [f.kept.value for f in during(found, day("2023-01-01"), day("2023-12-31"))] == ["Bern", "Basel"]


def test_telling_it_again_is_one_fact_since_the_first_time() -> None:
    found = facts(
        [
            bern("2022-01-01", 1),
            bern("2021-01-01", 2),
            told(3, "I live in  BERN!", "BERN!", HOME, "2023-01-01"),
        ]
    )
    assert shown(found) == [("Bern", "current", "2021-01-01", None)]
    assert [kept.claim_id for kept in found[0].claims] == [2, 1, 3]
    assert not found[0].confirmed


def test_moving_back_is_a_second_stay() -> None:
    found = facts([bern("2019-01-01", 1), basel("2020-01-01"), bern("2021-01-01", 3)])
    assert shown(found) == [
        ("Bern", "ended", "2019-01-01", "2020-01-01"),
        ("Basel", "ended", "2020-01-01", "2021-01-01"),
        ("Bern", "current", "2021-01-01", None),
    ]


def test_later_news_of_an_earlier_time_slots_in_before() -> None:
    late = told(3, "I worked at Novartis since 2015.", "Novartis", EMPLOYER, "2024-01-01", since=day("2015-06-01"),
                until=day("2018-01-01"))  # fmt: skip
    now = told(4, "I work at Roche.", "Roche", EMPLOYER, "2020-01-01")
    assert shown(facts([now, late])) == [
        ("Novartis", "ended", "2015-06-01", "2018-01-01"),
        ("Roche", "current", "2020-01-01", None),
    ]


def test_what_was_told_as_a_month_begins_after_what_was_still_so_in_it() -> None:
    moved = told(2, "I moved to Basel last month.", "Basel", HOME, "2023-02-03", since=day("2023-01-01"))
    found = facts([bern("2023-01-15"), moved])
    assert shown(found) == [
        ("Bern", "ended", "2023-01-15", "2023-01-15"),
        ("Basel", "current", "2023-01-15", None),
    ]
    assert contradictions(found) == ()


def test_an_end_that_was_told() -> None:
    works = told(1, "I work at Lidl.", "Lidl", EMPLOYER, "2021-01-01")
    left = told(2, "I don't work at Lidl any more.", "Lidl", EMPLOYER, "2023-01-01", Stance.ENDED)
    found = facts([works, left])
    assert shown(found) == [("Lidl", "ended", "2021-01-01", "2023-01-01")]
    assert found[0].ended_by == 2
    again = told(3, "I work at Lidl.", "Lidl", EMPLOYER, "2024-01-01")
    assert shown(facts([works, left, again]))[1] == ("Lidl", "current", "2024-01-01", None)


def test_what_is_known_only_by_its_end() -> None:
    used_to = told(1, "I used to live in Turin.", "Turin", HOME, "2021-01-01", Stance.ENDED)
    found = facts([used_to, basel()])
    assert shown(found) == [("Basel", "current", "2023-04-01", None), ("Turin", "ended", None, "2021-01-01")]
    assert [f.kept.value for f in at(found, day("2015-01-01"))] == ["Turin"]


def test_an_end_in_the_future_has_not_come() -> None:
    rome = told(
        1,
        "I live in Rome until June.",
        "Rome",
        HOME,
        "2024-01-01",
        since=day("2024-01-01"),
        until=day("2024-06-01"),
    )
    assert facts([rome], now=day("2024-03-01"))[0].state is State.CURRENT
    assert facts([rome], now=day("2024-06-01"))[0].state is State.ENDED


def test_a_correction_makes_the_last_value_wrong_and_no_other() -> None:
    porto = told(3, "I live in Porto.", "Porto", HOME, "2024-06-21T08:00:00", conversation="talk")
    faro = told(
        4, "No, I live in Faro.", "Faro", HOME, "2024-06-21T08:00:00", conversation="talk", corrects=True
    )
    assert shown(facts([bern(), porto, faro])) == [
        ("Bern", "ended", "2021-04-01", "2024-06-21"),
        ("Porto", "wrong", "2024-06-21", None),
        ("Faro", "current", "2024-06-21", None),
    ]


def test_a_correction_of_one_of_many_means_what_was_told_just_before() -> None:
    tea = told(1, "I like tea.", "tea", Slot.LIKES, "2024-06-21T07:00:00", conversation="talk")
    oil = told(2, "I like oil.", "oil", Slot.LIKES, "2024-06-21T08:00:00", conversation="talk")
    olives = told(
        3, "No, olives.", "olives", Slot.LIKES, "2024-06-21T08:01:00", conversation="talk", corrects=True
    )
    states = {f.kept.value: f.state.value for f in facts([tea, oil, olives])}
    assert states == {"tea": "current", "oil": "wrong", "olives": "current"}


def test_what_the_person_confirmed_after_a_correction_is_not_wrong() -> None:
    porto = told(
        1, "I live in Porto.", "Porto", HOME, "2024-06-21", marks=((Mark.CONFIRMED, LEARNED + timedelta(1)),)
    )
    faro = told(2, "No, I live in Faro.", "Faro", HOME, "2024-06-22", corrects=True)
    assert [f.state for f in facts([porto, faro])] == [State.CURRENT, State.CURRENT]


def test_marks() -> None:
    assert shown(facts([bern(marks=((Mark.WRONG, LEARNED),))]))[0][1] == "wrong"
    assert shown(facts([bern(marks=((Mark.ENDED, day("2022-01-01")),))]))[0] == (
        "Bern",
        "ended",
        "2021-04-01",
        "2022-01-01",
    )
    assert facts([bern(marks=((Mark.CONFIRMED, LEARNED),))])[0].confirmed


def test_what_the_person_typed_is_ended_by_change_alone() -> None:
    typed = bern(edited=True)
    assert [f.state for f in facts([typed, basel()])] == [State.CURRENT, State.CURRENT]
    moved = told(3, "I moved to Basel.", "Basel", HOME, "2023-04-01")
    assert [f.state for f in facts([typed, moved])] == [State.ENDED, State.CURRENT]
    assert [f.state for f in facts([typed, basel(edited=True)])] == [State.ENDED, State.CURRENT]
    assert [f.state for f in facts([basel("2020-01-01"), typed])] == [State.ENDED, State.CURRENT]


def test_unknown_times() -> None:
    assert shown(facts([bern(None)])) == [("Bern", "current", None, None)]
    assert shown(facts([bern(None), bern("2021-01-01", 2)])) == [("Bern", "current", "2021-01-01", None)]
    both = facts([bern(None), basel(None)])
    assert [f.state for f in both] == [State.CURRENT, State.CURRENT]
    told_in_order = facts([bern(None, conversation="a"), basel(None, conversation="a")])
    assert [(f.kept.value, f.state.value) for f in told_in_order] == [("Bern", "ended"), ("Basel", "current")]
    assert [f.kept.value for f in at(told_in_order, day("2022-01-01"))] == ["Basel"]


def test_qualifiers_and_people_stand_beside_each_other() -> None:
    from second_me.core.memory.facts.claims import Qualifier

    work = told(1, "Work: 030 12345", "030 12345", Slot.TEL, "2021-01-01", qualifier=Qualifier.WORK)
    home = told(2, "Home: 030 99999", "030 99999", Slot.TEL, "2022-01-01", qualifier=Qualifier.HOME)
    anna = told(3, "Anna: 030 77777", "030 77777", Slot.TEL, "2023-01-01", subject="Anna")
    assert [f.state for f in facts([work, home, anna])] == [State.CURRENT] * 3


def test_two_values_told_in_one_breath_stand_beside_each_other_until_another_comes() -> None:
    text = "My numbers are 030 11111 and 030 22222."
    both = [
        told(n, text, value, Slot.TEL, "2021-01-01", memory="m", conversation="talk")
        for n, value in ((1, "030 11111"), (2, "030 22222"))
    ]
    assert [f.state for f in facts(both)] == [State.CURRENT] * 2
    assert contradictions(facts(both)) == ()
    other = told(3, "My number is 030 33333.", "030 33333", Slot.TEL, "2022-01-01")
    assert [f.state for f in facts([*both, other])] == [State.ENDED, State.ENDED, State.CURRENT]
    untimed = [
        told(n, text, value, Slot.TEL, None, memory="m", conversation="talk")
        for n, value in ((1, "030 11111"), (2, "030 22222"))
    ]
    assert [f.state for f in facts(untimed)] == [State.CURRENT] * 2
    born = [
        told(n, "3 May or 4 May", value, Slot.BIRTHDAY, "2021-01-01", memory="m")
        for n, value in ((1, "3 May"), (2, "4 May"))
    ]
    assert len(contradictions(facts(born))) == 1


def test_what_never_changes_has_no_beginning() -> None:
    born = told(1, "My birthday is 3 May.", "3 May", Slot.BIRTHDAY, "2023-01-01")
    found = facts([born])
    assert shown(found) == [("3 May", "current", None, None)]
    assert at(found, day("1999-01-01")) == found


def test_what_was_known_then() -> None:
    assert learned_by([bern()], LEARNED - timedelta(1)) == []
    assert learned_by([bern()], LEARNED) == [bern()]


def test_a_verdict_counts_for_all_that_told_the_same_before_it() -> None:
    kept = [
        told(1, "My birthday is 3 May.", "3 May", Slot.BIRTHDAY, "2021-01-01"),
        told(2, "Born on 3 May.", "3 May", Slot.BIRTHDAY, "2022-01-01"),
        told(3, "My birthday is 4 May.", "4 May", Slot.BIRTHDAY, "2023-01-01"),
    ]
    found = facts(kept, {(1, 3): Judged(Verdict.SECOND, LEARNED)})
    assert [(f.kept.value, f.state.value) for f in found] == [("3 May", "wrong"), ("4 May", "current")]
    assert len(found[0].claims) == 2
    assert [f.state for f in facts(kept[:2], {(1, 3): Judged(Verdict.SECOND, LEARNED)})] == [State.CURRENT]


# --- laws -------------------------------------------------------------------------------------------------------

TOWNS = ("Aachen", "Bern", "Cork")
DAYS = st.integers(0, 20).map(lambda n: datetime(2020, 1, 3) + timedelta(days=100 * n))


@st.composite
def claims(draw: st.DrawFn, slot: Slot = HOME, edits: bool = True) -> list[Kept]:
    made = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        said = draw(st.none() | DAYS)
        since = draw(st.none() | DAYS)
        if since is not None and said is not None and since > said:
            since = None
        until = draw(st.none() | DAYS) if since is not None else None
        if until is not None and (until < since or (said is not None and until > said)):  # type: ignore[operator]
            until = None
        stance = draw(st.sampled_from([Stance.HOLDS] * 4 + [Stance.ENDED, Stance.DENIED]))
        value = draw(st.sampled_from(TOWNS))
        made.append(
            told(
                number,
                f"It is {value}.",
                value,
                slot,
                said.isoformat() if said else None,
                stance,
                since=since,
                until=until,
                corrects=draw(st.integers(0, 9)) == 0 and stance is Stance.HOLDS,
                edited=edits and draw(st.integers(0, 5)) == 0,
                conversation=f"talk-{draw(st.integers(0, 2))}",
            )
        )
    return made


def brief(kept: list[Kept]) -> str:
    return "\n".join(
        f"{k.claim_id} {k.value} {k.claim.stance} said {k.said_at} since {k.claim.since} until {k.claim.until}"
        f" corrects {k.claim.corrects} edited {k.edited} in {k.conversation}"
        for k in kept
    )


def overlap(one: Fact, other: Fact) -> bool:
    if one.valid_from is None or other.valid_from is None:
        return False
    ends = [datetime.max if f.valid_to is None else f.valid_to for f in (one, other)]
    return max(one.valid_from, other.valid_from) < min(ends)


def meaning(found: tuple[Fact, ...]) -> list[object]:
    return [
        (f.kept.claim_id, f.state, f.valid_from, f.valid_to, f.ended_by, sorted(k.claim_id for k in f.claims))
        for f in found
    ]


@settings(max_examples=150, deadline=None)
@given(claims())
def test_intervals_of_one_line_overlap_only_where_they_contradict_each_other(kept: list[Kept]) -> None:
    found = [f for f in facts(kept) if f.state is not State.WRONG and not f.denied]
    for one, other in combinations(
        sorted(found, key=lambda f: (f.kept.said_at or datetime.max, f.kept.seq)), 2
    ):
        if overlap(one, other):
            assert one.kept.value != other.kept.value, brief(kept)
            assert why(one, other) is not None


@settings(max_examples=80, deadline=None)
@given(claims(), st.randoms())
def test_the_order_of_learning_makes_no_difference(kept: list[Kept], shuffle: random.Random) -> None:
    mixed = list(kept)
    shuffle.shuffle(mixed)
    assert meaning(facts(mixed)) == meaning(facts(kept))
    assert {(c.first.kept.claim_id, c.second.kept.claim_id) for c in contradictions(facts(mixed))} == {
        (c.first.kept.claim_id, c.second.kept.claim_id) for c in contradictions(facts(kept))
    }


@settings(max_examples=80, deadline=None)
@given(claims(edits=False))
def test_without_the_claim_that_ended_it_a_fact_goes_on(kept: list[Kept]) -> None:
    found = facts(kept)
    wrong = {each.claim_id for fact in found if fact.state is State.WRONG for each in fact.claims}
    for fact in found:
        if fact.ended_by is None or fact.state is not State.ENDED or fact.valid_to is None:
            continue
        rest = [each for each in kept if each.claim_id != fact.ended_by]
        after = next(f for f in facts(rest) if fact.kept.claim_id in {k.claim_id for k in f.claims})
        assert after.ended_by != fact.ended_by
        if after.state is not State.WRONG and after.ended_by not in wrong:  # what it corrected counts again
            assert after.valid_to is None or after.valid_to >= fact.valid_to, (brief(kept), fact.ended_by)


@settings(max_examples=80, deadline=None)
@given(claims(slot=Slot.LIKES))
def test_every_claim_tells_exactly_one_fact_or_the_end_of_one(kept: list[Kept]) -> None:
    found = facts(kept)
    told_by = [k.claim_id for f in found for k in f.claims]
    assert len(told_by) == len(set(told_by))
    ends = {f.ended_by for f in found}
    for each in kept:
        assert each.claim_id in told_by or (each.claim.stance is Stance.ENDED and ends)


@settings(max_examples=80, deadline=None)
@given(claims())
def test_a_stretch_never_ends_before_it_begins_and_what_is_over_is_not_current(kept: list[Kept]) -> None:
    for fact in facts(kept):
        if fact.valid_from is not None and fact.valid_to is not None:
            assert fact.valid_from <= fact.valid_to
        if fact.state is State.CURRENT:
            assert fact.valid_to is None


@pytest.mark.parametrize("when", ["2020-06-01", "2022-06-01", "2024-06-01"])
@settings(max_examples=30, deadline=None)
@given(kept=claims())
def test_at_a_time_one_value_unless_it_is_contradicted(when: str, kept: list[Kept]) -> None:
    found = facts(kept)
    now = [f for f in at(found, day(when)) if f.valid_from is not None]
    if len({f.kept.value for f in now}) > 1:
        assert contradictions(found)
