"""Frames of taste in other words: cannot stand, not care for, cannot get enough of, a soft spot for, live for."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_taste import told
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import TIME_NOUNS
from second_me.core.memory.facts.slots import Slot


def stand(said: Said) -> Iterator[Draft]:
    """ "I can't stand loud music"."""
    if said.group.can and said.group.negated and not said.group.past and said.low(said.at) != "to":
        yield from told(said, Slot.DISLIKES, said.at, Stance.HOLDS)


def enough(said: Said) -> Iterator[Draft]:
    """ "I can't get enough of K-pop"."""
    if (
        said.group.can
        and said.group.negated
        and (said.low(said.at), said.low(said.at + 1)) == ("enough", "of")
    ):
        yield from told(said, Slot.LIKES, said.at + 2, Stance.HOLDS)


_WARMTH = frozenset({"thing", "spot", "weakness", "passion", "love"})


def have_taste(said: Said) -> Iterator[Draft]:
    """ "I have a soft spot for old dogs", "I've got a thing for vintage cars"."""
    if said.group.negated or said.group.past or said.low(said.at) != "a":
        return
    for at in range(said.at + 1, min(said.at + 4, len(said.words) - 1)):
        if said.low(at) in _WARMTH and said.low(at + 1) == "for":
            yield from told(said, Slot.LIKES, at + 2, Stance.HOLDS)


def care(said: Said) -> Iterator[Draft]:
    """ "I don't (really) care for wine"."""
    if said.group.negated and not said.group.past and said.low(said.at) == "for":
        yield from told(said, Slot.DISLIKES, said.at + 1, Stance.HOLDS)


def live_for(said: Said) -> Iterator[Draft]:
    """ "I live for Sunday roasts", but not "for Fridays"."""
    group = said.group
    if said.low(said.at) != "for" or group.negated or group.past or group.modal or group.will:
        return
    if said.low(said.at + 1) not in TIME_NOUNS or said.low(said.at + 2).isalpha():
        yield from told(said, Slot.LIKES, said.at + 1, Stance.HOLDS)
