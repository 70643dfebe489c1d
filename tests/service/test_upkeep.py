"""Upkeep over a real vault: what is killed goes on, what was missed runs once, what is locked stays still."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from second_me.app.service.protocol import RemoteFault
from second_me.app.service.upkeep import Upkeep
from second_me.core.ports import EnvironmentFault
from second_me.core.upkeep import Cursor, Hindrance, Job, Surroundings
from second_me.storage.keys import KdfParameters
from second_me.storage.repositories.upkeep import UpkeepRows
from second_me.storage.vault import Vault, create_vault, open_vault
from tests.service.kit import Seat

PASSPHRASE = "correct horse"
QUICK = KdfParameters(memory_kib=64, iterations=1, lanes=1)
START = datetime(2024, 3, 1, 9, 0)
PATIENCE = 20.0


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at


class Counter:
    """A job of `size` steps that notes which it did, and lets a test look on at each."""

    def __init__(self, size: int, looking: Callable[[int], None] = lambda _: None) -> None:
        self.size, self.looking, self.steps = size, looking, list[int]()

    def step(self, cursor: Cursor) -> tuple[Cursor, bool]:
        at = int(cursor["at"]) if cursor else 0
        self.looking(at)
        self.steps.append(at)
        return {"at": at + 1}, at + 1 < self.size

    def job(self, name: str = "sweep", every: timedelta = timedelta(hours=1)) -> Job:
        return Job(name, every, self.step, lambda cursor: self.size - (int(cursor["at"]) if cursor else 0))


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made, _ = create_vault(tmp_path / "vault", PASSPHRASE, QUICK)
    yield made
    made.close()


def upkeep(
    vault: Vault, clock: Hands, *jobs: Job, around: Callable[[], Surroundings] = Surroundings
) -> Upkeep:
    book = UpkeepRows(vault)
    book.enter(jobs, clock.now())
    return Upkeep(jobs, book, clock, around)


def test_a_job_runs_to_its_end_and_waits_for_its_time(vault: Vault) -> None:
    clock, counter = Hands(), Counter(3)
    kept = upkeep(vault, clock, counter.job())
    kept.fire("sweep")
    kept.fire("sweep")
    assert counter.steps == [0, 1, 2]
    (state,) = kept.states()
    assert (state.state, state.last, state.next) == ("idle", START, START + timedelta(hours=1))
    assert (state.done, state.left) == (3, 0)
    clock.at += timedelta(hours=1)
    kept.fire("sweep")
    assert counter.steps == [0, 1, 2] * 2


def test_a_sitting_ends_when_something_hinders_and_the_next_goes_on(vault: Vault) -> None:
    clock, around = Hands(), Surroundings()

    def look(at: int) -> None:
        nonlocal around
        if at == 1:
            around = Surroundings(answering=True)

    counter = Counter(4, look)
    kept = upkeep(vault, clock, counter.job(), around=lambda: around)
    kept.fire("sweep")
    assert counter.steps == [0, 1]
    (state,) = kept.states()
    assert (state.state, state.hindrance, state.left) == ("waiting", Hindrance.ANSWER, 2)
    kept.fire("sweep")
    assert counter.steps == [0, 1]
    around = Surroundings()
    kept.fire("sweep")
    assert counter.steps == [0, 1, 2, 3]


def test_others_are_told_when_something_changed_and_only_then(vault: Vault) -> None:
    clock, around, told = Hands(), Surroundings(on_battery=True), []
    book, job = UpkeepRows(vault), Counter(2).job()
    book.enter([job], clock.now())
    kept = Upkeep([job], book, clock, lambda: around, lambda: told.append(kept.states()[0].state))
    for _ in range(3):
        kept.fire("sweep")
    assert told == ["waiting"]
    around = Surroundings()
    for _ in range(3):
        kept.fire("sweep")
    assert told == ["waiting", "running", "idle"]


def test_a_sitting_is_over_when_its_time_is_up(vault: Vault) -> None:
    counter = Counter(3)
    job = Job("sweep", timedelta(hours=1), counter.step, sitting=timedelta())
    kept = upkeep(vault, Hands(), job)
    for steps in ([0], [0, 1], [0, 1, 2], [0, 1, 2]):
        kept.fire("sweep")
        assert counter.steps == steps


def test_a_job_that_fails_keeps_its_cursor_and_leaves_the_others_alone(vault: Vault) -> None:
    clock, broken, other = Hands(), [EnvironmentFault("disk_full", "full"), ZeroDivisionError()], Counter(1)

    def look(at: int) -> None:
        if at == 1 and broken:
            raise broken.pop()

    counter = Counter(2, look)
    kept = upkeep(vault, clock, counter.job(), other.job("other"))
    for failures in (1, 2):
        kept.fire("sweep")
        assert UpkeepRows(vault).runs()["sweep"].failures == failures
        assert kept.states()[0].state == "failed"
        kept.fire("sweep")  # too early
        clock.at += timedelta(hours=1)
    kept.fire("other")
    kept.fire("sweep")
    assert (counter.steps, other.steps) == ([0, 1], [0])
    assert kept.states()[0].state == "idle"


KILLED = """
import os, sys
from pathlib import Path
from tests.service.test_upkeep import PASSPHRASE, Counter, Hands, upkeep
from second_me.storage.vault import open_vault

def look(at):
    if at == 5:
        os._exit(9)

with open_vault(Path(sys.argv[1]), passphrase=PASSPHRASE) as vault:
    upkeep(vault, Hands(), Counter(8, look).job()).fire("sweep")
"""


def test_a_kill_in_the_middle_of_a_step_costs_that_step_alone(vault: Vault) -> None:
    vault.close()
    done = subprocess.run([sys.executable, "-c", KILLED, str(vault.folder)], cwd=Path(__file__).parents[2])
    assert done.returncode == 9
    with open_vault(vault.folder, passphrase=PASSPHRASE) as again:
        counter = Counter(8)
        kept = upkeep(again, Hands(), counter.job())
        assert kept.states()[0].left == 3
        kept.fire("sweep")
        assert counter.steps == [5, 6, 7]
        assert kept.states()[0].done == 8


def started(vault: Vault, clock: Hands, *jobs: Job) -> Upkeep:
    """With its scheduler, which keeps real time."""
    made = Upkeep(jobs, UpkeepRows(vault), clock, Surroundings)
    made.start()
    return made


def test_the_scheduler_fires_what_was_missed_during_a_long_sleep_once(vault: Vault) -> None:
    clock, ran = Hands(), threading.Event()
    missed, last = Counter(1), Counter(1, lambda _: ran.set())
    jobs = (missed.job(), last.job("watch"))
    first = upkeep(vault, clock, *jobs)
    first.fire("sweep")
    clock.at += timedelta(days=30)
    kept = started(vault, clock, *jobs)
    assert ran.wait(PATIENCE)
    kept.close()
    assert missed.steps == [0, 0]  # before the sleep, and once after it
    assert UpkeepRows(vault).runs()["sweep"].last_done == clock.at


def test_nothing_fires_before_its_time_nor_after_the_end(vault: Vault) -> None:
    clock, counter, ran = Hands(), Counter(1), threading.Event()
    upkeep(vault, clock, counter.job()).fire("sweep")
    kept = started(vault, clock, counter.job(), Counter(1, lambda _: ran.set()).job("watch"))
    assert ran.wait(PATIENCE)
    kept.close()
    clock.at += timedelta(days=2)
    kept.fire("sweep")
    assert counter.steps == [0]


def test_closing_waits_for_the_step_and_ends_the_sitting(vault: Vault) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def look(at: int) -> None:
        inside.set()
        assert go_on.wait(PATIENCE)

    counter = Counter(1000, look)
    kept = started(vault, Hands(), counter.job())
    assert inside.wait(PATIENCE)
    closing = threading.Thread(target=kept.close)
    closing.start()
    go_on.set()
    closing.join(PATIENCE)
    assert not closing.is_alive()
    done = len(counter.steps)
    assert 1 <= done < 1000
    assert UpkeepRows(vault).runs()["sweep"].cursor == {"at": done}


class FullDisk(UpkeepRows):
    """The book of a vault that lies on a full disk: it can be read."""

    def enter(self, jobs: Sequence[Job], now: datetime) -> None:
        raise EnvironmentFault("disk_full", "The disk is full.")


def test_a_full_disk_keeps_nobody_out(vault: Vault) -> None:
    counter = Counter(1)
    kept = Upkeep([counter.job()], FullDisk(vault), Hands(), Surroundings)
    kept.start()
    assert kept.states() == []
    kept.close()
    assert counter.steps == []


def test_hearing_of_the_same_jobs_writes_nothing(vault: Vault) -> None:
    jobs, book = [Counter(1).job()], UpkeepRows(vault)
    book.enter(jobs, START)
    with vault.reading() as db:
        before = db.total_changes()
    book.enter(jobs, START + timedelta(days=1))
    with vault.reading() as db:
        assert db.total_changes() == before
    assert book.runs()["sweep"].since == START


def test_jobs_that_are_no_more_are_forgotten(vault: Vault) -> None:
    clock = Hands()
    upkeep(vault, clock, Counter(1).job("old"), Counter(1).job("both"))
    upkeep(vault, clock, Counter(1).job("both"), Counter(1).job("new"))
    assert list(UpkeepRows(vault).runs()) == ["both", "new"]


def test_the_jobs_of_the_service_are_seen_and_wait_for_the_person(bare_place: Seat) -> None:
    client = bare_place.unlocked()
    jobs = client.call("upkeep.status")
    assert {"grains", "purge"} <= {job["job"] for job in jobs}
    assert [job["job"] for job in client.call("status")["upkeep"]] == [job["job"] for job in jobs]
    assert {job["state"] for job in jobs} == {"waiting"}  # the vault was made a moment ago, by hand
    assert all(job["text"] and job["last"] is None for job in jobs)


def test_a_locked_service_has_no_jobs(bare_place: Seat) -> None:
    client = bare_place.client()
    assert client.call("status")["upkeep"] == []
    with pytest.raises(RemoteFault) as fault:
        client.call("upkeep.status")
    assert fault.value.code == "no_vault"
