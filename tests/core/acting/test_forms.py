"""A form that comes from a page: what is no form is refused with a word, whatever it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.acting.forms import LONGEST_TEXT, MOST_FIELDS, Field, Form, Option, form_of
from second_me.core.acting.types import SECRETS, TYPES

FORM: dict[str, Any] = {
    "url": "https://shop.example/checkout",
    "language": "de",
    "fields": [
        {
            "index": 0,
            "tag": "input",
            "kind": "text",
            "name": "ort",
            "label": "Ort",
            "maxlength": 40,
            "x": 12.6,
        },
        {"index": 1, "tag": "select", "kind": "select-one", "options": [{"value": "CH", "text": "Schweiz"}]},
    ],
}


def test_a_form_is_read() -> None:
    assert form_of(FORM) == Form(
        url="https://shop.example/checkout",
        language="de",
        fields=(
            Field(0, name="ort", label="Ort", maxlength=40, x=13),
            Field(1, tag="select", kind="select-one", options=(Option("CH", "Schweiz"),)),
        ),
    )


@pytest.mark.parametrize(
    "fields",
    [
        None,
        "x",
        [{}] * (MOST_FIELDS + 1),
        [7],
        [{"index": 1}],
        [{"index": True}],
        [{"name": 5}],
        [{"tag": "script"}],
        [{"obstacle": "luck"}],
        [{"options": "no"}],
        [{"options": ["no"]}],
        [{"maxlength": "9"}],
        [{"x": float("nan")}],
        [{"x": 1e300}],
    ],
)
def test_what_is_no_form_is_refused(fields: object) -> None:
    with pytest.raises(ValueError, match=r"( is |numbered|known)"):
        form_of({"fields": fields})


def test_long_texts_are_cut() -> None:
    assert len(form_of({"fields": [{"label": "x" * 9000}]}).fields[0].label) == LONGEST_TEXT


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["index", "fields", "name", "tag",
        "options", "value", "form", "x", "obstacle"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(JSON)
def test_nothing_but_a_refusal_or_a_form(given: object) -> None:
    try:
        assert isinstance(form_of(given), Form)
    except ValueError as refusal:
        assert str(refusal)


def test_secrets_are_types() -> None:
    assert SECRETS < TYPES


def test_what_is_no_text_in_a_text_is_taken_out() -> None:
    """Half a character (lone surrogates) and NUL: JSON may hold them, no store of ours does."""
    read = form_of({"title": "A\ud800B\0C", "fields": []})
    assert read.title == "A?BC"
