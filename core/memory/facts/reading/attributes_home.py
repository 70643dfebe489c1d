"""Attributes of a home: what "my postcode is", "our street is", "my flat number is" can be followed by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.reading import frames_home
from second_me.core.memory.facts.reading.addresses import address_at, postal_at
from second_me.core.memory.facts.reading.places import country_at, region_at
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.units import is_code
from second_me.core.memory.facts.reading.words import Kind
from second_me.core.memory.facts.slots import Slot

_FLAT = re.compile(r"\d{1,4}[a-z]|[a-z]\d{1,4}")
"""How the number of a flat is written, when nothing else says what it is."""


def postal(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my postcode is"."""
    span = postal_at(said.words, at)
    if span:
        yield said.draft(Slot.POSTAL_CODE, span)


def country(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my country is"."""
    span = country_at(said.words, at)
    if span:
        yield said.draft(Slot.COUNTRY_NAME, span)


def street(said: Said, at: int) -> Iterator[Draft]:
    """What follows "our street is"."""
    found = address_at(said.words, at, said.loose, sure=True)
    if found.street and not said.group.negated and not said.group.past:
        yield from frames_home.parts_of(said, found)


def region(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my state is"."""
    span = region_at(said.words, at)
    if span and not said.group.negated and not said.group.past:
        yield said.draft(Slot.ADDRESS_LEVEL1, span)


def _capitals(said: Said, at: int, slot: Slot) -> Iterator[Draft]:
    last = at
    while last < len(said.words) and said.words[last].kind is Kind.WORD and said.words[last].cap:
        last += 1
    if last > at and not said.group.negated and not said.group.past:
        yield said.draft(slot, (at, last))


def quarter(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my district is"."""
    yield from _capitals(said, at, Slot.ADDRESS_LEVEL3)


def ward(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my ward is"."""
    yield from _capitals(said, at, Slot.ADDRESS_LEVEL4)


def home(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my home is": where it is."""
    first = said.words[at : at + 1]
    if first and first[0].kind is Kind.NUMBER and not said.group.negated and not said.group.past:
        found = address_at(said.words, at, said.loose)
        if found.street and (found.town or found.postal):
            yield from frames_home.parts_of(said, found)
        return
    if said.low(at) in ("in", "at", "on") or (first and first[0].cap):
        yield from frames_home.address(said, at)


def door(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my flat number is"."""
    ends = said.low(at + 1) in ("", ",", ".", "!", "now", "and", "(")
    if (
        ends
        and said.words[at : at + 1]
        and is_code(said.words[at])
        and not said.group.negated
        and not said.group.past
    ):
        yield said.draft(Slot.ADDRESS_LINE2, (at, at + 1))


def flat(said: Said, at: int) -> Iterator[Draft]:
    """What follows "our flat is": its number in the house, or where it is."""
    if said.low(at) == "number" and said.words[at + 1 : at + 2] and is_code(said.words[at + 1]):
        for draft in door(said, at + 1):
            yield replace(draft, start=said.words[at].start)
        return
    if said.words[at : at + 1] and _FLAT.fullmatch(said.low(at)):
        yield from door(said, at)
        return
    upstairs = at + 2 * (said.low(at) == "on" and said.low(at + 1) == "the")
    found = address_at(said.words, upstairs, said.loose)
    if found.unit and not found.street and not said.group.negated and not said.group.past:
        yield said.draft(Slot.ADDRESS_LINE2, found.unit)
        return
    yield from home(said, at)
