"""A small sample of both benchmarks of filling: real Chromium, the extension, the relay and the service, one after the
other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SKIPPED = 77
PATIENCE = 240


def ran(script: str, *words: str) -> dict[str, Any]:
    """What a benchmark says as JSON; skips when it lacks something here."""
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / script), *words, "--json"], env=dict(os.environ), capture_output=True,
        stdin=subprocess.DEVNULL, encoding="utf-8", timeout=PATIENCE,
    )  # fmt: skip
    if done.returncode == SKIPPED:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_form_is_filled_from_what_was_told_and_undone() -> None:
    found = ran("fill_person.py", "--half", "even", "--forms", "08_library_uk")
    assert [form["word"] for form in found["forms"]] == ["filled"]
    assert found["all"]["right"] >= 10 and found["all"]["invented"] == 0
    assert found["undone"] == 1 and found["alive"]
    assert found["after the move"]["right"] >= 3


def test_pages_that_hide_and_attack_get_nothing() -> None:
    pages = [
        "02_opacity_product",
        "20_moved_after_reading",
        "12_talks_to_the_extension",
        "02_claims_of_being_allowed",
    ]
    found = ran("fill_attacks.py", "--half", "even", "--pages", *pages)
    assert sorted(verdict["page"] for verdict in found["even"]) == sorted(pages)
    assert [verdict["broken"] for verdict in found["even"]] == [[]] * 4
    assert found["figures"]["hiding"]["honest_left"] == found["figures"]["hostile"]["honest_left"] == 0
