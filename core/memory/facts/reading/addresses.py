"""Addresses: street and number, postal code and town in the orders that several countries write them.

Read as words, so that every part is a passage of the text. A street needs a number or a word that streets end or
begin with; a postal code needs its country's shape and a town beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from second_me.core.memory.facts.reading.lists_places import (
    STATE_CODES,
    STREET_ENDS,
    STREET_FIRST,
    STREET_TYPES,
)
from second_me.core.memory.facts.reading.names import country_at, region_at, town_at
from second_me.core.memory.facts.reading.values import TIME_NOUNS, Span
from second_me.core.memory.facts.reading.words import Kind, Word

_POSTAL = re.compile(
    r"\d{5}(?:-\d{3,4})?|\d{4} ?[a-z]{2}|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d|\d{3} \d{2}"
    r"|[a-z]\d[\dw] [a-z\d]{4}|\d{2}-\d{3}|\d{3}-\d{4}|\d{4}-\d{3}|[ad]-\d{4,5}|\d{4}|\d{6}"
)
_PART = re.compile(r"(?:apt|apartment|flat|unit|suite|ste|floor|fl|room|no|nr|number|#)\.?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}(?:[-–/]\d{1,4})?[a-z]?")
_HOUSE = re.compile(r"\d{1,3}(?:[-–/]\d{1,4})?[a-z]?")
_WINDS = frozenset("n s e w ne nw se sw".split())
_JOIN = frozenset("de la le du des del di da dos das of the l' am an der den".split())
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


def street_at(words: list[Word], at: int, sure: bool = False) -> Span | None:
    """A street with its number at words[at], in either order, or without one where its last word says street.

    `sure`: an address was announced, so a number and capitals up to a comma are a street whatever they are called.
    """
    if at >= len(words):
        return None
    if words[at].kind is Kind.NUMBER and _NUMBER.fullmatch(words[at].low):
        return _number_first(words, at, sure)
    last = _street_name(words, at)
    if last == at:
        return None
    typed = _is_street_word(words, at, last)
    if last < len(words) and words[last].low == "number":
        return None
    if last < len(words) and words[last].kind is Kind.NUMBER and _HOUSE.fullmatch(words[last].low):
        counts = last + 1 < len(words) and words[last + 1].low in TIME_NOUNS | {
            "times",
            "people",
            "km",
            "miles",
        }
        return None if counts else (at, last + 1)
    if _is_long_number(words, at, last):
        return (at, last + 1)
    return (at, last) if typed else None


def _is_long_number(words: list[Word], at: int, last: int) -> bool:
    """ "Av. Paulista 1000,": four figures are the house where the street's kind stands first and a comma behind."""
    if words[at].low not in STREET_FIRST or last >= len(words) or not _LONG.fullmatch(words[last].low):
        return False
    return last + 1 == len(words) or words[last + 1].low in (",", ".")


_LONG = re.compile(r"\d{4}")


def _number_first(words: list[Word], at: int, sure: bool) -> Span | None:
    first = at
    at += 1
    if at < len(words) and words[at].low in ("bis", "ter", ","):
        at += 1
    last = _street_name(words, at)
    closed = last >= len(words) or words[last].kind is Kind.MARK
    if last > at and (_is_street_word(words, at, last) or (sure and closed and last - at < 4)):
        return (first, last)
    return None


def _street_name(words: list[Word], at: int) -> int:
    """The end of the words that may name a street: capitals, small words between, a word for street."""
    last = at
    while last < min(len(words), at + 7):
        word = words[last]
        if word.kind is not Kind.WORD:
            break
        ordinal = word.low[0].isdigit() and word.low[-2:] in ("st", "nd", "rd", "th")
        if not (word.cap or word.low in STREET_FIRST or ordinal or (last > at and _goes_on(words, last))):
            break
        last += 1
        if word.low in _WINDS and last - at > 2 and words[last - 2].low in STREET_TYPES:
            break
        if word.low in STREET_TYPES and last < len(words) and words[last].low in _WINDS:
            continue
        if (
            last - at > 1
            and word.low in STREET_TYPES
            and not (last < len(words) and words[last].low in STREET_TYPES)
        ):
            break
    return last


def _goes_on(words: list[Word], at: int) -> bool:
    low = words[at].low
    return low in STREET_TYPES or low in _JOIN


def _is_street_word(words: list[Word], at: int, last: int) -> bool:
    if words[at].low in STREET_FIRST and last - at > 1:
        return True
    if any(words[place].low in STREET_TYPES for place in range(at + 1, last)):
        return words[last - 1].low in STREET_TYPES | _WINDS
    return any(
        len(w.low) > len(end) + 2 and w.low.endswith(end) for w in words[at:last] for end in STREET_ENDS
    )


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
        if low in (",", "in", "and", "at", "/") and found.last == at > first:
            at += 1
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


def _part(words: list[Word], at: int, found: Address, loose: bool, sure: bool) -> int:
    """Read one part at words[at] into `found`; where it ends, or 0."""
    if _PART.fullmatch(words[at].low) and at + 1 < len(words) and any(c.isdigit() for c in words[at + 1].low):
        if not found.street and words[at].low in ("number", "no", "nr") and street_at(words, at + 1):
            return at + 1
        found.unit = found.unit or ((at, at + 2) if words[at].low not in _NO_UNIT else None)
        return at + 2
    street = None if found.street else street_at(words, at, sure)
    if street and (not found.town or words[street[1] - 1].kind is Kind.NUMBER):
        found.street = street
        return street[1]
    if not found.postal and (postal := postal_at(words, at)):
        found.postal = postal
        return postal[1]
    if found.town and not found.country and (country := country_at(words, at)):
        found.country = country
        return country[1]
    if not found.town and (town := town_at(words, at, loose)):
        return _take_town(words, town, found)
    if found.town and not found.region and (region := _region(words, at)):
        found.region = region
        return region[1]
    if found.town and (words[at].cap and (_STATE.fullmatch(words[at].low.upper()) or _is_state(words, at))):
        return at + 1
    return 0


_NO_UNIT = frozenset({"no", "nr", "number", "no.", "nr."})


def _region(words: list[Word], at: int) -> Span | None:
    """ "(Austin,) Texas", "(Boise,) ID"."""
    word = words[at]
    if word.kind is Kind.WORD and word.cap and word.low.upper() in STATE_CODES and word.end - word.start < 4:
        return (at, at + 1)
    return region_at(words, at)


def _take_town(words: list[Word], town: Span, found: Address) -> int:
    """A postal code of letters may stand at the end of a town's run ("London NW1 6XE")."""
    first, last = town
    for place in range(first + 1, last):
        if (postal := postal_at(words, place)) is not None:
            found.town, found.postal = (first, place), found.postal or postal
            return postal[1]
    found.town = town
    return last


def _is_state(words: list[Word], at: int) -> bool:
    """A larger part of the world after a town and a comma ("Austin, Texas")."""
    return words[at - 1].low == "," and words[at].low not in STREET_TYPES
