"""The jobs of a real house, and what they wait for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from second_me.app.paths import HomeLayout
from second_me.app.service.house import House
from second_me.app.service.methods.vault import _notice_text
from second_me.app.service.surroundings import Activity, load, on_battery
from second_me.app.service.upkeep import JobState, Upkeep
from second_me.app.service.upkeep_jobs import jobs_of
from second_me.app.service.upkeep_words import shape
from second_me.app.wiring import HomeDoor
from second_me.core.memory.episodes import NewEpisode, Role
from second_me.core.memory.facts.claims import ME
from second_me.core.memory.facts.keeping import Reader
from second_me.core.memory.facts.reading import read_claims
from second_me.core.recall.grains import Grain
from second_me.core.upkeep import Hindrance, Surroundings
from tests.service.test_upkeep import PASSPHRASE, START, Hands

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def house(tmp_path: Path, clock: Hands) -> Iterator[House]:
    reader = Reader(1, read_claims, lambda _text: ())
    door = HomeDoor(HomeLayout(tmp_path / "home"), clock, lambda _: None, reader=reader)
    made, _ = door.create(PASSPHRASE)
    yield made
    made.model.close()
    made.close()


def upkeep(house: House) -> Upkeep:
    """Of a house whose person is out."""
    jobs = jobs_of(house)
    house.upkeep.enter(jobs, house.clock.now())
    return Upkeep(jobs, house.upkeep, house.clock, Surroundings)


def say(house: House, text: str) -> str:
    now = house.clock.now()
    return house.episodes.append(NewEpisode("talk", "me", text, now, role=Role.PERSON), now).memory_id


def test_every_job_runs_to_its_end_on_a_real_vault(house: House, clock: Hands) -> None:
    say(house, "I moved to Bern in May")
    clock.at += DAY
    kept = upkeep(house)
    for state in kept.states():
        kept.fire(state.job)
    assert {state.state for state in kept.states()} == {"idle"}
    assert house.notices.listing() == []
    assert [fact.kept.value for fact in house.book.about(ME)] == ["Bern"]
    assert house.lives.unrated(5) == []


def test_a_session_that_ended_gets_its_grains(house: House, clock: Hands) -> None:
    say(house, "We adopted a cat called Miso")
    assert house.grains.make_next(clock.now()) is False  # not over yet
    clock.at += timedelta(hours=7)
    upkeep(house).fire("grains")
    assert house.grains.make_next(clock.now()) is False  # nothing is left to make
    done = {state.job: state.done for state in upkeep(house).states()}
    assert done["grains"] > len((Grain.SESSION, Grain.DAY))


def test_what_was_deleted_a_month_ago_is_erased_and_not_before(house: House, clock: Hands) -> None:
    memory_id = say(house, "The code of the old lock is on the card")
    house.episodes.hide(memory_id, clock.now())
    clock.at += 30 * DAY - timedelta(hours=1)
    kept = upkeep(house)
    kept.fire("purge")
    assert house.episodes.get(memory_id) is not None
    clock.at += DAY
    kept.fire("purge")
    assert house.episodes.get(memory_id) is None


def test_what_checks_found_is_told_in_words(house: House) -> None:
    assert "put right" in _notice_text({"code": "upkeep_found", "detail": {"found": {"mark": 2}, "left": {}}})
    damaged = {"found": {"damaged": 1}, "left": {"damaged": 1}}
    assert "damaged" in _notice_text({"code": "upkeep_found", "detail": damaged})


def test_a_request_is_seen_while_it_is_served_and_remembered_after() -> None:
    seconds = 100.0
    activity = Activity(lambda: seconds)
    seen = []
    watched = activity.watched(
        {
            "ask": lambda _peer, _params: seen.append(activity.serving()),
            "status": lambda _peer, _params: seen.append(activity.serving()),
        }
    )
    seconds = 700.0
    watched["status"](None, {})  # type: ignore[arg-type]
    assert (seen, activity.still()) == ([False], timedelta(minutes=10))
    watched["ask"](None, {})  # type: ignore[arg-type]
    assert (seen, activity.serving(), activity.still()) == ([False, True], False, timedelta())


def test_a_request_that_failed_is_over() -> None:
    activity = Activity()

    def fails(_peer: object, _params: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        activity.watched({"ask": fails})["ask"](None, {})  # type: ignore[arg-type]
    assert not activity.serving()


def test_the_machine_is_asked() -> None:
    assert on_battery() in (True, False)
    assert load() >= 0


def state(**values: object) -> JobState:
    base = {"job": "checks", "state": "idle", "hindrance": None, "last": None, "next": START, "done": 0}
    return JobState(**{**base, "left": 0, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (state(), "not yet"),
        (state(last=START - timedelta(hours=1)), "done today at 08:00"),
        (state(last=datetime(2024, 2, 29, 23, 30)), "last night"),
        (state(last=datetime(2024, 2, 29, 3, 30)), "yesterday"),
        (state(last=START - 9 * DAY), "9 days ago"),
        (state(state="running", left=12), "going on, 12 left"),
        (state(state="running", left=None), "going on"),
        (state(state="failed"), "did not work, is tried again"),
        (state(state="waiting", hindrance=Hindrance.BATTERY), "waits for mains power"),
    ],
)
def test_a_job_in_words(known: JobState, said: str) -> None:
    assert shape(known, START)["text"] == f"Checking that all is whole: {said}"
