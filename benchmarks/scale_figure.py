"""Draws the figure of recall_scale.py: milliseconds over the number of memories, and megabytes beside.

python benchmarks/scale_figure.py RESULT.json OUT.svg      RESULT: what recall_scale.py printed with --json
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
PANEL, HEIGHT, LEFT, TOP, BOTTOM, GAP, RIGHT = 300, 400, 60, 92, 52, 168, 130
INK, FAINT, MUTED = "#1c2128", "#d8dde3", "#4d5562"
OURS, SCAN, WORDS, DISK = "#1f6feb", "#b3541e", "#7a5195", "#4d5562"
Line = tuple[str, Callable[[Row], float], str, str]
TIMES: tuple[Line, ...] = (
    ("sqlite-vec scan", lambda row: float(row["scan"]["p50"]), SCAN, ""),
    ("vectors, ours", lambda row: float(row["vectors"]["p50"]), OURS, ""),
    ("words (FTS5)", lambda row: float(row["words"]["p50"]), WORDS, ""),
    ("whole recall", lambda row: float(row["recall"]["p50"]), INK, "6 4"),
)
SIZES: tuple[Line, ...] = (
    ("on the disk", lambda row: row["disk_bytes"] / 1e6, DISK, ""),
    ("the process", lambda row: row["resident_bytes"] / 1e6, INK, "6 4"),
    ("bit index", lambda row: row["index_bytes"] / 1e6, OURS, ""),
    ("placement", lambda row: row["placement_bytes"] / 1e6, WORDS, ""),
)


class Panel:
    """Where a number of memories and a value lie; both axes are logarithmic."""

    def __init__(self, number: int, rows: Sequence[Row], lines: Sequence[Line]) -> None:
        self.left = LEFT + number * (PANEL + GAP)
        self.rows, self.lines = sorted(rows, key=lambda row: row["memories"]), lines
        values = [max(value(row), 1e-3) for row in rows for _, value, *_ in lines]
        self.low, self.high = min(values) / 1.3, max(values) * 1.3
        self.first, self.last = self.rows[0]["memories"], self.rows[-1]["memories"]

    def x(self, memories: float) -> float:
        """Pixels from the left."""
        span = math.log(self.last / self.first) if self.last > self.first else 1.0
        return self.left + 8 + math.log(memories / self.first) / span * (PANEL - 16)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        up = math.log(max(value, 1e-3) / self.low) / math.log(self.high / self.low)
        return HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)


def draw(rows: Sequence[Row]) -> str:
    """The figure."""
    width = LEFT + 2 * PANEL + GAP + RIGHT
    least = min(row["recall_at_10"] for row in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="12" fill="{INK}">',
        "<title>Time and room of recall over the number of memories</title>",
        f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="600">Recall over a life of memories</text>',
        f'<text x="{LEFT}" y="43" fill="{MUTED}">both axes logarithmic, lower is better; of the ten nearest,'
        f" ours finds {least:.1%} or more</text>",
    ]
    for number, (title, lines) in enumerate((("milliseconds, p50", TIMES), ("megabytes", SIZES))):
        panel = Panel(number, rows, lines)
        parts.append(f'<text x="{panel.left}" y="76" font-weight="600">{title}</text>')
        parts += axes(panel)
        parts += [curve(panel, *line[1:]) for line in lines]
        parts += labels(panel)
    return "\n".join([*parts, "</svg>\n"])


def axes(panel: Panel) -> Iterator[str]:
    """Lines and numbers."""
    first, last = math.ceil(math.log10(panel.low)), math.floor(math.log10(panel.high))
    for power in range(first, last + 1):
        y = panel.y(10.0**power)
        yield f'<path d="M{panel.left} {y:.1f}h{PANEL}" stroke="{FAINT}"/>'
        yield f'<text x="{panel.left - 8}" y="{y + 4:.1f}" text-anchor="end">{_short(10.0**power)}</text>'
    for row in panel.rows:
        x = panel.x(row["memories"])
        yield f'<path d="M{x:.1f} {HEIGHT - BOTTOM}v5" stroke="{INK}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 19}" text-anchor="middle">{row["memories"]:,}</text>'
    yield f'<path d="M{panel.left} {HEIGHT - BOTTOM}h{PANEL}" stroke="{INK}"/>'
    yield (
        f'<text x="{panel.left + PANEL / 2}" y="{HEIGHT - 12}" text-anchor="middle">memories in the vault</text>'
    )


def curve(panel: Panel, value: Callable[[Row], float], colour: str, dash: str) -> str:
    """One line with its points."""
    points = [(panel.x(row["memories"]), panel.y(value(row))) for row in panel.rows]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>{dots}'


def labels(panel: Panel) -> Iterator[str]:
    """What each line is and its last value, at its end, one under the other where they meet."""
    last = panel.rows[-1]
    ends = sorted(
        (panel.y(value(last)), f"{name} {_short(value(last))}", c) for name, value, c, _ in panel.lines
    )
    below = 0.0
    for y, name, colour in ends:
        below = max(y + 4, below + 15)
        x = panel.left + PANEL + 6
        yield f'<text x="{x}" y="{below:.1f}" fill="{colour}">{name}</text>'


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main() -> int:
    """Read, draw, write."""
    rows = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(sys.argv[2]).write_text(draw(rows), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
