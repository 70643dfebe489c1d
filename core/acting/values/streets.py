"""Streets: the name and the house number of one line, in either order, and the flat or the floor."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d{1,5}(?:\s?[-–/]\s?\d{1,4})?"
_SUFFIX = (
    r"(?:\s?[a-zA-Z](?![a-zA-Z])|\s?[-–/]\s?[a-zA-Z](?![a-zA-Z])|\s(?:bis|ter|quater|hs|huis|I{1,3}|IV)\b)?"
)
_LAST = re.compile(rf"(?P<name>.*[^\d\s,].*?),?\s+(?P<number>{_NUMBER})(?P<suffix>{_SUFFIX})", re.I)
_FIRST = re.compile(rf"(?P<number>{_NUMBER})(?P<suffix>{_SUFFIX}),?\s+(?P<name>\D.*)", re.I)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|e|\.)\s", re.I)
_UNIT = re.compile(r"(?P<word>[^\W\d_]+\.?|#)\s*(?P<number>\d+\s?[a-zA-Z]?|[a-zA-Z]\d*)", re.I)
_FLOORS = frozenset("floor fl stock etage étage piso piano verdieping piętro andar level".split())


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


def split_unit(line: str) -> tuple[str, str, bool] | None:
    """(the word, the number, whether it is a floor) of "Apt 4B" or "2nd floor"."""
    found = _UNIT.fullmatch(line.strip())
    if found:
        return found["word"], found["number"], found["word"].casefold().strip(".") in _FLOORS
    floor = re.fullmatch(r"(\d+)(?:st|nd|rd|th|\.|º|°|e|er)?\s+([^\W\d_]+)", line.strip(), re.I)
    if floor and floor[2].casefold() in _FLOORS:
        return floor[2], floor[1], True
    return None
