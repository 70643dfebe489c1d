"""Frames of things and tongues: what somebody owns, what they speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_people import animal_at
from second_me.core.memory.facts.reading.frames_work import work
from second_me.core.memory.facts.reading.lists_places import LANGUAGES
from second_me.core.memory.facts.reading.lists_things import BRANDS, BUSINESSES, OWNED
from second_me.core.memory.facts.reading.names import firm_at
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import NOUN_ONLY, Span, chunk, head_of, listed, worthy
from second_me.core.memory.facts.reading.words import Kind
from second_me.core.memory.facts.slots import Slot

_LOOKS = frozenset(
    """new brand-new brand shiny cute nice lovely beautiful gorgeous trusty crappy decent fancy own same beloved few
    couple of two three four several battered knackered""".split()
)
_LENT = frozenset("rental hire hired rented loan borrowed company".split())


def _bare(said: Said, span: Span) -> Span:
    first, last = span
    while last - first > 1 and said.words[first].low in _LOOKS:
        first += 1
    return (first, last)


def _kept(said: Said, span: Span) -> bool:
    """Whether a thing is kept for years."""
    lows = [word.low for word in said.words[span[0] : span[1]]]
    head = said.words[head_of(said.words, span)].low
    if _LENT & set(lows) or len(lows) > 5:
        return False
    single = head[:-1] if head.endswith("s") else head
    compound = len(head) > 6 and single.endswith(
        ("house", "bike", "boat", "board", "guitar", "phone", "van", "cycle")
    )
    return (
        head in OWNED
        or "-".join(lows[-2:]) in OWNED
        or single in OWNED
        or compound
        or bool(BRANDS & set(lows) and said.words[span[0]].low != "at")
    )


def kept_thing(said: Said, span: Span) -> bool:
    """Whether a phrase is a thing that is kept for years, and nothing is pointed at."""
    return _kept(said, span) and worthy(said.words, span, span[0])


def _things(said: Said, at: int, stance: Stance, *, sure: bool) -> Iterator[Draft]:
    """The things of a list that are kept; `sure`: the verb says so of any."""
    before = at
    for span in listed(said.words, at, NOUN_ONLY):
        bare = _bare(said, span)
        fit = (
            worthy(said.words, bare, before)
            and (sure or _kept(said, bare))
            and not animal_at(said.words, span[0])
        )
        if fit and not (before > at and said.low(before + 1) in ("my", "our")):
            yield said.draft(Slot.OWNS, bare, stance)
        before = span[1]


def business(said: Said) -> Iterator[Draft]:
    """ "I run a studio called Paper Heron", "I own a bakery called Crumb": the firm is the person's."""
    if (
        said.group.negated
        or said.group.past
        or said.group.modal
        or said.group.will
        or said.low(said.at) == "the"
    ):
        return
    for at in range(said.at, min(said.at + 7, len(said.words) - 2)):
        if said.low(at) in BUSINESSES and said.low(at + 1) in ("called", "named"):
            if (firm := firm_at(said.words, at + 2)) is not None:
                yield said.draft(Slot.ORGANIZATION, firm)
            return


def speaking(said: Said) -> Iterator[Draft]:
    """ "I grew up speaking Frisian"."""
    lows = [word.low for word in said.words[said.at : said.at + 4]]
    if "speaking" in lows and said.group.tense == "past" and not said.group.negated:
        yield from _tongues(said, said.at + lows.index("speaking") + 1, Stance.HOLDS)


def my_tongue(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my Swedish is": "fluent", "rusty"; of "bad" nothing is taken."""
    thing = said.subject.thing
    if thing and said.low(at) in _LEVELS and not said.group.negated and not said.group.past:
        yield said.draft(Slot.SPEAKS, (thing[1] - 1, thing[1]), timed=False)


_LEVELS = frozenset(
    "fluent rusty decent ok okay good fine passable basic excellent solid pretty quite better".split()
)


def own(said: Said) -> Iterator[Draft]:
    """ "I own a sailboat", "I don't own a car"."""
    if said.group.modal or said.group.will or said.group.be or said.low(said.at) in ("up", "my", "it"):
        return
    over = said.group.past and not said.group.negated
    yield from _things(said, said.at, Stance.ENDED if over else said.stance(), sure=True)


def have(said: Said) -> Iterator[Draft]:
    """ "I have an electric guitar and a piano", "I've got a Vespa", "we don't have a car"."""
    group = said.group
    if group.modal or group.will or (group.be and group.verb == "have"):
        return
    past = group.past and not group.negated and group.verb == "have" and not group.perfect
    if said.low(said.at) in ("myself", "ourselves"):
        said.at += 1
    if group.verb == "get" and (group.tense != "past" or (group.negated and not group.perfect)):
        return
    yield from _things(said, said.at, Stance.ENDED if past else said.stance(), sure=False)


def drive(said: Said) -> Iterator[Draft]:
    """ "I drive a Volvo V60", "I ride a Vespa"."""
    group = said.group
    if said.low(said.at) == "for":
        yield from work(said)
    if (
        group.modal
        or group.will
        or group.can
        or group.be
        or said.low(said.at) not in ("a", "an", "my")
        or {"living", "work"} & {word.low for word in said.words[said.at :]}
    ):
        return
    if group.past and not group.ended:
        return
    if any(word.low == "for" and after.cap for word, after in zip(said.words, said.words[1:], strict=False)):
        return  # a firm's: "I drive a van for DPD"
    span = chunk(said.words, said.at + 1, NOUN_ONLY)
    if span and any(word.low == "'s" for word in said.words[span[0] : span[1]]):
        return
    if span and _kept(said, _bare(said, span)):
        yield said.draft(Slot.OWNS, _bare(said, span), None)


def buy(said: Said) -> Iterator[Draft]:
    """ "We bought a cargo bike yesterday", "I inherited a piano"."""
    group = said.group
    if group.negated or group.tense != "past" or group.modal:
        return
    at = said.at
    if said.low(at) in ("myself", "ourselves"):
        at += 1
    if said.low(at) in ("him", "her", "them", "you", "my", "it"):
        return
    if said.has("for") and any(said.low(place + 1) in ("my", "him", "her", "them") for place in _fors(said)):
        return
    yield from _things(said, at, Stance.HOLDS, sure=False)


def _fors(said: Said) -> list[int]:
    return [place for place in range(said.at, len(said.words)) if said.words[place].low == "for"]


def sell(said: Said) -> Iterator[Draft]:
    """ "I sold my motorbike", "we got rid of our sofa", "I gave away the piano"."""
    group, at = said.group, said.at
    if group.negated or group.tense != "past" or group.modal:
        return
    if group.verb == "get":
        if (said.low(at), said.low(at + 1)) != ("rid", "of"):
            return
        at += 2
    if group.verb in ("give", "trade"):
        if said.low(at) not in ("away", "in"):
            return
        at += 1
    if said.low(at) not in ("my", "our", "the"):
        return
    span = chunk(said.words, at + 1, NOUN_ONLY)
    if (span and said.low(span[0]) not in ("old",)) or (span and _kept(said, _bare(said, span))):
        bare = _bare(said, span)
        slot = Slot.PET if animal_at(said.words, bare[0]) else Slot.OWNS
        yield said.draft(slot, bare, Stance.ENDED)


def my_thing(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my car is": "a 2014 Honda Civic"."""
    if said.group.negated or said.group.past:
        return
    span = chunk(said.words, at, NOUN_ONLY)
    named = span is not None and said.low(at) in ("a", "an") and said.words[span[0]].cap
    if span and named:
        last = span[1] + (span[1] < len(said.words) and said.words[span[1]].kind is Kind.NUMBER)
        yield said.draft(Slot.OWNS, (span[0], last), timed=False)
    elif span and BRANDS & {word.low for word in said.words[span[0] : span[1]]}:
        yield said.draft(Slot.OWNS, _bare(said, span), timed=False)


def speak(said: Said) -> Iterator[Draft]:
    """ "I speak Dutch and a bit of Polish", "I don't speak Swedish", "I can speak Tamil"."""
    group = said.group
    if (
        group.modal
        or group.will
        or (group.past and not group.ended)
        or said.low(said.at) in ("to", "with", "about", "up")
    ):
        return
    if said.low(said.at) == "no":
        yield from _tongues(said, said.at, Stance.DENIED)
        return
    if group.negated and said.has("much", "well", "good", "fluent", "great", "perfect", "very", "only"):
        return
    if group.be and group.tense == "ing":
        return
    yield from _tongues(said, said.at, Stance.DENIED if said.low(said.at) == "no" else said.stance())


def know(said: Said) -> Iterator[Draft]:
    """ "I know some Finnish", "I don't know any Welsh": a language right behind the verb."""
    at = said.at
    while said.low(at) in ("some", "a", "little", "bit", "of", "any", "enough", "basic", "both", "fluent"):
        at += 1
    group = said.group
    if said.low(at) not in LANGUAGES or group.past or group.modal or group.perfect:
        return
    if said.low(at + 1) not in ("people", "man", "woman", "guy", "food", "history", "law", "music"):
        yield from _tongues(replace(said, words=said.words[: at + 6]), at, said.stance())


def get_by(said: Said) -> Iterator[Draft]:
    """ "I can get by in Swahili"."""
    if said.low(said.at) == "by" and said.low(said.at + 1) in ("in", "with") and not said.group.past:
        yield from _tongues(said, said.at + 2, said.stance())


def _tongues(said: Said, at: int, stance: Stance) -> Iterator[Draft]:
    for place in range(at, min(len(said.words), at + 20)):
        low = said.words[place].low
        if low in ("not", "with", "to", "when", "at", "from", "because", "unlike"):
            return
        if low in LANGUAGES and said.low(place - 1) == "no":
            yield said.draft(Slot.SPEAKS, (place, place + 1), Stance.DENIED, timed=False)
        elif low in LANGUAGES:
            yield said.draft(Slot.SPEAKS, (place, place + 1), stance, timed=False)


def be_fluent(said: Said) -> Iterator[Draft]:
    """ "I'm fluent in Portuguese", "I'm a native Tamil speaker", "I'm bilingual in A and B"."""
    low = said.low(said.at)
    if said.group.past and not said.group.ended:
        return
    if low in ("fluent", "bilingual", "trilingual", "conversational", "proficient") and said.low(
        said.at + 1
    ) in ("in", ":"):
        yield from _tongues(said, said.at + 1, said.stance())
    elif low in ("a", "an") and said.has("speaker"):
        place = next(at for at in range(said.at, len(said.words)) if said.words[at].low == "speaker")
        yield from (
            each for each in _tongues(said, said.at, said.stance()) if each.end <= said.words[place].start
        )


def mother_tongue(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my native language is"."""
    if not said.group.negated:
        yield from _tongues(said, at, Stance.HOLDS)
