"""The course of `pressure.py`: another process takes memory and gives it back while a side is watched."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cgroup import MemoryGroup, drop_file
from pressure_sides import HERE, Side, held

CALM, STEPS, STEP, HOLD, AFTER = 10.0, 12, 1.0, 15.0, 25.0
"""Seconds before the first step; steps and the seconds between them; seconds held; seconds after."""

TICK = 0.5
SPAN = 2.0
"""Seconds over which a speed is taken."""

PHASES = ("before", "while taking", "held", "after")


@dataclass(frozen=True)
class Moment:
    """One sample, bytes and counts since the first one; `speed` in pieces a second; `cached`: the group's file
    pages, `used`: all that is charged to it."""

    seconds: float
    phase: str
    taken: int
    budget: int | None
    weights: int
    anonymous: int
    faults: int
    read: int
    speed: float
    cached: int
    used: int


@dataclass(frozen=True)
class Run:
    """One side's course."""

    name: str
    moments: list[Moment]
    pieces: list[float]
    phases: dict[str, tuple[float, float]]
    killed: int
    ended: str | None
    charged: int
    quality: list[float]


class Hog:
    """The other process; its orders are given by a thread of their own, because the system may let it wait."""

    def __init__(self, group: MemoryGroup) -> None:
        command = [sys.executable, str(HERE / "hog.py")]
        self._child = group.start(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.held = 0
        self.order("give")

    def order(self, line: str) -> None:
        """One line of what hog.py understands. Does nothing once it has gone."""
        assert self._child.stdin is not None and self._child.stdout is not None
        try:
            self._child.stdin.write(f"{line}\n".encode())
            self._child.stdin.flush()
            self.held = int(self._child.stdout.readline() or b"0")
        except OSError:
            self.held = 0

    def close(self) -> None:
        self._child.communicate()


class Course:
    """What happens when, in seconds since the beginning."""

    def __init__(self, hog: Hog, take: int) -> None:
        self._hog, self._take = hog, take
        self.began = time.monotonic()
        self.phase = PHASES[0]
        self.phases: dict[str, tuple[float, float]] = {}
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        return not self._thread.is_alive()

    def _run(self) -> None:
        acts: tuple[Callable[[], None], ...] = (self._calm, self._taking, self._holding, self._after)
        for self.phase, act in zip(PHASES, acts, strict=True):
            begin = time.monotonic() - self.began
            act()
            self.phases[self.phase] = (begin, time.monotonic() - self.began)

    def _calm(self) -> None:
        time.sleep(CALM)

    def _taking(self) -> None:
        for _ in range(STEPS):
            self._hog.order(f"take {self._take // STEPS}")
            time.sleep(STEP)

    def _holding(self) -> None:
        time.sleep(HOLD)

    def _after(self) -> None:
        self._hog.order("give")
        time.sleep(AFTER)


class Watch:
    """Samples a side and its group while a course runs."""

    def __init__(self, side: Side, course: Course, hog: Hog, group: MemoryGroup) -> None:
        self._side, self._course, self._hog, self._group = side, course, hog, group
        self._status: dict[str, Any] | None = None
        self._done = threading.Event()
        self._asking = threading.Thread(target=self._ask, daemon=True)
        self.moments: list[Moment] = []
        self.quality: list[float] = []

    def run(self) -> None:
        """Until the course is over."""
        first = held(self._side.pid)
        self._asking.start()
        while not self._course.over:
            now = held(self._side.pid)
            if now is None or first is None or self._side.ended():
                break
            clock = time.monotonic()
            counters = self._group.counters()
            recent = sum(clock - SPAN < at for at in self._side.pieces[-200:])
            self.moments.append(
                Moment(
                    round(clock - self._course.began, 2), self._course.phase, self._hog.held,
                    self._status["allowed"] if self._status else None, now.weights, now.anonymous,
                    now.major_faults - first.major_faults, now.read - first.read, recent / SPAN,
                    counters.file, counters.usage,
                )
            )  # fmt: skip
            time.sleep(TICK)
        self._done.set()
        self._asking.join()

    def _ask(self) -> None:
        """The budget comes from the process itself, between two tokens: so it is waited for elsewhere."""
        while not self._done.wait(TICK) and not self._side.ended():
            self._status = self._side.budget()
            if self._status is None:
                return
            if self._status["quality"] is not None:
                self.quality.append(self._status["quality"])


def one_run(make: Callable[[MemoryGroup], Side], files: Sequence[Path], limit: int, take: int) -> Run:
    """A group, a side, a hog, a course. Raises RuntimeError when the weights are charged to somebody else."""
    for file in files:
        drop_file(file)
    with MemoryGroup(limit) as group:
        side = make(group)
        charged = group.counters().file
        if charged < 0.8 * min(files[0].stat().st_size, 0.8 * limit):
            side.close()
            raise RuntimeError(
                f"Only {charged >> 20} MB of {files[0].name} are charged to the group: another process has it"
                " in memory. End that, or give a copy of the file."
            )
        hog = Hog(group)
        side.answer()
        course = Course(hog, take)
        watch = Watch(side, course, hog, group)
        watch.run()
        ended = side.ended()
        killed = group.counters().killed
        side.close()
        hog.close()
    pieces = [at - course.began for at in side.pieces]
    return Run(side.name, watch.moments, pieces, course.phases, killed, ended, charged, watch.quality)
