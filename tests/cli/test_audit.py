"""`ask` for somebody else, and `audit`, on the command line."""

from __future__ import annotations

import json
from datetime import datetime

from second_me.app.paths import HomeLayout
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.memory.episodes import NewEpisode, Role
from tests.cli.conftest import Shell
from tests.reading import reader
from tests.service.kit import PASSPHRASE

SAID = datetime(2024, 4, 1)


def fill(shell: Shell) -> None:
    """A home that knows where the person lives, read by the reader of the tests."""
    door = HomeDoor(HomeLayout(shell.home), SystemClock(), lambda _: None, reader(10**6))
    house, _ = door.create(PASSPHRASE)
    house.episodes.append(NewEpisode("talk/1", "me", "I live in Bern.", SAID, Role.PERSON), SAID)
    while house.keeper.step(10, SAID):
        pass
    house.model.close()
    house.close()


def test_others_are_told_what_they_may_know_and_the_log_says_so(bare: Shell) -> None:
    fill(bare)
    question = ("ask", "Where do you live?", "--no-model", "--json")
    told = json.loads(bare(*question, "--audience", "colleague", "--asker", "Devika").stdout)
    assert (told["answer"], told["citations"], told["model"]) == ("Home: Bern", [], None)
    kept = json.loads(bare(*question, "--asker", "Somebody").stdout)
    assert (kept["answer"], kept["abstained"]) == ("I can't say anything about that.", True)
    newest, before = map(json.loads, bare("audit", "--action", "answer", "--json").stdout.splitlines())
    assert (newest["asker"], newest["audience"], newest["memories"][0]["told"]) == (
        "Somebody",
        "stranger",
        False,
    )
    assert (before["asker"], before["consent"], before["memories"][0]["text"]) == (
        "Devika",
        "clearance",
        "Bern",
    )
    lines = bare("audit", "--limit", "1").stdout.splitlines()
    assert "answer  Somebody (stranger)" in lines[0] and "withheld: too_sensitive" in lines[1]


def test_an_audience_that_is_none_is_wrong_use(bare: Shell) -> None:
    done = bare("ask", "Where do you live?", "--audience", "aunt")
    assert done.returncode == 2 and done.stdout == ""
