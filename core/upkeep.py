"""Upkeep: work that nobody waits for, done again and again while the person does something else.

A *job* is cut into *steps* so short (a fifth of a second) that nobody is kept waiting by one. Between two steps
its *cursor* says how far it has come. A *run* is a job's way from its beginning to its end, which may take many
*sittings*: a sitting ends when there is nothing more to do, when its time is up, or when something hinders it.
When a job is due and what hinders it is decided here; times are passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

Cursor = Mapping[str, Any] | None
"""How far a run has come, as JSON; None at its beginning."""

SITTING = timedelta(seconds=20)
PATIENCE = timedelta(days=1)
RETRY = timedelta(minutes=1)
"""After a first failure; each further one doubles it."""
STILL = timedelta(minutes=2)
"""So long after the person's last doing the computer counts as left alone."""
BUSY_LOAD = 1.5
"""Processes that want to compute, for each processor: more is somebody else's work."""


def unknown(cursor: Cursor) -> int | None:
    """Nobody knows how much is left."""
    return None


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so often.

    `step` does the next bit after a cursor (None: from the beginning) and returns the new cursor and whether there
    is more. It is durable by itself, and doing it twice does no harm, for a crash may repeat the last one. It
    raises EnvironmentFault. `left`: how many things are left after a cursor, None when unknown. Later than
    `patience` after it was due, a job waits no longer for the person to pause, nor for the mains.
    """

    name: str
    every: timedelta
    step: Callable[[Cursor], tuple[Cursor, bool]]
    left: Callable[[Cursor], int | None] = unknown
    sitting: timedelta = SITTING
    patience: timedelta = PATIENCE


class Steps(Protocol):
    """Work in steps, as a job wants it."""

    def step(self, cursor: Cursor) -> tuple[Cursor, bool]:
        """See `Job`."""

    def left(self, cursor: Cursor) -> int | None:
        """See `Job`."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the vault knows of a job. `since`: when it was first heard of; `under_way`: a run was begun and not
    ended; `steps` of the run under way, else of the last one; `failures` in a row."""

    job: str
    since: datetime
    last_started: datetime | None = None
    last_done: datetime | None = None
    cursor: Cursor = None
    under_way: bool = False
    steps: int = 0
    failures: int = 0


class Hindrance(StrEnum):
    """Why a job that is due waits."""

    ANSWER = "answer"
    REQUEST = "request"
    VECTORS = "vectors"
    PERSON = "person"
    BATTERY = "battery"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What goes on at a moment. `answering`: an answer is being written; `serving`: a client waits for something;
    `embedding`: vectors are being made; `still`: for how long the person has done nothing; `load`: processes that
    want to compute, for each processor."""

    answering: bool = False
    serving: bool = False
    embedding: bool = False
    still: timedelta = timedelta.max
    on_battery: bool = False
    load: float = 0.0


class UpkeepBook(Protocol):
    """What is known of the jobs, in the vault: what survives the process."""

    def enter(self, jobs: Sequence[Job], now: datetime) -> None:
        """Hear of these jobs; those that are no more are forgotten."""

    def runs(self) -> Mapping[str, Run]:
        """{name of the job: what is known of it}."""

    def begin(self, job: Job, now: datetime) -> Run | None:
        """In one transaction: look whether the job is due, and mark that it was fired. None: it is not due."""

    def keep(self, name: str, cursor: Cursor) -> None:
        """A step was done."""

    def finish(self, name: str, now: datetime) -> None:
        """The run has come to its end."""

    def fail(self, name: str, now: datetime) -> None:
        """The step could not be done; the cursor stays."""


def due_at(job: Job, run: Run) -> datetime:
    """When the job's next sitting is due."""
    if run.failures and run.last_started is not None:
        return run.last_started + min(job.every, RETRY * float(2 ** min(run.failures - 1, 20)))
    if run.under_way:
        return run.last_started or run.since
    return run.since if run.last_done is None else run.last_done + job.every


def is_due(job: Job, run: Run, now: datetime) -> bool:
    """Whether it is time. A clock that was set back makes no job wait for longer than its own time."""
    return due_at(job, run) <= now or due_at(job, run) - now > job.every


def wait(job: Job, run: Run, now: datetime) -> timedelta:
    """How long until the job is due; 0 when it is."""
    return timedelta() if is_due(job, run, now) else due_at(job, run) - now


def hindrance(around: Surroundings, overdue: bool) -> Hindrance | None:
    """What keeps a job from its next step. An overdue one yields only to what the person is waiting for."""
    if around.answering:
        return Hindrance.ANSWER
    if around.serving:
        return Hindrance.REQUEST
    if overdue:
        return None
    if around.embedding:
        return Hindrance.VECTORS
    if around.still < STILL:
        return Hindrance.PERSON
    if around.on_battery:
        return Hindrance.BATTERY
    return Hindrance.LOAD if around.load > BUSY_LOAD else None


def is_overdue(job: Job, run: Run, now: datetime) -> bool:
    """Whether the job has waited for longer than it may. Of a run, it counts from when it was to begin."""
    begun = run.since if run.last_done is None else run.last_done + job.every
    return now - begun > job.patience
