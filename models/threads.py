"""How many threads compute: as many as are fastest here, and as there are cores that nobody else uses now.

llama.cpp's threads wait for each other by spinning, some hundred times a token. A thread that has to share
its core holds all others up: on two cores with two other busy programs, two threads made 1.5 to 9 tokens a
second on the starter and one thread 27 to 40. So the number follows what is free, up to one a physical core
until `thread_trial.py` has measured what is fastest.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

WINDOW = 0.25
"""Seconds over which the free cores are measured (the system counts in steps of 10 ms)."""


def logical_cores() -> int:
    """Cores that this process may compute on, hyperthreads too."""
    logical = psutil.cpu_count() or os.cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else logical


def physical_cores() -> int:
    """Cores that this process may compute on; hyperthreads do not count."""
    physical = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    return max(1, min(physical, logical_cores()))


@dataclass(frozen=True, slots=True)
class Counts:
    """Threads that compute at most: while `writing` token by token, and while `reading` in batches."""

    writing: int
    reading: int


class FreeCores:
    """Watches the system's idle time. At most `most` threads (None: the physical cores) until told otherwise."""

    def __init__(self, most: int | None = None) -> None:
        self.counts = Counts(most or physical_cores(), most or physical_cores())
        self._free = float(logical_cores())
        self._tried: int | None = None
        self._last = _reading()

    @property
    def most(self) -> int:
        """For whichever work takes more."""
        return max(self.counts.writing, self.counts.reading)

    def threads(self, reading: bool = False) -> int:
        """For the next piece of work."""
        if self._tried is not None:
            return self._tried
        allowed = self.counts.reading if reading else self.counts.writing
        return max(1, min(allowed, round(self.free())))

    def free(self) -> float:
        """Cores that were idle or ours over the last window; all of them in the first one."""
        if time.monotonic() - self._last[0] >= WINDOW:  # a reading costs more than the clock: 0.25 ms
            reading = _reading()
            wall, unused = reading[0] - self._last[0], reading[1] - self._last[1]
            self._free = unused / wall
            self._last = reading
        return self._free

    @contextlib.contextmanager
    def exactly(self, threads: int) -> Iterator[None]:
        """So many threads, whatever is free: for a measurement."""
        self._tried = threads
        try:
            yield
        finally:
            self._tried = None


def _reading() -> tuple[float, float]:
    """(seconds by the clock, core seconds that were idle or our own)."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    return time.monotonic(), idle + time.process_time()
