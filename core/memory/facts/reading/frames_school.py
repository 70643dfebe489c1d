"""Frames of school: where somebody studies, has studied, goes to school."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.lists_places import TOWNS
from second_me.core.memory.facts.reading.names import firm_at, is_school
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.slots import Slot

_PUPILS = frozenset("student pupil undergrad undergraduate postgrad freshman sophomore phd masters".split())
_STUDIES = frozenset(
    "phd degree master bachelor master's masters ba bsc msc mba bachelor's bachelors doctorate studies diploma".split()
)


def study(said: Said) -> Iterator[Draft]:
    """ "I study physics at ETH", "Mia goes to Oakwood Primary", "I graduated from Tulane"."""
    stance, verb = said.lasting(), said.group.verb
    if stance is None:
        return
    for place in range(said.at, min(len(said.words) - 1, said.at + 8)):
        low = said.words[place].low
        wanted = {
            "study": ("at",),
            "go": ("to", "at"),
            "get": ("from", "at"),
            "drop": ("of",),
            "graduate": ("from",),
            "attend": ("at",),
        }.get(verb, ("at",))
        direct = verb == "attend" and place == said.at
        if not direct and low not in wanted:
            continue
        firm = firm_at(said.words, place if direct else place + 1, said.loose)
        if (
            firm is None
            and low in ("at", "from")
            and verb in ("study", "graduate")
            and place + 1 < len(said.words)
        ):
            firm = (place + 1, place + 2) if said.words[place + 1].low in TOWNS else None
        if low == "at" and verb == "go" and not said.has("school", "uni", "university", "college"):
            continue
        if firm and (
            verb in ("study", "get", "drop", "go" if low == "at" else "", "graduate", "do", "finish")
            or is_school(said.words, firm)
        ):
            yield said.draft(Slot.SCHOOL, firm, stance)
            return


def drop_out(said: Said) -> Iterator[Draft]:
    """ "I dropped out of Harvard"."""
    if said.low(said.at) == "out" and said.group.tense == "past":
        yield from study(said)


def doing_studies(said: Said) -> Iterator[Draft]:
    """ "I'm doing my master's at McGill"."""
    if {word.low for word in said.words[said.at : said.at + 5]} & _STUDIES:
        yield from study(said)


def be_pupil(said: Said) -> Iterator[Draft]:
    """ "I'm a student at ETH", "I'm in my second year at Trinity College", "I'm enrolled at the Open University"."""
    if said.low(said.at) in ("enrolled", "studying"):
        yield from study(said)
    elif {word.low for word in said.words[said.at : said.at + 4]} & _PUPILS or (
        said.low(said.at) == "in" and said.has("year", "semester")
    ):
        yield from _pupil(said)


def _pupil(said: Said) -> Iterator[Draft]:
    stance = Stance.ENDED if said.group.past and not said.group.negated else said.stance()
    for place in range(said.at, min(len(said.words) - 1, said.at + 8)):
        if said.words[place].low in ("at", "in") and (firm := firm_at(said.words, place + 1, said.loose)):
            if said.words[place].low == "at" or is_school(said.words, firm):
                yield said.draft(Slot.SCHOOL, firm, stance)
            return
