"""The autocomplete attribute, as the standard has it, misspelt, and where it is used to turn filling off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.acting.forms import Field
from second_me.core.acting.recognition.token import MISSPELT, token_type
from second_me.core.acting.types import TYPES


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("given-name", "given-name"),
        ("  Shipping   FAMILY-NAME ", "family-name"),
        ("section-blue shipping home tel", "tel"),
        ("billing work email", "email"),
        ("username webauthn", "username"),
        ("shipping address-line1", "address-line1"),
        ("cc-number", "cc-number"),
        ("address1", "address-line1"),
        ("zip", "postal-code"),
        ("Phone", "tel"),
        ("first_name", "given-name"),
        ("postal-code,", None),
        ("on", None),
        ("off", None),
        ("nope", None),
        ("shipping", None),
        ("", None),
        ("random given-name", None),
        ("webauthn", None),
        ("off_ffbeuc_efeujdxzd", None),
    ],
)
def test_tokens(text: str, type_: str | None) -> None:
    assert token_type(Field(0, autocomplete=text)) == type_


@pytest.mark.parametrize(
    ("kind", "text", "type_"),
    [
        ("password", "email", None),
        ("password", "current-password", "current-password"),
        ("password", "one-time-code", "one-time-code"),
        ("password", "cc-csc", "cc-csc"),
        ("text", "new-password", None),
        ("email", "given-name", None),
        ("email", "username", "username"),
        ("tel", "tel-national", "tel-national"),
        ("tel", "family-name", None),
        ("checkbox", "street-address", None),
        ("radio", "sex", "sex"),
        ("select-one", "country", "country"),
        ("select-one", "email", None),
        ("textarea", "street-address", "street-address"),
        ("date", "bday", "bday"),
    ],
)
def test_a_token_that_the_kind_denies_says_nothing(kind: str, text: str, type_: str | None) -> None:
    assert token_type(Field(0, kind=kind, autocomplete=text)) == type_


def test_a_search_is_no_card() -> None:
    assert token_type(Field(0, name="search", autocomplete="cc-number")) is None
    assert token_type(Field(0, id="site-search", autocomplete="postal-code")) is None
    assert token_type(Field(0, name="research_email", autocomplete="email")) == "email"


def test_misspellings_are_of_types() -> None:
    assert set(MISSPELT.values()) <= TYPES


@given(st.text(max_size=60), st.sampled_from(["text", "password", "select-one", "email", "week"]))
def test_any_text_is_answered(text: str, kind: str) -> None:
    assert token_type(Field(0, kind=kind, autocomplete=text)) in (TYPES | {None})
