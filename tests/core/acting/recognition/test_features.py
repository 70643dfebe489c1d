"""What a field looks like: the same words give the same features, neighbours are told apart, nothing breaks it."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.acting.forms import Field, Form, Option
from second_me.core.acting.recognition.features import MIXER, beside, looks
from second_me.core.acting.recognition.options import option_features
from second_me.core.acting.recognition.rules import Rules
from tests.core.acting.recognition.shipped import RULES_TEXT

RULES = Rules.read(RULES_TEXT)


def test_words_of_a_name_and_of_a_label_meet() -> None:
    form = Form(fields=(Field(0, label="Straße"), Field(1, name="billing[strasse]")))
    hashes = looks(form, RULES).hashes
    assert crc32(b"w:strasse") in hashes[0] and crc32(b"w:strasse") in hashes[1]


def test_words_of_a_neighbour_are_others_than_ones_own() -> None:
    form = Form(fields=(Field(0, label="Town"), Field(1, label="Street")))
    hashes = looks(form, RULES).hashes
    mixed = crc32(b"w:town") * MIXER[-1] % 2**32
    assert mixed in hashes[1] and mixed not in hashes[0]


def test_ticks_and_other_forms_are_not_beside() -> None:
    fields = (Field(0, form=0), Field(1, form=0, kind="checkbox"), Field(2, form=0), Field(3, form=1))
    near = beside(fields)
    assert near == [{1: 2}, {-1: 0, 1: 2}, {-1: 0}, {}]


def test_choices_are_told_by_what_they_are() -> None:
    months = Field(0, "select", "select-one", options=tuple(Option(str(n), f"{n:02}") for n in range(1, 13)))
    codes = Field(0, "select", "select-one", options=(Option("DE", "Germany"), Option("PE", "Peru")))
    assert {"vs:months", "vs:rising", "on:12"} <= set(option_features(months))
    assert {"vs:two", "differ", "ot:peru"} <= set(option_features(codes))
    assert option_features(Field(0)) == []


@given(
    st.lists(st.text(max_size=30), min_size=12, max_size=12), st.sampled_from(["text", "select-one", "radio"])
)
@settings(max_examples=60, deadline=None)
def test_any_texts_have_features(texts: list[str], kind: str) -> None:
    names = (
        "id",
        "name",
        "autocomplete",
        "placeholder",
        "title",
        "aria",
        "label",
        "before",
        "after",
        "hint",
        "section",
    )
    field = Field(
        0, "select" if kind == "select-one" else "input", kind, **dict(zip(names, texts, strict=False))
    )  # type: ignore[arg-type]
    seen = looks(Form(fields=(field, field)), RULES)
    assert len(seen.hashes) == len(seen.scores) == 2
    assert all(each.dtype == np.uint32 for each in seen.hashes)
