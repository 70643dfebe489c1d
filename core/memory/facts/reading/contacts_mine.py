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
_IS = r"(?:is|'s|:|goes to|go to|(?:has )?changed to)(?: (?:now|:))?$"
_REACH = (
    r"(?:ring|call|text|dial|phone|get|reach|write to|e-?mail|try|use|whatsapp)(?: me)?(?: (?:on|at|under))?$"
)
_LABELS = (
    re.compile(rf"{_OPENING}{_WHERE} {_THING}(?: (?:address|number|line|inbox))? {_IS}"),
    re.compile(rf"{_OPENING}(?:landline|house phone|{_WHERE} (?:address|number|line)) {_IS}"),
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
    re.compile(
        r"^(?:(?:and|oh|so|also|hi|hey|,|a|my|our|i|we|'ve|got|have) )*new (?:(?:work|home|mobile|cell|private) )?"
        r"(?:number|phone|mobile|cell) , (?:\S+ ){1,10}:$"
    ),
    re.compile(r"^(?:.*[,;] )?(?:(?:and|so|now|,) )*i 'm (?:now )?on$"),
    re.compile(
        r"^(?:(?:and|so|,|i|we|'ve|have|finally) )*(?:got|have) an? (?!wrong|strange|weird|lucky"
        r"|random)\S+ (?:number|mobile)"
        r"(?: (?:at last|now|too|finally|again|as well))?(?: [,:])?(?: it 's| it is)?$"
    ),
    re.compile(rf"^(?:(?:my|and|so) )*best (?:{_THING}|number)(?: (?:for|to reach|to get) me)? {_IS}"),
    re.compile(rf"^(?:and |so )?the best (?:{_THING}|number) (?:for|to reach|to get) me {_IS}"),
    re.compile(r"^(?:(?:signal|whatsapp|threema|telegram|and|or|on|/|,|my) )+:$"),
    re.compile(r"^(?:and |so )?(?:i|we)(?: 've| have)?(?: just| now)? switched (?:over )?to$"),
)
_WHEN_NEEDED = re.compile(
    r"^(?:and )?(?:if|when|whenever) you (?:ever |really |do )*(?:need|want)(?: to (?:reach|call|talk to"
    r"|contact|get hold"
    rf" of|get))? me(?: (?:urgently|quickly|today|any ?time|for anything|at night"
    rf"|at once))?(?: ,)?(?: (?:then|just|please|you can))* {_REACH}"
)
_LINE = re.compile(
    r"^(?:and |so )?the (?:\S+ ){0,4}?(?:number|line|phone|extension)(?: (?:at|of) \S+(?: \S+)?)? (?:is|'s|:)$"
)
_ASKED_FOR = re.compile(r"^,? ?(?:and |just |please )*ask for me\b")
_INSTEAD = re.compile(
    r"^,? ?(?:is|'s) (?:now )?(?:dead|gone|cancelled|off|history|disconnected|no longer \w+) [;,.] "
    r"(?:(?:please|so|just|now) )*(?:use|try|take|call|text|ring|write to|it 's)$"
)
_BARE = frozenset(
    "mobile landline cell tel home work office phone mobil handy , . ; and : my / - – email e-mail mail".split()
)
_SURE = frozenset("mobile landline cell tel mobil handy".split())
_HENCEFORTH = re.compile(r"^(?:from now on|instead|from today|for everything)(?: [.,;!].*)?$")
_USE = re.compile(r"^(?:(?:please|so|and|just) )*(?:use|write to|e-?mail)$")
_ANOTHER = re.compile(rf"^(?:, |and |; )*(?:the )?{_WHERE}(?: one)?(?: is| 's| :)?$")
_DROPPED = re.compile(r"^(?:, |and |so |please )*(?:forget|delete|scrap|ditch|remove)$")


def labelled(words: list[Word], open_: bool, asks: bool) -> Iterator[Draft]:
    """The contacts of a sentence whose label says that they are the writer's. `open_`: it states what is so."""
    lows = {word.low for word in words}
    if asks or (KIN | _FOREIGN) & lows:
        return
    labels = {word.low for word in words if word.kind not in _SLOTS}
    bare = not labels - _BARE and bool(labels & _SURE)
    secret = bool(SECRETS & lows)
    contacts = [at for at, word in enumerate(words) if word.kind in _SLOTS]
    kinds = [words[at].kind for at in contacts]
    since, held = 0, False
    for place, at in enumerate(contacts):
        before = " ".join(word.low for word in words[since:at])
        after = " ".join(word.low for word in words[at + 1 : at + 6])
        since = at + 1
        if words[at].kind is Kind.PHONE and secret:
            continue
        again = place > 0 and kinds[place - 1] is kinds[place]
        if (again or kinds[place] in kinds[place + 1 : place + 3]) and _DROPPED.match(before):
            yield Draft(_SLOTS[kinds[place]], words[at].start, words[at].end, Stance.ENDED, timed=False)
            continue
        held = (open_ and (bare or _is_labelled(before, after))) or _is_another(before, after, again, held)
        if held or _WHEN_NEEDED.match(before):
            yield _draft(words[at], before, after)


_ITS_ME = re.compile(r"^(?:is|'s) (?:me|mine)\b")
_TO_CALL = re.compile(r"^(?:(?:text|call|ring|or|and|just|please|,|:)(?: |$))*$")


def _is_labelled(before: str, after: str) -> bool:
    if _ITS_ME.match(after) and _TO_CALL.match(before):
        return True
    return _is_asked_for(before, after) or any(label.match(before) for label in _LABELS)


def _is_asked_for(before: str, after: str) -> bool:
    """ "The line at the yard is X, ask for me"."""
    return bool(_ASKED_FOR.match(after) and _LINE.match(before))


def _is_another(before: str, after: str, again: bool, held: bool) -> bool:
    """ "(the work email is X,) the private one is Y", "(X is dead;) use Y", "use Y from now on"."""
    if again and ((held and _ANOTHER.match(before)) or _INSTEAD.match(before)):
        return True
    return bool(_USE.match(before) and _HENCEFORTH.match(after))


def _draft(word: Word, before: str, after: str) -> Draft:
    over = is_replaced(before.split(), after.split())
    qualifier = Qualifier.WORK if _is_asked_for(before, after) else qualifier_of(before.split())
    stance = Stance.ENDED if over else Stance.HOLDS
    return Draft(_SLOTS[word.kind], word.start, word.end, stance, None, qualifier, timed=False)
