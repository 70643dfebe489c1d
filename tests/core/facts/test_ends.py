"""Where values end: the month that is also a verb, and what kind of place it is."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.memory.facts.reading import read_claims


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I'm going to run a marathon in May.", "run a marathon in May"),
        ("I'm going to run a marathon in May, wish me luck.", "run a marathon in May"),
        ("I'm going to visit Anna in July.", "visit Anna in July"),
        ("I work at the Larkhill clinic.", "Larkhill clinic"),
        ("I work at Mosswood primary school.", "Mosswood primary school"),
        ("I work at Siemens.", "Siemens"),
    ],
)
def test_a_value_ends_where_it_ends(text: str, value: str) -> None:
    assert value in [claim.value.of(text) for claim in read_claims(text, datetime(2024, 3, 1))]
