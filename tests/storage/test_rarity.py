"""How rare words are, asked of a real index: it holds words of some scripts by their stems alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.core.recall.keys import query_terms
from second_me.core.recall.rarity import COMMON, FEWEST, Rarity
from tests.storage.conftest import Kit, make

MANY = max(FEWEST, round(1 / COMMON)) + 1


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    kit = make(tmp_path / "vault")
    yield kit
    kit.vault.close()


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("We like gardens", "orchards"),
        ("Мы любим книги", "деревьями"),
        ("हमें किताबों की दुकानें", "नदियाँ"),
        ("نحب الكتب", "المدينة"),
        ("花园", "河流"),
    ],
)
def test_a_word_of_every_day_tells_nothing_in_any_script(kit: Kit, common: str, rare: str) -> None:
    for at in range(MANY):
        kit.say(f"{common} {at}", minutes=at)
    kit.say(rare, minutes=MANY)
    rarity = Rarity(kit.words)
    assert set(rarity(query_terms(common)).values()) == {0.0}
    (once,) = set(rarity(query_terms(rare)).values())
    (never,) = rarity(["qwertz"]).values()
    assert 0 < once < never
