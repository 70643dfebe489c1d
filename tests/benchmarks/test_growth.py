from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from growth import TIMES, again, run, table, upkeep_row
from growth_figure import PANELS, Years, draw
from growth_life import Calendar, Life, State, grow, opened
from growth_limits import Limit, breaking
from growth_turns import DAY_TURNS, evening, turns_of_day
from scale_figure import HEIGHT, TOP
from scale_texts import Corpus

from second_me.app.paths import HomeLayout
from second_me.app.wiring import HomeDoor
from second_me.core.memory.episodes import Role

Row = dict[str, Any]
DIMENSIONS = 384


@pytest.fixture(scope="module")
def made_of() -> Corpus:
    """Sentences of our own, with vectors of the embedder's length."""
    sentences = [f"On day {n} we painted door number {n} of the {n}th house." for n in range(40)]
    rows = np.random.default_rng(1).normal(size=(40, DIMENSIONS)).astype(np.float32)
    return Corpus([], rows[:0], sentences, rows, ["Which door did we paint on day 3?", "Who lives there?"])


def test_a_day_is_the_same_whenever_it_is_made_and_half_of_it_is_the_persons_own(made_of: Corpus) -> None:
    turns, rows = turns_of_day(made_of, 12)
    again, _ = turns_of_day(made_of, 12)
    assert turns == again != turns_of_day(made_of, 13)[0]
    assert len(turns) == DAY_TURNS == len(rows)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert sum(turn.role is Role.PERSON for turn in turns) == DAY_TURNS / 2
    times = [turn.spoken_at for turn in turns]
    assert times == sorted(times, key=str)
    assert all(at is not None and evening(11) < at < evening(12) for at in times)
    gaps = [later - earlier for earlier, later in pairwise(times) if later and earlier]
    assert sum(gap > timedelta(hours=6) for gap in gaps) == 1  # two sessions


def test_a_small_life_is_lived_measured_and_gone_on_with(
    made_of: Corpus, starter_models: Path, tmp_path: Path
) -> None:
    (row,) = run(tmp_path, [0.01], made_of, starter_models)
    assert row["memories"] == 4 * DAY_TURNS
    assert "grains" in row["jobs"]
    assert row["whole"].keys() == {"checks", "purge"}
    assert all(row[name]["p50"] >= 0 for name in TIMES)
    longer = run(tmp_path, [0.01, 0.02], made_of, starter_models)
    assert longer[0] == row  # not measured again
    assert longer[1]["memories"] == 7 * DAY_TURNS
    assert "memories" in table(longer)
    assert ElementTree.fromstring(draw(longer)) is not None
    assert json.loads((tmp_path / "growth.json").read_text())["days"] == 7
    measured = again(tmp_path)
    assert [row["memories"] for row in measured] == [4 * DAY_TURNS, 7 * DAY_TURNS]
    assert [row["turn"] for row in measured] == [row["turn"] for row in longer]


def test_a_life_that_was_killed_between_a_day_and_its_note_holds_every_day_once(
    made_of: Corpus, starter_models: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    layout, calendar, file = HomeLayout(tmp_path / "home"), Calendar(), tmp_path / "growth.json"
    layout.models.symlink_to(starter_models)
    house = opened(HomeDoor(layout, calendar, lambda _: None))
    try:
        life = Life(house, calendar, made_of)
        life.day(0)
        grow(life, State(), file, 3)
        assert house.episodes.count() == 3 * DAY_TURNS
        assert house.vectors.pending_count() == 0
    finally:
        house.model.close()
        house.close()


def lived() -> list[Row]:
    """Two years; all grows."""
    return [
        {
            "years": year, "memories": int(18_250 * year), "turns_a_second": 600, "open_ms": 300 * year,
            "known": 10,
            "open_cpu_ms": 200 * year, "claims": 20, "contradicting": 2, "ratio": 3.0,
            "upkeep": {"seconds_a_day": 0.4, "cpu_a_day": 0.1}, "disk_bytes": 50e6 * year,
            "resident_bytes": 100e6 + 9e6 * year,
            "jobs": {
                "grains": {"seconds_a_day": 0.3, "cpu_a_day": 0.1, "longest_cpu_ms": 90.0},
            },
            "whole": {"checks": {"seconds_a_run": 2.0 * year, "cpu_a_run": 1.0, "longest_cpu_ms": 40.0}},
            **{
                name: {"p50": 10.0 * year, "p95": 20.0 * year, "cpu_p50": 9.0 * year, "cpu_p95": 18.0}
                for name in TIMES
            },
        }
        for year in (1.0, 2.0)
    ]  # fmt: skip


def test_what_breaks_first_is_first() -> None:
    slow = Limit("slow", lambda row: row["recall"]["p95"], 30, "ms")
    later = Limit("later", lambda row: row["recall"]["p95"], 100, "ms")
    never = Limit("never", lambda row: 1.0, 100, "ms")
    told = breaking(lived(), (never, later, slow))
    assert [(each.what, each.years, each.measured) for each in told] == [
        ("slow", 2.0, True),
        ("later", 5.0, False),
        ("never", 1000.0, False),
    ]
    assert [each.told() for each in told] == [
        "40 of 30 ms, left at year 2",
        "40 of 100 ms, would be left at year 5",
        "1 of 100 ms, does not grow",
    ]
    assert breaking(lived()[:1], (later,))[0].years == 1000.0


def test_all_is_on_the_paper_and_years_go_evenly() -> None:
    drawn = ElementTree.fromstring(draw(lived()))
    width = float(drawn.attrib["width"])
    circles = [each.attrib for each in drawn.iter() if each.tag.endswith("circle")]
    assert len(circles) == 2 * sum(len(lines) for _, lines in PANELS)
    assert all(0 < float(c["cx"]) < width and TOP <= float(c["cy"]) < HEIGHT for c in circles)
    rows = [*lived(), {**lived()[1], "memories": 18_250 * 3}]
    panel = Years(0, rows, PANELS[0][1])
    first, second, third = (panel.x(row["memories"]) for row in rows)
    assert second - first == pytest.approx(third - second)
    assert draw(lived()[:1])


def test_upkeep_is_told_for_a_day_of_life_over_the_last_year() -> None:
    months = [
        {
            "days": 30,
            "seconds": 1.0,
            "jobs": {
                "grains": {"seconds": n, "cpu": n / 2, "longest": n / 10, "longest_cpu": n / 20, "steps": 3}
            },
        }
        for n in (900.0, *[6.0] * 13)
    ]
    told = upkeep_row(months)
    assert told["upkeep"] == {"seconds_a_day": 0.2, "cpu_a_day": 0.1}
    assert told["jobs"]["grains"] == {
        "seconds_a_day": 0.2, "cpu_a_day": 0.1, "longest_ms": 600.0, "longest_cpu_ms": 300.0
    }  # fmt: skip
