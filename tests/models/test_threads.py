from __future__ import annotations

import time

from second_me.models.threads import WINDOW, FreeCores, physical_cores


def test_at_least_one_thread_and_at_most_what_was_allowed() -> None:
    cores = FreeCores(2)
    assert cores.threads() == 2
    time.sleep(WINDOW)
    assert 1 <= cores.threads() <= 2
    assert FreeCores().most == physical_cores() >= 1
