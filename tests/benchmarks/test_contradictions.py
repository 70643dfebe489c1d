"""The benchmark of contradictions counts what is shown and what is a false alarm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import contradictions as benchmark


def line(contradiction: bool, values: list[str], *said: tuple[str, str]) -> dict[str, Any]:
    turns = [{"text": text, "said_at": at} for text, at in said]
    return {"id": "x", "turns": turns, "slot": "birthday", "contradiction": contradiction, "values": values}


BORN = ("My birthday is 3 May.", "2020-01-01T09:00:00"), ("My birthday is 4 May.", "2021-01-01T09:00:00")
MOVED = ("I live in Bern.", "2020-01-01T09:00:00"), ("I live in Basel now.", "2021-01-01T09:00:00")


def test_what_is_counted(tmp_path: Path) -> None:
    lines = [
        line(True, ["3 May", "4 May"], *BORN),
        line(True, ["4 May", "3 May"], *BORN),
        line(True, ["3 May", "9 June"], *BORN),  # the wrong sides are none
        line(True, ["Bern", "Basel"], *MOVED),
        line(False, ["3 May", "4 May"], *BORN),
        line(False, ["Bern", "Basel"], *MOVED),
    ]
    outcomes = [benchmark.outcome(each, tmp_path / str(number)) for number, each in enumerate(lines)]
    assert [each.shown for each in outcomes[:4]] == [True, True, False, False]
    assert benchmark.figures(outcomes) == {
        "pairs": 4, "shown": 2, "shown_share": 0.5, "read": 4, "shown_of_read": 0.5, "others": 2, "false_alarms": 1,
        "false_alarm_share": 0.5,
    }  # fmt: skip


def test_the_development_set_is_whole() -> None:
    lines = list(benchmark.lines_of(benchmark.DATA / "contradictions_dev.jsonl"))
    assert sum(each["contradiction"] for each in lines) >= 30
    assert sum(not each["contradiction"] for each in lines) >= 40
    assert len({each["id"] for each in lines}) == len(lines)
    assert all(len(each["turns"]) == 2 and each["values"] for each in lines)
