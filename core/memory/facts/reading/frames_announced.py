"""Addresses that are announced: behind a label ("update of my address: ..."), or told as what it is now."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.reading.addresses import Address, address_at, postal_at
from second_me.core.memory.facts.reading.clauses import Clause
from second_me.core.memory.facts.reading.frames_home import parts_of
from second_me.core.memory.facts.reading.persons import Subject, Who
from second_me.core.memory.facts.reading.said import Draft, Said, Scene
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.verbs import Group
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_NOUNS = frozenset("address addy house home flat place apartment".split())
_OWNERS = frozenset("my our".split())
_NEW = frozenset("new updated current correct home postal mailing delivery".split())
_OTHERS = frozenset(
    """his her their your its 's he she they you old former previous office hotel party venue shop restaurant clinic
    landlord agent not n't never if would might could should work business holiday childhood dream""".split()
)
_SWAPPED = frozenset("moved swapped traded exchanged keys address".split())
_RIGHTED = frozenset("not mistyped typo address street wrong number mistake".split())
_AFTER = frozenset("now since from as and but please thanks not".split())


def announced(clause: Clause, before: Clause | None, scene: Scene) -> Iterator[Draft]:
    """The parts of an address that fills what follows its label, or an "it's" behind a move."""
    words = clause.words
    if scene.corrected and before and (code := _code(words, before.words)):
        yield Draft(Slot.POSTAL_CODE, words[code[0]].start, words[code[1] - 1].end, corrects=True)
        return
    if _is_mine_behind(words):
        yield from _parts(words, address_at(words, 0, scene.loose, sure=True), scene)
        return
    at = next(
        (
            place
            for place in (
                _labelled(words),
                _behind(clause, before),
                _instead(words, before, scene),
                _sent_to_me(words),
            )
            if place is not None
        ),
        len(words),
    )
    if at >= len(words):
        return
    found = address_at(words, at, scene.loose, sure=True)
    if _ends(words, found.last):
        yield from _parts(words, found, scene)


def _parts(words: list[Word], found: Address, scene: Scene) -> Iterator[Draft]:
    if found.street and _numbered(words, found):
        said = Said(scene, words, 0, Group("", "", 0, 0, be=True), Subject(Who.ME, 0))
        yield from parts_of(said, found)


def _is_mine_behind(words: list[Word]) -> bool:
    """ "7 Brook Lane is my address": what stands behind an address says whose it is."""
    lows = [word.low for word in words]
    for at in range(2, len(lows) - 2):
        if lows[at] in ("is", "'s") and lows[at + 1] in _OWNERS:
            rest = lows[at + 2 + (lows[at + 2] in _NEW) :]
            told = rest[:1] in (["address"], ["home"]) and (len(rest) == 1 or not rest[1].isalpha())
            return told and address_at(words, 0, sure=True).last == at
    return False


def _code(words: list[Word], before: list[Word]) -> Span | None:
    """ "(I gave you the wrong postcode,) it's 79104"."""
    named = {"postcode", "zip", "zipcode", "postal"} & {word.low for word in before}
    if not named or [word.low for word in words[:2]] not in (["it", "'s"], ["it", "is"]):
        return None
    code = postal_at(words, 2) if len(words) > 2 else None
    return code if code and _ends(words, code[1]) else None


def _labelled(words: list[Word]) -> int | None:
    """ "Update of my address: ...", "new address since Monday: ...": where the address begins."""
    colon = next((at for at, word in enumerate(words[:9]) if word.low == ":"), None)
    return colon + 1 if colon and _is_label(words[:colon]) else None


def _behind(clause: Clause, before: Clause | None) -> int | None:
    """ "(We've got the keys to the new house:) 31 Linden Grove"."""
    if before is None or clause.lead not in (":", "-", "–", "—") or not _is_label(before.words):
        return None
    apart = clause.words[0].start - before.words[-1].end
    return 0 if clause.lead == ":" or apart > 2 else None


def _is_label(words: list[Word]) -> bool:
    lows = [word.low for word in words]
    foreign = {low for at, low in enumerate(lows) if low != "'s" or lows[at - 1 : at] != ["here"]}
    if _OTHERS & foreign:
        return False
    moved = bool({"i", "we"} & set(lows[:1])) and bool({"moved", "keys", "bought"} & set(lows))
    moved = moved and not {"nearly", "almost", "sister", "friend"} & set(lows)
    for at, low in enumerate(lows):
        if low not in _NOUNS:
            continue
        first = at
        while first and lows[first - 1] in _NEW | {"of", "change"}:
            first -= 1
        owned = first > 0 and lows[first - 1] in _OWNERS
        bought = moved and lows[first - 1 : first] == ["a"]
        if owned or (first == 0 and at > 0) or (moved and first < at) or bought:
            return True
    return False


def _instead(words: list[Word], before: Clause | None, scene: Scene) -> int | None:
    """ "(We've swapped flats:) it's 8 Tarn Street now", "(I mistyped,) it's 23 Sorrel Way"."""
    at = 0
    while at < len(words) and words[at].low in ("actually", "no", "so", "sorry", ",", "and"):
        at += 1
    henceforth = [word.low for word in words[at : at + 3]] == ["from", "now", "on"]
    at += 3 * henceforth
    pair = [word.low for word in words[at : at + 2]]
    if scene.moved and pair == ["now", "at"]:
        return at + 2
    if scene.corrected and pair == ["i", "mean"]:
        return at + 2
    if pair not in (["it", "'s"], ["it", "is"]):
        return None
    lows = {word.low for word in before.words} if before else set()
    swapped = bool({"i", "we", "my", "our"} & lows) and bool(_SWAPPED & lows) and not _OTHERS & lows
    told = (scene.corrected or 0 < at < 3) and bool(_RIGHTED & (lows | {word.low for word in words}))
    return at + 2 if swapped or henceforth or told or scene.moved else None


_ARRIVING = frozenset("reaches reach finds find comes come gets get".split())
_SENT = frozenset("send ship post deliver mail forward".split())


def _sent_to_me(words: list[Word]) -> int | None:
    """ "Ship it to me at ...", "you can send post to us at ...", "deliver it to my place, ..."."""
    lows = [word.low for word in words[:12]]
    found = next(
        (at for at in range(len(lows) - 2) if lows[at : at + 2] in (["find", "us"], ["find", "me"])), None
    )
    arrives = next((at for at in range(1, min(len(lows) - 2, 5)) if lows[at] in _ARRIVING), None)
    if arrives and {"post", "mail", "letters", "parcels", "deliveries"} & set(lows[:arrives]):
        here = lows[arrives + 1 : arrives + 3] in (["me", "at"], ["us", "at"], ["to", "us"], ["to", "me"])
        return arrives + 3 if here and not {"n't", "not", "used"} & set(lows) else None
    if found is not None and lows[found + 2] == "at" and {"you", "they"} & set(lows[:found]):
        return None if {"n't", "not", "if", "did", "tonight", "today"} & set(lows) else found + 3
    if not _SENT & set(lows[:4]) or {"he", "she", "they", "will", "did", "if", "n't"} & set(lows):
        return None
    for at in range(1, len(lows) - 2):
        if lows[at] == "to" and lows[at + 1] in ("me", "us") and lows[at + 2] in ("at", ":"):
            return at + 3
        if lows[at : at + 2] in (["to", "my"], ["to", "our"]) and lows[at + 2] in _NOUNS:
            return at + 3 + (lows[at + 3 : at + 4] in ([","], [":"], ["at"]))
    return None


def _numbered(words: list[Word], found: Address) -> bool:
    street = found.street or (0, 0)
    return any(word.kind is Kind.NUMBER for word in words[slice(*street)]) or found.postal is not None


def _ends(words: list[Word], at: int) -> bool:
    return at >= len(words) or words[at].kind is Kind.MARK or words[at].low in _AFTER
