"""How many threads compute: as many as there are cores that nobody else uses at the moment.

llama.cpp's threads wait for each other by spinning, some hundred times a token. A thread that has to share
its core holds all others up: on two cores with two other busy programs, two threads made 1.5 to 9 tokens a
second on the starter and one thread 27 to 40. So the number follows what is free.
"""

from __future__ import annotations

import os
import time

import psutil

WINDOW = 0.25
"""Seconds over which the free cores are measured (the system counts in steps of 10 ms)."""


def physical_cores() -> int:
    """Cores that this process may compute on; hyperthreads do not count."""
    physical = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else physical
    return max(1, min(physical, allowed))


class FreeCores:
    """Watches the system's idle time. At most `most` threads (None: the physical cores)."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most or physical_cores()
        self._threads = self.most
        self._last = _reading()

    def threads(self) -> int:
        """For the next piece of work. Free is what is idle and what we use ourselves."""
        if time.monotonic() - self._last[0] >= WINDOW:  # a reading costs more than the clock: 0.25 ms
            reading = _reading()
            wall, unused = reading[0] - self._last[0], reading[1] - self._last[1]
            self._threads = max(1, min(self.most, round(unused / wall)))
            self._last = reading
        return self._threads


def _reading() -> tuple[float, float]:
    """(seconds by the clock, core seconds that were idle or our own)."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    return time.monotonic(), idle + time.process_time()
