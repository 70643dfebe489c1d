"""The curves of benchmarks/forgetting.py and their figure: what fades how, beside MemoryBank's formula and code."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from second_me.core.memory.forgetting import THRESHOLD, Grade, Life, Use, strength
from second_me.core.memory.worth import LONGEST, SHORTEST

RECALLS = (5, 20, 60)
"""Days of use, spaced."""
MASSED = (58, 59, 60)
SHOWN = (0, 1, 7, 30, 61, 90, 180, 365, 1000)
LAST = 120
WIDTH, PANEL, LEFT, RIGHT, TOP, GAP = 860, 210, 64, 250, 66, 74
INK, FAINT, MUTED, OURS, PEER, BUG = "#1c2128", "#d8dde3", "#4d5562", "#1f6feb", "#b3541e", "#8a2be2"

Curve = Callable[[float], float]


def ours(first: float, recalls: Sequence[int] = ()) -> Curve:
    """This app's, of a memory that comes in on day 0."""
    life = Life(0, first, tuple(Use(day, Grade.GOOD) for day in recalls))
    return lambda day: strength(life, day)


def memory_bank(recalls: Sequence[int] = (), as_coded: bool = False) -> Curve:
    """MemoryBank's formula exp(-t / S), or its code's exp(-t / 5 * S); S counts recalls from 1, t from the last one."""

    def at(day: float) -> float:
        before = [recall for recall in recalls if recall <= day]
        strong, since = 1 + len(before), day - max(before, default=0)
        return math.exp(-since / 5 * strong) if as_coded else math.exp(-since / strong)

    return at


def drawn() -> list[tuple[str, list[tuple[str, Curve, str]]]]:
    """(title of a panel, [(label, curve, colour)])."""
    middle = math.sqrt(SHORTEST * LONGEST)
    return [
        (
            "Never recalled",
            [
                (f"this app, S = {LONGEST:g} (matters most)", ours(LONGEST), OURS),
                (f"this app, S = {middle:g}", ours(middle), OURS),
                (f"this app, S = {SHORTEST:g} (a passing remark)", ours(SHORTEST), OURS),
                ("MemoryBank, as published", memory_bank(), PEER),
                ("MemoryBank, as coded", memory_bank(as_coded=True), BUG),
            ],
        ),
        (
            f"Recalled on days {', '.join(map(str, RECALLS))}",
            [
                (f"this app, S = {SHORTEST:g}", ours(SHORTEST, RECALLS), OURS),
                ("MemoryBank, as published", memory_bank(RECALLS), PEER),
                ("MemoryBank, as coded", memory_bank(RECALLS, as_coded=True), BUG),
            ],
        ),
    ]


def curves() -> dict[str, Any]:
    """{"days": [...], "curves": {name: strengths on these days}}."""
    named = {
        f"{title.lower()}: {label}": curve for title, lines in drawn() for label, curve, _colour in lines
    }
    named[f"recalled on days {', '.join(map(str, MASSED))}: this app, S = {SHORTEST:g}"] = ours(
        SHORTEST, MASSED
    )
    return {
        "days": list(SHOWN),
        "curves": {name: [round(curve(day), 4) for day in SHOWN] for name, curve in named.items()},
    }


def draw() -> str:
    """The figure."""
    panels = drawn()
    height = TOP + len(panels) * (PANEL + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="12" fill="{INK}">',
        "<title>How memories fade, beside MemoryBank's formula and code</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="600">How memories fade</text>',
        f'<text x="{LEFT}" y="43" fill="{MUTED}">strength over days of use; below the dashed line a memory leaves '
        "the default timeline</text>",
    ]
    for number, (title, lines) in enumerate(panels):
        parts += _panel(TOP + 24 + number * (PANEL + GAP), title, lines)
    return "\n".join([*parts, "</svg>\n"])


def _x(day: float) -> float:
    return LEFT + day / LAST * (WIDTH - LEFT - RIGHT)


def _panel(top: float, title: str, lines: Sequence[tuple[str, Curve, str]]) -> Iterator[str]:
    def y(height: float) -> float:
        return top + PANEL * (1 - height)

    yield f'<text x="{LEFT}" y="{top - 10:.0f}" font-weight="600">{title}</text>'
    for percent in (0, 25, 50, 75, 100):
        dashes = (
            f'stroke="{MUTED}" stroke-dasharray="4 4"' if percent == 100 * THRESHOLD else f'stroke="{FAINT}"'
        )
        yield f'<path d="M{LEFT} {y(percent / 100):.1f}H{_x(LAST):.1f}" {dashes}/>'
        yield f'<text x="{LEFT - 8}" y="{y(percent / 100) + 4:.1f}" text-anchor="end">{percent}%</text>'
    for day in range(0, LAST + 1, 20):
        yield f'<text x="{_x(day):.1f}" y="{top + PANEL + 18:.1f}" text-anchor="middle">{day}</text>'
    lowest = top + PANEL + 2
    for label, curve, colour in sorted(lines, key=lambda line: line[1](LAST)):
        steps = [n / 4 for n in range(4 * LAST + 1)]
        path = "M" + "L".join(f"{_x(day):.1f} {y(curve(day)):.1f}" for day in steps)
        yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.8"/>'
        at = min(y(curve(LAST)) + 4, lowest)
        lowest = at - 16
        yield f'<text x="{_x(LAST) + 8:.1f}" y="{at:.1f}" fill="{colour}">{label}</text>'
