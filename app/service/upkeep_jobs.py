"""The jobs of upkeep of a house. A new one is a line in `jobs_of`."""

from __future__ import annotations

from datetime import timedelta

from second_me.app.service.house import House
from second_me.core.upkeep import Cursor, Job

HIDDEN_DAYS = 30
"""What was deleted can be brought back for so long."""
CHECKS, GRAINS, PURGE = "checks", "grains", "purge"


def jobs_of(house: House) -> list[Job]:
    """The jobs, in the order in which they are shown."""
    return [
        Job(GRAINS, timedelta(minutes=30), lambda _: _grain(house)),
        Job(CHECKS, timedelta(days=1), house.checks.step, house.checks.left),
        Job(PURGE, timedelta(days=1), lambda _: _purge(house)),
    ]


def _grain(house: House) -> tuple[Cursor, bool]:
    """A session is over when six hours have passed without a word: nobody tells, so somebody must look."""
    return None, house.grains.make_next(house.clock.now())


def _purge(house: House) -> tuple[Cursor, bool]:
    """Erase what was deleted long ago: one step, which writes the whole file anew where there is something."""
    house.purge_hidden(house.clock.now() - timedelta(days=HIDDEN_DAYS))
    return None, False
