"""Frames of trades: what somebody is or was ("a nurse at St Anne's"), and where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_work import (
    IN_TITLES,
    STRIPPED,
    firm_of,
    hired,
    is_job,
    left_firm,
    places,
)
from second_me.core.memory.facts.reading.lists_people import CARERS
from second_me.core.memory.facts.reading.names import is_school
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.stays import for_years
from second_me.core.memory.facts.reading.values import Span, chunk, listed
from second_me.core.memory.facts.slots import Slot


def be_job(said: Said) -> Iterator[Draft]:
    """ "I'm a software engineer at Spotify", "I was a teacher", "she's a student at ETH"."""
    at, group = said.at, said.group
    if said.has(
        "basically", "practically", "virtually", "essentially", "kinda", "honorary", "unofficial", "tonight"
    ):
        return
    if said.low(at) in ("hired", "promoted") and (group.past or group.perfect) and not group.negated:
        yield from hired(said)
        return
    if said.low(at) == "employed" and said.low(at + 1) == "as" and (held := said.lasting()):
        yield from places(said, at + 1, held)
        return
    if said.low(at) == "employed" and said.low(at + 1) in ("by", "at", "with"):
        firm, stance = firm_of(said, at + 2), said.lasting()
        if firm and stance:
            yield said.draft(Slot.EMPLOYER, firm, stance)
        return
    if said.low(at) in ("fired", "sacked", "laid", "let") and group.past and not group.negated:
        yield from left_firm(said, frozenset({"from", "by", "at"}))
        return
    yield from _trades(said)
    for place in range(at, len(said.words) - 2):
        if said.words[place].low == "," and said.words[place + 1].low in ("a", "an") and not said.named:
            yield from _trades(replace(said, at=place + 1))


TITLES = frozenset(
    """head director manager lead officer partner supervisor coordinator consultant engineer analyst researcher
    designer developer editor nurse lecturer teacher buyer planner chief president principal advisor adviser
    administrator controller foreman chef executive assistant specialist architect""".split()
)
"""Words of titles."""


def promoted_to(said: Said) -> Iterator[Draft]:
    """ "(I got promoted:) I'm now senior product manager at Lumenary": a title stands without an article."""
    now = said.group.after > 1 and said.words[said.group.after - 1].low == "now"
    if said.named or said.group.past or said.group.negated or not (said.scene.promoted or now):
        return
    span = chunk(said.words, said.at, IN_TITLES | {"for"})
    if span is None or span[0] != said.at or span[1] - span[0] > 5:
        return
    lows = {word.low for word in said.words[slice(*span)]}
    several = span[1] - span[0] > 1
    if several and lows & TITLES and (said.scene.promoted or said.low(span[1]) in ("at", "for")):
        yield said.draft(Slot.ORGANIZATION_TITLE, span)


def _is_possessor(said: Said) -> bool:
    """ "Tom's dog bit the postman": what follows a name's "'s" without an article is his, not he."""
    at = said.at - 1
    named = at > 0 and said.words[at].low == "'s" and said.words[at - 1].cap
    return named and said.low(said.at) not in ("a", "an", "the", "now", "still", "head")


def _trades(said: Said) -> Iterator[Draft]:
    became = said.group.verb == "become"
    if became and (said.group.tense != "past" or said.group.negated):
        return
    stance = Stance.ENDED if said.group.past and not said.group.negated and not became else said.stance()
    if stance is Stance.DENIED or _is_possessor(said):
        return
    at, first = said.at, said.at
    retired = said.low(at + 1) in ("retired", "former", "ex") or said.low(at) in ("retired",)
    spans = [span for span in listed(said.words, at + (said.low(at + 1) in ("retired", "former")), IN_TITLES)]
    for span in spans:
        start, last = span
        while last - start > 1 and said.words[start].low in STRIPPED:
            start += 1
        if not is_job(said, (start, last), first, any_head=False) or _is_name(said, (start, last), first):
            break
        if said.words[last - 1].low in CARERS and said.low(first) not in ("a", "an", "the", "now"):
            break
        yield from _of_firm(said, (start, last), Stance.ENDED if retired else stance)
        first = at = last
    if at > said.at:
        yield from (each for each in places(said, at, stance) if each.slot is Slot.EMPLOYER)
        if said.low(at) == "of" and (firm := firm_of(said, at + 1)):
            yield said.draft(Slot.EMPLOYER, firm, stance)


def _of_firm(said: Said, span: Span, stance: Stance) -> Iterator[Draft]:
    """ "CEO of Brightlab" is a trade and a firm, "head of sales" a trade, "caretaker of a school" a trade alone."""
    start, last = span
    of = next((place for place in range(start + 1, last - 1) if said.low(place) == "of"), last)
    if of < last and said.low(of + 1) in ("a", "an", "the", "my", "our"):
        last = of
    owned = of < last and said.words[of + 1].cap and said.low(of + 1) not in _DEPARTMENTS
    firm = firm_of(said, of + 1) if owned else None
    yield said.draft(Slot.JOB, (start, of if firm else last), stance)
    if firm:
        yield said.draft(Slot.EMPLOYER, firm, stance)


_DEPARTMENTS = frozenset(
    """sales marketing design engineering product products research hr operations finance it logistics staff
    legal people communications growth data security studies science innovation development procurement support
    customer talent business physics biology chemistry history english mathematics maths economics law medicine
    music art""".split()
)


def _is_name(said: Said, span: Span, first: int) -> bool:
    """ "I'm Harry Potter": capitals without an article, and no "Head of"."""
    word, lows = said.words[span[1] - 1], [each.low for each in said.words[first : span[1]]]
    acronym = said.scene.text[word.start : word.end].isupper()
    return word.cap and not acronym and "of" not in lows and lows[0] not in ("a", "an", "the", "now")


def at_school(said: Said) -> Iterator[Draft]:
    """ "Eilidh is at Glenmore Primary School now": where somebody else goes to school."""
    if said.named and said.low(said.at) == "at" and not (said.group.past or said.group.negated):
        school = firm_of(said, said.at + 1)
        if school and is_school(said.words, school):
            yield said.draft(Slot.SCHOOL, school)


def be_at(said: Said) -> Iterator[Draft]:
    """ "Been at Ericsson for nine years", "(used to work for Philips but) now I'm at ASML"."""
    sold = (
        said.low(said.at) == "in" and said.low(said.at + 1) in _DEPARTMENTS and said.low(said.at + 2) == "at"
    )
    if sold and not said.group.past:  # "in sales at Oracle"
        firm = firm_of(said, said.at + 3)
        if firm and said.words[firm[0]].cap:
            yield said.draft(Slot.EMPLOYER, firm)
        return
    long = said.has("since", "years", "months") and said.group.perfect
    if said.low(said.at) in ("at", "with") and said.group.past and not said.group.negated and for_years(said):
        firm = firm_of(said, said.at + 1)
        if firm and not is_school(said.words, firm):
            yield said.draft(Slot.EMPLOYER, firm, Stance.ENDED)
        return
    busy = {"doing", "working", "as"} & {word.low for word in said.words[said.at + 3 :]}
    if (
        said.low(said.at) == "with"
        and busy
        and said.has("now")
        and not (said.group.past or said.group.negated)
    ):
        firm = firm_of(said, said.at + 1)
        if firm and said.low(firm[1]) == "now":
            yield said.draft(Slot.EMPLOYER, firm)
        return
    lately = said.has("these") and said.has("days") and not said.group.past
    if not (
        said.low(said.at) in ("at", "with")
        and (long or lately or (said.scene.worked and not said.group.past))
    ):
        return
    firm = firm_of(said, said.at + 1)
    if firm:
        slot = Slot.SCHOOL if is_school(said.words, firm) and not said.scene.worked else Slot.EMPLOYER
        yield said.draft(slot, firm)
