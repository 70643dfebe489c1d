"""What the person typed or changed is remembered, and nothing else; what is remembered is proposed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from second_me.core.acting.proposal import Decision
from second_me.core.acting.store import Site
from second_me.core.disclosure.levels import Audience
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import Scope
from tests.service.filling import SITE, Desk, desk_in, text

TOWN, MAIL = text("Town", autocomplete="address-level2"), text("Email", autocomplete="email")
POLICY = text("Policy of the zeppelin")
VAT = text("VAT number", name="vat", autocomplete="")
OTHER = "https://clinic.example/register"
CHOICE = {
    "tag": "select", "kind": "select-one", "label": "How did you hear of the zeppelin", "name": "heard",
    "options": [{"value": "", "text": "…"}, {"value": "17", "text": "From a friend"}, {"value": "18", "text": "Ads"}],
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "home") as made:
        yield made


def agree(desk: Desk, *fields: dict[str, Any], url: str = f"{SITE}/order", **row: Any) -> None:
    """Agree to one row of a form: `index` 0 unless it says."""
    desk.browser.answer = desk.fills_all
    proposal = desk.propose(*fields, url=url)
    desk.fills.accept(proposal.proposal_id, [{"index": 0, **row}])


def notes(desk: Desk) -> list[str]:
    return [each.text for each in desk.house.episodes.timeline(None, 50, Scope())]


def facts(desk: Desk) -> list[tuple[str, str]]:
    return [(fact.kept.claim.slot.value, fact.kept.value) for fact in desk.house.book.all()]


def test_an_answer_to_what_is_not_known_is_a_fact_from_then_on(desk: Desk) -> None:
    (row,) = desk.rows(MAIL)
    assert (row.decision, row.value) == (Decision.UNKNOWN, None)
    agree(desk, MAIL, value="jonas@post.example")
    assert facts(desk) == [("email", "jonas@post.example")]
    (again,) = desk.rows(text("E-mail", autocomplete="email"), url=OTHER)
    assert (again.decision, again.value, again.ticked) == (Decision.FILL, "jonas@post.example", True)


def test_an_answer_that_no_fact_can_say_is_a_note_found_again_by_label_and_type(desk: Desk) -> None:
    agree(desk, POLICY, value="K-7 zanzibar")
    assert notes(desk) == ["On shop.example I gave “K-7 zanzibar” for “Policy of the zeppelin”."]
    assert facts(desk) == []
    (here,) = desk.rows(POLICY)
    assert (here.value, here.ticked, here.reason, here.quote) == (
        "K-7 zanzibar",
        True,
        "learned",
        notes(desk)[0],
    )
    (elsewhere,) = desk.rows({**POLICY, "name": "another"}, url=OTHER)
    assert (elsewhere.value, elsewhere.decision, elsewhere.ticked) == (
        "K-7 zanzibar",
        Decision.WITHHELD,
        False,
    )
    agree(desk, {**POLICY, "name": "another"}, url=OTHER, value="K-7 zanzibar")
    assert len(notes(desk)) == 1, "it was given as it was proposed"
    (again,) = desk.rows({**POLICY, "name": "another"}, url=OTHER)
    assert (again.decision, again.ticked, again.reason) == (Decision.FILL, True, "learned_elsewhere")
    desk.fills.set_site(Site("https://bank.example", audience=Audience.ME))
    (trusted,) = desk.rows(POLICY, url="https://bank.example/")
    assert (trusted.decision, trusted.ticked, trusted.reason) == (Decision.FILL, True, "learned_elsewhere")
    (other,) = desk.rows(text("Colour of the zeppelin"), url=OTHER)
    assert other.value is None


def test_a_number_for_tax_is_found_under_another_label(desk: Desk) -> None:
    tax = text("USt-IdNr.", name="ustid")
    if desk.rows(VAT)[0].typed.type != "vat-number" or desk.rows(tax)[0].typed.type != "vat-number":
        pytest.skip("these labels are not told to be numbers for tax")
    agree(desk, VAT, value="DE 17")
    desk.fills.set_site(Site("https://clinic.example", audience=Audience.ME))
    (row,) = desk.rows(tax, url=OTHER)
    assert row.value == "DE 17"


def test_what_the_person_changed_holds_on_that_site(desk: Desk) -> None:
    desk.know(Slot.EMAIL, "jonas@post.example")
    agree(desk, MAIL, value="jonas+shop@post.example")
    assert facts(desk) == [("email", "jonas@post.example")]
    assert desk.rows(MAIL)[0].value == "jonas+shop@post.example"
    assert desk.rows(MAIL, url=OTHER)[0].value == "jonas@post.example"


def test_a_new_fact_outranks_what_was_typed_before_it(desk: Desk) -> None:
    desk.know(Slot.ADDRESS_LEVEL2, "Utrecht")
    agree(desk, TOWN, value="Utrecht-Zuid")
    assert desk.rows(TOWN)[0].value == "Utrecht-Zuid"
    desk.know(Slot.ADDRESS_LEVEL2, "Lisbon")
    assert desk.rows(TOWN)[0].value == "Lisbon"


def test_a_changed_value_is_a_fact_only_when_the_person_says_so(desk: Desk) -> None:
    desk.know(Slot.ADDRESS_LEVEL2, "Utrecht")
    agree(desk, TOWN, value="Lisbon", remember=True)
    assert ("address-level2", "Lisbon") in facts(desk)
    assert desk.rows(TOWN, url=OTHER)[0].value == "Lisbon"


@pytest.mark.parametrize(
    ("field", "row"),
    [
        (MAIL, {"value": "jonas@post.example", "remember": False}),
        (POLICY, {"value": "K-7", "remember": False}),
        (POLICY, {"value": "4111 1111 1111 1111"}),
        (POLICY, {"value": "4111111111111111", "remember": True}),
    ],
)
def test_what_is_not_to_be_kept_leaves_no_memory_and_no_word_in_the_log(
    desk: Desk, field: dict[str, Any], row: dict[str, Any]
) -> None:
    agree(desk, field, **row)
    assert (notes(desk), facts(desk)) == ([], [])
    (entry,) = desk.audit("fill")
    assert (entry["memories"], entry["detail"]["typed"]) == ((), 1)
    assert str(row["value"]) not in str(entry)
    assert desk.rows(field)[0].value is None


def test_what_was_filled_as_proposed_makes_no_memory(desk: Desk) -> None:
    desk.know(Slot.ADDRESS_LEVEL2, "Utrecht")
    before = notes(desk)
    agree(desk, TOWN, value="Utrecht")
    assert notes(desk) == before


def test_what_is_typed_about_somebody_else_is_no_fact_about_the_person(desk: Desk) -> None:
    other = text("First name", section="Emergency contact", autocomplete="given-name")
    agree(desk, other, value="Ada")
    assert facts(desk) == []
    assert notes(desk) == ["On shop.example I gave “Ada” for “First name”."]


def test_a_choice_is_kept_by_its_words(desk: Desk) -> None:
    agree(desk, CHOICE, value="17")
    assert notes(desk) == ["On shop.example I gave “From a friend” for “How did you hear of the zeppelin”."]
    (row,) = desk.rows(CHOICE)
    assert (row.value, row.shown) == ("17", "From a friend")


def test_an_erased_answer_is_known_nowhere(desk: Desk) -> None:
    agree(desk, POLICY, value="K-7")
    (memory,) = desk.rows(POLICY)[0].sources
    desk.house.episodes.erase([memory])
    assert desk.rows(POLICY)[0].value is None
    (kept,) = desk.house.fills.listing(5)
    assert kept.fields[0].sources == ()


def test_notes_of_forms_are_read_for_no_facts(desk: Desk) -> None:
    agree(desk, POLICY, value="I live in Ghent and my name is Otto.")
    while desk.house.keeper.step(9, desk.house.clock.now()):
        pass
    assert facts(desk) == []


def agree_all(desk: Desk, *fields: dict[str, Any], values: list[str]) -> None:
    desk.browser.answer = desk.fills_all
    proposal = desk.propose(*fields)
    rows = [{"index": index, "value": value} for index, value in enumerate(values)]
    desk.fills.accept(proposal.proposal_id, rows)


def part(token: str, **more: Any) -> dict[str, Any]:
    return {**text(f"Part {token}"), "autocomplete": token, **more}


def test_what_was_typed_in_parts_is_one_fact(desk: Desk) -> None:
    months = [{"value": f"m{number}", "text": f"Month {number}."} for number in range(1, 13)]
    select = {"tag": "select", "kind": "select-one", "options": [{"value": "", "text": "…"}, *months]}
    agree_all(
        desk, part("bday-day"), part("bday-month", **select), part("bday-year"), part("tel-country-code"),
        part("tel-national"), values=["23", "m7", "1987", "+49", "1522 8817386"],
    )  # fmt: skip
    assert sorted(facts(desk)) == [("birthday", "1987-07-23"), ("tel", "+49 1522 8817386")]
    day, year = desk.rows(part("bday-day"), part("bday-year"), url=OTHER)
    assert (day.value, year.value) == ("23", "1987")
    (entry,) = desk.audit("fill")
    assert len({each.memory_id for each in entry["memories"]}) == 2


@pytest.mark.parametrize(
    ("kinds", "values"),
    [
        (("bday-day", "bday-year"), ["23", "1987"]),
        (("bday-day", "bday-month", "bday-year"), ["31", "2", "1987"]),
        (("bday-day", "bday-month", "bday-year"), ["1", "2", "87"]),
        (("tel-national",), ["0171 555"]),
    ],
)
def test_parts_that_make_no_whole_are_no_fact(desk: Desk, kinds: tuple[str, ...], values: list[str]) -> None:
    agree_all(desk, *(part(kind) for kind in kinds), values=values)
    assert facts(desk) == []
    assert [row.value for row in desk.rows(*(part(kind) for kind in kinds))] == values


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("03/04/1987", False),
        ("1987-04-03", True),
        ("23.04.1987", True),
        ("04/23/1987", True),
        ("3 April 1987", True),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_no_fact(desk: Desk, value: str, kept: bool) -> None:
    agree(desk, part("bday"), value=value)
    assert facts(desk) == ([("birthday", value)] if kept else [])
