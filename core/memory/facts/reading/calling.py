"""How people say what they want to be called: "I prefer to be called Ned", "full name for forms: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.reading.frames_contact import username
from second_me.core.memory.facts.reading.lists_people import KIN, NOT_NAMES, PREFIXES
from second_me.core.memory.facts.reading.names import person_at
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_WHOLE = re.compile(
    r"^(?:(?:please|and|so|you can|,) )*(?:(?:(?:my|the) )?(?:full|legal|complete) name(?: (?:for"
    r"|on) \w+(?: \w+)?)?(?: (?:is|'s|:))?"
    r"|(?:put|save|register|book|enter|note) me (?:down |in |up )?as|i 'm officially called|(?:officially"
    r"|legally) i 'm called) "
)
_SHORT = re.compile(
    r"^(?:(?:and|but|so|,|well) )*(?:i (?:prefer|like|want|'d like|'d prefer|'d rather)(?: to)? be(?:ing)? called"
    r"|i like being called|to (?:my )?(?:friends|family|mates|everyone|everybody|the kids)(?: ,)? i 'm(?: just)?"
    r"|(?:everyone|everybody|most people|people|friends|my friends) (?:here )?knows? me as) "
)
_BACK = re.compile(
    r"^(?:i|we) (?:'ve |have )?(?:gone|went|going) back to my (?:own |birth |maiden |old )?(?:sur|last )?name , "
)
_CALLED = re.compile(r"^is what (?:everyone|everybody|people|my friends) calls? me\b")
_ON_FORMS = re.compile(r"^on (?:forms?|letters|envelopes|paper forms) i 'm ")
_CLOSING = frozenset(", . ! ; - – — and but ) than now though here please".split())


def called(words: list[Word]) -> Iterator[Draft]:
    """The names, titles and user names by which the writer of a sentence wants to be called."""
    lows = [word.low for word in words]
    line = " ".join(lows[:40]) + " "
    span = _behind(_WHOLE, line, words)
    if span and span[1] - span[0] > 1:
        yield _draft(Slot.NAME, words, span)
    if span := _behind(_SHORT, line, words):
        yield _draft(Slot.NICKNAME, words, span)
    if span := _behind(_BACK, line, words):
        yield _draft(Slot.FAMILY_NAME, words, span)
    for at in range(1, len(words) - 3):
        if (
            lows[at] == "is"
            and _CALLED.match(" ".join(lows[at : at + 6]))
            and (span := person_at(words, at - 1))
        ):
            yield _draft(Slot.NICKNAME, words, span)
    if (title := _title(line, words)) is not None:
        yield _draft(Slot.HONORIFIC_PREFIX, words, (title, title + 1))
    yield from _signs_in(words, lows)


def _title(line: str, words: list[Word]) -> int | None:
    """ "On forms I'm Mrs": where the title stands."""
    told = _ON_FORMS.match(line)
    at = told.group().count(" ") if told else len(words)
    if at >= len(words) or words[at].low not in PREFIXES or not words[at].cap:
        return None
    return at if at + 1 >= len(words) or words[at + 1].kind is Kind.MARK else None


def _signs_in(words: list[Word], lows: list[str]) -> Iterator[Draft]:
    """ "I use ned_f as my username"."""
    if lows[:2] != ["i", "use"] or len(words) < 6:
        return
    place = username(words, 2)
    after = [word.low for word in words if place and word.start >= place[1]]
    if (
        place
        and after[:2] == ["as", "my"]
        and after[2:3]
        and after[2] in ("username", "handle", "login", "nick")
    ):
        yield Draft(Slot.USERNAME, *place, timed=False)


def middle_names(words: list[Word]) -> Iterator[Draft]:
    """ "My middle names are Anne Louise", "I have two middle names, Anne and Louise"."""
    lows = [word.low for word in words]
    at = next(
        (
            place
            for place in range(1, min(len(lows) - 3, 6))
            if lows[place : place + 2] == ["middle", "names"]
        ),
        0,
    )
    owned = at and (lows[at - 1] == "my" or (lows[0] == "i" and lows[at - 1] in ("two", "three", "several")))
    if not owned or lows[at + 2] not in ("are", ",", ":") or {"no", "not", "n't"} & set(lows[: at + 3]):
        return
    at += 3
    while (span := person_at(words, at)) is not None:
        yield _draft(Slot.ADDITIONAL_NAME, words, span)
        at = span[1] + 1
        if at > len(words) or lows[at - 1] not in (",", "and"):
            return


def _behind(cue: re.Pattern[str], line: str, words: list[Word]) -> Span | None:
    """The name that stands behind a cue at the start and is closed."""
    told = cue.match(line)
    at = told.group().count(" ") if told else len(words)
    span = person_at(words, at) if at < len(words) else None
    if span is None or words[span[0]].low in NOT_NAMES | KIN:
        return None
    closed = span[1] >= len(words) or words[span[1]].low in _CLOSING
    return span if closed else None


def _draft(slot: Slot, words: list[Word], span: Span) -> Draft:
    return Draft(slot, words[span[0]].start, words[span[1] - 1].end, timed=False)
