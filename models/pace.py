"""How far something long is, how fast it goes, and how it is paused or cancelled."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

SPEED_OVER = 5.0
"""Seconds that the speed is taken over."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a download is. `phase`: "fetching", "checking"; bytes, bytes a second, seconds."""

    phase: str
    done: int
    total: int | None
    speed: float
    seconds_left: float | None


class Cancelled(Exception):
    """The download was cancelled. What has arrived is kept."""


class Control:
    """Pauses, goes on and cancels a download, from any thread."""

    def __init__(self) -> None:
        self._go, self._cancelled = threading.Event(), threading.Event()
        self._go.set()

    def pause(self) -> None:
        """Stop soon; the connection is given back and made again afterwards."""
        self._go.clear()

    def go_on(self) -> None:
        """End a pause."""
        self._go.set()

    def cancel(self) -> None:
        """Stop soon, for good."""
        self._cancelled.set()
        self._go.set()

    @property
    def held(self) -> bool:
        """Whether nothing may be read now."""
        return not self._go.is_set() or self._cancelled.is_set()

    def wait(self, seconds: float = 0.0) -> None:
        """Wait so long, and as long as it is paused. Raises Cancelled."""
        self._cancelled.wait(seconds)
        self._go.wait()
        if self._cancelled.is_set():
            raise Cancelled


class Pace:
    """Speed and time left, of what was seen in the last seconds. Time comes in as an argument."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def step(self, now: float, done: int, total: int | None) -> Step:
        """How far it is at `now` (seconds)."""
        self._seen.append((now, done))
        while now - self._seen[0][0] > SPEED_OVER and len(self._seen) > 2:
            self._seen.popleft()
        since, before = self._seen[0]
        speed = (done - before) / (now - since) if now > since else 0.0
        left = (total - done) / speed if total is not None and speed > 0 else None
        return Step("fetching", done, total, speed, left)
