"""Draws the curve of answers.py: precision and balanced accuracy over the share of questions that is answered.

python benchmarks/answers_figure.py RESULT.json OUT.svg      RESULT: what answers.py printed with --json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Point = dict[str, Any]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 400, 64, 190, 64, 56
INK, FAINT, MUTED, OURS, BALANCED = "#1c2128", "#d8dde3", "#4d5562", "#1f6feb", "#b3541e"
LINES = (("precision", "answers that cite gold", OURS), ("balanced accuracy", "balanced accuracy", BALANCED))
LEAST = 20
"""Answers below which a share says little, and is not drawn."""


def x_of(share: float) -> float:
    """Pixels from the left."""
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def y_of(value: float) -> float:
    """Pixels from the top."""
    return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM)


def draw(points: Sequence[Point]) -> str:
    """The figure. `points` are those of `answers.curve`, in order."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="12" fill="{INK}">',
        "<title>Answering and not knowing, over the share of questions that is answered</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="600">Answering and not knowing</text>',
        f'<text x="{LEFT}" y="43" fill="{MUTED}">LoCoMo, conversations that no weight has seen;'
        " always or never answering: .5</text>",
        *axes(),
    ]
    drawn = points[LEAST - 1 :] or points
    for key, name, colour in LINES:
        parts.append(_line(drawn, key, colour))
        parts.append(_label(drawn[-1], key, name, colour))
    parts += threshold(points)
    return "\n".join([*parts, "</svg>\n"])


def axes() -> Iterator[str]:
    """Lines and numbers."""
    for step in range(0, 11, 2):
        value = step / 10
        yield f'<path d="M{LEFT} {y_of(value):.1f}H{x_of(1):.1f}" stroke="{FAINT}"/>'
        yield f'<text x="{LEFT - 8}" y="{y_of(value) + 4:.1f}" text-anchor="end">{value:.1f}</text>'
        yield f'<text x="{x_of(value):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{step * 10}%</text>'
    middle = (x_of(0) + x_of(1)) / 2
    title = "share of all questions that is answered"
    yield f'<text x="{middle:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{title}</text>'


def threshold(points: Sequence[Point]) -> Iterator[str]:
    """A line at the threshold that ships: where the strength falls under one half."""
    share = max((point["answered"] for point in points if point["strength"] >= 0.5), default=0.0)
    x = x_of(share)
    yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="{INK}" stroke-dasharray="4 4"/>'
    yield f'<text x="{x - 6:.1f}" y="{HEIGHT - BOTTOM - 8}" text-anchor="end">threshold: {share:.0%}</text>'


def _line(points: Sequence[Point], key: str, colour: str) -> str:
    path = "M" + "L".join(f"{x_of(point['answered']):.1f} {y_of(point[key]):.1f}" for point in points)
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _label(last: Point, key: str, name: str, colour: str) -> str:
    return f'<text x="{x_of(1) + 8:.1f}" y="{y_of(last[key]) + 4:.1f}" fill="{colour}">{name}</text>'


def main() -> int:
    """Read, draw, write."""
    found = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(sys.argv[2]).write_text(draw(found["curve"]), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
