"""The KV's benchmark: its sides compute the same, and a row says what it measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from second_me.models.starter import CHAT_FILE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def test_two_sides_compute_the_same_and_ours_takes_less(starter_models: Path) -> None:
    import kv

    rows = kv.measured(starter_models / CHAT_FILE, 4096, 16, 1)
    assert [row["side"] for row in rows] == list(kv.SIDES)
    assert kv.identical(rows)
    own, plain = rows[0], rows[-1]
    assert own["resident"] < plain["resident"] and own["peak"] < plain["peak"]
    kv.show([rows])
