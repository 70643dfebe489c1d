"""What a field is called."""

from __future__ import annotations

import pytest

from second_me.core.acting.forms import Field
from second_me.core.acting.labels import label_of


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (Field(0, label="First  name *"), "First name"),
        (Field(0, placeholder="Your town", before="Address"), "Your town"),
        (Field(0, placeholder="TT.MM.JJJJ", before="Geburtsdatum"), "Geburtsdatum"),
        (Field(0, placeholder="dd / mm / yyyy", before="Born"), "Born"),
        (Field(0, placeholder="12345", before="PLZ"), "PLZ"),
        (Field(0, placeholder="name@example.com", before="E-Mail:"), "E-Mail"),
        (Field(0, placeholder="e.g. Anna", title="First name"), "First name"),
        (Field(0, placeholder="MM/YY"), "MM/YY"),
        (Field(0, placeholder="Stadt", before="x"), "Stadt"),
        (Field(0, before="Patientenaufnahme Anrede", section="Patientenaufnahme"), "Anrede"),
        (Field(0, before="Delivery", section="Delivery"), "Delivery"),
        (Field(0, name="firstName"), "first Name"),
    ],
)
def test_a_field_is_called_as_a_person_would_read_it(field: Field, name: str) -> None:
    assert label_of(field) == name
