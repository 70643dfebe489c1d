"""What stands before a field that has no label is what it is called."""

from __future__ import annotations

import pytest

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.near import called, near, without_choices
from tests.core.acting.life import JONAS, asked, filled, life, of


def test_the_text_before_names_what_nothing_else_does() -> None:
    field = Field(0, before="Your details E-mail (work)", section="Your details")
    assert near(field) == "E-mail (work)" == called(field)
    assert near(Field(0, label="E-mail", before="Read this first")) == ""
    assert called(Field(0, placeholder="TT.MM.JJJJ", before="Geboren am")) == "Geboren am"


def test_a_long_text_counts_with_its_end() -> None:
    assert near(Field(0, before=f"{'a long story ' * 9}ends with a name")).endswith("ends with a name")


def test_the_label_of_a_button_is_not_the_name_of_what_follows() -> None:
    form = Form(fields=(Field(0, kind="radio", label="Mme"), Field(1, before="Mme Titre")))
    assert without_choices(form, form.fields[1]) == "Titre"
    assert without_choices(form, form.fields[0]) == ""


@pytest.mark.parametrize(
    "text", ["E-Mail Geschäft", "Work e-mail", "E-mail professionnel", "Zakelijk e-mailadres"]
)
def test_a_work_address_is_asked_for_by_the_text_before(text: str) -> None:
    told = life(*JONAS, "My work email is jonas@acme.example.")
    assert filled(told, of("email", label="", before=text)) == ["jonas@acme.example"]


@pytest.mark.parametrize("text", ["Telefon im Notfall", "Phone of next of kin", "Teléfono del cónyuge"])
def test_somebody_else_is_asked_about_by_the_text_before(text: str) -> None:
    (row,) = asked(life(*JONAS), of("tel", label="", before=text))
    assert (row.value, row.reason) == (None, "somebody_else")
