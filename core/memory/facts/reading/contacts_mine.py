"""Contacts that are the writer's by their label alone: "the work email is ...", "new number too, it's ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.claims import Qualifier, Stance
from second_me.core.memory.facts.reading.frames_contact import SECRETS, is_replaced, qualifier_of
from second_me.core.memory.facts.reading.lists_people import KIN
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_SLOTS = {Kind.PHONE: Slot.TEL, Kind.EMAIL: Slot.EMAIL}
_FOREIGN = frozenset("your his her their its he she they".split())
_OPENING = r"^(?:(?:and|so|oh|also|btw|hi|hey|ok|well|,|-|the|our|new|current|best|other) )*"
_WHERE = r"(?:work|private|personal|home|landline|office)"
_THING = r"(?:e-?mails?|mail|phone|mobile|cell|telephone|landline)"
_IS = r"(?:is|'s|:|goes to|go to)(?: (?:now|:))?$"
_REACH = (
    r"(?:ring|call|text|dial|phone|get|reach|write to|e-?mail|try|use|whatsapp)(?: me)?(?: (?:on|at|under))?$"
)
_LABELS = (
    re.compile(rf"{_OPENING}{_WHERE} {_THING}(?: (?:address|number|line|inbox))? {_IS}"),
    re.compile(rf"{_OPENING}(?:landline|{_WHERE} (?:address|number|line)) {_IS}"),
    re.compile(
        rf"{_OPENING}(?:{_THING}|number|address|line) (?:for|at) (?:work|home|the office|private \w+) {_IS}"
    ),
    re.compile(
        rf"^(?:and |so |, )?(?:at|for|from) (?:the office|(?:work|home|private|personal)(?: (?:stuff|things"
        rf"|matters|mail"
        rf"|use|emails?))?)(?: ,)?(?: i 'm on$| it (?:'s|is)$|(?: (?:please|you can|just))* {_REACH})"
    ),
    re.compile(
        r"^(?:(?:and|oh|so|also|hi|hey|btw|,|a|my|our|i|we|'ve|got|have) )*new(?: (?:work|home|mobile|phone|cell|number"
        rf"|address|private|landline|telephone|and|new|,|{_THING}))+(?: (?:as well|too|also|again|as of (?:today|now)"
        r"|since \w+|from today))?(?: ,)?(?: (?:it 's|it is|is|:|now|here|-))*$"
    ),
    re.compile(r"^(?:and |so )?(?:i|we)(?: 've| have)?(?: just| now)? switched (?:over )?to$"),
)
_WHEN_NEEDED = re.compile(
    r"^(?:and )?(?:if|when|whenever) you (?:ever |really |do )*(?:need|want)(?: to (?:reach|call|talk to"
    r"|contact|get hold"
    rf" of|get))? me(?: \w+){{0,3}}?(?: ,)?(?: (?:then|just|please|you can))* {_REACH}"
)
_LINE = re.compile(
    r"^(?:and |so )?the (?:\S+ ){0,4}?(?:number|line|phone|extension)(?: (?:at|of) \S+(?: \S+)?)? (?:is|'s|:)$"
)
_ASKED_FOR = re.compile(r"^,? ?(?:and |just |please )*ask for me\b")
_ANOTHER = re.compile(rf"^(?:, |and |; )*(?:the )?{_WHERE}(?: one)?(?: is| 's| :)?$")
_DROPPED = re.compile(r"^(?:, |and |so |please )*(?:forget|delete|scrap|ditch|remove)$")


def labelled(words: list[Word], open_: bool, asks: bool) -> Iterator[Draft]:
    """The contacts of a sentence whose label says that they are the writer's. `open_`: it states what is so."""
    lows = [word.low for word in words]
    if asks or (KIN | _FOREIGN) & set(lows):
        return
    since, mine, held = 0, None, False
    for at, word in enumerate(words):
        if word.kind not in _SLOTS:
            continue
        before, after = " ".join(lows[since:at]), " ".join(lows[at + 1 : at + 6])
        since = at + 1
        if word.kind is Kind.PHONE and SECRETS & set(lows):
            continue
        if mine is word.kind and _DROPPED.match(before):
            yield Draft(_SLOTS[word.kind], word.start, word.end, Stance.ENDED, timed=False)
            continue
        asked = bool(_ASKED_FOR.match(after) and _LINE.match(before))
        told = open_ and (asked or any(label.match(before) for label in _LABELS))
        other = held and mine is word.kind and _ANOTHER.match(before)
        mine = word.kind
        held = bool(told or other)
        if not (held or _WHEN_NEEDED.match(before)):
            continue
        over = is_replaced(before.split(), after.split())
        stance = Stance.ENDED if over else Stance.HOLDS
        qualifier = Qualifier.WORK if asked else qualifier_of(before.split())
        yield Draft(_SLOTS[word.kind], word.start, word.end, stance, None, qualifier, timed=False)
