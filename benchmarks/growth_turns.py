"""Ten years of talk for growth.py: fifty turns a day, the same ones whenever they are made.

A turn is one to three sentences of real texts (scale_texts.py), its vector the mean of theirs. Every other turn is
the person's own, the others are a friend's; half a day is spoken of in the morning, half in the evening; a
conversation lasts a month.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from scale_texts import Corpus, Rows, recombined

from second_me.core.memory.episodes import NewEpisode, Role

DAY_TURNS = 50
YEAR_DAYS = 365
MONTH_DAYS = 30
FIRST_DAY = datetime(2014, 1, 6)
ME = "me"
_FRIENDS = ("Anna", "Ben", "Carla", "Deniz", "Eva", "Farid", "Greta", "Hugo")
_HOURS = (8, 20)


def evening(day: int) -> datetime:
    """The end of a day; day 0 is the first."""
    return FIRST_DAY + timedelta(days=day, hours=23)


def turns_of_day(made_of: Corpus, day: int) -> tuple[list[NewEpisode], Rows]:
    """What is said on a day, and the vectors of it, shape (DAY_TURNS, dimensions)."""
    texts, rows = recombined(made_of, DAY_TURNS, np.random.default_rng(day))
    return [_turn(day, at, text) for at, text in enumerate(texts)], rows


def _turn(day: int, at: int, text: str) -> NewEpisode:
    month, own = day // MONTH_DAYS, at % 2 == 0
    half, minute = divmod(at, DAY_TURNS // len(_HOURS))
    return NewEpisode(
        f"talk/month-{month}",
        ME if own else _FRIENDS[month % len(_FRIENDS)],
        text,
        FIRST_DAY + timedelta(days=day, hours=_HOURS[min(half, len(_HOURS) - 1)], minutes=minute),
        role=Role.PERSON if own else Role.OTHER,
        source_id=f"{day}-{at}",
    )
