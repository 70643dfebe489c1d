"""Ten years of talk for growth.py: fifty turns a day, the same ones whenever they are made.

A turn is one to three sentences of real texts (scale_texts.py), its vector the mean of theirs. Every other turn is
the person's own, the others are a friend's; half a day is spoken of in the morning, half in the evening; a
conversation lasts a month. One turn a day begins with a plain statement of the person's, of an invented kind.
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
LONGEST = 780
"""Code points: one chunk."""
_HOURS = (8, 20)
_STATED = (
    "I moved to {town}.", "I work at {firm} now.", "My friend {name} lives in {town}.", "I really like {thing}.",
    "I hate {thing}.", "I love {thing}.", "My cousin {name} works at {firm}.", "I have a dog called {pet}.",
    "I'm allergic to {thing}.", "My phone number is {number}.", "{name}'s birthday is on {day} {month}.",
)  # fmt: skip
_WORDS = {
    "town": "Bern Basel Porto Leeds Ghent Turin Lyon Graz Malmö Cork Bonn Split Vigo Brno Lille Pisa".split(),
    "firm": "Siemens Bosch Lidl Nokia Philips Nestlé Airbus Ikea Spotify Ericsson".split(),
    "name": "Ines Jonas Katja Luca Mara Nils Olga Pavel Rita Sven Tilda Ugo Vera Willem Yara Zoe".split(),
    "thing": "walnuts sailing jazz coriander chess opera hiking oysters pottery tango gardening liquorice".split(),
    "pet": "Bruno Luna Rex Miso Pepper Otto".split(),
    "month": "January March May July September November".split(),
}


def evening(day: int) -> datetime:
    """The end of a day; day 0 is the first."""
    return FIRST_DAY + timedelta(days=day, hours=23)


def turns_of_day(made_of: Corpus, day: int) -> tuple[list[NewEpisode], Rows]:
    """What is said on a day, and the vectors of it, shape (DAY_TURNS, dimensions)."""
    rng = np.random.default_rng(day)
    texts, rows = recombined(made_of, DAY_TURNS, rng)
    texts[0] = f"{stated(rng)} {texts[0]}"[:LONGEST]
    return [_turn(day, at, text) for at, text in enumerate(texts)], rows


def stated(rng: np.random.Generator) -> str:
    """Something of the person's own, or of somebody's whom they name, said plainly."""
    words = {name: choices[rng.integers(len(choices))] for name, choices in _WORDS.items()}
    number = f"+41 79 {rng.integers(100, 999)} {rng.integers(10, 99)} {rng.integers(10, 99)}"
    return _STATED[rng.integers(len(_STATED))].format(**words, number=number, day=rng.integers(1, 29))


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
