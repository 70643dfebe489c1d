"""`pin` and `curve`."""

from __future__ import annotations

import json

from second_me.app.cli.curve import drawing, summary
from tests.cli.conftest import Shell


def told(run: Shell, text: str) -> str:
    return run("remember", text).stdout.split()[0]


def test_pin_and_curve(run: Shell) -> None:
    memory = told(run, "The kiln is in the shed behind the barn.")
    shape = json.loads(run("curve", memory, "--json").stdout)
    assert shape["memory_id"] == memory and shape["recalls"] == [] and not shape["pinned"]
    assert shape["past"][-1] == shape["ahead"][0] and shape["half"] > shape["born"]
    pinned = run("pin", memory, "--json")
    assert json.loads(pinned.stdout) == {"memories": [memory], "pinned": True, "missing": []}
    assert json.loads(run("curve", memory, "--json").stdout)["half"] is None
    assert "Pinned" in run("curve", memory).stdout
    assert "1 memory may fade" in run("pin", memory, "--off").stdout
    drawn = run("curve", memory)
    assert drawn.returncode == 0 and "below 50 % around" in drawn.stdout
    assert drawn.stdout.count(".") > 50


def test_ids_that_are_not_there(run: Shell) -> None:
    memory = told(run, "The kiln is old.")
    partly = run("pin", memory, "m_none", "--json")
    assert partly.returncode == 1 and json.loads(partly.stdout)["missing"] == ["m_none"]
    assert run("pin", "m_none").returncode == 2
    assert run("curve", "m_none").returncode == 2


def test_the_drawing_has_recalls_today_and_what_comes() -> None:
    shape = {
        "pinned": False, "faded": False, "let_go": False, "strength": 0.8, "half": "2025-01-01T12:00:00",
        "past": [["2024-01-01T12:00:00", 1.0], ["2024-02-01T12:00:00", 0.6], ["2024-02-01T12:00:00", 1.0],
                 ["2024-03-01T12:00:00", 0.8]],
        "ahead": [["2024-03-01T12:00:00", 0.8], ["2025-03-01T12:00:00", 0.4]],
        "recalls": [{"at": "2024-02-01T18:00:00", "grade": "good"}],
    }  # fmt: skip
    lines = drawing(shape)
    assert [line.split()[0] for line in lines[:9:2]] == ["100", "75", "50", "25", "0"]
    assert "o" in lines[0] and "|" in lines[8] and "." in lines[4] and len("".join(lines).split("*")) > 5
    assert lines[9].split() == ["2024-01-01", "2025-03-01"]
    assert summary(shape) == "80 % today. If nothing recalls it, below 50 % around 2025-01-01."
    assert "You let it fade" in summary({**shape, "let_go": True, "faded": True})
    assert summary({**shape, "faded": True, "half": None}).startswith("Faded, 80 %")
    assert summary({**shape, "half": None}) == "80 % today."
