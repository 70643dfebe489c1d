"""Texts without capitals: names are read where only a name can stand, and nothing else is."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my gran mairi is 91", {("mairi", "relation", "gran", "holds")}),
        ("my dog pumpernickel ate a sock", {("me", "pet", "pumpernickel", "holds")}),
        ("i dropped out of keele university", {("me", "school", "keele university", "ended")}),
        ("i'm doing a phd at the university of leiden", {("me", "school", "university of leiden", "holds")}),
        (
            "we live at 7 kestrel way, ludlow sy8 2qq",
            {
                ("me", "street-address", "7 kestrel way", "holds"),
                ("me", "home", "ludlow", "holds"),
                ("me", "postal-code", "sy8 2qq", "holds"),
            },
        ),
        (
            "i live at 48 rue des lilas, 69003 lyon",
            {
                ("me", "street-address", "48 rue des lilas", "holds"),
                ("me", "postal-code", "69003", "holds"),
                ("me", "home", "lyon", "holds"),
            },
        ),
        (
            "given name: ottoline, family name: marsh",
            {
                ("me", "given-name", "ottoline", "holds"),
                ("me", "family-name", "marsh", "holds"),
            },
        ),
        ("my dog is ill", set()),
        ("my brother works nights", set()),
        ("my cat always sleeps", set()),
        ("i'm a tax consultant with arbour & finch", {("me", "job", "tax consultant", "holds")}),
        ("first name basis, everyone here", set()),
        ("tom: i live in glasgow. me: nice!", set()),
    ],
)
def test_names_in_small_letters(text: str, found: set[tuple[str, str, str, str]]) -> None:
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == found
