"""Facts told without a subject: who writes, where they live, a new number with its story."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.memory.facts.reading import read_claims

SAID = datetime(2024, 5, 1, 10)


def told(text: str) -> set[tuple[str, str]]:
    return {
        (claim.slot.value, claim.value.of(text)) for claim in read_claims(text, SAID) if claim.named is None
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marta Kowalska here.", ("name", "Marta Kowalska")),
        ("Jonas Lindqvist here, hello.", ("name", "Jonas Lindqvist")),
        ("Living in Spain since May: Calle Colón 12, 46004 Valencia.", ("street-address", "Calle Colón 12")),
        ("Renting in Leeds: 14 Mill Lane, LS1 4AB.", ("street-address", "14 Mill Lane")),
        ("Based in Graz, Mandellstraße 4, 8010 Graz.", ("postal-code", "8010")),
        ("New number, I drowned the old phone: +49 1522 8817386.", ("tel", "+49 1522 8817386")),
        ("My new mobile, the last one is in a lake: 07700 900812.", ("tel", "07700 900812")),
    ],
)
def test_what_is_told_without_a_subject_is_read(text: str, expected: tuple[str, str]) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "New York here we come.",
        "Grand Hotel here.",
        "Living in Spain would be nice: Calle Colón 12, 46004 Valencia.",
        "New number, says my landlord: 020 7946 0123.",
        "New number, her old phone is gone: 020 7946 0123.",
    ],
)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert not {slot for slot, _ in told(text)} & {"name", "tel", "street-address"}
