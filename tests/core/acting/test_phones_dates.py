"""Telephone numbers and dates of birth, whole and in parts."""

from __future__ import annotations

import pytest

from tests.core.acting.life import JONAS, asked, filled, life, of

CALLING = ["=Code", "+49=Germany (+49)", "+31=Netherlands (+31)", "+1=United States (+1)", "+1c=Canada (+1)"]


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ({}, "+31 6 12345678"),
        ({"maxlength": 12}, "+31612345678"),
        ({"pattern": r"\d{6,14}"}, "0031612345678"),
        ({"pattern": r"0\d{9}"}, "0612345678"),
        ({"placeholder": "06-12345678"}, "06 12345678"),
        ({"placeholder": "+31 6 1234 5678"}, "+31 6 12345678"),
        ({"maxlength": 5}, None),
    ],
)
def test_a_number_fits_its_field(more: dict[str, object], value: str | None) -> None:
    assert filled(life(*JONAS), of("tel", **more), language="nl-NL") == [value]


def test_a_foreign_number_is_not_written_as_one_of_the_country() -> None:
    field = of("tel", placeholder="(555) 555-5555")
    assert filled(life(*JONAS), field, language="en-US") == ["+31 6 12345678"]
    assert filled(life(*JONAS), of("tel", pattern=r"\d{10}"), language="en-US") == [None]
    assert filled(life(*JONAS), of("tel"), url="https://shop.example.de/kasse") == ["+31 6 12345678"]


def test_parts_of_a_number() -> None:
    kinds = ("tel-country-code", "tel", "tel-national", "tel-area-code", "tel-local")
    assert filled(life(*JONAS), *map(of, kinds)) == ["+31", "06 12345678", "06 12345678", "06", "12345678"]
    told = life("I live in the USA.", "My phone number is 512 555 0142.")
    kinds = ("tel-area-code", "tel-local-prefix", "tel-local-suffix", "tel-extension")
    assert filled(told, *map(of, kinds)) == ["512", "555", "0142", None]


def test_the_country_of_a_number_in_a_list() -> None:
    field = of("tel-country-code", options=CALLING)
    assert filled(life(*JONAS), field) == ["+31"]
    assert filled(life("My phone number is +1 512 555 0142."), field) == ["+1"]
    assert filled(life("My phone number is +1 416 555 0142."), field) == ["+1c"]
    assert filled(life("My phone number is +44 20 7946 0958."), field) == [None]
    named = of("tel-country-code", options=["=", "DE=Germany", "NL=Netherlands"])
    assert filled(life(*JONAS), named) == ["NL"]


def test_a_number_without_its_country_stays_as_it_was_said() -> None:
    told = life("My phone number is 030 1234567.")
    assert filled(told, of("tel"), of("tel-country-code")) == ["030 1234567", None]


def test_a_number_belongs_to_the_country_where_it_was_said() -> None:
    told = life(
        "I live in Germany.", "My phone number is 030 1234567.", "I moved to Lisbon.", "I live in Portugal."
    )
    assert filled(told, of("tel"), of("country")) == ["+49 30 1234567", "Portugal"]


def test_which_of_several_numbers() -> None:
    told = life(
        "My mobile number is +31 6 12345678.",
        "My work number is +31 30 1234567.",
        "My landline is +31 30 7654321.",
    )
    labels = ("Mobile phone", "Work phone", "Festnetz", "Telephone", "Fax")
    fields = [of("tel", label=label) for label in labels]
    assert filled(told, *fields) == [
        "+31 6 12345678", "+31 30 1234567", "+31 30 7654321", "+31 6 12345678", None,
    ]  # fmt: skip


BORN = "I was born on 4 March 1987."


@pytest.mark.parametrize(
    ("language", "more", "value"),
    [
        ("en", {"kind": "date"}, "1987-03-04"),
        ("de", {"placeholder": "TT.MM.JJJJ"}, "04.03.1987"),
        ("en", {"placeholder": "MM/DD/YYYY"}, "03/04/1987"),
        ("en", {"label": "Date of birth (dd/mm/yyyy)"}, "04/03/1987"),
        ("fr", {"placeholder": "JJ/MM/AAAA"}, "04/03/1987"),
        ("nl", {"placeholder": "dd-mm-jjjj"}, "04-03-1987"),
        ("it", {"placeholder": "gg/mm/aaaa"}, "04/03/1987"),
        ("pl", {"placeholder": "DD/MM/RRRR"}, "04/03/1987"),
        ("fi", {"placeholder": "PP.KK.VVVV"}, "04.03.1987"),
        ("sv", {"placeholder": "ÅÅÅÅ-MM-DD"}, "1987-03-04"),
        ("de", {"placeholder": "TT.MM.JJ"}, "04.03.87"),
        ("de", {}, "04.03.1987"),
        ("en-US", {}, "03/04/1987"),
        ("en-GB", {}, "04/03/1987"),
        ("en", {}, "1987-03-04"),
        ("", {"placeholder": "Please choose a day"}, "1987-03-04"),
        ("de", {"maxlength": 4}, None),
    ],
)
def test_a_date_in_the_fields_form(language: str, more: dict[str, object], value: str | None) -> None:
    assert filled(life(BORN), of("bday", **more), language=language) == [value]


def test_parts_of_a_date() -> None:
    told = life(BORN)
    assert filled(told, of("bday-day"), of("bday-month"), of("bday-year")) == ["4", "3", "1987"]
    assert filled(told, of("bday-day", placeholder="DD"), of("bday-year", maxlength=2)) == ["04", "87"]


@pytest.mark.parametrize(
    ("options", "value"),
    [
        (["=Month", "1=January", "2=February", "3=March", "4=April"], "3"),
        (["=Month", "0=January", "1=February", "2=March", "3=April"], "2"),
        (["=Monat", "Jan", "Feb", "Mär", "Apr"], "Mär"),
        (["=mois", "a=janvier", "b=février", "c=mars"], "c"),
        (["=", "01", "02", "03"], "03"),
        (["=", "1=i", "2=ii", "3=iii"], "3"),
        (["=", "0=i", "1=ii", "2=iii"], None),
    ],
)
def test_a_month_in_a_list(options: list[str], value: str | None) -> None:
    assert filled(life(BORN), of("bday-month", options=options)) == [value]


def test_a_birthday_without_its_year_is_no_date() -> None:
    told = life("My birthday is 4 May.")
    rows = asked(told, of("bday", kind="date"), of("bday-year"), of("bday-day"), of("bday-month"))
    assert [row.value for row in rows] == [None, None, "4", "5"]
    assert rows[0].reason == "in_part"


@pytest.mark.parametrize(
    "label", ["Landline", "Festnetz", "Téléphone fixe", "Teléfono fijo", "Telefono fisso"]
)
def test_a_mobile_is_no_landline(label: str) -> None:
    assert filled(life("My phone number is +31 6 12345678."), of("tel", label=label)) == [None]
    assert filled(life("My phone number is +31 30 7654321."), of("tel", label=label)) == ["+31 30 7654321"]


def test_a_number_said_before_a_move_abroad_gets_no_code_of_the_new_country() -> None:
    told = life("My phone number is 087 555 0142.", "I moved to the UK.", "I live in the United Kingdom.")
    (row,) = asked(told, of("tel"))
    assert "+44" not in (row.value or "")
