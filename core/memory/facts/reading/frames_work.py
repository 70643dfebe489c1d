"""Frames of work and school: trades, firms, schools; beginning, leaving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.lists_firms import FIRMS
from second_me.core.memory.facts.reading.lists_people import GIVEN
from second_me.core.memory.facts.reading.lists_places import TOWNS
from second_me.core.memory.facts.reading.lists_work import (
    JOB_ENDS,
    JOBS,
    NO_JOB_BEFORE,
    NO_JOBS,
)
from second_me.core.memory.facts.reading.names import firm_at
from second_me.core.memory.facts.reading.places import country_at
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.trades import by_its_end, workplace
from second_me.core.memory.facts.reading.values import Span, chunk, head_of, worthy
from second_me.core.memory.facts.slots import Slot

_FIRM = frozenset({"at", "for", "with"})
IN_TITLES = frozenset({"of", "up"})
STRIPPED = frozenset(
    """retired unemployed ex qualified trained certified licensed licenced chartered aged new former current
    proud happy humble fellow mere only""".split()
)
_ARTICLES = frozenset({"a", "an", "the"})
_NO_TITLE = frozenset(
    "team group pair favour result rule child kid baby teenager teen family couple whole matter".split()
)


def trade_at(said: Said, at: int, *, any_head: bool) -> Span | None:
    """A trade at words[at]; `any_head`: the words before say that it is one ("work as a ...")."""
    first = at
    span = chunk(said.words, at, IN_TITLES)
    if span is None or (said.low(span[1]) in ("up", "at") and said.low(span[1] + 1) == "home"):
        return None
    start, last = span
    while last - start > 1 and said.words[start].low in STRIPPED:
        start += 1
    return (start, last) if is_job(said, (start, last), first, any_head) else None


def is_job(said: Said, span: Span, first: int, any_head: bool) -> bool:
    """Whether a phrase is a trade."""
    before = {word.low for word in said.words[first : span[1]]}
    head = said.words[head_of(said.words, span)].low
    named = head in JOBS and span == (first + 1, first + 2) and said.low(first) in ("a", "an")
    if not (named or worthy(said.words, span, first)) or span[1] - span[0] > 5 or head in _NO_TITLE:
        return False
    if any_head:
        return head.isalpha() or "-" in head
    if before & NO_JOB_BEFORE:
        return False
    known = (
        head in JOBS
        or head.endswith(JOB_ENDS)
        or (said.low(first) in _ARTICLES and by_its_end(said.words, span))
    )
    alone = span[1] - span[0] == 1
    placed = said.low(span[1]) in ("at", "for") or "of" in before
    return known and not (alone and head in NO_JOBS and not placed)


def firm_of(said: Said, at: int) -> Span | None:
    """The firm at words[at]: no town, no country, no given name alone."""
    if said.low(at) == "the" and (place := workplace(said.words, at + 1)):
        return place
    span = firm_at(said.words, at, said.loose)
    if span is None or country_at(said.words, at):
        return None
    lows = [word.low for word in said.words[span[0] : span[1]]]
    alone = len(lows) == 1 or (len(lows) == 2 and lows[1] == "'s")
    if alone and (lows[0] in GIVEN or lows[0] in TOWNS):
        return None
    return span


def places(said: Said, at: int, stance: Stance) -> Iterator[Draft]:
    """ "as a JOB", "at FIRM" among the words from words[at] on, in any order."""
    seen: set[Slot] = set()
    for place in range(at, min(len(said.words) - 1, at + 16)):
        low = said.words[place].low
        if low == "as" and Slot.JOB not in seen and (job := trade_at(said, place + 1, any_head=True)):
            seen.add(Slot.JOB)
            yield said.draft(Slot.JOB, job, stance)
        elif (
            (low in _FIRM or (low == "in" and said.low(place + 1) in FIRMS))
            and Slot.EMPLOYER not in seen
            and (firm := firm_of(said, place + 1))
        ):
            seen.add(Slot.EMPLOYER)
            yield from _corrected(said, firm, stance)


def _corrected(said: Said, firm: Span, stance: Stance) -> Iterator[Draft]:
    """A firm, and the one that it is not ("at Bosch, not Siemens")."""
    corrects = said.low(firm[1]) == "," and said.low(firm[1] + 1) == "not"
    instead = firm_at(said.words, firm[1] + 2 + (said.low(firm[1] + 2) in _FIRM)) if corrects else None
    yield replace(said.draft(Slot.EMPLOYER, firm, stance), corrects=instead is not None)
    if instead:
        yield replace(said.draft(Slot.EMPLOYER, instead, Stance.DENIED), corrects=True)


def work(said: Said) -> Iterator[Draft]:
    """ "I work (nights) as a guard at Heathrow", "I've been working for Nestlé since 2016"."""
    stance = said.lasting()
    if stance is None or said.low(said.at) in ("out", "on", "through", "around"):
        return
    yield from places(said, said.at, stance)


def start(said: Said) -> Iterator[Draft]:
    """ "I just started at Zalando as an analyst", "she joined Bosch", "I started a new job at Lidl"."""
    group = said.group
    if group.negated or said.low(said.at) in ("to", "school", "university"):
        return
    if group.tense != "past":
        if group.be and group.tense == "ing" and said.low(said.at) in ("at", "as", "with") and not group.past:
            yield from (each for each in places(said, said.at, Stance.HOLDS) if said.words[said.at + 1].cap)
        return
    at = said.at
    if group.verb == "join":
        firm = firm_of(said, at)
        if firm:
            yield said.draft(Slot.EMPLOYER, firm, Stance.HOLDS)
            yield from (each for each in places(said, firm[1], Stance.HOLDS) if each.slot is Slot.JOB)
        return
    if said.low(at) in ("at", "as", "with", "work", "working") or said.has("job", "role", "position"):
        yield from places(said, at, Stance.HOLDS)


def get_job(said: Said) -> Iterator[Draft]:
    """ "I got a job at Soundcloud", "I have a job as a bus driver", "got hired by Shell", "got fired from Shell"."""
    group, words = said.group, [word.low for word in said.words[said.at :]]
    if group.negated or group.modal or group.will:
        return
    if {"fired", "sacked", "redundant"} & set(words[:3]) or words[:2] in (["laid", "off"], ["let", "go"]):
        yield from left_firm(said, frozenset({"from", "by", "at"}))
    elif "hired" in words[:3] or "promoted" in words[:3]:
        yield from hired(said)
    elif {"job", "position", "gig", "role"} & set(words[:5]) and not {
        "interview",
        "offer",
        "search",
        "hunt",
    } & set(words):
        stance = Stance.ENDED if group.past and group.verb == "have" else Stance.HOLDS
        yield from places(said, said.at, said.stance() if group.ended else stance)


def hired(said: Said) -> Iterator[Draft]:
    """ "(got) hired by Shell as a clerk": firm and trade."""
    for place in range(said.at, len(said.words) - 1):
        low = said.words[place].low
        if low in ("by", "at") and (firm := firm_of(said, place + 1)):
            yield said.draft(Slot.EMPLOYER, firm, Stance.HOLDS)
        elif low in ("as", "to") and (job := trade_at(said, place + 1, any_head=True)):
            yield said.draft(Slot.JOB, job, Stance.HOLDS)


def left_firm(said: Said, prepositions: frozenset[str]) -> Iterator[Draft]:
    """A firm after one of some prepositions, and a trade after "as", that are over."""
    for place in range(said.at, len(said.words) - 1):
        low = said.words[place].low
        if low in prepositions and (firm := firm_of(said, place + 1)):
            yield said.draft(Slot.EMPLOYER, firm, Stance.ENDED)
        elif low == "as" and (job := trade_at(said, place + 1, any_head=True)):
            yield said.draft(Slot.JOB, job, Stance.ENDED)


_SITES = frozenset(
    "facebook instagram twitter tiktok snapchat reddit tinder netflix youtube whatsapp discord x".split()
)


def leave(said: Said) -> Iterator[Draft]:
    """ "I quit my job at Walmart", "she left Accenture", "I lost my job as a driver", "I retired from the BBC"."""
    group = said.group
    if group.negated or group.tense != "past" or group.will:
        return
    if said.low(said.at) in ("my", "the") and said.has("job", "position", "post", "role"):
        yield from left_firm(said, frozenset({"at", "with", "from"}))
    elif group.verb in ("retire", "resign") or (group.verb == "stop" and said.low(said.at) == "working"):
        yield from left_firm(said, frozenset({"at", "for", "from"}))
    elif (
        group.verb in ("leave", "quit")
        and said.low(said.at) not in _SITES
        and (firm := firm_of(said, said.at))
        and said.words[firm[0]].cap
        and not (said.subject.shared and firm[1] - firm[0] == 1)
        and said.low(firm[1]) not in ("without", "with", "empty", "carrying", "feeling", "before", "at")
    ):
        yield said.draft(Slot.EMPLOYER, firm, Stance.ENDED)
        after = firm_of(said, firm[1] + 1) if said.low(firm[1]) == "for" else None
        if after and said.words[after[0]].cap:
            yield said.draft(Slot.EMPLOYER, after, Stance.HOLDS)
