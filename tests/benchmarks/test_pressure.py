"""The figures of the pressure benchmark, from a course that is written down here; its own reading of /proc."""

from __future__ import annotations

import argparse
import mmap
import os
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from pressure import size, summary
from pressure_course import PHASES, Moment, Run
from pressure_figure import draw
from pressure_sides import held

MB = 1 << 20


def course(name: str, budget: int | None) -> Run:
    """Ten seconds a phase, a moment a second, a piece of text each, none for three seconds of the third phase."""
    moments = [
        Moment(at + 0.5, PHASES[at // 10], at * MB, budget, (90 - at) * MB, MB, 2 * at, at * MB, 1.0, MB, MB)
        for at in range(40)
    ]
    pieces = [at + 0.5 for at in range(40) if not 22 <= at < 25]
    phases = {phase: (10.0 * number, 10.0 * number + 10) for number, phase in enumerate(PHASES)}
    return Run(name, moments, pieces, phases, 0, None, 100 * MB, [])


def test_a_phase_in_numbers() -> None:
    rows = summary(course("ours", 50 * MB))
    assert [row["phase"] for row in rows] == list(PHASES)
    assert [row["speed"] for row in rows] == [1.0, 1.0, 0.7, 1.0]
    assert [row["longest_pause"] for row in rows] == [1.0, 1.0, 4.0, 1.0]
    assert rows[2]["faults"] == 18 and rows[2]["read"] == 9 * MB
    assert rows[2]["weights_least"] == rows[2]["weights_last"] == 61 * MB


def test_a_phase_without_pieces_is_one_pause() -> None:
    silent = Run(**{**vars(course("plain mmap", None)), "pieces": []})
    assert {row["longest_pause"] for row in summary(silent)} == {10.0}
    assert summary(silent)[0]["budget_least"] is None


def test_the_figure_names_what_it_shows() -> None:
    runs = [course("ours", 50 * MB), course("plain mmap", None)]
    figure = draw({"model": "a<b", "limit": 100 * MB, "take": 40 * MB}, runs)
    texts = {element.text for element in ElementTree.fromstring(figure).iter() if element.text}
    assert {"ours", "plain mmap", "budget of ours", "taken by the other", "tokens a second"} <= texts
    assert "a<b under a limit of 100 MB, of which another process takes 40 MB" in texts


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_mapped_weights_and_anonymous_memory_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(bytes(8 * MB))
    before = held(os.getpid())
    with file.open("rb") as content, mmap.mmap(content.fileno(), 0, prot=mmap.PROT_READ) as mapped:
        assert sum(mapped[:: mmap.PAGESIZE]) == 0
        during = held(os.getpid())
        assert before and during
        assert during.weights - before.weights == 8 * MB
        assert during.anonymous - before.anonymous < 4 * MB


def test_a_process_that_has_gone_is_none() -> None:
    assert held(2**30) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("680M", 680 * MB), ("1.5G", 1536 * MB), ("7kb", 7168), ("9", 9)]
)
def test_sizes(text: str, expected: int) -> None:
    assert size(text) == expected


def test_what_is_no_size_is_refused() -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        size("much")
