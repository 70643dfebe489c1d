"""Frames of work told by what is done: duties at a firm, teaching, a living that is earned, a firm that is founded."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_work import left_firm, places
from second_me.core.memory.facts.reading.names import firm_at
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.slots import Slot


def duty(said: Said) -> Iterator[Draft]:
    """ "I drive a forklift at Pellworm Paper", "I manage the warehouse at Lidl": the firm where a duty is done."""
    stance, verb = said.lasting(), said.group.verb
    if stance is None or said.group.will or said.group.modal or said.group.can:
        return
    lows = {word.low for word in said.words[said.at : said.at + 6]}
    if not (lows & _DUTIES or verb in ("manage", "lead", "head")):
        return
    yield from (each for each in places(said, said.at, stance) if each.slot is Slot.EMPLOYER)


_DUTIES = frozenset(
    """forklift bus lorry truck van tram train taxi crane ambulance digger tractor department team warehouse
    floor shop kitchen accounts payroll lab laboratory ward reception switchboard canteen helpdesk studio
    branch""".split()
)


def found(said: Said) -> Iterator[Draft]:
    """ "I founded Tern & Tallow": the firm is the person's own."""
    if said.group.negated or said.group.tense != "past" or (said.group.be and not said.group.perfect):
        return
    span = firm_at(said.words, said.at)
    if span:
        yield said.draft(Slot.ORGANIZATION, span, Stance.HOLDS)


def living(said: Said) -> Iterator[Draft]:
    """ "I make my living as a translator", "I earn my money as a cook"."""
    if said.low(said.at) == "redundant" and said.group.be and not said.group.negated:
        yield from left_firm(said, frozenset({"from", "by", "at"}))
    elif said.has("living", "money", "bread") and (stance := said.lasting()) is not None:
        yield from (each for each in places(said, said.at, stance) if each.slot is Slot.JOB)


def teach(said: Said) -> Iterator[Draft]:
    """ "I teach maths at Oakwood High"."""
    stance = said.lasting()
    if stance is not None:
        yield from (each for each in places(said, said.at, stance) if each.slot is Slot.EMPLOYER)


_SHIFTS = frozenset(
    """nights days shifts shift earlies lates weekends hours till tills desk bar deliveries admin payroll reception
    security accounts overtime""".split()
)


def shifts(said: Said) -> Iterator[Draft]:
    """ "I do nights at Asda", "I do the paint desk at Bunnings"."""
    group = said.group
    if group.negated or group.past or not said.has(*_SHIFTS) or group.modal or group.will:
        return
    yield from (each for each in places(said, said.at, said.stance()) if each.slot is Slot.EMPLOYER)
