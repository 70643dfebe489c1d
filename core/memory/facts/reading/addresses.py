"""Addresses: street and number, postal code and town in the orders that several countries write them.

Read as words, so that every part is a passage of the text. A street needs a number or a word that streets end or
begin with; a postal code needs its country's shape and a town beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from second_me.core.memory.facts.reading.lists_places import PROVINCES, STATE_CODES, STREET_TYPES, TOWNS
from second_me.core.memory.facts.reading.places import country_at, region_at, town_at
from second_me.core.memory.facts.reading.streets import named_house_at, street_at
from second_me.core.memory.facts.reading.units import unit_at
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word

_POSTAL = re.compile(
    r"\d{5}(?:-\d{3,4})?|\d{4} ?[a-z]{2}|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d|\d{3} \d{2}"
    r"|[a-z]\d[\dw] [a-z\d]{4}|\d{2}-\d{3}|\d{3}-\d{4}|\d{4}-\d{3}|[a-z]{1,2}-\d{4,6}|\d{4}|\d{6}"
)
_STATE = re.compile(r"[A-Z]{2,3}")
REACH = 24
"""Words that an address may take."""


@dataclass(slots=True)
class Address:
    """The parts of an address, as places among the words; `last` is where it ends."""

    street: Span | None = None
    postal: Span | None = None
    town: Span | None = None
    country: Span | None = None
    unit: Span | None = None
    """The flat or the floor: the second line."""
    region: Span | None = None
    """The state or the province."""
    quarter: Span | None = None
    """The part of the town."""
    last: int = 0


def postal_at(words: list[Word], at: int) -> Span | None:
    """A postal code of one or two words at words[at]."""
    for length in (2, 1):
        part = words[at : at + length]
        if len(part) < length or any(word.kind is Kind.MARK for word in part):
            continue
        if length == 2 and part[1].start - part[0].end != 1:
            continue
        written = " ".join(word.low for word in part)
        if any(letter.isdigit() for letter in written) and _POSTAL.fullmatch(written):
            return (at, at + length)
    return None


def address_at(words: list[Word], at: int, loose: bool = False, sure: bool = False) -> Address:
    """What of an address stands from words[at] on: in any order, parts parted by commas, "in" or nothing."""
    found, first = Address(last=at), at
    limit = min(len(words), at + REACH)
    while at < limit:
        step = _part(words, at, found, loose, sure)
        if step:
            at = step
            found.last = at
            continue
        low = words[at].low
        if low in (",", "in", "and", "at", "/", ".", "-", "–") and found.last == at > first:
            at += 1
            at += low == "." and at < limit and words[at].low == ","  # "12 Main St., Apt. 4"
            continue
        if skipped := _past_aside(words, at, found):
            at = skipped
            found.last = at - 1
            continue
        break
    if found.postal and not (found.town or found.street):
        found.postal = None
    if (
        found.postal
        and not found.street
        and words[found.postal[0]].low.isdigit()
        and len(words[found.postal[0]].low) == 4
    ):
        found.postal = found.postal if found.postal[1] == (found.town or (0, 0))[0] else None
    return found


def _past_aside(words: list[Word], at: int, found: Address) -> int:
    """ "(Bergstraße 61,) rear building, (2nd floor, 10961 Berlin)": past what is in no part; 0: the address ends."""
    if not found.street or found.postal or found.town or words[at - 1].low != ",":
        return 0
    last = next((place for place in range(at, min(at + 4, len(words))) if words[place].low == ","), 0)
    plain = last and not any(word.cap or word.kind is not Kind.WORD for word in words[at:last])
    return last + 1 if plain and (unit_at(words, last + 1, True) or postal_at(words, last + 1)) else 0


def _part(words: list[Word], at: int, found: Address, loose: bool, sure: bool) -> int:
    """Read one part at words[at] into `found`; where it ends, or 0."""
    if not found.street and words[at].low in _NO_UNIT and street_at(words, at + 1):
        return at + 1
    if unit := unit_at(words, at, bool(found.street)):
        found.unit = found.unit or (unit if words[at].low not in _NO_UNIT else None)
        return unit[1]
    street = None if found.street else _street(words, at, found, sure)
    if street:
        found.street = street
        return street[1]
    if not found.postal and (postal := postal_at(words, at)):
        found.postal = postal
        return postal[1]
    return _wider(words, at, found, loose)


def _street(words: list[Word], at: int, found: Address, sure: bool) -> Span | None:
    if not found.town and (house := named_house_at(words, at)):
        behind = street_at(words, house[1] + 1) or house
        if words[behind[0]].kind is Kind.WORD:
            return (house[0], behind[1])
        found.unit = found.unit or house
        return behind
    street = street_at(words, at, sure)
    return street if street and (not found.town or words[street[1] - 1].kind is Kind.NUMBER) else None


def _wider(words: list[Word], at: int, found: Address, loose: bool) -> int:
    """Read the country, the town or the state at words[at] into `found`; where it ends, or 0."""
    if found.town and not found.country and (country := country_at(words, at)):
        found.country = country
        return country[1]
    if not found.town and (town := town_at(words, at, loose)):
        return _take_town(words, town, found)
    if found.town and not found.region and (region := _region(words, at)):
        found.region = region
        return region[1]
    if found.town and (town := _larger_town(words, at, found)):
        found.quarter = found.town
        return _take_town(words, town, found)
    if found.town and (words[at].cap and (_STATE.fullmatch(words[at].low.upper()) or _is_state(words, at))):
        return at + 1
    part = bool(found.town) and found.last == at and re.fullmatch(r"\d{1,2}", words[at].low)
    return at + 1 if part and (at + 1 >= len(words) or words[at + 1].kind is Kind.MARK) else 0


def _larger_town(words: list[Word], at: int, found: Address) -> Span | None:
    """ "(18 Hill Road, Bandra West,) Mumbai 400050": the part of a town stood in front of it."""
    town = None if found.postal or found.quarter or words[at - 1].low != "," else town_at(words, at)
    if town is None:
        return None
    if any(postal_at(words, place) for place in range(town[0] + 1, town[1])):
        return town
    behind = town[1] + (town[1] < len(words) and words[town[1]].low == ",")
    state = [word.low for word in words[town[1] : town[1] + 1]] in (["-"], ["–"])
    first = found.town or town
    known = words[town[0]].low in TOWNS and words[first[0]].low not in TOWNS  # "Kreuzberg, Berlin"
    return town if state or known or (behind < len(words) and postal_at(words, behind)) else None


_NO_UNIT = frozenset({"no", "nr", "number", "no.", "nr."})


def _region(words: list[Word], at: int) -> Span | None:
    """ "(Austin,) Texas", "(Boise,) ID"."""
    word = words[at]
    if word.low in ("co", "co.", "county") and word.cap:
        name = at + 1 + (at + 1 < len(words) and words[at + 1].low == ".")
        return (at, name + 1) if name < len(words) and words[name].cap else None
    if word.kind is Kind.WORD and word.cap and word.low.upper() in STATE_CODES and word.end - word.start < 4:
        return (at, at + 1)
    return region_at(words, at)


def _take_town(words: list[Word], town: Span, found: Address) -> int:
    """A postal code of letters may stand at the end of a town's run ("London NW1 6XE"), a state too."""
    first, last = town
    if words[first].low.endswith(_WARDS) and last - first == 1:
        found.quarter = town
        return last
    for place in range(first + 1, last):
        if (postal := postal_at(words, place)) is not None:
            found.town, found.postal = (first, place), found.postal or postal
            return postal[1]
    state = words[last - 1].low.upper()
    coded = state in STATE_CODES and last < len(words) and postal_at(words, last)
    italian = state in PROVINCES and found.postal is not None and found.postal[1] == first
    if last - first > 1 and (coded or italian):
        found.region, last = (last - 1, last), last - 1
    found.town = (first, last)
    return last + (found.region is not None and found.region[0] == last)


_WARDS = ("-ku", "-gu")
"""Ends of parts of towns in Japan and Korea."""


def _is_state(words: list[Word], at: int) -> bool:
    """A larger part of the world after a town and a comma ("Austin, Texas")."""
    return words[at - 1].low == "," and words[at].low not in STREET_TYPES
