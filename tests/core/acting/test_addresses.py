"""Addresses: their parts, what belongs to one place, what a move ends."""

from __future__ import annotations

import pytest

from second_me.core.acting.values.streets import Unit, split_street, split_unit
from tests.core.acting.life import JONAS, asked, filled, life, of

STREET, POSTAL, TOWN, COUNTRY = of("street-address"), of("postal-code"), of("address-level2"), of("country")
TEXAN = ("I live at 5 Elm Road, Apt 4B, Austin, Texas 78701.", "I live in the USA.")


@pytest.mark.parametrize(
    ("line", "name", "number", "suffix"),
    [
        ("Oudegracht 12", "Oudegracht", "12", ""),
        ("Hauptstraße 5a", "Hauptstraße", "5", "a"),
        ("Hauptstraße 5 a", "Hauptstraße", "5", "a"),
        ("221B Baker Street", "Baker Street", "221", "B"),
        ("12 rue de la Paix", "rue de la Paix", "12", ""),
        ("Hauptstr. 5", "Hauptstr.", "5", ""),
        ("5 Elm St.", "Elm St.", "5", ""),
        ("Av. Paulista 1000", "Av. Paulista", "1000", ""),
        ("12 bis rue de la Paix", "rue de la Paix", "12", "bis"),
        ("Via Roma, 12", "Via Roma", "12", ""),
        ("Calle Mayor nº 3", "Calle Mayor", "3", ""),
        ("ul. Długa 7/12", "ul. Długa", "7/12", ""),
        ("Rua Augusta 25", "Rua Augusta", "25", ""),
        ("Straße des 17. Juni 135", "Straße des 17. Juni", "135", ""),
        ("42nd Street", "42nd Street", None, ""),
        ("Elm Road", "Elm Road", "", ""),
    ],
)
def test_a_street_is_divided(line: str, name: str, number: str | None, suffix: str) -> None:
    split = split_street(line)
    if number is None:
        assert split is None or split.number == ""
        return
    assert split is not None
    assert (split.name, split.number, split.suffix) == (name, number, suffix)


def test_a_street_that_can_be_divided_in_two_ways_is_not() -> None:
    assert split_street("12 Highway 61") is None


@pytest.mark.parametrize(
    ("line", "flat", "floor"),
    [
        ("Apt 4B", "4B", ""),
        ("apartment 7", "7", ""),
        ("#12", "12", ""),
        ("4B", "4B", ""),
        ("Floor 2", "", "2"),
        ("2nd floor", "", "2"),
        ("third floor", "", "3"),
        ("on the third floor", "", "3"),
        ("2. OG", "", "2"),
        ("3e étage", "", "3"),
        ("2º B", "B", "2"),
        ("apartment 7, on the third floor", "7", "3"),
        ("the blue door on the left", "", ""),
    ],
)
def test_flats_and_floors(line: str, flat: str, floor: str) -> None:
    assert split_unit(line) == Unit(flat, floor)


def test_a_flat_and_a_floor_stand_where_they_are_asked_for() -> None:
    told = life("I live at Calle Mayor 3, 2º B, 28013 Madrid, Spain.")
    assert filled(told, of("address-line2"), POSTAL) == ["2º B", "28013"]
    assert filled(told, of("apartment"), of("floor"), of("address-line2")) == ["B", "2", None]
    assert filled(told, of("floor"), of("address-line2")) == ["2", "2º B"]


def test_the_number_stands_where_it_is_asked_for() -> None:
    told = life(*JONAS)
    assert filled(told, of("street-address"), POSTAL) == ["Oudegracht 12", "3511 AP"]
    assert filled(told, of("address-line1"), of("address-housenumber")) == ["Oudegracht", "12"]
    assert filled(told, of("address-streetname")) == ["Oudegracht"]
    told = life("I live at 221B Baker Street, London NW1 6XE.")
    numbers = (of("address-housenumber"), of("address-extra-housesuffix"))
    assert filled(told, of("street"), *numbers) == ["Baker Street", "221", "B"]
    assert filled(told, of("address-housenumber")) == ["221B"]
    assert filled(told, of("address-housenumber", kind="number")) == [None]


def test_a_second_block_is_another_address_of_the_same_person() -> None:
    told = life(*JONAS)
    shipping = (of("address-line1"), of("address-housenumber"), POSTAL)
    billing = (of("address-line1", section="Billing"), POSTAL)
    assert filled(told, *shipping, *billing) == ["Oudegracht", "12", "3511 AP", "Oudegracht 12", "3511 AP"]


def test_a_flat_and_a_state() -> None:
    told = life(*TEXAN)
    fields = (of("address-line1"), of("address-line2"), TOWN, of("address-level1"), POSTAL, COUNTRY)
    assert filled(told, *fields) == ["5 Elm Road", "Apt 4B", "Austin", "Texas", "78701", "United States"]
    assert filled(told, STREET, POSTAL) == ["5 Elm Road, Apt 4B", "78701"]
    assert filled(told, of("address-line1"), of("address-line2"), of("apartment")) == [
        "5 Elm Road",
        None,
        "Apt 4B",
    ]
    assert filled(told, of("apartment", label="Apartment number"), of("floor")) == ["4B", None]
    assert filled(told, of("address-level1", maxlength=2)) == ["TX"]
    assert filled(told, of("address-level1", options=["=State", "TX", "TN"])) == ["TX"]


def test_a_whole_address_in_one_field() -> None:
    told = life(*JONAS)
    (row,) = asked(told, of("street-address", tag="textarea", kind="textarea"))
    assert row.value == "Oudegracht 12\n3511 AP Utrecht\nNetherlands"
    assert row.sources == ("m_2", "m_3", "m_4")
    assert filled(told, STREET) == ["Oudegracht 12, 3511 AP Utrecht, Netherlands"]
    assert filled(told, STREET, TOWN)[0] == "Oudegracht 12"


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ({}, "3511 AP"),
        ({"maxlength": 7}, "3511 AP"),
        ({"maxlength": 6}, "3511AP"),
        ({"pattern": r"\d{4}[A-Z]{2}"}, "3511AP"),
        ({"maxlength": 4}, None),
        ({"pattern": r"\d{5}"}, None),
        ({"kind": "number"}, None),
    ],
)
def test_a_postal_code_fits_or_is_not_filled(more: dict[str, object], value: str | None) -> None:
    (row,) = asked(life(*JONAS), of("postal-code", **more))
    assert row.value == value
    assert row.reason == ("does_not_fit" if value is None else row.reason)


def test_a_long_american_code_has_a_short_one() -> None:
    told = life("My zip code is 78701-1234.")
    assert filled(told, POSTAL, of("postal-code", maxlength=5)) == ["78701-1234", "78701"]


def test_after_a_move_the_old_address_is_over_as_a_whole() -> None:
    rows = asked(life(*JONAS, "I moved to Lisbon."), STREET, POSTAL, TOWN, COUNTRY)
    assert [row.value for row in rows] == [None, None, "Lisbon", None]
    assert [row.reason for row in rows] == ["moved", "moved", "", "moved"]
    assert [row.before for row in rows] == ["Oudegracht 12", "3511 AP", "Utrecht", "Netherlands"]


def test_a_move_told_as_a_whole_is_filled_as_a_whole() -> None:
    told = life(*JONAS, "I moved to Rua Augusta 25, 1100-053 Lisbon, Portugal.")
    assert filled(told, STREET, POSTAL, TOWN, COUNTRY) == ["Rua Augusta 25", "1100-053", "Lisbon", "Portugal"]


def test_what_is_told_after_a_move_belongs_to_the_new_place() -> None:
    later = (
        "I moved to Lisbon.",
        "My postcode is 1100-053.",
        "My street is Rua Augusta 25.",
        "I live in Portugal.",
    )
    assert filled(life(*JONAS, *later), STREET, POSTAL, TOWN, COUNTRY) == [
        "Rua Augusta 25", "1100-053", "Lisbon", "Portugal",
    ]  # fmt: skip


def test_who_moves_to_a_street_may_have_left_the_town() -> None:
    rows = asked(life(*JONAS, "I moved to Kanaalstraat 5."), STREET, POSTAL, TOWN)
    assert [(row.value, row.reason) for row in rows] == [
        ("Kanaalstraat 5", ""), (None, "moved"), (None, "moved"),
    ]  # fmt: skip


def test_a_town_without_a_move_keeps_its_country() -> None:
    told = life("I live in the Netherlands.", "I live in Utrecht.")
    assert filled(told, TOWN, COUNTRY) == ["Utrecht", "Netherlands"]


def test_the_address_of_work_is_for_work() -> None:
    told = life(*JONAS, "My work address is Herengracht 100, 1015 BS Amsterdam.")
    assert filled(told, STREET, POSTAL, TOWN) == ["Oudegracht 12", "3511 AP", "Utrecht"]
    section = {"section": "Business address"}
    office = (of("street-address", **section), of("postal-code", **section), of("address-level2", **section))
    assert filled(told, *office) == ["Herengracht 100", "1015 BS", "Amsterdam"]
    assert filled(life(*JONAS), *office) == [None, None, None]


@pytest.mark.parametrize(
    ("said", "options", "value"),
    [
        ("I live in the Netherlands.", ["=--", "DE=Deutschland", "NL=Niederlande"], "NL"),
        ("I live in Germany.", ["=", "31=Pays-Bas", "49=Allemagne"], "49"),
        ("I live in the USA.", ["US=United States", "UM=United States Minor Outlying Islands"], "US"),
        ("I live in England.", ["GB=United Kingdom (UK)", "IE=Ireland"], "GB"),
        ("I live in Guinea.", ["GW=Guinea-Bissau", "GQ=Equatorial Guinea"], None),
        ("I live in Niger.", ["NG=Nigeria", "XX=Other"], None),
        ("I live in Germany.", ["=Please choose", "other=Other"], None),
        ("I live in Austria.", ["AT=AT", "DE=DE"], "AT"),
        ("I live in Japan.", ["JPN=日本", "KOR=韓国"], "JPN"),
        ("I live in Germany.", ["DE=Deutschland", "-=-----", "DE=Deutschland", "AT=Österreich"], "DE"),
    ],
)
def test_a_country_in_a_list(said: str, options: list[str], value: str | None) -> None:
    assert filled(life(said), of("country", options=options), of("email")) == [value, None]


@pytest.mark.parametrize(
    ("language", "more", "value"),
    [
        ("de", {}, "Niederlande"),
        ("fr-FR", {}, "Pays-Bas"),
        ("", {}, "Netherlands"),
        ("xx", {}, "Netherlands"),
        ("en", {"maxlength": 2}, "NL"),
        ("en", {"maxlength": 3}, "NL"),
        ("en", {"pattern": "[A-Z]{3}"}, "NLD"),
    ],
)
def test_a_country_as_text(language: str, more: dict[str, object], value: str) -> None:
    assert filled(life(*JONAS), of("country", **more), language=language) == [value]


def test_a_nationality_and_a_town_give_no_country() -> None:
    assert filled(life("I'm Dutch.", "I live in Utrecht."), COUNTRY) == [None]


@pytest.mark.parametrize(
    ("more", "at_work"),
    [
        ({"section": "Office address"}, True),
        ({"label": "Firmenanschrift"}, True),
        ({"label": "Adresse professionnelle"}, True),
        ({"autocomplete": "work street-address"}, True),
        ({"name": "workAddress"}, True),
        ({"section": "Billing address, company (optional)"}, False),
        ({"label": "Address (no business customers)"}, False),
        ({"name": "framework_address"}, False),
    ],
)
def test_which_fields_ask_for_the_address_of_work(more: dict[str, str], at_work: bool) -> None:
    told = life(*JONAS, "My work address is Herengracht 100, 1015 BS Amsterdam.")
    (row, _) = asked(told, of("street-address", **more), POSTAL)
    assert row.value == ("Herengracht 100" if at_work else "Oudegracht 12")


def test_with_a_town_that_was_wrong_its_street_is_in_doubt() -> None:
    rows = asked(life(*JONAS, "No, actually I live in Leiden."), STREET, POSTAL, TOWN, COUNTRY)
    assert [row.value for row in rows] == [None, None, "Leiden", "Netherlands"]
    rows = asked(life(*JONAS, "Correction: my postcode is 3512 AP, not 3511 AP."), STREET, POSTAL, TOWN)
    assert [row.value for row in rows] == ["Oudegracht 12", "3512 AP", "Utrecht"]
