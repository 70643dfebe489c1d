"""Who fills a form knows more fields than labelled pages teach, and is less sure of them."""

from __future__ import annotations

import pytest

from second_me.core.acting.html_page import read_page
from second_me.core.acting.proposing import TICKED_FROM
from second_me.core.acting.recognition.typing import type_fields
from second_me.core.acting.recognition.wider import SELDOM_LABELLED, types_for_filling
from second_me.core.acting.types import SECRETS
from tests.core.acting.recognition.shipped import shipped_weights

WEIGHTS = shipped_weights()
PAGE = """<html lang=en><form><label>Full name <input name=full></label>
<label>What should we call you? Nickname <input name=nick></label>
<label>Occupation <input name=occ></label>
<label>Password <input type=password name=p></label>
<label>Preferred language <select name=l><option>English<option>Deutsch</select></label>
<label>Quantity <input name=qty></label></form></html>"""


def test_what_the_models_know_stays() -> None:
    form = read_page(PAGE)
    for models, wider in zip(type_fields(form, WEIGHTS), types_for_filling(form, WEIGHTS), strict=True):
        assert models.type is None or models == wider


def test_seldom_labelled_fields_are_known_to_who_fills() -> None:
    found = types_for_filling(read_page(PAGE), WEIGHTS)
    assert [each.type for each in found[1:3]] == ["nickname", "organization-title"]
    assert found[3].type in SECRETS
    assert found[4].type == "language"
    assert found[5].type is None


@pytest.mark.parametrize("place", range(5))
def test_only_seldom_labelled_ones_are_ticked(place: int) -> None:
    form = read_page(PAGE)
    models, wider = type_fields(form, WEIGHTS)[place], types_for_filling(form, WEIGHTS)[place]
    if models.type is None:
        assert (wider.confidence >= TICKED_FROM) == (wider.type in SELDOM_LABELLED)


def test_what_the_page_itself_says_is_sure() -> None:
    said = read_page("<form><label>Field 7 <input autocomplete='bday'></label></form>")
    (found,) = types_for_filling(said, WEIGHTS)
    assert found.type == "bday" and found.confidence >= TICKED_FROM
