"""The table of words near in meaning, made of known vectors."""

from __future__ import annotations

import numpy as np
import pytest
from related_words import ORIGIN, lines, nearness

from second_me.core.recall.related import NearWords

WORDS = ["violin", "cello", "rain", "strings"]


def at(*degrees: float) -> np.ndarray:
    """Unit vectors in a plane."""
    radians = np.radians(degrees)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1)


def test_nearness_begins_at_a_cosine_and_ends_at_one() -> None:
    assert nearness(1.0) == pytest.approx(1.0)
    assert nearness(0.45) == nearness(-1.0) == 0.0
    assert nearness(0.725) == pytest.approx(0.5**1.5)
    steps = [nearness(cosine) for cosine in np.linspace(-1, 1, 50)]
    assert steps == sorted(steps)


def test_a_line_holds_the_words_that_are_near_nearest_first() -> None:
    made = lines(WORDS, at(0, 10, 120, 40), least=0.6, most=16)
    assert made == ["cello violin:10 strings:7", "strings cello:7 violin:4", "violin cello:10 strings:4"]


def test_only_so_many_and_never_the_word_itself() -> None:
    assert lines(WORDS, at(0, 10, 120, 40), least=0.6, most=1) == [
        "cello violin:10", "strings cello:7", "violin cello:10",
    ]  # fmt: skip
    assert lines(["one"], at(0), least=0.6, most=5) == []


def test_what_is_listed_is_never_nothing() -> None:
    """At a low bound the nearness of far words would be 0: a tenth is the least."""
    assert lines(["a", "b"], at(0, 70), least=0.3, most=1) == ["a b:1", "b a:1"]


def test_the_product_reads_what_is_written() -> None:
    text = ORIGIN + "\n".join(lines(WORDS, at(0, 10, 120, 40), 0.6, 16)) + "\n"
    near = NearWords(text)
    assert near("cello") == {"violin": 1.0, "strings": 0.7}
    assert near("rain") == {}
