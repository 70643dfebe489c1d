"""The benchmark of switching: a sample of its soak, and the whole of it with --soak."""

from __future__ import annotations

from pathlib import Path

import pytest
from switching_soak import figures, soak

from second_me.models.starter import CHAT_FILE


def test_a_sample_of_the_soak(starter_models: Path) -> None:
    found = soak(starter_models / CHAT_FILE, 0.2, 3, most_bytes=12 << 20)
    assert found["wrong_answers"] == 0
    assert found["switches"] >= 4
    assert 0 < found["most_disk_mb"] <= found["bound_mb"]


def test_growth_and_a_disk_out_of_bounds_are_told() -> None:
    still = [{"disk": 10, "worker": 100 << 20, "service": 50 << 20}] * 80
    assert figures(still, 10, 0)["ok"]
    assert not figures(still, 9, 0)["ok"]
    assert not figures(still, 10, 1)["ok"]
    for what in ("worker", "service"):
        grown = [{**row, what: row[what] + (number << 20)} for number, row in enumerate(still)]
        assert not figures(grown, 10, 0)["ok"]


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_two_hundred_conversations_switched_for_ten_minutes(starter_models: Path) -> None:
    found = soak(starter_models / CHAT_FILE, 10, 200)
    assert found["ok"], found
