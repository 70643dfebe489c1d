"""Streets: the name and the house number of one line, in either order, and the flat or the floor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from second_me.core.memory.facts.ordinals import in_digits

_NUMBER = r"\d{1,5}(?:\s?[-–/]\s?\d{1,4})?"
_SUFFIX = (
    r"(?:\s?[a-zA-Z](?![a-zA-Z])|\s?[-–/]\s?[a-zA-Z](?![a-zA-Z])|\s(?:bis|ter|quater|hs|huis|I{1,3}|IV)\b)?"
)
_LAST = re.compile(rf"(?P<name>.*[^\d\s,].*?),?\s+(?P<number>{_NUMBER})(?P<suffix>{_SUFFIX})", re.I)
_FIRST = re.compile(rf"(?P<number>{_NUMBER})(?P<suffix>{_SUFFIX}),?\s+(?P<name>\D.*)", re.I)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|e|\.)\s", re.I)
_FLAT = re.compile(r"(?:[^\W\d_]+\.?|#)?\s*(?P<number>\d{1,4}\s?[a-zA-Z]?|[a-zA-Z]\d{1,3})", re.I)
_FLOOR_LAST = re.compile(
    r"(?:on )?(?:the )?(?P<number>\d{1,3})(?:st|nd|rd|th|\.|º|ª|°|e|er|ème|o|a)?\s+(?P<word>[^\W\d_]+)", re.I
)
_FLOOR_FIRST = re.compile(r"(?P<word>[^\W\d_]+)\.?\s+(?P<number>\d{1,3})", re.I)
_FLOOR_AND_DOOR = re.compile(r"(?P<floor>\d{1,2})\s?[ºª°]\s*(?P<flat>[a-zA-Z]{1,4}|\d{1,3})\.?")
_FLOORS = frozenset(
    "floor fl stock og obergeschoss etage étage piso andar verdieping piętro level floors planta".split()
)


@dataclass(frozen=True, slots=True)
class Street:
    """A street's parts; `number` is "" where none is told or it is not clear which one it is."""

    name: str
    number: str = ""
    suffix: str = ""

    @property
    def house(self) -> str:
        """The number with its suffix, as it was said."""
        between = "" if len(self.suffix.strip(" -/")) == 1 else " "
        return f"{self.number}{between}{self.suffix}".strip() if self.suffix else self.number


def split_street(line: str) -> Street | None:
    """The parts of a street's line; None where it can be divided in two ways."""
    line = " ".join(line.split()).strip(" ,")
    first = None if _ORDINAL.match(line) else _FIRST.fullmatch(line)
    last = _LAST.fullmatch(line)
    if first and last:
        return None
    found = first or last
    if found is None:
        return Street(line) if not any(sign.isdigit() for sign in line) else None
    name = re.sub(r"[\s,]+n[oº°r]\.?$", "", found["name"].strip(" ,"), flags=re.I)
    return Street(name, found["number"], found["suffix"].strip(" "))


@dataclass(frozen=True, slots=True)
class Unit:
    """Where in a house: the number of the flat and of the floor, "" for what is not told."""

    flat: str = ""
    floor: str = ""


def split_unit(line: str) -> Unit:
    """The parts of "Apt 4B", "third floor", "apartment 7, on the 3rd floor", "2º B"."""
    found = Unit()
    for part in in_digits(line).split(","):
        one = _unit(part.strip())
        found = Unit(found.flat or one.flat, found.floor or one.floor)
    return found


def _unit(part: str) -> Unit:
    both = _FLOOR_AND_DOOR.fullmatch(part)
    if both:
        return Unit(both["flat"], both["floor"])
    for form in (_FLOOR_LAST, _FLOOR_FIRST):
        floor = form.fullmatch(part)
        if floor and floor["word"].casefold() in _FLOORS:
            return Unit(floor=floor["number"])
    flat = _FLAT.fullmatch(part)
    return Unit(flat["number"]) if flat else Unit()
