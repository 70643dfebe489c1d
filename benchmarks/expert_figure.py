"""Draws the figure of benchmarks/experts.py: tokens a second over the limit, a panel for each stickiness.

python benchmarks/expert_figure.py RESULT.json OUT.svg      RESULT: what experts.py printed with --json
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
PANEL, HEIGHT, LEFT, TOP, BOTTOM, GAP, RIGHT = 230, 400, 52, 92, 52, 26, 116
INK, FAINT, MUTED = "#1c2128", "#d8dde3", "#4d5562"
LINES = (
    ("unlimited", "all in memory", MUTED, "2 3"),
    ("bound", "what the disk allows", MUTED, "6 4"),
    ("ours", "ours", "#1f6feb", ""),
    ("random", "mmap, random", "#b3541e", ""),
    ("mmap", "mmap", "#7a5195", ""),
)
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def speed(row: Row, line: str) -> float:
    """Tokens a second of a side at a limit, or the bound there."""
    if line == "bound":
        return float(row["of_bound"] and (1 / row["sides"]["ours"]["seconds"]) / row["of_bound"])
    return 1 / float(row["sides"][line]["seconds"])


class Paper:
    """Where a limit (percent) and a speed lie in a panel."""

    def __init__(self, points: Sequence[Row]) -> None:
        speeds = [speed(row, line) for row in points for line, *_ in LINES]
        self.low, self.high = min(speeds) * 0.85, max(speeds) * 1.15
        self.first = min(row["share"] for row in points)
        self.last = max(row["share"] for row in points)

    def x(self, panel: int, share: float) -> float:
        """Pixels from the left."""
        across = (share - self.first) / ((self.last - self.first) or 1)
        return LEFT + panel * (PANEL + GAP) + 8 + across * (PANEL - 16)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        up = math.log(value / self.low) / math.log(self.high / self.low)
        return HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)


def draw(result: Row) -> str:
    """The figure."""
    stays = sorted({row["stay"] for row in result["points"]})
    paper = Paper(result["points"])
    width = LEFT + len(stays) * (PANEL + GAP) + RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="12" fill="{INK}">',
        "<title>Tokens a second of a mixture of experts over the memory that it may hold</title>",
        f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="600">A mixture of {result["bytes"] / 1e9:.2f} GB'
        " under a limit</text>",
        f'<text x="{LEFT}" y="43" fill="{MUTED}">tokens a second, logarithmic, higher is better;'
        " outputs identical</text>",
    ]
    for panel, stay in enumerate(stays):
        rows = sorted((row for row in result["points"] if row["stay"] == stay), key=lambda row: row["share"])
        parts += axes(paper, panel, rows, result["statistics"][str(stay)])
        parts += [curve(paper, panel, rows, *line) for line in LINES]
    rows = [row for row in result["points"] if row["stay"] == stays[-1]]
    parts += labels(paper, len(stays) - 1, max(rows, key=lambda row: row["share"]))
    return "\n".join([*parts, "</svg>\n"])


def axes(paper: Paper, panel: int, rows: Sequence[Row], statistics: Row) -> Iterator[str]:
    """A panel's lines and numbers, and what its router does."""
    left = LEFT + panel * (PANEL + GAP)
    said = f"{statistics['reuse']:.0%} of a token's experts"
    yield f'<text x="{left}" y="68" fill="{INK}">{said}</text>'
    hottest = f"the last one's; hottest 1/8: {statistics['hottest_eighth']:.0%}"
    yield f'<text x="{left}" y="83" fill="{INK}">{hottest}</text>'
    for tick in TICKS:
        if paper.low <= tick <= paper.high:
            y = paper.y(tick)
            yield f'<path d="M{left} {y:.1f}H{left + PANEL}" stroke="{FAINT}"/>'
            if panel == 0:
                yield f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>'
    for row in rows:
        x = paper.x(panel, row["share"])
        yield f'<path d="M{x:.1f} {HEIGHT - BOTTOM}v5" stroke="{INK}"/>'
        yield (
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 19}" text-anchor="middle" font-size="11">'
            f"{row['share']:.0f}</text>"
        )
    yield f'<path d="M{left} {HEIGHT - BOTTOM}h{PANEL}" stroke="{INK}"/>'
    middle = left + PANEL / 2
    yield f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">limit, % of the model</text>'


def curve(
    paper: Paper, panel: int, rows: Sequence[Row], line: str, _name: str, colour: str, dash: str
) -> str:
    """One side."""
    points = [(paper.x(panel, row["share"]), paper.y(speed(row, line))) for row in rows]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    dots = (
        ""
        if dash
        else "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    )
    width = 2.2 if line == "ours" else 1.5
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>{dots}'


def labels(paper: Paper, panel: int, last: Row) -> Iterator[str]:
    """What each line is, at its end, one under the other where they meet."""
    ends = sorted((paper.y(speed(last, line)), name, colour) for line, name, colour, _ in LINES)
    below = 0.0
    for y, name, colour in ends:
        below = max(y + 4, below + 15)
        x = paper.x(panel, last["share"]) + 14
        yield f'<text x="{x:.1f}" y="{below:.1f}" fill="{colour}">{name}</text>'


def main() -> int:
    """Read, draw, write."""
    result = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(sys.argv[2]).write_text(draw(result), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
