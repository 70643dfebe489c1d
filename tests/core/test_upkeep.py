"""When a job is due, and what it waits for."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.upkeep import (
    STILL,
    Hindrance,
    Job,
    Run,
    Surroundings,
    due_at,
    hindrance,
    is_due,
    is_overdue,
    wait,
)

NOW = datetime(2024, 3, 1, 9, 0)
HOUR = timedelta(hours=1)
JOB = Job("sweep", HOUR, lambda _: (None, False))


def test_a_new_job_is_due_at_once_and_a_done_one_after_its_time() -> None:
    assert is_due(JOB, Run("sweep", NOW), NOW)
    done = Run("sweep", NOW, NOW, NOW)
    assert not is_due(JOB, done, NOW + HOUR - timedelta(seconds=1))
    assert is_due(JOB, done, NOW + HOUR)
    assert wait(JOB, done, NOW + timedelta(minutes=20)) == timedelta(minutes=40)


def test_a_run_that_was_cut_short_is_due_at_once() -> None:
    assert is_due(JOB, Run("sweep", NOW - HOUR, NOW, NOW - HOUR / 2, {"at": 3}, True), NOW)


def test_failures_wait_longer_and_longer_but_never_longer_than_the_job_itself() -> None:
    waits = [due_at(JOB, Run("sweep", NOW, NOW, failures=n)) - NOW for n in range(1, 40)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits == sorted(waits)
    assert waits[-1] == HOUR


@given(st.timedeltas(timedelta(days=-4000), timedelta(days=4000)))
@settings(deadline=None)
def test_a_clock_that_was_set_back_stops_no_job(shift: timedelta) -> None:
    done = Run("sweep", NOW, NOW, NOW)
    assert timedelta() <= wait(JOB, done, NOW + shift) <= HOUR


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        (Surroundings(answering=True), Hindrance.ANSWER),
        (Surroundings(serving=True), Hindrance.REQUEST),
        (Surroundings(embedding=True), Hindrance.VECTORS),
        (Surroundings(still=STILL - timedelta(seconds=1)), Hindrance.PERSON),
        (Surroundings(on_battery=True), Hindrance.BATTERY),
        (Surroundings(load=3.0), Hindrance.LOAD),
        (Surroundings(), None),
    ],
)
def test_what_a_job_waits_for(around: Surroundings, expected: Hindrance | None) -> None:
    assert hindrance(around, overdue=False) is expected
    still_waits = expected in (Hindrance.ANSWER, Hindrance.REQUEST)
    assert hindrance(around, overdue=True) is (expected if still_waits else None)


def test_a_job_is_overdue_when_its_run_should_have_begun_longer_ago_than_it_is_patient() -> None:
    patient = Job("sweep", HOUR, lambda _: (None, False), patience=timedelta(days=1))
    done = Run("sweep", NOW, NOW, NOW)
    assert not is_overdue(patient, done, NOW + timedelta(days=1) + HOUR)
    assert is_overdue(patient, done, NOW + timedelta(days=1, seconds=1) + HOUR)
