"""The figure of experts on demand: every point is on the paper, faster is higher."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from expert_figure import HEIGHT, LINES, TOP, Paper, draw, speed


def result() -> dict[str, Any]:
    """Two limits, two kinds of router."""
    points = [
        {
            "share": share, "stay": stay, "of_bound": 0.7,
            "sides": {"ours": {"seconds": 5 / share}, "mmap": {"seconds": 60 / share},
                      "random": {"seconds": 40 / share}, "unlimited": {"seconds": 0.05}},
        }
        for stay in (0.0, 0.85)
        for share in (30.0, 50.0)
    ]  # fmt: skip
    said = {"reuse": 0.37, "hottest_eighth": 0.38}
    return {"bytes": 1_500_000_000, "statistics": {"0.0": said, "0.85": said}, "points": points}


def test_all_is_on_the_paper() -> None:
    drawn = ElementTree.fromstring(draw(result()))
    width = float(drawn.attrib["width"])
    circles = [each.attrib for each in drawn.iter() if each.tag.endswith("circle")]
    assert len(circles) == 4 * sum(not dash for *_, dash in LINES)
    assert all(0 < float(c["cx"]) < width and TOP <= float(c["cy"]) < HEIGHT for c in circles)
    words = " ".join(each.text or "" for each in drawn.iter() if each.tag.endswith("text"))
    assert all(name in words for _, name, *_ in LINES)
    assert re.search(r"37% of a token's experts", words)


def test_faster_is_higher() -> None:
    points = result()["points"]
    paper = Paper(points)
    assert paper.y(speed(points[0], "ours")) < paper.y(speed(points[0], "mmap"))
    assert paper.y(speed(points[0], "bound")) < paper.y(speed(points[0], "ours"))
