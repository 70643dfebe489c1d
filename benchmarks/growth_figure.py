"""Draws the figure of growth.py: milliseconds, megabytes and seconds over the years.

python benchmarks/growth_figure.py RESULT.json OUT.svg      RESULT: what growth.py printed with --json
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scale_figure import (
    BOTTOM,
    FAINT,
    GAP,
    HEIGHT,
    INK,
    LEFT,
    MUTED,
    OURS,
    PANEL,
    RIGHT,
    SCAN,
    WORDS,
    Line,
    Panel,
    Row,
    curve,
    labels,
)  # fmt: skip

GREEN = "#1a7f37"
TIMES: tuple[Line, ...] = (
    ("recall, p95", lambda row: float(row["recall"]["cpu_p95"]), OURS, "6 4"),
    ("recall", lambda row: float(row["recall"]["cpu_p50"]), OURS, ""),
    ("plain FTS5", lambda row: float(row["words"]["cpu_p50"]), WORDS, ""),
    ("facts after a change", lambda row: float(row["facts"]["cpu_p50"]), SCAN, ""),
    ("contradictions", lambda row: float(row["contradictions"]["cpu_p50"]), SCAN, "6 4"),
    ("storing a turn (clock)", lambda row: float(row["turn"]["p50"]), INK, ""),
    ("timeline", lambda row: float(row["timeline"]["cpu_p50"]), GREEN, ""),
)
ROOM: tuple[Line, ...] = (
    ("on the disk", lambda row: row["disk_bytes"] / 1e6, MUTED, ""),
    ("the process", lambda row: row["resident_bytes"] / 1e6, INK, "6 4"),
)
WORK: tuple[Line, ...] = (
    ("all but checks", lambda row: float(row["upkeep"]["cpu_a_day"]), OURS, ""),
    ("whole check", lambda row: float(row["whole"]["checks"]["cpu_a_run"]), SCAN, ""),
)
PANELS: tuple[tuple[str, tuple[Line, ...]], ...] = (
    ("milliseconds of the processor, p50", TIMES),
    ("megabytes", ROOM),
    ("upkeep for a day: seconds of the processor", WORK),
)


class Years(Panel):
    """Years from the left to the right, evenly; values upwards, logarithmic."""

    def x(self, memories: float) -> float:
        """Pixels from the left; memories come in evenly, fifty a day."""
        span = (memories - self.first) / (self.last - self.first) if self.last > self.first else 1.0
        return self.left + 8 + span * (PANEL - 16)


def draw(rows: Sequence[Row]) -> str:
    """The figure."""
    width = LEFT + len(PANELS) * PANEL + (len(PANELS) - 1) * GAP + RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="12" fill="{INK}">',
        "<title>Time, room and upkeep over the years</title>",
        f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="600">A life in the vault, fifty turns a day</text>',
        f'<text x="{LEFT}" y="43" fill="{MUTED}">values logarithmic, lower is better; {rows[-1]["memories"]:,}'
        f" memories after {rows[-1]['years']:g} years</text>",
    ]
    for number, (title, lines) in enumerate(PANELS):
        panel = Years(number, rows, lines)
        parts.append(f'<text x="{panel.left}" y="76" font-weight="600">{title}</text>')
        parts += axes(panel)
        parts += [curve(panel, *line[1:]) for line in lines]
        parts += labels(panel)
    return "\n".join([*parts, "</svg>\n"])


def axes(panel: Years) -> Iterator[str]:
    """Lines and numbers."""
    for power in range(math.ceil(math.log10(panel.low)), math.floor(math.log10(panel.high)) + 1):
        y = panel.y(10.0**power)
        yield f'<path d="M{panel.left} {y:.1f}h{PANEL}" stroke="{FAINT}"/>'
        yield f'<text x="{panel.left - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
    for row in panel.rows:
        x = panel.x(row["memories"])
        yield f'<path d="M{x:.1f} {HEIGHT - BOTTOM}v5" stroke="{INK}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 19}" text-anchor="middle">{row["years"]:g}</text>'
    yield f'<path d="M{panel.left} {HEIGHT - BOTTOM}h{PANEL}" stroke="{INK}"/>'
    yield f'<text x="{panel.left + PANEL / 2}" y="{HEIGHT - 12}" text-anchor="middle">years</text>'


def main() -> int:
    """Read, draw, write."""
    rows = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(sys.argv[2]).write_text(draw(rows), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
