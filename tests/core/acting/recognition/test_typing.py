"""Fields of small pages in many languages get their types from the weights that ship."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.html_page import read_page
from second_me.core.acting.recognition.typing import type_fields
from second_me.core.acting.recognition.weights import FieldWeights
from second_me.core.acting.types import TYPES
from tests.core.acting.recognition.shipped import RULES_TEXT, shipped_weights

WEIGHTS = shipped_weights()
NAMES_TOWN = ["given-name", "family-name", "email", "postal-code", "address-level2"]


def typed(html: str) -> list[str | None]:
    return [each.type for each in type_fields(read_page(html), WEIGHTS)]


def labelled(language: str, labels: list[str]) -> str:
    rows = (f"<p><label for=f{at}>{label}</label><input id=f{at}></p>" for at, label in enumerate(labels))
    return f"<html lang={language}><form>{''.join(rows)}<button>OK</button></form>"


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["First name", "Last name", "Email", "Postcode", "City"]),
        ("de", ["Vorname", "Nachname", "E-Mail-Adresse", "PLZ", "Ort"]),
        ("fr", ["Prénom", "Nom de famille", "Adresse e-mail", "Code postal", "Ville"]),
        ("es", ["Nombre", "Apellidos", "Correo electrónico", "Código postal", "Ciudad"]),
        ("it", ["Nome", "Cognome", "Email", "CAP", "Città"]),
        ("pt", ["Nome", "Sobrenome", "E-mail", "Código postal", "Cidade"]),
        ("nl", ["Voornaam", "Achternaam", "E-mailadres", "Postcode", "Woonplaats"]),
        ("pl", ["Imię", "Nazwisko", "Adres e-mail", "Kod pocztowy", "Miasto"]),
        ("sv", ["Förnamn", "Efternamn", "E-post", "Postnummer", "Ort"]),
        ("cs", ["Jméno", "Příjmení", "E-mail", "PSČ", "Město"]),
        ("ru", ["Имя", "Фамилия", "Электронная почта", "Индекс", "Город"]),
        ("el", ["Όνομα", "Επώνυμο", "Email", "Ταχυδρομικός κώδικας", "Πόλη"]),
    ],
)
def test_names_and_towns_are_known_in_many_languages(language: str, labels: list[str]) -> None:
    assert typed(labelled(language, labels)) == NAMES_TOWN


def test_a_card_is_recognised() -> None:
    page = labelled("en", ["Name on card", "Card number", "Expiry month", "Expiry year", "CVV"])
    assert typed(page) == ["cc-name", "cc-number", "cc-exp-month", "cc-exp-year", "cc-csc"]


def test_what_is_no_field_of_ours_has_no_type() -> None:
    page = """<input type=search name=q placeholder="Search products"><input type=checkbox name=newsletter>
      <input type=radio name=shipping value=express><input type=number name=quantity value=1>
      <textarea name=g-recaptcha-response></textarea><input name=coupon placeholder="Coupon code">"""
    assert typed(page) == [None] * 6


def test_a_secret_that_the_token_says_is_typed() -> None:
    page = """<input type=password autocomplete=current-password><input type=password autocomplete=new-password>
      <input autocomplete=one-time-code inputmode=numeric>"""
    assert typed(page) == ["current-password", "new-password", "one-time-code"]


def test_a_web_address_is_what_the_rules_call_one() -> None:
    assert typed(labelled("en", ["Full name", "Email", "Website"])) == ["name", "email", "url"]


def test_the_first_line_of_an_address_and_all_of_it_are_told_apart_by_what_follows() -> None:
    lines = typed(labelled("en", ["Full name", "Address line 1", "Address line 2", "City", "Postcode"]))
    assert lines[1:3] == ["address-line1", "address-line2"]
    parts = typed(labelled("de", ["Vorname", "Nachname", "Straße", "Hausnummer", "PLZ", "Ort"]))
    assert parts[2:4] == ["address-streetname", "address-housenumber"]


def test_the_contracts_page() -> None:
    page = """<form><label for=a>Family name</label><input id=a><input type=hidden name=h><label>Town <input name=city>
      </label><select name=country><option>NL<option>BE</select><label>Password <input type=password name=p></label>
      <input type=search name=q><input type=submit></form>"""
    found = typed(page)
    assert found[:2] == ["family-name", "address-level2"] and found[2] in ("country", "country-name")
    assert found[4] is None


ANY_FIELD = st.builds(
    Field,
    index=st.just(0),
    label=st.text(max_size=20),
    name=st.text(max_size=20),
    kind=st.sampled_from(["text", "tel", "radio", "select-one", "password"]),
    form=st.integers(-1, 2),
)


@given(st.lists(ANY_FIELD, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_form_has_one_answer_a_field(fields: list[Field]) -> None:
    found = type_fields(Form(fields=tuple(fields)), WEIGHTS)
    assert len(found) == len(fields)
    assert all(each.type is None or each.type in TYPES for each in found)
    assert all(0 <= each.confidence <= 1 for each in found)


@pytest.mark.parametrize("wrong", [b"", b"PK\x03\x04 nothing", b"no archive at all"])
def test_what_are_no_weights_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError):
        FieldWeights.read(wrong, RULES_TEXT)


def test_the_weights_say_where_they_come_from_and_are_small() -> None:
    assert "MPL-2.0" in WEIGHTS.origin
    assert set(WEIGHTS.types[1:]) <= TYPES
