from __future__ import annotations

import time

from second_me.models.threads import WINDOW, Counts, FreeCores, logical_cores, physical_cores


def test_at_least_one_thread_and_at_most_what_was_allowed() -> None:
    cores = FreeCores(2)
    time.sleep(WINDOW)
    assert 1 <= cores.threads() <= 2
    assert cores.free() >= 0
    assert FreeCores().most == physical_cores() >= 1
    assert logical_cores() >= physical_cores()


def test_writing_and_reading_have_a_number_each() -> None:
    cores = FreeCores(1)
    cores.counts = Counts(1, 3)
    assert cores.most == 3
    assert cores.threads() == 1
    assert cores.threads(reading=True) == min(3, logical_cores())


def test_a_measurement_decides_itself_how_many() -> None:
    cores = FreeCores(2)
    with cores.exactly(7):
        assert cores.threads() == cores.threads(reading=True) == 7
    assert cores.threads() <= 2
