"""Frames of what somebody has not and never had: kin, pets, allergies, things, a marriage, a trade.

Only the person's own: "Tom has no siblings" would make Tom a tie. What is denied is no fact of a list; it is kept to be
held against what says it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_people import animal_at
from second_me.core.memory.facts.reading.frames_things import kept_thing
from second_me.core.memory.facts.reading.frames_work import trade_at
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import NOUN_ONLY, Span, chunk
from second_me.core.memory.facts.reading.words import Word
from second_me.core.memory.facts.slots import Slot

_KIN = frozenset(
    """sibling siblings brother brothers sister sisters child children kid kids son sons daughter daughters wife husband
    spouse grandchild grandchildren grandkids cousin cousins niece nieces nephew nephews aunt aunts uncle
    uncles""".split()
)
_PETS = frozenset({"pet", "pets", "animals"})
_ALLERGIES = frozenset({"allergy", "allergies"})
_SORTS = frozenset("food drug known medical nut pollen real serious".split())
_JOINS = frozenset({"or", "nor", "and"})
_BEFORE = frozenset("no any a an a single neither either".split())
_ENDS = frozenset(
    "and but or nor so because since though as at myself ourselves whatsoever just only that to in i we she he".split()
)
"""Words that may follow what is denied; others narrow it ("no kids with me")."""


def _ends(said: Said, at: int) -> bool:
    low = said.low(at)
    narrowed = low in ("in", "at", "to", "that") and said.low(at + 1) not in (
        "all", "my", "our", "the", "this", "speak", "i", "we", "anything",
    )  # fmt: skip
    return not low.isalpha() or (low in _ENDS and not narrowed)


def have_none(said: Said) -> Iterator[Draft]:
    """ "I have no siblings", "we don't have any pets", "I've never had a brother", "I have no car"."""
    group = said.group
    if said.named or group.modal or group.will or group.can or said.given_up() or group.tense == "ing":
        return
    bare = said.low(said.at) in ("no", "neither")
    if not (group.negated or bare) or (group.negated and group.past and not (group.never or group.do)):
        return
    if said.has("least", "yet"):
        return  # "no pets, no dog at least" hedges
    at = said.at
    while said.low(at) in _BEFORE:
        at += 1
    yield from _kin(said, at)
    yield from _others(said, at, bare)


def _kin(said: Said, at: int) -> Iterator[Draft]:
    found: list[Span] = []
    while said.low(at) in _KIN:
        found.append((at, at + 1))
        at += 1
        if said.low(at) in _JOINS or (said.low(at) == "," and said.low(at + 1) in _KIN | {"no"}):
            at += 1
            while said.low(at) in _BEFORE:
                at += 1
    if found and (_ends(said, found[-1][1])):
        for span in found:
            yield said.draft(Slot.RELATION, span, Stance.DENIED, timed=False)


def _others(said: Said, at: int, bare: bool) -> Iterator[Draft]:
    head = at
    while said.low(head) in _SORTS:
        head += 1
    if said.low(head) in _ALLERGIES and _ends(said, head + 1):
        if said.low(head - 1) not in ("nut", "pollen"):
            yield said.draft(Slot.ALLERGY, (head, head + 1), Stance.DENIED, timed=False)
    elif said.low(at) in _PETS and _ends(said, at + 1):
        yield said.draft(Slot.PET, (at, at + 1), Stance.DENIED, timed=False)
    elif bare and (animal := animal_at(said.words, at)) is not None and _ends(said, animal[1]):
        yield said.draft(Slot.PET, animal, Stance.DENIED, timed=False)
    elif bare:
        span = chunk(said.words, at, NOUN_ONLY)
        if span and _ends(said, span[1]) and kept_thing(said, span):
            yield said.draft(Slot.OWNS, span, Stance.DENIED, timed=False)


def have_long(said: Said) -> Iterator[Draft]:
    """ "I've had my Fiat since 2015", "we've had our piano for ten years"."""
    group = said.group
    told = group.perfect and group.tense == "past" and not (group.negated or group.past or group.modal)
    if not told or said.low(said.at) not in ("my", "our", "this", "the") or not said.has("since", "for"):
        return
    span = chunk(said.words, said.at + 1, NOUN_ONLY)
    if span is None:
        return
    animal = animal_at(said.words, span[0])
    if animal is not None and animal[1] == span[1] and said.low(said.at) in ("my", "our"):
        yield said.draft(Slot.PET, animal, Stance.HOLDS)
    elif animal is None and kept_thing(said, span):
        yield said.draft(Slot.OWNS, span, Stance.HOLDS)


def never_married(said: Said) -> Iterator[Draft]:
    """ "I've never been married", "I never married", "I'm not married"."""
    group = said.group
    if said.named or not group.negated or group.modal or group.will or said.given_up():
        return
    at = group.at if group.verb == "marry" else said.at
    past = group.past and not group.never
    if said.low(at) == "married" and not past and not said.low(at + 1).startswith(("to", "him", "her")):
        yield said.draft(Slot.RELATION, (at, at + 1), Stance.DENIED, timed=False)


def only_child(said: Said) -> Iterator[Draft]:
    """ "I'm an only child", "I was an only child"."""
    group, at = said.group, said.at
    if said.named or group.negated or group.modal or group.will or said.given_up():
        return
    told = said.low(at) in ("an", "the") and (said.low(at + 1), said.low(at + 2)) == ("only", "child")
    if told and (not said.low(at + 3).isalpha() or said.low(at + 3) in ("and", "so", "but", "too")):
        yield said.draft(Slot.RELATION, (at + 1, at + 3), Stance.HOLDS, timed=False)


def no_allergy(said: Said) -> Iterator[Draft]:
    """ "I'm not allergic to anything"."""
    at = said.at
    if not said.group.negated or said.given_up() or said.group.modal or said.low(at) != "allergic":
        return
    if (said.low(at + 1), said.low(at + 2)) == ("to", "anything") and _ends(said, at + 3):
        yield said.draft(Slot.ALLERGY, (at + 2, at + 3), Stance.DENIED, timed=False)


def no_bone(said: Said) -> Iterator[Draft]:
    """ "I've never broken a bone"."""
    group, at = said.group, said.at
    bone = said.low(at) in ("a", "any") and said.low(at + 1) in ("bone", "bones")
    if group.never and bone and not (group.modal or group.will or group.can or said.given_up()):
        yield said.draft(Slot.HEALTH, (group.at, at + 2), Stance.DENIED, timed=False)


def never_job(said: Said) -> Iterator[Draft]:
    """ "I have never been a teacher", "I was never a nurse"."""
    lasting = said.group.never or (said.group.negated and not said.group.past and not said.given_up())
    if not lasting or said.group.modal or said.group.will or said.low(said.at) not in ("a", "an"):
        return
    span = trade_at(said, said.at, any_head=False)
    if span and not said.words[span[0]].cap and (_ends(said, span[1]) or said.low(span[1]) in ("in", "at")):
        yield said.draft(Slot.JOB, span, Stance.DENIED, timed=False)


_HEADS = _KIN | _PETS | _ALLERGIES
_BRIEF = frozenset("today tonight tomorrow yesterday this allowed please problem".split())
_HERE = frozenset("here sorry thanks though at that i and so just but for".split())


def bare_none(words: list[Word]) -> list[Draft]:
    """ "No allergies here", "no pets, no kids": said without a verb."""
    if not words or words[0].low != "no":
        return []
    at = 1
    while at < len(words) - 1 and words[at].low in _SORTS | {"pollen", "nut"}:
        at += 1
    low = words[at].low if at < len(words) else ""
    following = words[at + 1].low if at + 1 < len(words) else ""
    if (
        _BRIEF & {word.low for word in words}
        or low not in _HEADS
        or not (following in _HERE or not following.isalpha())
        or len(words) > at + 6
    ):
        return []
    slot = Slot.ALLERGY if low in _ALLERGIES else Slot.PET if low in _PETS else Slot.RELATION
    return [Draft(slot, words[at].start, words[at].end, Stance.DENIED, timed=False)]


_HAVING = (have_none, have_long)
BY_VERB: dict[str, tuple[Callable[[Said], Iterator[Draft]], ...]] = {
    "have": _HAVING, "get": (have_none,), "marry": (never_married,), "break": (no_bone,),
    "": (never_married, only_child, no_allergy, never_job),
}  # fmt: skip
"""What reads behind a verb, "": behind a form of "be" alone."""
