"""What was typed in parts, put together to one fact: a date of birth in three fields, a number with its country's code,
a street with its number. Parts alone are no facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from second_me.app.service.filling.given import Given
from second_me.core.memory.facts.slots import Slot

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Joined:
    """A fact, and the parts that it was made of."""

    slot: Slot
    value: str
    parts: tuple[Given, ...]


def joined(given: Sequence[Given]) -> list[Joined]:
    """The facts that these values make together; each is in the form at most once (a second address is another's)."""
    kinds: dict[str, list[Given]] = {}
    for each in given:
        kinds.setdefault(each.row.typed.type or "", []).append(each)
    once = {kind: found[0] for kind, found in kinds.items() if len(found) == 1}
    made = (_birthday(once), _phone(once), _street(once))
    return [each for each in made if each is not None]


def _birthday(typed: Mapping[str, Given]) -> Joined | None:
    parts = [typed.get(kind) for kind in ("bday-year", "bday-month", "bday-day")]
    found = tuple(each for each in parts if each is not None)
    if len(found) != len(parts):
        return None
    year, month, day = found[0].words.strip(), _month(found[1]), found[2].words.strip()
    try:
        whole = date(int(year), month, int(day)) if len(year) == 4 else None
    except ValueError:
        return None
    return Joined(Slot.BIRTHDAY, whole.isoformat(), found) if whole else None


def _month(given: Given) -> int:
    """The number of a month, 0 when it cannot be told: as it stands there, or by its place among twelve choices."""
    for text in (given.words, given.value):
        if re.fullmatch(r"\s*\d{1,2}\s*", text):
            return int(text)
    options = [each for each in given.field.options if each.value]
    if len(options) == _MONTHS:
        return next(place for place, each in enumerate(options, 1) if each.value == given.value)
    return 0


def _phone(typed: Mapping[str, Given]) -> Joined | None:
    """Only with a code: a number without one is one of an unknown country."""
    code, number = typed.get("tel-country-code"), typed.get("tel-national")
    if code is None or number is None:
        return None
    said = re.search(r"(?:\+|\b00)\s*(\d{1,3})\b", f"{code.words} {code.value}") or re.fullmatch(
        r"\s*(\d{1,3})\s*", code.value
    )
    if said is None:
        return None
    return Joined(Slot.TEL, f"+{said[1]} {number.words.strip()}", (code, number))


def _street(typed: Mapping[str, Given]) -> Joined | None:
    """In the order of the form, which is that of its country."""
    street = typed.get("address-streetname") or typed.get("street")
    number = typed.get("address-housenumber")
    if street is None or number is None:
        return None
    parts = sorted((street, number), key=lambda each: each.row.index)
    return Joined(Slot.STREET_ADDRESS, " ".join(each.words.strip() for each in parts), tuple(parts))
