"""After any history, nothing of what was erased is anywhere, and everything else is found."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.service.histories import Histories
from tests.service.scrutiny import Pieces

ALWAYS = settings(
    deadline=None,
    database=None,
    stateful_step_count=30,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


@pytest.mark.parametrize(
    "shown", ["bcdfghjklmnp", "x bcdfghjk", "Ghjklmnp", "BCDFGHJKLMNPs", "\0苹果树林\0", "好苹果树林"]
)
def test_a_piece_of_a_word_is_seen(shown: str) -> None:
    words = ["bcdfghjklmnp", "苹果树林"]
    assert len(Pieces(b"\x00\xe4" + shown.encode() + b"\xff").of(words)) == 1


@pytest.mark.parametrize("shown", ["bcdfghj", "cdfghjklmn", "苹果树", "", "vwxzbcdfgh"])
def test_other_words_are_not(shown: str) -> None:
    assert Pieces(shown.encode()).of(["bcdfghjklmnp", "苹果树林"]) == []


def test_nothing_of_what_was_erased_is_anywhere() -> None:
    run_state_machine_as_test(Histories, settings=settings(ALWAYS, max_examples=10, derandomize=True))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(10))
def test_nothing_of_what_was_erased_is_anywhere_in_a_thousand_histories(part: int) -> None:
    phases = (Phase.generate,)
    run_state_machine_as_test(Histories, settings=settings(ALWAYS, max_examples=100, phases=phases))
