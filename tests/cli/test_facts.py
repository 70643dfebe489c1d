"""`facts` and `contradictions` on the command line."""

from __future__ import annotations

import json
from datetime import datetime

from second_me.app.paths import HomeLayout
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.memory.episodes import NewEpisode, Role
from tests.cli.conftest import Shell
from tests.reading import reader
from tests.service.kit import PASSPHRASE

KEYS = {
    "subject",
    "slot",
    "value",
    "valid_from",
    "valid_to",
    "memory_id",
    "source_id",
    "quote",
    "start",
    "end",
}
SAID = (
    (2021, "I live in Bern."), (2023, "I live in Basel."), (2022, "Anna lives in Cork."),
    (2020, "My birthday is 3 May."), (2021, "My birthday is 4 May."),
)  # fmt: skip


def fill(shell: Shell) -> None:
    """A home whose claims were made by the reader of the tests; the service's own reads what else comes."""
    house, _ = HomeDoor(HomeLayout(shell.home), SystemClock(), lambda _: None, reader(10**6)).create(
        PASSPHRASE
    )
    for year, text in SAID:
        said = datetime(year, 4, 1)
        house.episodes.append(NewEpisode(f"talk/{year}", "me", text, said, Role.PERSON), said)
    while house.keeper.step(9, datetime(2024, 1, 1)):
        pass
    house.model.close()
    house.close()


def test_facts_and_contradictions(bare: Shell) -> None:
    fill(bare)
    done = bare("facts", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [set(row) for row in rows] == [KEYS] * 5
    assert [row["value"] for row in rows] == ["3 May", "4 May", "Bern", "Basel", "Cork"]
    assert all(row["quote"][row["start"] : row["end"]] == row["value"] for row in rows)
    then = bare("facts", "--about", "ME", "--at", "2022-01-01", "--json")
    assert [json.loads(line)["value"] for line in then.stdout.splitlines()] == ["3 May", "4 May", "Bern"]
    assert bare("facts", "--at", "soon").returncode == 2
    plain = bare("facts", "--about", "anna").stdout
    assert "Cork" in plain and "2022-04-01" in plain
    pairs = [json.loads(line) for line in bare("contradictions", "--json").stdout.splitlines()]
    assert [(pair["first"]["value"], pair["second"]["value"]) for pair in pairs] == [("3 May", "4 May")]
    assert set(pairs[0]["first"]) == {*KEYS, "said_at"}
    assert "My birthday is 4 May." in bare("contradictions").stdout


def test_nothing_is_known_of_an_empty_vault(bare: Shell) -> None:
    for command in ("facts", "contradictions"):
        done = bare(command, "--json")
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr
