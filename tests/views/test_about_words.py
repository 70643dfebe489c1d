"""Facts in words and sections, and the filters of the timeline: no window is needed for them."""

from __future__ import annotations

from datetime import date

from second_me.app.views.memory.about import words
from second_me.app.views.memory.about.grouping import matches, people, sections
from second_me.app.views.memory.filters import Filters, Time
from second_me.app.views.memory.rows import Who
from second_me.core.memory.facts.slots import Slot
from tests.views.sample_facts import FACTS, ODD, fact

TODAY = date.today()


def test_groups_of_the_person_come_first_then_people_by_name() -> None:
    titles = [section.title for section in sections(FACTS)]
    assert titles[:4] == ["Name", "Contact", "Home", "Work"]
    assert titles[-2:] == ["Anna", "Mehmet Yıldız"]


def test_a_person_stands_with_what_they_are_to_you() -> None:
    anna = next(section for section in sections(FACTS) if section.title == "Anna")
    assert anna.note == "sister"
    assert [each["value"] for each in anna.past] == ["Basel"]


def test_past_values_are_apart_from_what_holds() -> None:
    home = next(section for section in sections(FACTS) if section.title == "Home")
    assert [each["value"] for each in home.current] == ["Utrecht", "Oudegracht 214, 3511 Utrecht"]
    assert [each["value"] for each in home.past] == ["Berlin"]


def test_the_latest_of_many_comes_first() -> None:
    likes = next(section for section in sections(FACTS) if section.title == "Likes and dislikes")
    assert [each["value"] for each in likes.current][:3] == [
        "linen notebooks",
        "liquorice",
        "hiking along rivers",
    ]


def test_searching_looks_at_value_name_group_and_subject() -> None:
    found = [each["value"] for section in sections(FACTS, "anna bern") for each in section.current]
    assert found == ["Bern"]
    assert [section.title for section in sections(FACTS, "PHONE")] == ["Contact"]
    assert sections(FACTS, "zebra") == []
    assert matches(FACTS[6], "home berlin")


def test_whom_a_fact_can_be_told_of() -> None:
    assert people(FACTS) == ["Anna", "Mehmet Yıldız"]


def test_odd_facts_have_words_and_a_section() -> None:
    for each in ODD:
        assert words.spoken(each, TODAY)
        assert len(words.value(each)) <= words.LONGEST_VALUE + 1
    assert sum(len(section.current) for section in sections(ODD)) == len(ODD)


def test_the_day_is_said_once_where_it_began_when_it_was_told() -> None:
    told = fact(1, Slot.HOME, "Bern", 30)
    assert words.told_when_it_began(told)
    assert words.since_source(told, TODAY).endswith(", Talk")
    earlier = fact(1, Slot.HOME, "Bern", 30, valid_from="2020-03-01T00:00:00")
    assert words.since(earlier, date(2026, 5, 1)) == "since 1 March 2020"
    assert not words.told_when_it_began(earlier)


def test_a_past_fact_says_until_when_or_that_it_was_put_right() -> None:
    ended = fact(1, Slot.HOME, "Bern", 30, state="ended", valid_to="2021-04-02T00:00:00")
    assert words.over(ended, date(2026, 5, 1)) == "until 2 April 2021"
    assert words.over(fact(1, Slot.HOME, "Bern", 30, state="wrong"), TODAY) == "put right later"


def test_how_private_it_is_is_said_where_it_is_known() -> None:
    assert words.level(fact(1, Slot.ALLERGY, "nuts", 3, sensitivity="private", topic="health")) == (
        "private · health"
    )
    assert words.level(fact(1, Slot.ALLERGY, "nuts", 3)) == ""


def test_filters_as_the_service_takes_them() -> None:
    assert not Filters().params(TODAY)
    assert not Filters().narrowed
    wanted = Filters(speaker="Anna", kind="note", faded=True, pinned=True, contradicting=True)
    assert wanted.params(TODAY) == {
        "speaker": "Anna",
        "kind": "note",
        "faded": "only",
        "pinned": True,
        "contradicting": True,
    }
    assert Filters(who=Who.YOU).narrowed
    assert not Filters(who=Who.YOU).params(TODAY)


def test_spans_of_time_begin_with_their_first_day() -> None:
    friday = date(2026, 11, 27)
    assert Filters(time=Time.WEEK).days(friday) == (date(2026, 11, 23), None)
    assert Filters(time=Time.WEEK).days(friday, week_begins=7) == (date(2026, 11, 22), None)
    assert Filters(time=Time.MONTH).days(friday) == (date(2026, 11, 1), None)
    assert Filters(time=Time.YEAR).days(friday) == (date(2026, 1, 1), None)
    chosen = Filters(time=Time.RANGE, first=date(2024, 2, 1), last=date(2024, 2, 29))
    assert chosen.params(friday) == {"after": "2024-02-01T00:00:00", "before_time": "2024-02-29T23:59:59"}


def test_what_was_denied_is_not_said_to_be_so() -> None:
    denied = {**fact(1, Slot.PET, "a dog", 3), "stance": "denied"}
    assert words.value(denied) == "not a dog"
    assert words.value(fact(1, Slot.PET, "a dog", 3)) == "a dog"
