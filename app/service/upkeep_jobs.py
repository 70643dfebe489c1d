"""The jobs of upkeep of a house. A new one is a line in `jobs_of`."""

from __future__ import annotations

from datetime import timedelta

from second_me.app.service.house import House
from second_me.app.service.lives import rate
from second_me.core.upkeep import Cursor, Job

HIDDEN_DAYS = 30
"""What was deleted can be brought back for so long."""
READING, FADING, GRAINS, CHECKS, PURGE = "reading", "fading", "grains", "checks", "purge"
TEXTS, LIVES, FADES = 5, 25, 250
"""Done in one step."""


def jobs_of(house: House) -> list[Job]:
    """The jobs, in the order in which they are shown."""
    return [
        Job(READING, timedelta(hours=6), lambda _: _read(house)),
        Job(FADING, timedelta(hours=1), lambda _: _fade(house)),
        Job(GRAINS, timedelta(minutes=30), lambda _: _grain(house)),
        Job(CHECKS, timedelta(days=1), house.checks.step, house.checks.left),
        Job(PURGE, timedelta(days=1), lambda _: _purge(house)),
    ]


def _read(house: House) -> tuple[Cursor, bool]:
    """What a new reader has not read yet, or what was left when the process ended."""
    return None, house.keeper.step(TEXTS, house.clock.now()) > 0


def _fade(house: House) -> tuple[Cursor, bool]:
    """As `lives.tend`, which runs whenever something is said: a new day, and an end of the process before it was
    through, wake nobody. Both may do the same life, with the same result."""
    waiting = house.lives.unrated(LIVES)
    if waiting:
        rate(house.lives, house.rarity, waiting)
        return None, True
    return None, house.lives.work(FADES)


def _grain(house: House) -> tuple[Cursor, bool]:
    """A session is over when six hours have passed without a word: nobody tells, so somebody must look."""
    return None, house.grains.make_next(house.clock.now())


def _purge(house: House) -> tuple[Cursor, bool]:
    """Erase what was deleted long ago: one step, which writes the whole file anew where there is something."""
    house.purge_hidden(house.clock.now() - timedelta(days=HIDDEN_DAYS))
    return None, False
