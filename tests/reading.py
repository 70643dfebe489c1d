"""A named stand-in for the reader: sentences of the form "I live in X." and their like, nothing else. Tests of what
keeps and judges claims must not depend on what the real reader has learned to read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from second_me.core.memory.facts.claims import Claim, Passage, Stance, passage
from second_me.core.memory.facts.keeping import Reader
from second_me.core.memory.facts.slots import Slot

_FORMS = (
    (r"(?P<no>No, )?I live in (?P<value>[\w ]+)\.", Slot.HOME, Stance.HOLDS),
    (r"(?P<name>[A-Z]\w+) lives in (?P<value>[\w ]+)\.", Slot.HOME, Stance.HOLDS),
    (r"My birthday is (?P<value>[\w ]+)\.", Slot.BIRTHDAY, Stance.HOLDS),
    (r"I like (?P<value>[\w ]+)\.", Slot.LIKES, Stance.HOLDS),
    (r"I hate (?P<value>[\w ]+)\.", Slot.DISLIKES, Stance.HOLDS),
    (r"I don't work at (?P<value>[\w ]+) any more\.", Slot.EMPLOYER, Stance.ENDED),
    (r"I work at (?P<value>[\w ]+)\.", Slot.EMPLOYER, Stance.HOLDS),
)
_DEFINES = re.compile(r"When I say (?P<term>\w+) I mean (?P<meaning>[\w ]+)\.")


def claims(text: str, said_at: datetime | None, before: str | None) -> list[Claim]:
    found = []
    for form, slot, stance in _FORMS:
        for match in re.finditer(form, text):
            groups = match.groupdict()
            named = passage(text, *match.span("name")) if "name" in groups else None
            value, quote = passage(text, *match.span("value")), passage(text, *match.span())
            found.append(Claim(slot, value, quote, stance, named, corrects=bool(groups.get("no"))))
    return found


def definitions(text: str) -> Sequence[tuple[Passage, Passage]]:
    return [
        (passage(text, *match.span("term")), passage(text, *match.span("meaning")))
        for match in _DEFINES.finditer(text)
    ]


def reader(version: int = 1) -> Reader:
    return Reader(version, claims, definitions)
