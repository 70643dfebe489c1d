"""Draws benchmarks/elastic.py's figure: perplexity (logarithmic) over bytes, as SVG with its labels at the lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

Row = dict[str, Any]
Point = tuple[float, float]
WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 66, 148, 56, 56
WORST = 20.0
"""Perplexities over so many times the best are off the figure."""
WIDEST = 2.2
"""Bytes over so many times the smallest type near the source's quality are off the figure."""
OURS, PEER, SINGLE, INK, FAINT = "#1f6feb", "#b3541e", "#4d5562", "#1c2128", "#d8dde3"
TICKS = (1, 1.5, 2, 3, 5, 7)


class Frame:
    """Where a value lies on the paper."""

    def __init__(self, sizes: Sequence[float], values: Sequence[float]) -> None:
        self.sizes = (min(sizes) * 0.94, max(sizes) * 1.01)
        self.values = (min(values) * 0.95, max(values))

    def at(self, size: float, value: float) -> Point:
        """Megabytes and perplexity as x and y."""
        low, high = (math.log(end) for end in self.values)
        across = (size - self.sizes[0]) / (self.sizes[1] - self.sizes[0])
        up = (math.log(value) - low) / (high - low)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    def shows(self, row: Row) -> bool:
        """Whether a point is on the paper."""
        inside = self.sizes[0] <= row["bytes"] / 1e6 <= self.sizes[1]
        return bool(inside and self.values[0] <= row["perplexity"] <= self.values[1])


def draw(result: Row) -> str:
    """The figure of one model."""
    by_method: dict[str, list[Row]] = {"ours": [], "single": [], "bitstack": []}
    for row in sorted(result["points"], key=lambda row: row["bytes"]):
        by_method[row["method"]].append(row)
    ours, singles = by_method["ours"], by_method["single"]
    peer = frontier(by_method["bitstack"])
    best = min(row["perplexity"] for row in [*ours, *singles])
    near = [row["bytes"] for row in singles if row["perplexity"] < best * 1.02] or [result["full"]]
    last = min(result["full"], min(near) * WIDEST)
    worst = min(best * WORST, max(row["perplexity"] for row in [*ours, *singles, *peer]))
    near_enough = [row for row in [*ours, *singles] if row["perplexity"] <= worst]
    inside = [row["bytes"] / 1e6 for row in near_enough if row["bytes"] <= last]
    frame = Frame(inside, (best, worst))
    parts = [
        head(result),
        *grid(frame),
        line(frame, frontier(singles), SINGLE, steps=True),
        line(frame, peer, PEER),
        line(frame, ours, OURS),
        *dots(frame, singles, peer, ours),
        *type_labels(frame, singles),
        *line_labels(
            frame, {"ours": ours, "BitStack": peer, "best single type that fits": frontier(singles)}
        ),
        "</svg>\n",
    ]
    return "\n".join(parts)


def head(result: Row) -> str:
    """The paper, the title, what the axes are."""
    name = escape(str(result["model"]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="12.5" fill="{INK}">\n'
        f"<title>Perplexity over the size of the weights of {name}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="600">Quality over size: {name}</text>\n'
        f'<text x="{LEFT}" y="43" fill="{SINGLE}">perplexity on WikiText-2, logarithmic, lower is better;'
        f" {result['scored_tokens']} tokens scored</text>\n"
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle">'
        "megabytes of weights</text>"
    )


def grid(frame: Frame) -> Iterable[str]:
    """Lines and numbers of both axes."""
    for value in value_ticks(frame.values):
        _, y = frame.at(frame.sizes[0], value)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{FAINT}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
    for size in size_ticks(frame.sizes):
        x, _ = frame.at(size, frame.values[0])
        yield f'<path d="M{x:.1f} {HEIGHT - BOTTOM}v5" stroke="{INK}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:g}</text>'
    yield f'<path d="M{LEFT} {HEIGHT - BOTTOM}H{WIDTH - RIGHT}" stroke="{INK}"/>'


def value_ticks(ends: tuple[float, float]) -> list[float]:
    """Round perplexities inside of the ends."""
    decades = range(int(math.log10(ends[0])) - 1, int(math.log10(ends[1])) + 2)
    fine = ends[1] / ends[0] < 4
    values = {round(tick * 10**decade, 4) for decade in decades for tick in TICKS}
    if fine:
        values = {round(ends[0] + 1) + step for step in range(int(ends[1] - ends[0]) + 1)}
    return sorted(value for value in values if ends[0] <= value <= ends[1])


def size_ticks(ends: tuple[float, float]) -> list[float]:
    """Round megabytes inside of the ends."""
    span = ends[1] - ends[0]
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if span / step <= 9)
    first = math.ceil(ends[0] / step) * step
    return [first + at * step for at in range(int((ends[1] - first) / step) + 1)]


def frontier(rows: Sequence[Row]) -> list[Row]:
    """The points that no smaller one is better than."""
    best: list[Row] = []
    for row in sorted(rows, key=lambda row: (row["bytes"], row["perplexity"])):
        if not best or row["perplexity"] < best[-1]["perplexity"]:
            best.append(row)
    return best


def line(frame: Frame, rows: Sequence[Row], colour: str, steps: bool = False) -> str:
    """A curve; in steps where nothing lies between the points."""
    points = inside_of([frame.at(row["bytes"] / 1e6, row["perplexity"]) for row in rows], steps)
    if not points:
        return ""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for x, y in points[1:]:
        path += f"H{x:.1f}V{y:.1f}" if steps else f"L{x:.1f} {y:.1f}"
    if steps:
        path += f"H{WIDTH - RIGHT}"
    dashes = ' stroke-dasharray="5 4"' if steps else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{1.4 if steps else 2.2}"'
        f' stroke-linejoin="round"{dashes}/>'
    )


def inside_of(points: Sequence[Point], steps: bool) -> list[Point]:
    """The part of a falling curve on the paper: it comes in at the top or on the left and goes out on the right.
    (Not every program that shows SVG knows clipping.) Steps stand at the size where a type begins to fit."""
    kept = list[Point]()
    for before, after in zip([None, *points], points, strict=False):
        if before and steps:
            before = (after[0], before[1])
        for point in clipped(before or after, after):
            if not kept or point != kept[-1]:
                kept.append(point)
    return kept


def clipped(before: Point, after: Point) -> list[Point]:
    """The two ends of what a stretch has on the paper; none of it when it lies outside (Liang and Barsky 1984)."""
    enter, leave = 0.0, 1.0
    rise = (after[0] - before[0], after[1] - before[1])
    room = ((LEFT - before[0], WIDTH - RIGHT - before[0]), (TOP - before[1], HEIGHT - BOTTOM - before[1]))
    for step, (low, high) in zip(rise, room, strict=True):
        if step == 0:
            if low > 0 or high < 0:
                return []
            continue
        ends = sorted((low / step, high / step))
        enter, leave = max(enter, ends[0]), min(leave, ends[1])
    if enter > leave:
        return []
    return [(before[0] + share * rise[0], before[1] + share * rise[1]) for share in (enter, leave)]


def dots(frame: Frame, singles: Sequence[Row], peer: Sequence[Row], ours: Sequence[Row]) -> Iterable[str]:
    """Every point that was measured."""
    for rows, colour, filled in ((singles, SINGLE, False), (peer, PEER, True), (ours, OURS, True)):
        for row in rows:
            if frame.shows(row):
                x, y = frame.at(row["bytes"] / 1e6, row["perplexity"])
                fill = colour if filled else "#ffffff"
                yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{fill}" stroke="{colour}"/>'


def type_labels(frame: Frame, singles: Sequence[Row]) -> Iterable[str]:
    """The names of the single types, right above their points, left out where another one's is."""
    taken: list[Point] = []
    for row in [*frontier(singles), *singles]:
        if not frame.shows(row):
            continue
        x, y = frame.at(row["bytes"] / 1e6, row["perplexity"])
        if x > WIDTH - RIGHT - 50 or any(abs(x - a) < 56 and abs(y - b) < 14 for a, b in taken):
            continue
        taken.append((x, y))
        yield f'<text x="{x + 6:.1f}" y="{y - 7:.1f}" fill="{SINGLE}" font-size="11">{row["label"]}</text>'


def line_labels(frame: Frame, curves: dict[str, Sequence[Row]]) -> Iterable[str]:
    """What each curve is, where it leaves the paper, one under the other where they meet."""
    colours = {"ours": OURS, "BitStack": PEER}
    ends = []
    for label, rows in curves.items():
        seen = [row for row in rows if frame.shows(row)]
        if seen:
            ends.append((frame.at(seen[-1]["bytes"] / 1e6, seen[-1]["perplexity"])[1], label))
    lowest: float = HEIGHT - BOTTOM
    placed: list[tuple[float, str]] = []
    for y, label in sorted(ends, reverse=True):
        y = min(y + 4, lowest)
        lowest = y - (30 if len(label) > 14 else 17)
        placed.append((y, label))
    for y, label in placed:
        colour, weight = colours.get(label, SINGLE), "600" if label == "ours" else "400"
        for row, part in enumerate(split(label)):
            yield (
                f'<text x="{WIDTH - RIGHT + 8}" y="{y + 14 * row - 14 * (len(split(label)) - 1):.1f}"'
                f' fill="{colour}" font-weight="{weight}">{part}</text>'
            )


def split(label: str) -> list[str]:
    """A label in lines that fit beside the figure."""
    words = label.split()
    return [label] if len(label) < 15 else [" ".join(words[:3]), " ".join(words[3:])]
