"""The figures' curves stay on the paper."""

from __future__ import annotations

import pytest
from curves import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Point, inside_of

MIDDLE = (LEFT + 100.0, TOP + 100.0)
END = (LEFT + 200.0, TOP + 150.0)


@pytest.mark.parametrize(
    ("outside", "edge"),
    [
        ((LEFT - 100.0, TOP + 50.0), (LEFT, TOP + 75.0)),
        ((LEFT + 50.0, TOP - 100.0), (LEFT + 75.0, TOP)),
        ((LEFT + 100.0, TOP - 7.0), (LEFT + 100.0, TOP)),
    ],
)
def test_a_curve_comes_in_where_it_crosses_the_edge(outside: Point, edge: Point) -> None:
    assert inside_of([outside, MIDDLE, END], steps=False) == [edge, MIDDLE, END]


def test_a_curve_ends_at_the_right_edge() -> None:
    right = float(WIDTH - RIGHT)
    assert inside_of([MIDDLE, (2 * right - MIDDLE[0], MIDDLE[1])], steps=False) == [
        MIDDLE,
        (right, MIDDLE[1]),
    ]


def test_what_is_outside_draws_nothing() -> None:
    assert inside_of([(0.0, 0.0), (LEFT - 1.0, HEIGHT - BOTTOM)], steps=False) == []


def test_steps_come_in_straight_from_above() -> None:
    found = inside_of([(LEFT + 50.0, TOP - 90.0), MIDDLE, END], steps=True)
    assert found == [(MIDDLE[0], TOP), MIDDLE, (END[0], MIDDLE[1]), END]
