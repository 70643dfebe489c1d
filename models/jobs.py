"""Who computes next in the model's process.

A job is an iterator: every step is one bounded piece of work (a token, a batch). Between two steps the order
is decided anew: urgent jobs first; then the answer that is being written; jobs of the background only within
a small share of the time of an answer; a measurement of likelihoods when no answer is written; jobs of the
background freely when nobody waits; and work of the rest when nothing else is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import IntEnum

BACKGROUND_SHARE = 0.1

Steps = Generator[None, None, None]


class Lane(IntEnum):
    """How a job is queued; within a lane the first come is the first served."""

    URGENT = 0
    ANSWER = 1
    MEASURE = 2
    BACKGROUND = 3
    REST = 4


@dataclass(frozen=True, slots=True)
class Job:
    """A request at work."""

    number: int
    steps: Steps


class Scheduler:
    """The queues. `clock` gives seconds; it measures what the background takes from an answer."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lanes: dict[Lane, deque[Job]] = {lane: deque() for lane in Lane}
        self._answer_seconds = 0.0
        self._background_seconds = 0.0
        self._background_step = 0.0

    def add(self, lane: Lane, number: int, steps: Steps) -> None:
        """Queue a job under the number of its request."""
        if lane is Lane.ANSWER and not self._lanes[lane]:
            self._answer_seconds = self._background_seconds = 0.0
        self._lanes[lane].append(Job(number, steps))

    def cancel(self, number: int) -> bool:
        """End a job before its next step; False when there is none of this number (any more)."""
        for jobs in self._lanes.values():
            for job in jobs:
                if job.number == number:
                    jobs.remove(job)
                    job.steps.close()
                    return True
        return False

    def busy(self) -> bool:
        """Whether a job waits."""
        return any(self._lanes.values())

    def step(self) -> None:
        """Do one step of the job whose turn it is. What it raises comes out of here; it is over then."""
        lane = self._next()
        job = self._lanes[lane][0]
        began = self._clock()
        try:
            next(job.steps)
        except StopIteration:
            self._lanes[lane].popleft()
        except BaseException:
            self._lanes[lane].popleft()
            raise
        self._account(lane, self._clock() - began)

    def _next(self) -> Lane:
        if self._lanes[Lane.URGENT]:
            return Lane.URGENT
        if not self._lanes[Lane.ANSWER]:
            return next((lane for lane in (Lane.MEASURE, Lane.BACKGROUND) if self._lanes[lane]), Lane.REST)
        return Lane.BACKGROUND if self._lanes[Lane.BACKGROUND] and self._share_left() else Lane.ANSWER

    def _share_left(self) -> bool:
        spent = self._background_seconds + self._background_step
        return spent <= BACKGROUND_SHARE * (self._answer_seconds + spent)

    def _account(self, lane: Lane, seconds: float) -> None:
        if lane is Lane.ANSWER:
            self._answer_seconds += seconds
        elif lane is Lane.BACKGROUND:
            self._background_step = seconds
            self._background_seconds += seconds if self._lanes[Lane.ANSWER] else 0.0
