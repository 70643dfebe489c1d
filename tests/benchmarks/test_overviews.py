from __future__ import annotations

from overviews import pk


def test_pk_of_known_cuts() -> None:
    assert pk({5, 10}, {5, 10}, 15) == 0
    assert pk(set(), set(), 15) == 0
    missed = pk({10}, {10, 20}, 30)
    shifted = pk({10, 21}, {10, 20}, 30)
    assert 0 < shifted < missed < 1
    assert pk(set(range(15)), set(), 15) == 1
