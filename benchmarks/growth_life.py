"""A vault that is lived in, day by day, for growth.py; what is known of it is kept beside it."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from growth_turns import DAY_TURNS, FIRST_DAY, MONTH_DAYS, YEAR_DAYS, evening, turns_of_day
from scale_texts import Corpus, Rows

from second_me.app.service.house import House
from second_me.app.service.upkeep_jobs import CHECKS, PURGE, jobs_of
from second_me.app.wiring import HomeDoor
from second_me.core.upkeep import Cursor, Job

PASSPHRASE = "a benchmark's passphrase"
WHOLE = (CHECKS, PURGE)
"""Jobs that go through the whole vault each time."""
Row = dict[str, Any]


class Calendar:
    """A clock that the benchmark sets."""

    def __init__(self) -> None:
        self.at = FIRST_DAY

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


def run_job(job: Job) -> tuple[float, float, int]:
    """Bring a job to its end; (seconds, longest step in seconds, steps)."""
    cursor: Cursor = None
    more, longest, steps, started = True, 0.0, 0, time.perf_counter()
    while more:
        began = time.perf_counter()
        cursor, more = job.step(cursor)
        longest, steps = max(longest, time.perf_counter() - began), steps + 1
    return time.perf_counter() - started, longest, steps


class Life:
    """A vault that grows."""

    def __init__(self, house: House, calendar: Calendar, made_of: Corpus) -> None:
        self._house, self._calendar, self._made_of = house, calendar, made_of
        self._jobs = jobs_of(house)

    def day(self, day: int) -> float:
        """Live a day at once; the seconds of its storing."""
        episodes, rows = turns_of_day(self._made_of, day)
        self._calendar.at = evening(day)
        started = time.perf_counter()
        with self._house.together():
            added, _ = self._house.episodes.append_many(episodes, evening(day))
            if added:
                self._store(rows)
        return time.perf_counter() - started

    def day_turn_by_turn(self, day: int) -> list[float]:
        """Live a day as a talk does; the milliseconds of each turn."""
        episodes, rows = turns_of_day(self._made_of, day)
        self._calendar.at = evening(day)
        times = []
        for episode in episodes:
            started = time.perf_counter()
            self._house.episodes.append(episode, evening(day))
            times.append(1000 * (time.perf_counter() - started))
        if self._house.vectors.pending_count():
            self._store(rows)
        return times

    def upkeep(self, whole: bool) -> Row:
        """{job: {"seconds", "longest", "steps"}}; of those that go through the whole vault, or of the others."""
        done = {}
        for job in self._jobs:
            if (job.name in WHOLE) == whole:
                seconds, longest, steps = run_job(job)
                done[job.name] = {"seconds": seconds, "longest": longest, "steps": steps}
        return done

    def _store(self, rows: Rows) -> None:
        chunks = self._house.vectors.pending(len(rows) + 1)
        assert len(chunks) == len(rows), "every turn has one chunk"
        self._house.vectors.store({chunk.chunk_id: row for chunk, row in zip(chunks, rows, strict=True)})


def grow(life: Life, state: State, file: Path, until: int) -> tuple[list[float], Row]:
    """Live until a day (exclusive); (milliseconds of each turn of the last day, the whole jobs)."""
    while state.days < until - 1:
        upto = min(state.days + MONTH_DAYS, until - 1)
        seconds = [life.day(day) for day in range(state.days, upto)]
        state.months.append({"days": len(seconds), "seconds": sum(seconds), "jobs": life.upkeep(False)})
        state.days = upto
        state.write(file)
        say(f"{state.days / YEAR_DAYS:.2f} years, {DAY_TURNS * len(seconds) / sum(seconds):.0f} turns/s")
    times = life.day_turn_by_turn(until - 1)
    return times, life.upkeep(True)


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
