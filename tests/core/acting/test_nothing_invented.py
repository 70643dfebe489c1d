"""Whatever a form asks: values come out of facts, fit their fields, and stand among the options."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_me.core.acting.forms import OBSTACLES
from second_me.core.acting.proposal import Decision, Row
from second_me.core.acting.types import SECRETS, TYPES
from second_me.core.acting.values.asked import plain
from second_me.core.acting.values.countries import country_names, language_names
from second_me.core.acting.values.fitting import length
from tests.core.acting.life import JONAS, asked, life, of

TOLD = life(
    *JONAS,
    "My state is Texas.", "I live at 5 Elm Road, Apt 4B, Austin, Texas 78701, USA.", "I'm a woman.",
    "I work at Siemens.",
    "I'm a software engineer.", "My website is https://jonas.example", "My mother tongue is Dutch.",
    "People call me Jo.",
    "My username on GitHub is jdevries.", "Please call me Dr. de Vries.", "I am allergic to peanuts.", "I love hiking.",
    "My company is called Acme GmbH.", "My middle name is Pieter.",
)  # fmt: skip
SAID = plain(" ".join(fact.kept.value for fact in TOLD))
NAMED = {plain(name) for code in ("NL", "US") for name in country_names(code)}
MEANT = NAMED | {plain(name) for name in language_names("nl")} | {"tx", "texas"}
FIGURES = (
    re.sub(r"\D", "", "".join(fact.kept.value for fact in TOLD))
    + "1987-03-14 14 03 1987 870314 0031612345678"
)

OPTIONS = st.lists(
    st.sampled_from(
        ["=Choose", "NL=Niederlande", "US=United States", "m=Herr", "f=Frau", "o=Other", "3=March", "3=März", "0=0",
         "14", "1987", "+31=NL (+31)", "TX=Texas", "Texas", "nl=Nederlands", "x=Siemens", "Dr", "Mr", "Mrs", "x"]
    ),
    max_size=6,
)  # fmt: skip
WORDS = st.sampled_from(
    ["", "Name", "Work e-mail", "Billing city", "Ihre Anschrift", "Date (TT.MM.JJJJ)", "mm/dd/yy", "+49 123 456",
     "06 123456", "Leave empty", "GitHub", "Emergency contact", "Allergies",
     "Tell us about your hobbies", "Apt no.", "Password"]
)  # fmt: skip
FIELD = st.fixed_dictionaries(
    {
        "type": st.one_of(st.none(), st.sampled_from(sorted(TYPES))),
        "kind": st.sampled_from(
            ["text", "text", "tel", "email", "number", "date", "url", "radio", "textarea"]
        ),
        "options": OPTIONS,
        "label": WORDS,
        "placeholder": WORDS,
        "section": WORDS,
        "name": st.sampled_from(["", "a", "b", "email2", "hp", "street_no"]),
        "maxlength": st.one_of(st.none(), st.integers(0, 30)),
        "pattern": st.sampled_from(["", "", r"\d+", r"[A-Z]{2}", "(a+)+", "[", r"[^\d]*", r"\+?[\d ]+"]),
        "obstacle": st.sampled_from(["", "", "", *sorted(OBSTACLES)]),
        "filled": st.booleans(),
        "sure": st.floats(0, 1),
    }
)

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long an example takes on a busy machine says nothing."""


def page_field(given_field: dict[str, Any]) -> dict[str, Any]:
    made = dict(given_field)
    if made["options"] and made["kind"] != "radio":
        made["kind"] = "select-one"
    if made["kind"] == "radio":
        made["options"] = made["options"][:1]
    made["tag"] = {"select-one": "select", "textarea": "textarea"}.get(made["kind"], "input")
    return made


def comes_from_facts(row: Row) -> bool:
    """Every word of a value was said, or is another name or form of what was said."""
    words, kind = plain(row.value or ""), row.typed.type or ""
    if kind.startswith(("bday", "tel")):
        return all(figures.lstrip("0") in FIGURES for figures in re.findall(r"\d+", words))
    if all(word in SAID for word in words.split()):
        return True
    return any(name in words for name in MEANT) and kind in (
        "country", "country-name", "language", "address-level1", "street-address",
    )  # fmt: skip


@UNHURRIED
@given(st.lists(FIELD, max_size=6), st.sampled_from(["", "de", "en-US", "nl", "ja"]), st.booleans())
def test_nothing_is_invented_cut_or_put_where_it_does_not_belong(
    given_fields: list[dict[str, Any]], language: str, told_all: bool
) -> None:
    fields = [page_field(each) for each in given_fields]
    rows = asked(TOLD, *fields, gate=lambda fact: told_all, language=language)
    assert [row.index for row in rows] == list(range(len(fields)))
    for row, field in zip(rows, fields, strict=True):
        assert not row.ticked or (row.decision is Decision.FILL and row.cleared and told_all)
        if row.value is None:
            assert not row.ticked and not row.sources
            continue
        assert field["obstacle"] == "" and field["type"] not in SECRETS
        assert row.sources and set(row.sources) <= {fact.kept.memory_id for fact in TOLD}
        if row.options:
            assert row.value in {option.value for option in row.options} - {""}
        else:
            assert field["maxlength"] is None or length(row.value) <= field["maxlength"]
            assert comes_from_facts(row)


@UNHURRIED
@given(st.lists(FIELD, max_size=5))
def test_of_nobody_nothing_is_filled(given_fields: list[dict[str, Any]]) -> None:
    rows = asked((), *[page_field(each) for each in given_fields])
    assert all(row.value is None and not row.ticked and not row.sources for row in rows)


def test_the_check_itself_sees_what_is_made_up() -> None:
    (row,) = asked(TOLD, of("organization", label="Company"))
    assert comes_from_facts(row)
    (changed,) = asked(life("I work at Philips."), of("organization", label="Company"))
    assert not comes_from_facts(changed)
