"""Upkeep in the service: a scheduler that is rebuilt from the vault at every unlock, and what it fires.

The vault's table is the truth (`core.upkeep.UpkeepBook`): the scheduler only wakes jobs, each looks there whether
it is due, and is marked as fired in the same transaction. So a job that was missed while the computer slept, or
while the vault was locked, runs once, and one that was killed goes on after its last step.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from second_me.app.crash import crash_text
from second_me.core.ports import Clock, EnvironmentFault
from second_me.core.upkeep import (
    Hindrance,
    Job,
    Run,
    Surroundings,
    UpkeepBook,
    due_at,
    hindrance,
    is_due,
    is_overdue,
    wait,
)

log = logging.getLogger(__name__)

PUT_OFF = timedelta(seconds=30)
"""A job that is hindered, or whose time was up, looks again so much later."""
LOOK = timedelta(minutes=1)
"""The scheduler's own wait stands still while the computer sleeps: it looks at the clock at least so often."""
BREATH_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class JobState:
    """A job for a view. `state`: `running`, `waiting` (due, and hindered or put off), `failed`, `idle`."""

    job: str
    state: str
    hindrance: Hindrance | None
    last: datetime | None
    next: datetime
    done: int
    left: int | None


class Upkeep:
    """The jobs of an unlocked vault, one at a time in a thread of their own.

    `around` tells what goes on; `told` hears of it when a job's state has become another.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        book: UpkeepBook,
        clock: Clock,
        around: Callable[[], Surroundings],
        told: Callable[[], None] = lambda: None,
    ) -> None:
        self._jobs: Mapping[str, Job] = {job.name: job for job in jobs}
        self._book, self._clock, self._around, self._told = book, clock, around, told
        self._ending, self._running = threading.Event(), ""
        self._sitting = threading.Lock()
        self._hindered: dict[str, Hindrance] = {}
        self._scheduler = _scheduler()

    def start(self) -> None:
        """Rebuild the scheduler from the vault and let it run. A full disk keeps nobody out: nothing runs then."""
        now = self._clock.now()
        try:
            self._book.enter(list(self._jobs.values()), now)
            runs = self._book.runs()
        except EnvironmentFault as fault:
            log.info("no upkeep: %s", fault.code)
            return
        for name, job in self._jobs.items():
            first = datetime.now(UTC) + wait(job, runs[name], now)
            self._scheduler.add_job(
                self.fire,
                "interval",
                (name,),
                seconds=job.every.total_seconds(),
                id=name,
                name=name,
                next_run_time=first,
            )
        self._scheduler.add_job(lambda: None, "interval", seconds=LOOK.total_seconds(), id="look")
        self._scheduler.start()

    def close(self) -> None:
        """Nothing is fired any more; a step that is being done is waited for."""
        self._ending.set()
        with self._sitting:  # the scheduler would wait for it while holding what the end of a sitting needs
            pass
        if self._scheduler.running:
            self._scheduler.shutdown()

    def fire(self, name: str) -> None:
        """Let a job have a sitting if it is due and nothing hinders it."""
        with self._sitting:
            if not self._ending.is_set():
                self._fire(self._jobs[name])

    def _fire(self, job: Job) -> None:
        before, sat = self._hindered.get(job.name), True
        try:
            sat = self._sit(job)
        except EnvironmentFault as fault:
            log.info("%s waits: %s", job.name, fault.code)
            self._failed(job)
        except Exception as bug:  # noqa: BLE001 - the edge of a thread: the other jobs must go on
            log.error("%s failed\n%s", job.name, crash_text(bug))
            self._failed(job)
        finally:
            self._running = ""
        self._plan(job)
        if sat or before is not self._hindered.get(job.name):
            self._told()

    def states(self) -> list[JobState]:
        """The jobs in their order. Raises EnvironmentFault."""
        now, runs = self._clock.now(), self._book.runs()
        return [self._state(job, runs[name], now) for name, job in self._jobs.items() if name in runs]

    def _sit(self, job: Job) -> bool:
        """Whether anything was done."""
        now = self._clock.now()
        known = self._book.runs().get(job.name)
        if known is None or self._is_hindered(job, known):
            return False
        run = self._book.begin(job, now)
        if run is None:
            return False
        self._running = job.name
        self._told()
        cursor, more, until = run.cursor, True, time.monotonic() + job.sitting.total_seconds()
        while more:
            cursor, more = job.step(cursor)
            self._book.keep(job.name, cursor)
            if more and (time.monotonic() >= until or self._pause(job, run)):
                return True
        self._book.finish(job.name, self._clock.now())
        return True

    def _pause(self, job: Job, run: Run) -> bool:
        """Let others go first for a moment; whether the sitting is over."""
        return self._ending.wait(BREATH_SECONDS) or self._is_hindered(job, run)

    def _is_hindered(self, job: Job, run: Run) -> bool:
        found = hindrance(self._around(), is_overdue(job, run, self._clock.now()))
        if found is None:
            self._hindered.pop(job.name, None)
        else:
            self._hindered[job.name] = found
        return found is not None

    def _failed(self, job: Job) -> None:
        with contextlib.suppress(EnvironmentFault):
            self._book.fail(job.name, self._clock.now())

    def _plan(self, job: Job) -> None:
        """When the scheduler wakes this job the next time: what the vault says, or a little later."""
        try:
            run = self._book.runs().get(job.name)
        except EnvironmentFault:
            run = None
        later = wait(job, run, self._clock.now()) if run is not None else PUT_OFF
        with contextlib.suppress(JobLookupError):
            self._scheduler.modify_job(job.name, next_run_time=datetime.now(UTC) + max(later, PUT_OFF))

    def _state(self, job: Job, run: Run, now: datetime) -> JobState:
        if self._running == job.name:
            state = "running"
        elif run.failures:
            state = "failed"
        else:
            state = "waiting" if is_due(job, run, now) else "idle"
        left = job.left(run.cursor) if run.under_way else 0
        waits = self._hindered.get(job.name) if state == "waiting" else None
        return JobState(job.name, state, waits, run.last_done, due_at(job, run), run.steps, left)


def _scheduler() -> BackgroundScheduler:
    """Times are reckoned in UTC: the local zone of a machine may have no name, or two."""
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else it tells of every look at the clock
    return BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        timezone=UTC,
    )
