"""The timeline of `pressure.py` as an SVG: four panels over one time axis, both sides in each."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH, PANEL, GAP, LEFT, RIGHT, TOP = 820, 170, 46, 64, 150, 40
INK, FAINT = "#222222", "#dddddd"
COLOURS = {"ours": "#0b6fb8", "plain mmap": "#c2500a", "taken": "#8a8a8a", "budget": "#0b6fb8"}
MB = 1 << 20

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Line:
    """One curve. `label` stands at its end."""

    label: str
    points: Points
    colour: str
    dashed: bool = False


@dataclass(frozen=True)
class Panel:
    """A title with its unit, and curves from zero up."""

    title: str
    lines: list[Line]


def draw(result: dict[str, Any], runs: Sequence[Any]) -> str:
    """The whole SVG. `runs` have `name` and `moments`."""
    panels = [_held(runs), _speed(runs), _faults(runs), _read(runs)]
    end = max(moment.seconds for run in runs for moment in run.moments)
    height = TOP + len(panels) * (PANEL + GAP)
    title = (
        f"{result['model']} under a limit of {result['limit'] // MB} MB,"
        f" of which another process takes {result['take'] // MB} MB"
    )
    body = [_text(LEFT, 20, title, size=14)]
    for number, panel in enumerate(panels):
        body += _panel(panel, TOP + number * (PANEL + GAP) + 16, end, number == len(panels) - 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">\n'
        f'<title>{escape(title)}</title>\n<rect width="{WIDTH}" height="{height}" fill="white"/>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _held(runs: Sequence[Any]) -> Panel:
    lines = [_line(run, run.name, lambda moment: moment.weights / MB) for run in runs]
    ours = runs[0]
    budget = [(m.seconds, m.budget / MB) for m in ours.moments if m.budget is not None]
    taken = [(m.seconds, m.taken / MB) for m in ours.moments]
    lines += [
        Line("budget of ours", budget, COLOURS["budget"], dashed=True),
        Line("taken by the other", taken, COLOURS["taken"]),
    ]
    return Panel("MB resident of the model's weights", [line for line in lines if line.points])


def _speed(runs: Sequence[Any]) -> Panel:
    return Panel("tokens a second", [_line(run, run.name, lambda moment: moment.speed) for run in runs])


def _faults(runs: Sequence[Any]) -> Panel:
    lines = [_line(run, run.name, lambda moment: moment.faults) for run in runs]
    return Panel("major faults so far (a fault reads from one page to the whole read-ahead)", lines)


def _read(runs: Sequence[Any]) -> Panel:
    lines = [_line(run, run.name, lambda moment: moment.read / MB) for run in runs]
    return Panel("MB read from the disk so far", lines)


def _line(run: Any, label: str, value: Callable[[Any], float]) -> Line:
    points = [(moment.seconds, value(moment)) for moment in run.moments]
    return Line(label, points, COLOURS.get(run.name, INK))


def _panel(panel: Panel, top: float, end: float, last: bool) -> list[str]:
    most = _nice(max(value for line in panel.lines for _, value in line.points))
    across, bottom = WIDTH - LEFT - RIGHT, top + PANEL
    parts = [_text(LEFT, top - 8, panel.title, size=12)]
    for part in range(5):
        height = bottom - part / 4 * PANEL
        parts.append(f'<path d="M{LEFT} {height:.1f}h{across}" stroke="{FAINT}"/>')
        parts.append(_text(LEFT - 6, height + 4, f"{most * part / 4:g}", anchor="end"))
    for second in range(0, math.floor(end) + 1, 10):
        label = f"{second} s" if last else f"{second}"
        parts.append(_text(LEFT + second / end * across, bottom + 15, label, anchor="middle"))
    for line in panel.lines:
        places = [
            f"{LEFT + at / end * across:.1f} {bottom - value / most * PANEL:.1f}" for at, value in line.points
        ]
        dash = ' stroke-dasharray="5 4"' if line.dashed else ""
        parts.append(
            f'<path d="M{"L".join(places)}" fill="none" stroke="{line.colour}" stroke-width="1.8"{dash}/>'
        )
    ends = [(bottom - line.points[-1][1] / most * PANEL, line) for line in panel.lines]
    for height, line in _apart(ends):
        parts.append(_text(WIDTH - RIGHT + 8, height + 4, line.label, colour=line.colour))
    return parts


def _apart(ends: list[tuple[float, Line]], least: float = 14) -> list[tuple[float, Line]]:
    """Labels from the bottom up, so far from one another that they can be read."""
    placed: list[tuple[float, Line]] = []
    for height, line in sorted(ends, key=lambda end: -end[0]):
        placed.append((min(height, placed[-1][0] - least) if placed else height, line))
    return placed


def _nice(most: float) -> float:
    """A round number at or over it, whose quarters are round too."""
    unit: float = 10.0 ** math.floor(math.log10(max(most, 1e-9)))
    return next(unit * step for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if unit * step >= most)


def _text(x: float, y: float, text: str, size: int = 11, anchor: str = "start", colour: str = INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"
