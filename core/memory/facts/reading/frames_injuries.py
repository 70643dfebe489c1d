"""Frames of the body: what was broken or operated on, and what somebody reacts to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_health import allergens
from second_me.core.memory.facts.reading.lists_things import ILLS
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import NOUN_ONLY, Span, chunk, listed, worthy
from second_me.core.memory.facts.reading.words import Word
from second_me.core.memory.facts.slots import Slot

_PARTS = frozenset(
    """arm leg ankle wrist foot hand finger toe thumb knee elbow shoulder hip rib ribs collarbone nose jaw back neck
    pelvis heel shin kneecap skull tooth ligament meniscus hamstring calf achilles acl cartilage tendon spine""".split()
)
_OUT = frozenset(
    "appendix gallbladder tonsils kidney spleen wisdom teeth thyroid adenoids uterus ovary lung".split()
)
_TREATED = frozenset(
    """stroke miscarriage hysterectomy mastectomy vasectomy transplant transplants bypass surgery operation
    replacement chemo chemotherapy radiotherapy c-section caesarean amputation stent pacemaker""".split()
)
_RASH = frozenset("hives rash rashes spots welts blisters itch".split())


def injure(said: Said) -> Iterator[Draft]:
    """ "I broke my left ankle (on the ice)": the verb with what was broken."""
    group = said.group
    if group.negated or group.modal or group.will or group.can or group.tense != "past" or group.always:
        return
    if said.low(said.at) not in ("my", "a", "an", "two", "three", "both"):
        return
    span = chunk(said.words, said.at + 1, NOUN_ONLY)
    if span and said.words[span[1] - 1].low in _PARTS and span[1] - span[0] <= 3:
        yield said.draft(Slot.HEALTH, (group.at, span[1]), Stance.HOLDS)


def operated(said: Said) -> Iterator[Draft]:
    """ "I had my gallbladder out", "I had a stroke", "I've had two hip replacements"."""
    group = said.group
    if group.negated or group.modal or group.will or group.tense != "past":
        return
    lows = [word.low for word in said.words[said.at : said.at + 6]]
    out = next((place for place, low in enumerate(lows) if low in ("out", "removed")), 0)
    if lows[:1] == ["my"] and out and _OUT & set(lows[1:out]):
        yield said.draft(Slot.HEALTH, (said.at + 1, said.at + out + 1), Stance.HOLDS)
        return
    span = chunk(said.words, said.at, NOUN_ONLY)
    head = said.words[span[1] - 1].low if span else ""
    known = head in _TREATED or head.rstrip("s") in _TREATED
    attack = (
        bool(span)
        and span is not None
        and said.low(span[1] - 2) in ("heart", "panic")
        and head.startswith("attack")
    )
    if span and (known or attack) and span[1] - span[0] <= 3 and said.low(span[1]) != "of":
        yield said.draft(Slot.HEALTH, span, Stance.HOLDS)


def break_out(said: Said) -> Iterator[Draft]:
    """ "I break out in hives from strawberries", "I come out in a rash with wool"."""
    group = said.group
    if (
        group.negated
        or group.past
        or group.modal
        or group.will
        or group.perfect
        or said.low(said.at) != "out"
    ):
        return
    for at in range(said.at + 1, min(said.at + 6, len(said.words) - 1)):
        rash = _RASH & {word.low for word in said.words[said.at : at]}
        if rash and said.low(at) in ("from", "with", "to"):
            yield from allergens(said, at + 1)
            return


_BADLY = frozenset("badly terribly horribly strongly really very".split())


def react(said: Said) -> Iterator[Draft]:
    """ "I react badly to ibuprofen"."""
    at = said.at
    while said.low(at) in _BADLY:
        at += 1
    group = said.group
    if (
        (at > said.at or said.low(at - 1) in _BADLY)
        and said.low(at) == "to"
        and not (group.past or group.negated or group.modal or group.will)
    ):
        yield from allergens(replace(said, at=at + 1), at + 1)


def carry(said: Said) -> Iterator[Draft]:
    """ "I carry the Huntington's gene"."""
    if said.group.past or said.group.negated or said.group.modal or said.group.will:
        return
    span = chunk(said.words, said.at, NOUN_ONLY)
    if span and said.words[span[1] - 1].low in ("gene", "mutation", "trait") and span[1] - span[0] > 1:
        yield said.draft(Slot.HEALTH, span)


def gives_rash(words: list[Word]) -> Iterator[Span]:
    """ "Wool gives me a rash", "latex brings me out in hives", "strawberries make me break out": what does it."""
    lows = [word.low for word in words]
    for at in range(1, len(words) - 2):
        if lows[at] not in ("gives", "give", "brings", "bring") or lows[at + 1] != "me":
            continue
        span = chunk(words[:at], 0, NOUN_ONLY)
        if (
            span
            and span[1] == at
            and span[0] <= 1
            and _RASH & set(lows[at + 2 : at + 6])
            and worthy(words, span, 0)
        ):
            yield span
        return


def weak_parts(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my knees are": the illness that is named behind "bad"."""
    if said.group.negated or said.group.past or said.low(at) not in ("bad", "shot", "ruined", "gone", "weak"):
        return
    if said.low(at + 1) == ",":
        for span in listed(said.words, at + 2, NOUN_ONLY)[:1]:
            if said.words[span[1] - 1].low in ILLS:
                yield said.draft(Slot.HEALTH, span)
