"""A flipped byte, anywhere: a full read is told of it by an error or the counter's warning, and all that can be read is
what was written."""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from second_me.core.ports import EnvironmentFault, Scope
from second_me.storage.files import VaultFiles
from second_me.storage.repositories.facts import Facts
from second_me.storage.rows import fetch, fetch_number
from second_me.storage.vault import open_vault
from tests.storage.conftest import DIMENSIONS, PASSPHRASE, START, Kit, direction, make, turn
from tests.storage.looking import frames
from tests.storage.schema import tables
from tests.storage.test_erasure_walk import lay

SOAK = [pytest.mark.soak, pytest.mark.timeout(1800)]
OPENING, READING, WARNED = "refused at opening", "an error on reading", "the counter's warning"
WHOLE = "nothing missing"


def filled(folder: Path) -> Kit:
    """A vault with something in every table, no free page, and an empty log."""
    kit = make(folder)
    lay(kit)
    kit.episodes.append_many(
        [turn(f"apples and word{n} " + "lorem ipsum " * 20, minutes=n) for n in range(150)], START
    )
    kit.embed_all()
    kit.vault.finish_erasure()
    with kit.vault.reading() as db:
        assert fetch_number(db, "PRAGMA freelist_count") == 0
    return kit


def ways(kit: Kit) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every way of reading: what the repositories give, every table, and every page."""
    scope = Scope()
    yield "timeline", lambda: kit.episodes.timeline(None, 1000, scope)
    yield (
        "one by one",
        lambda: [kit.episodes.get(each.memory_id) for each in kit.episodes.timeline(None, 999, scope)],
    )
    yield "words", lambda: kit.words.search(["apples", "word7"], scope, 500)
    yield "vectors", lambda: _near(kit)
    yield "conversations", lambda: [kit.conversations.listing("apples"), kit.conversations.turns("talk-1")]
    yield "facts", lambda: Facts(kit.vault).kept()
    yield "log", lambda: kit.audit.entries(100)
    with kit.vault.reading() as db:
        names = [name for name in tables(db) if name not in ("notices", "commits")]
    for name in names:
        yield name, lambda name=name: _rows(kit, f'SELECT * FROM "{name}" ORDER BY 1')  # type: ignore[misc]
    yield "pages", lambda: _rows(kit, "PRAGMA integrity_check")


def _near(kit: Kit) -> Any:
    kit.vectors.use_embedder("test", DIMENSIONS)
    return kit.vectors.search(direction(3), Scope(), 200)


def _rows(kit: Kit, sql: str) -> list[Any]:
    with kit.vault.reading() as db:
        return fetch(db, sql)


def read_all(kit: Kit) -> dict[str, Any]:
    """What every way of reading gives; the fault where there was one. An answer of integrity_check that is not "ok" is
    a fault, too."""
    told: dict[str, Any] = {}
    for name, way in ways(kit):
        try:
            told[name] = way()
        except EnvironmentFault as error:
            assert error.code == "damaged"
            told[name] = error
    return told


def faults(told: dict[str, Any]) -> list[str]:
    return [
        name
        for name, value in told.items()
        if isinstance(value, EnvironmentFault) or (name == "pages" and value != [("ok",)])
    ]


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def put_back(good: Path, folder: Path) -> VaultFiles:
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(good, folder)
    return VaultFiles(folder)


def opened(folder: Path) -> Kit | None:
    """None where the vault says that it is damaged."""
    try:
        return Kit(open_vault(folder, passphrase=PASSPHRASE, now=START))
    except EnvironmentFault as error:
        assert error.code == "damaged"
        return None


def tell(what: str, outcomes: Counter[str]) -> None:
    parts = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    print(f"{sum(outcomes.values())} flipped bytes in {what}: {parts}", file=sys.stderr)


@pytest.mark.parametrize("count", [pytest.param(15, id="sample"), pytest.param(150, id="all", marks=SOAK)])
def test_a_flipped_byte_in_the_main_file_is_told(tmp_path: Path, count: int) -> None:
    kit = filled(tmp_path / "good")
    kit = kit.again()
    want = read_all(kit)
    assert faults(want) == []
    kit.vault.close()
    size, dice, outcomes = VaultFiles(kit.folder).database.stat().st_size, random.Random(71), Counter[str]()
    for place in dice.sample(range(size), count):
        files = put_back(kit.folder, tmp_path / "bad")
        flip(files.database, place, dice.randrange(8))
        bad = opened(files.folder)
        if bad is None:
            outcomes[OPENING] += 1
            continue
        told = read_all(bad)
        bad.vault.close()
        harmed = faults(told)
        assert harmed, f"byte {place}"
        outcomes[READING] += 1
        assert {name for name in want if name not in harmed and told[name] != want[name]} == set()
    tell("the main file", outcomes)


def snapshot(kit: Kit, folder: Path) -> Path:
    """The files as they are while the vault is open: what a kill leaves."""
    with kit.vault.reading():
        shutil.copytree(kit.folder, folder)
    return folder


def logged(folder: Path, folded: bool) -> tuple[Kit, dict[int, list[Any]]]:
    """A vault whose log holds frames of an older generation behind those of the current one, and {commits: the texts
    that there were then}. `folded`: the current frames are in the main file, too, and not yet written over."""
    kit = filled(folder)
    for number in range(40):
        kit.say(f"older {number} " + "lorem " * 200)
    _rows(kit, "PRAGMA wal_checkpoint(PASSIVE)")
    states: dict[int, list[Any]] = {}
    for number in range(12):
        kit.say(f"acknowledged {number} " + "ipsum " * 50, minutes=number)
        commits = _rows(kit, "SELECT count FROM commits")[0][0]
        states[commits] = _rows(kit, "SELECT memory_id, text FROM episodes ORDER BY seq")
    if folded:
        _rows(kit, "PRAGMA wal_checkpoint(PASSIVE)")
    return kit, states


@pytest.mark.parametrize(
    ("folded", "count"),
    [
        pytest.param(False, 10, id="waiting"),
        pytest.param(True, 5, id="folded in"),
        pytest.param(False, 150, id="waiting, all", marks=SOAK),
        pytest.param(True, 100, id="folded in, all", marks=SOAK),
    ],
)
def test_a_flipped_byte_in_a_current_frame_of_the_log_is_told(
    tmp_path: Path, folded: bool, count: int
) -> None:
    """Where all of the log is in the main file already, there may be nothing to tell: then nothing is missing."""
    kit, states = logged(tmp_path / "open", folded)
    good = snapshot(kit, tmp_path / "good")
    kit.vault.close()
    log = list(frames(VaultFiles(good).log))
    current = [each for each in log if each.current]
    assert len(current) > 12 and len(current) < len(log)
    last = max(states)
    texts, dice, outcomes = dict(states[last]), random.Random(72), Counter[str]()
    places = [frame.at + at for frame in current for at in range(24 + 4096)]
    for place in dice.sample(places, count):
        files = put_back(good, tmp_path / "bad")
        flip(files.log, place, dice.randrange(8))
        bad = opened(files.folder)
        if bad is None:
            outcomes[OPENING] += 1
            continue
        told, notices = read_all(bad), bad.notices.standing()
        bad.vault.close()
        harmed = faults(told)
        if harmed:
            outcomes[READING] += 1
            continue
        rows = [(row[1], row[7]) for row in told["episodes"]]
        if folded and not notices:
            assert rows == states[last], f"byte {place}"
            outcomes[WHOLE] += 1
        else:
            assert [each.code for each in notices] == ["lost_commits"], f"byte {place}"
            outcomes[WARNED] += 1
            lost = notices[0].detail["lost"]
            assert folded or rows == states.get(last - lost, rows), f"byte {place}"
            assert all(texts[memory_id] == text for memory_id, text in rows), f"byte {place}"
    tell("current frames of the log" + (", folded in" if folded else ""), outcomes)


def test_a_flipped_byte_in_an_old_frame_of_the_log_changes_nothing(tmp_path: Path) -> None:
    kit, states = logged(tmp_path / "open", False)
    good = snapshot(kit, tmp_path / "good")
    kit.vault.close()
    old = [each for each in frames(VaultFiles(good).log) if not each.current]
    for frame in random.Random(73).sample(old, 3):
        files = put_back(good, tmp_path / "bad")
        flip(files.log, frame.at + 2000, 3)
        again = opened(files.folder)
        assert again is not None
        told, notices = read_all(again), again.notices.standing()
        again.vault.close()
        assert (faults(told), list(notices)) == ([], [])
        assert [(row[1], row[7]) for row in told["episodes"]] == states[max(states)]
