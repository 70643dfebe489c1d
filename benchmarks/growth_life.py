"""A vault that is lived in, day by day, for growth.py; what is known of it is kept beside it."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from growth_turns import DAY_TURNS, FIRST_DAY, MONTH_DAYS, YEAR_DAYS, evening, turns_of_day
from scale_texts import Corpus, Rows

from second_me.app.service.house import House
from second_me.app.service.upkeep_jobs import CHECKS, PURGE, jobs_of
from second_me.app.wiring import HomeDoor
from second_me.core.memory.forgetting import Grade
from second_me.core.upkeep import Cursor, Job

PASSPHRASE = "a benchmark's passphrase"
WHOLE = (CHECKS, PURGE)
"""Jobs that go through the whole vault each time."""
Row = dict[str, Any]
USES_A_DAY = 5


class Calendar:
    """A clock that the benchmark sets."""

    def __init__(self, at: datetime = FIRST_DAY) -> None:
        self.at = at

    def now(self) -> datetime:
        """Where the life has come to."""
        return self.at


@dataclass
class State:
    """What is known of a life that is being filled in: kept beside the vault, so that it can be gone on with."""

    days: int = 0
    months: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @classmethod
    def read(cls, file: Path) -> State:
        """What a run before this one has kept."""
        return cls(**json.loads(file.read_text())) if file.exists() else cls()

    def write(self, file: Path) -> None:
        """Keep it."""
        new = file.with_suffix(".new")
        new.write_text(json.dumps(vars(self)))
        new.replace(file)


def run_job(job: Job) -> Row:
    """Bring a job to its end; {"seconds", "cpu" (of this thread), "longest", "longest_cpu" (of a step), "steps"}."""
    cursor: Cursor = None
    more, steps = True, list[tuple[float, float]]()
    while more:
        began, worked = time.perf_counter(), time.thread_time()
        cursor, more = job.step(cursor)
        steps.append((time.perf_counter() - began, time.thread_time() - worked))
    (seconds, cpu), (longest, longest_cpu) = np.sum(steps, axis=0), np.max(steps, axis=0)
    told = {"seconds": seconds, "cpu": cpu, "longest": longest, "longest_cpu": longest_cpu}
    return {**{name: float(value) for name, value in told.items()}, "steps": len(steps)}


class Life:
    """A vault that grows."""

    def __init__(self, house: House, calendar: Calendar, made_of: Corpus) -> None:
        self._house, self._calendar, self._made_of = house, calendar, made_of
        self._jobs = jobs_of(house)

    def day(self, day: int) -> float:
        """Live a day at once; the seconds of its storing."""
        episodes, rows = turns_of_day(self._made_of, day)
        self._come(day)
        started = time.perf_counter()
        with self._house.together():
            added, _ = self._house.episodes.append_many(episodes, evening(day))
            if added:
                self._store(rows)
        return time.perf_counter() - started

    def day_turn_by_turn(self, day: int) -> list[float]:
        """Live a day as a talk does; the milliseconds of each turn."""
        episodes, rows = turns_of_day(self._made_of, day)
        self._come(day)
        times = []
        for episode in episodes:
            started = time.perf_counter()
            self._house.episodes.append(episode, evening(day))
            times.append(1000 * (time.perf_counter() - started))
        if self._house.vectors.pending_count():
            self._store(rows)
        return times

    def upkeep(self) -> Row:
        """{job: what `run_job` tells}, of all but those that go through the whole vault."""
        return {job.name: run_job(job) for job in self._jobs if job.name not in WHOLE}

    def _come(self, day: int) -> None:
        """A day of use, and some of what was said before it is of use."""
        self._calendar.at = evening(day)
        self._house.lives.come(self._calendar.at.date())
        seqs = np.random.default_rng(day).integers(1, max(2, day * DAY_TURNS), USES_A_DAY)
        used = self._house.episodes.by_seq([int(seq) for seq in seqs])
        ids = [each.memory_id for each in used.values()]
        self._house.lives.use(ids, Grade.GOOD, "opened", None, self._calendar.at)

    def _store(self, rows: Rows) -> None:
        chunks = self._house.vectors.pending(len(rows) + 1)
        assert len(chunks) == len(rows), "every turn has one chunk"
        self._house.vectors.store({chunk.chunk_id: row for chunk, row in zip(chunks, rows, strict=True)})


def grow(life: Life, state: State, file: Path, until: int) -> list[float]:
    """Live until a day (exclusive); milliseconds of each turn of the last day."""
    while state.days < until - 1:
        upto = min(state.days + MONTH_DAYS, until - 1)
        seconds = [life.day(day) for day in range(state.days, upto)]
        state.months.append({"days": len(seconds), "seconds": sum(seconds), "jobs": life.upkeep()})
        state.days = upto
        state.write(file)
        say(f"{state.days / YEAR_DAYS:.2f} years, {DAY_TURNS * len(seconds) / sum(seconds):.0f} turns/s")
    return life.day_turn_by_turn(until - 1)


def opened(door: HomeDoor) -> House:
    """The house, made where there is none, that knows its embedder."""
    if door.exists():
        house = door.open(passphrase=PASSPHRASE, recovery_key=None)
    else:
        house, _ = door.create(PASSPHRASE)
    house.vectors.use_embedder(house.embedder.name, house.embedder.dimensions)
    return house


def say(text: str) -> None:
    """How it goes on."""
    print(text, file=sys.stderr, flush=True)
