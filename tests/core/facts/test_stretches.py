"""A stretch that is over has both ends; what tells only of the end has one."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading import read_claims

SAID = datetime(2024, 6, 1, 12)


def years(text: str) -> list[tuple[str, str, int | None, int | None]]:
    return [
        (
            claim.slot.value,
            claim.value.of(text),
            claim.since.year if claim.since else None,
            claim.until.year if claim.until else None,
        )
        for claim in read_claims(text, SAID)
        if claim.stance is Stance.ENDED
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I lived in Bern from 2010 to 2014.", ("home", "Bern", 2010, 2014)),
        ("I used to live in Bern in 2018.", ("home", "Bern", 2018, 2018)),
        ("I worked at Siemens from 2010 to 2014.", ("employer", "Siemens", 2010, 2014)),
        ("I left Siemens in 2014.", ("employer", "Siemens", None, 2014)),
        ("I quit my job at Siemens in 2014.", ("employer", "Siemens", None, 2014)),
    ],
)
def test_both_ends_or_one(text: str, told: tuple[str, str, int | None, int | None]) -> None:
    assert told in years(text)
