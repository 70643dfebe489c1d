"""Frames of work and school: trades, firms, schools; beginning, leaving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.lists_people import CARERS, GIVEN
from second_me.core.memory.facts.reading.lists_places import TOWNS
from second_me.core.memory.facts.reading.lists_work import (
    JOB_ENDS,
    JOBS,
    NO_JOB_BEFORE,
    NO_JOBS,
)
from second_me.core.memory.facts.reading.names import country_at, firm_at, is_school
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.trades import by_its_end, workplace
from second_me.core.memory.facts.reading.values import Span, chunk, head_of, listed, worthy
from second_me.core.memory.facts.slots import Slot

_FIRM = frozenset({"at", "for", "with"})
_IN_TITLES = frozenset({"of", "up"})
_STRIPPED = frozenset(
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
    span = chunk(said.words, at, _IN_TITLES)
    if span is None or (said.low(span[1]) in ("up", "at") and said.low(span[1] + 1) == "home"):
        return None
    start, last = span
    while last - start > 1 and said.words[start].low in _STRIPPED:
        start += 1
    return (start, last) if _is_job(said, (start, last), first, any_head) else None


def _is_job(said: Said, span: Span, first: int, any_head: bool) -> bool:
    before = {word.low for word in said.words[first : span[1]]}
    head = said.words[head_of(said.words, span)].low
    if not worthy(said.words, span, first) or span[1] - span[0] > 5 or head in _NO_TITLE:
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


def _firm(said: Said, at: int) -> Span | None:
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
        elif low in _FIRM and Slot.EMPLOYER not in seen and (firm := _firm(said, place + 1)):
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
        firm = _firm(said, at)
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
        yield from _hired(said)
    elif {"job", "position", "gig", "role"} & set(words[:5]) and not {
        "interview",
        "offer",
        "search",
        "hunt",
    } & set(words):
        stance = Stance.ENDED if group.past and group.verb == "have" else Stance.HOLDS
        yield from places(said, said.at, said.stance() if group.ended else stance)


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


def _hired(said: Said) -> Iterator[Draft]:
    for place in range(said.at, len(said.words) - 1):
        low = said.words[place].low
        if low in ("by", "at") and (firm := _firm(said, place + 1)):
            yield said.draft(Slot.EMPLOYER, firm, Stance.HOLDS)
        elif low in ("as", "to") and (job := trade_at(said, place + 1, any_head=True)):
            yield said.draft(Slot.JOB, job, Stance.HOLDS)


def left_firm(said: Said, prepositions: frozenset[str]) -> Iterator[Draft]:
    """A firm after one of some prepositions, and a trade after "as", that are over."""
    for place in range(said.at, len(said.words) - 1):
        low = said.words[place].low
        if low in prepositions and (firm := _firm(said, place + 1)):
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
        and (firm := _firm(said, said.at))
        and said.words[firm[0]].cap
        and not (said.subject.shared and firm[1] - firm[0] == 1)
        and said.low(firm[1]) not in ("without", "with", "empty", "carrying", "feeling", "before", "at")
    ):
        yield said.draft(Slot.EMPLOYER, firm, Stance.ENDED)


def be_job(said: Said) -> Iterator[Draft]:
    """ "I'm a software engineer at Spotify", "I was a teacher", "she's a student at ETH"."""
    at, group = said.at, said.group
    if said.has(
        "basically", "practically", "virtually", "essentially", "kinda", "honorary", "unofficial", "tonight"
    ):
        return
    if said.low(at) in ("hired", "promoted") and (group.past or group.perfect) and not group.negated:
        yield from _hired(said)
        return
    if said.low(at) == "employed" and said.low(at + 1) == "as" and (held := said.lasting()):
        yield from places(said, at + 1, held)
        return
    if said.low(at) == "employed" and said.low(at + 1) in ("by", "at", "with"):
        firm, stance = _firm(said, at + 2), said.lasting()
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
    spans = [
        span for span in listed(said.words, at + (said.low(at + 1) in ("retired", "former")), _IN_TITLES)
    ]
    for span in spans:
        start, last = span
        while last - start > 1 and said.words[start].low in _STRIPPED:
            start += 1
        if not _is_job(said, (start, last), first, any_head=False) or _is_name(said, (start, last), first):
            break
        if said.words[last - 1].low in CARERS and said.low(first) not in ("a", "an", "the", "now"):
            break
        yield from _of_firm(said, (start, last), Stance.ENDED if retired else stance)
        first = at = last
    if at > said.at:
        yield from (each for each in places(said, at, stance) if each.slot is Slot.EMPLOYER)
        if said.low(at) == "of" and (firm := _firm(said, at + 1)):
            yield said.draft(Slot.EMPLOYER, firm, stance)


def _of_firm(said: Said, span: Span, stance: Stance) -> Iterator[Draft]:
    """ "CEO of Brightlab" is a trade and a firm, "head of sales" a trade, "caretaker of a school" a trade alone."""
    start, last = span
    of = next((place for place in range(start + 1, last - 1) if said.low(place) == "of"), last)
    if of < last and said.low(of + 1) in ("a", "an", "the", "my", "our"):
        last = of
    owned = of < last and said.words[of + 1].cap and said.low(of + 1) not in _DEPARTMENTS
    firm = _firm(said, of + 1) if owned else None
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


def be_at(said: Said) -> Iterator[Draft]:
    """ "Been at Ericsson for nine years", "(used to work for Philips but) now I'm at ASML"."""
    long = said.has("since", "years", "months") and said.group.perfect
    lately = said.has("these") and said.has("days") and not said.group.past
    if not (
        said.low(said.at) in ("at", "with")
        and (long or lately or (said.scene.worked and not said.group.past))
    ):
        return
    firm = _firm(said, said.at + 1)
    if firm:
        slot = Slot.SCHOOL if is_school(said.words, firm) and not said.scene.worked else Slot.EMPLOYER
        yield said.draft(slot, firm)
