"""`second-me curve`: how a memory fades."""

from __future__ import annotations

import argparse
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from second_me.app.cli.common import DONE, connect, emit
from second_me.app.words import tr

HELP = "show how a memory fades"
_WIDE, _HIGH = 64, 9


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("memory_id", help="id of a memory")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Ask for the curve, and draw it."""
    client = connect()
    try:
        shape = client.call("life.curve", memory_id=arguments.memory_id)
    finally:
        client.close()
    if arguments.json:
        emit(shape)
    else:
        print("\n".join([*drawing(shape), summary(shape)]))
    return DONE


def summary(shape: dict[str, Any]) -> str:
    """Where it stands, in a sentence."""
    percent = round(100 * shape["strength"])
    if shape["pinned"]:
        return tr("Pinned: it does not fade.")
    if shape["let_go"]:
        return tr("You let it fade. A question still finds it, and a recall brings it back.")
    if shape["faded"]:
        return tr("Faded, {percent} % today. A question still finds it.", percent=percent)
    if shape["half"] is None:
        return tr("{percent} % today.", percent=percent)
    day = shape["half"][:10]
    return tr("{percent} % today. If nothing recalls it, below 50 % around {day}.", percent=percent, day=day)


def drawing(shape: dict[str, Any]) -> list[str]:
    """The curve in characters: `o` a recall, `x` a correction, `|` today, `.` what comes."""
    past, ahead = _points(shape["past"]), _points(shape["ahead"])
    first, last = past[0][0], ahead[-1][0]
    grid = [[" "] * _WIDE for _ in range(_HIGH)]
    today = _column(ahead[0][0], first, last)
    for row in grid:
        row[today] = "|"
    for column in range(_WIDE):
        when = first + (last - first) * (column / (_WIDE - 1))
        earlier = column <= today
        grid[_row(_height(past if earlier else ahead, when))][column] = "*" if earlier else "."
    for use in shape["recalls"]:
        when = datetime.fromisoformat(use["at"])
        grid[_row(_height(past, when))][_column(when, first, last)] = "o" if use["grade"] == "good" else "x"
    lines = [f"{_label(n)}{''.join(row)}".rstrip() for n, row in enumerate(grid)]
    return [*lines, f"{'':7}{first.date()}{last.date()!s:>{_WIDE - 10}}"]


def _label(row: int) -> str:
    percent = 100 - 100 * row // (_HIGH - 1)
    return f"{percent:>4} % " if percent % 25 == 0 else " " * 7


def _row(height: float) -> int:
    return round((1 - height) * (_HIGH - 1))


def _height(points: Sequence[tuple[datetime, float]], when: datetime) -> float:
    """On the straight line between the two points around a time; on the day of a use what the use made of it."""
    at = bisect_right(points, when, key=lambda point: point[0])
    if at in (0, len(points)):
        return points[max(0, at - 1)][1]
    (begin, low), (end, high) = points[at - 1], points[at]
    return low + (high - low) * ((when - begin) / (end - begin))


def _points(points: Sequence[Sequence[Any]]) -> list[tuple[datetime, float]]:
    return [(datetime.fromisoformat(when), float(height)) for when, height in points]


def _column(when: datetime, first: datetime, last: datetime) -> int:
    share = (when - first) / (last - first) if last > first else 0.0
    return max(0, min(_WIDE - 1, round(share * (_WIDE - 1))))
