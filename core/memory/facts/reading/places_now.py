"""Addresses behind where somebody lives now: "we're renting in Leeds: 14 Mill Lane, ...", "address is ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.reading.addresses import Address, address_at
from second_me.core.memory.facts.reading.cues import MOVED
from second_me.core.memory.facts.reading.frames_home import parts_of
from second_me.core.memory.facts.reading.lists_people import KIN
from second_me.core.memory.facts.reading.persons import Subject, Who
from second_me.core.memory.facts.reading.places import town_at
from second_me.core.memory.facts.reading.said import Draft, Said, Scene
from second_me.core.memory.facts.reading.verbs import Group
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_TOWN = r"[A-ZÀ-Ž]['\w’-]+(?: [A-ZÀ-Ž][\w'’-]+){0,3}"
_NOW = r"(?:now|these days|at the (?:minute|moment)|for now|for the moment|currently|for good)"
HOUSED = re.compile(
    rf"\b(?:we|i|We|I)(?:['’]re| are|['’]m| am|['’]ve been| have been|['’]ve| have)?(?: both| all| now"
    rf"| currently| still| just)*"
    rf" (?:(?:live|living|rent|renting|lodge|lodging|based|settled)\b(?: \w+){{0,4}}? in (?!the (?:past|moment))"
    rf"|(?:over |back |up |down )?in {_TOWN} {_NOW}\b)"
    rf"|^\W*(?:[Cc]urrently|[Nn]ow|[Pp]resently|[Ff]or now)(?: living| renting| based)? in {_TOWN}"
    rf"|^\W*(?:[Ll]iving|[Rr]enting|[Bb]ased|[Ss]ettled|[Ll]odging)(?: (?:now|here|currently|happily|again))?"
    rf" in {_TOWN}"
)
"""The person tells where they live now."""
_SHORT = re.compile(
    r"\b(?:weekend|until|till|hotel|hostel|holiday|visiting|tonight|today|this week|conference|airbnb|camp|hospital"
    r"|for (?:a|the|one|two|three|some) (?:\w+ )?(?:night|day|week|month)s?|n['’]t|not|never|used to|would|might|if)\b",
    re.IGNORECASE,
)
"""It is for a while, or not so."""
_FOREIGN = frozenset("his her their your he she they friend friend's landlord office hotel shop yard".split())
_LABEL_BEFORE = frozenset(", : . ; - – — and so but the our my new".split())


def lived_at(words: list[Word], scene: Scene) -> Iterator[Draft]:
    """The address of a sentence that tells, or follows one that tells, where the writer lives now."""
    lows = [word.low for word in words]
    if (KIN | _FOREIGN) & set(lows):
        return
    sentence = scene.text[words[0].start : words[-1].end]
    moved = MOVED.search(sentence)
    told = moved or (None if _SHORT.search(sentence) else HOUSED.search(sentence))
    first = words[0].start + told.end() if told else None
    for at in range(len(words) - 1):
        if _begins(lows, at) and (
            scene.housed or at == 0 or (first is not None and words[at].start >= first - 1)
        ):
            yield from _whole(words, at + 2, scene)
            return
    if scene.housed and (found := _address(words, 0, scene, sure=False)) and _fills(words, found):
        yield from _parts(words, found, scene)
        return
    for at in range(2, len(words) - 1):
        behind = (
            first is not None and words[at].start >= first and words[at - 1].low in (",", ":", "-", "–", "—")
        )
        if behind and (found := _address(words, at, scene, sure=False)):
            yield from _parts(words, found, scene)
            yield from _town_before(words, at, found, scene)
            return


def _town_before(words: list[Word], at: int, found: Address, scene: Scene) -> Iterator[Draft]:
    """ "(We're in) Graz (now, Mandellstraße 4)": the town, where the address itself has none."""
    for place in range(at - 1):
        town = town_at(words, place + 1, scene.loose) if words[place].low == "in" and not found.town else None
        if town:
            yield Draft(Slot.HOME, words[town[0]].start, words[town[1] - 1].end)
            return


def _fills(words: list[Word], found: Address) -> bool:
    """ "(We've got the keys!) 21 Cedar Street, Galway": a sentence that is an address and no more."""
    rest = words[found.last :]
    return bool(found.town or found.postal) and all(word.kind is Kind.MARK for word in rest)


def _begins(lows: list[str], at: int) -> bool:
    """ "(..., the) address is": a label without an owner at the start or behind a mark."""
    if lows[at] != "address" or lows[at + 1] not in ("is", "'s", ":"):
        return False
    return at == 0 or lows[at - 1] in _LABEL_BEFORE


def _whole(words: list[Word], at: int, scene: Scene) -> Iterator[Draft]:
    if found := _address(words, at, scene):
        yield from _parts(words, found, scene)


def _address(words: list[Word], at: int, scene: Scene, *, sure: bool = True) -> Address | None:
    if at >= len(words):
        return None
    found = address_at(words, at, scene.loose, sure=sure)
    if not found.street or not any(word.kind is Kind.NUMBER for word in words[slice(*found.street)]):
        return None
    closed = (
        found.last >= len(words)
        or words[found.last].kind is Kind.MARK
        or words[found.last].low in ("now", "and")
    )
    return found if closed else None


def _parts(words: list[Word], found: Address, scene: Scene) -> Iterator[Draft]:
    said = Said(scene, words, 0, Group("", "", 0, 0, be=True), Subject(Who.ME, 0))
    yield from parts_of(said, found)
