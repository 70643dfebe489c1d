"""The book of facts is asked by several threads, also by one that is changing something."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.app.paths import HomeLayout
from second_me.app.service.house import House
from second_me.app.wiring import HomeDoor, SystemClock
from tests.reading import reader
from tests.service.kit import PASSPHRASE, PATIENCE


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A real house without models."""
    made, _ = HomeDoor(HomeLayout(tmp_path / "home"), SystemClock(), lambda _: None, reader()).create(
        PASSPHRASE
    )
    yield made
    made.model.close()
    made.close()


def test_who_changes_and_who_reads_do_not_wait_for_each_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, changing, changes = threading.Event(), threading.Event(), house.facts.changes

    def slowly() -> int:
        """The reader is in the book, and gives the other one time to be in the middle of a change."""
        inside.set()
        changing.wait(0.5)
        return changes()

    def change() -> None:
        assert inside.wait(PATIENCE)
        with house.together():
            changing.set()
            house.book.all()

    monkeypatch.setattr(house.facts, "changes", slowly)
    threads = [threading.Thread(target=each, daemon=True) for each in (house.book.contradictions, change)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE)
    assert not [each for each in threads if each.is_alive()]
