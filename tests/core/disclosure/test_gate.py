"""What the gate lets through, to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.disclosure.gate import Gate, Hand, Place, Reason, Rules, episode_cleared, episode_level
from second_me.core.disclosure.levels import (
    DEFAULTS,
    OTHERS,
    Audience,
    Clearance,
    Sensitivity,
    Topic,
)
from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.memory.facts.claims import Fact, State
from second_me.core.memory.facts.slots import Slot
from tests.core.disclosure.made import fact

ME, PARTNER, FAMILY, COLLEAGUE, SHOP, STRANGER, PROGRAM = Audience

NAME = fact(Slot.NAME, "Nora Eik")
JOB = fact(Slot.JOB, "baker", "I am a baker.")
HOME = fact(Slot.HOME, "Bern", "I live in Bern.")
STREET = fact(Slot.STREET_ADDRESS, "Gasse 12")
TEL = fact(Slot.TEL, "030 1234")
ASTHMA = fact(Slot.HEALTH, "asthma", "I have asthma.")
TITLE = fact(Slot.ORGANIZATION_TITLE, "Head of Bread")
SECRET = fact(Slot.PLAN, "quit", "Nobody knows that I am going to quit.")
SISTER = fact(Slot.RELATION, "sister", "My sister Ada bakes too.", subject="Ada")
ADAS_HOME = fact(Slot.HOME, "Ghent", "Ada lives in Ghent.", subject="Ada")
TOMS_HOME = fact(Slot.HOME, "Lyon", "Tom lives in Lyon.", subject="Tom")
ALL = (NAME, JOB, HOME, STREET, TEL, ASTHMA, TITLE, SECRET, SISTER, ADAS_HOME, TOMS_HOME)


def told(audience: Audience, rules: Rules | None = None, facts: tuple[Fact, ...] = ALL) -> set[str]:
    gate = Gate(facts, [audience], rules or Rules())
    return {each.kept.value for each in facts if gate(each)}


def test_the_defaults() -> None:
    assert told(ME) == {each.kept.value for each in ALL}
    assert told(PARTNER) == told(ME) - {"quit"}
    assert told(FAMILY) == {
        "Nora Eik",
        "baker",
        "Bern",
        "Gasse 12",
        "030 1234",
        "Head of Bread",
        "sister",
        "Ghent",
    }
    assert told(COLLEAGUE) == {"Nora Eik", "baker", "Bern", "030 1234", "Head of Bread"}
    assert told(SHOP) == {"Nora Eik", "Bern", "Gasse 12", "030 1234"}
    assert told(STRANGER) == {"Nora Eik", "baker"}
    assert told(PROGRAM) == set()


def test_a_changed_clearance_counts_from_then_on() -> None:
    wide = Clearance(Sensitivity.PUBLIC, frozenset({Topic.HEALTH}), frozenset({Slot.TEL}))
    assert told(STRANGER, Rules({STRANGER: wide})) == {"Nora Eik", "baker", "asthma", "030 1234"}
    assert told(PARTNER, Rules({PARTNER: Clearance()})) == set()


def test_no_clearance_reaches_secrets() -> None:
    with pytest.raises(ValueError):
        Clearance(Sensitivity.SECRET)
    everything = Clearance(Sensitivity.PRIVATE, frozenset(Topic), frozenset(Slot))
    for audience in OTHERS:
        assert "quit" not in told(audience, Rules({audience: everything}))


def test_a_grant_by_slot_does_not_cover_what_the_sentence_tells() -> None:
    sad = fact(Slot.STREET_ADDRESS, "Gasse 12", "Since the rehab I live at Gasse 12.")
    assert told(SHOP, facts=(sad,)) == set()
    assert told(FAMILY, facts=(sad,)) == set()
    assert told(PARTNER, facts=(sad,)) == {"Gasse 12"}


def test_third_people_are_told_of_in_the_family_only() -> None:
    open_to_all = Clearance(Sensitivity.PRIVATE, frozenset(Topic), frozenset(Slot))
    for audience in (COLLEAGUE, SHOP, STRANGER, PROGRAM):
        gate = Gate(ALL, [audience], Rules({audience: open_to_all}))
        assert gate.decide(ADAS_HOME).reason is Reason.THIRD_PERSON
    assert Gate(ALL, [FAMILY], Rules()).decide(TOMS_HOME).reason is Reason.TOO_SENSITIVE


def test_what_is_told_in_confidence_of_others_reaches_nobody() -> None:
    hers = fact(
        Slot.PLAN, "leave him", "Ada told me in confidence that she is going to leave him.", subject="Ada"
    )
    for audience in OTHERS:
        assert told(audience, facts=(*ALL, hers)) & {"leave him"} == set()


def test_a_wish_that_names_somebody_is_no_small_talk() -> None:
    lunch, boss, food = (
        fact(Slot.LIKES, "lunch with Ada"),
        fact(Slot.DISLIKES, "my boss"),
        fact(Slot.LIKES, "plums"),
    )
    assert told(COLLEAGUE, facts=(*ALL, lunch, boss, food)) & {"lunch with Ada", "my boss", "plums"} == {
        "plums"
    }
    assert "lunch with Ada" in told(FAMILY, facts=(*ALL, lunch))


def test_everybody_who_asks_must_be_cleared() -> None:
    gate = Gate(ALL, [FAMILY, COLLEAGUE], Rules())
    assert {each.kept.value for each in ALL if gate(each)} == told(FAMILY) & told(COLLEAGUE)
    assert not Gate(ALL, [ME, STRANGER], Rules())(STREET)
    with pytest.raises(ValueError):
        Gate(ALL, [], Rules())


def place(of: Fact) -> Place:
    return Place(of.kept.memory_id, of.kept.claim.slot, of.kept.claim.value.start, of.kept.claim.value.end)


def test_what_was_set_by_hand_outranks_slot_and_words() -> None:
    raised = Rules(by_hand={place(JOB): Hand(Sensitivity.SECRET)})
    assert all("baker" not in told(audience, raised) for audience in OTHERS)
    lowered = Rules(by_hand={place(ASTHMA): Hand(Sensitivity.PUBLIC)})
    assert "asthma" in told(STRANGER, lowered)
    work = Rules(by_hand={place(ASTHMA): Hand(topic=Topic.WORK)})
    assert "asthma" in told(COLLEAGUE, work) and "asthma" not in told(STRANGER, work)
    cleared = Rules(by_hand={place(SECRET): Hand(cleared_for=frozenset({PARTNER}))})
    assert "quit" in told(PARTNER, cleared) and "quit" not in told(FAMILY, cleared)


def test_a_whole_memory_set_by_hand_takes_its_facts_along() -> None:
    hidden = Rules(by_hand={Place(HOME.kept.memory_id): Hand(Sensitivity.SECRET)})
    assert "Bern" not in told(PARTNER, hidden)
    shown = Rules(by_hand={Place(SECRET.kept.memory_id): Hand(cleared_for=frozenset({FAMILY}))})
    assert "quit" in told(FAMILY, shown)


def test_what_says_the_same_is_treated_the_same() -> None:
    again = fact(Slot.JOB, "Baker", "Baker, that is me.")
    rules = Rules(by_hand={place(JOB): Hand(Sensitivity.SECRET)})
    assert told(COLLEAGUE, rules, (*ALL, again)) & {"baker", "Baker"} == set()


def test_a_mark_stays_when_the_passage_moves_a_little() -> None:
    moved = replace(place(JOB), start=place(JOB).start - 2, end=place(JOB).end - 1)
    assert "baker" not in told(STRANGER, Rules(by_hand={moved: Hand(Sensitivity.PRIVATE)}))


def test_where_two_marks_differ_the_stricter_one_holds() -> None:
    again = fact(Slot.JOB, "baker", "Still a baker.")
    marks = {
        place(JOB): Hand(Sensitivity.PUBLIC, cleared_for=frozenset({SHOP})),
        place(again): Hand(Sensitivity.PRIVATE, Topic.HOME),
    }
    assert "baker" not in told(STRANGER, Rules(by_hand=marks), (*ALL, again))
    assert "baker" not in told(SHOP, Rules(by_hand=marks), (*ALL, again))


def test_a_guarded_value_does_not_come_out_by_way_of_another() -> None:
    employer, mail = fact(Slot.EMPLOYER, "Halden Marine"), fact(Slot.EMAIL, "nora@haldenmarine.example")
    rules = Rules(by_hand={place(employer): Hand(Sensitivity.SECRET)})
    gate = Gate((employer, mail), [COLLEAGUE], rules)
    assert gate.decide(mail).reason is Reason.GIVES_AWAY
    assert Gate((employer, mail), [COLLEAGUE], Rules())(mail)


def test_wrong_facts_are_told_to_nobody_else() -> None:
    wrong = fact(Slot.NAME, "Nina", state=State.WRONG)
    assert [told(audience, facts=(wrong,)) for audience in OTHERS] == [set()] * len(OTHERS)


CLEARANCES = st.builds(
    Clearance,
    st.sampled_from([None, Sensitivity.PUBLIC, Sensitivity.ORDINARY, Sensitivity.PRIVATE]),
    st.frozensets(st.sampled_from(Topic)),
    st.frozensets(st.sampled_from(Slot), max_size=5),
)


@given(st.sampled_from(OTHERS), CLEARANCES, CLEARANCES)
def test_a_wider_clearance_tells_no_less(audience: Audience, one: Clearance, other: Clearance) -> None:
    levels = [each.level for each in (one, other) if each.level is not None]
    both = Clearance(max(levels, default=None), one.topics | other.topics, one.slots | other.slots)
    assert told(audience, Rules({audience: one})) <= told(audience, Rules({audience: both}))


def episode(text: str) -> Episode:
    at = datetime(2024, 5, 1)
    return Episode("m_e", 1, "notes", None, "me", Role.PERSON, Kind.NOTE, text, at, at, 1)


def test_whole_memories_are_told_where_the_person_cleared_that_very_one() -> None:
    one = episode("The tram leaves every ten minutes.")
    for audience in OTHERS:
        assert episode_cleared(one, [audience], Rules()).reason is Reason.WHOLE_MEMORY
    rules = Rules(by_hand={Place("m_e"): Hand(cleared_for=frozenset({PARTNER}))})
    assert episode_cleared(one, [PARTNER], rules).cleared
    assert not episode_cleared(one, [PARTNER, FAMILY], rules).cleared
    assert episode_cleared(one, [ME], Rules()).cleared


def test_the_level_of_a_whole_memory_can_be_set() -> None:
    one = episode("I owe 300.")
    assert episode_level(one.memory_id, one.text, Rules()) == (Sensitivity.PRIVATE, Topic.MONEY)
    rules = Rules(by_hand={Place("m_e"): Hand(Sensitivity.ORDINARY, Topic.HOME)})
    assert episode_level(one.memory_id, one.text, rules) == (Sensitivity.ORDINARY, Topic.HOME)


def test_everybody_else_has_a_default() -> None:
    assert set(DEFAULTS) == set(OTHERS)


def test_a_shop_gets_an_address_whole_whatever_its_street_is_called() -> None:
    said = "My address is 5 Hospital Lane, Dublin D02 X285."
    slots = {Slot.STREET_ADDRESS: "5 Hospital Lane", Slot.HOME: "Dublin", Slot.POSTAL_CODE: "D02 X285"}
    facts = tuple(fact(slot, value, said, memory_id="m_home") for slot, value in slots.items())
    assert told(SHOP, facts=facts) == set(slots.values())


def test_a_street_hides_no_words_of_another_memory() -> None:
    street = fact(Slot.STREET_ADDRESS, "5 Hospital Lane", "I live at 5 Hospital Lane.")
    town = fact(Slot.HOME, "Dublin", "I moved to Dublin to be near the Hospital Lane clinic.")
    assert told(SHOP, facts=(street, town)) == {"5 Hospital Lane"}
