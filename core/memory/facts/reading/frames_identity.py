"""Frames of identity: names, birthdays, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.introductions import listed_job, suffix
from second_me.core.memory.facts.reading.lists_people import GIVEN, KIN
from second_me.core.memory.facts.reading.lists_places import LANGUAGES
from second_me.core.memory.facts.reading.names import given_at, person_at
from second_me.core.memory.facts.reading.persons import OWNERS
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.verbs import BE, NEGATIVE
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember)\b\.?"
)
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?\.?"
DATE = re.compile(
    rf"{_DAY} ?(?:of )?{_MONTH}(?:,? (?:of |in )?{_YEAR})?|{_MONTH} (?:the )?{_DAY}(?![\d:])(?:,? (?:of "
    rf"|in )?{_YEAR})?"
    rf"|{_MONTH},? (?:of )?{_YEAR}|{_YEAR}[-/.][01]?\d[-/.][0-3]?\d"
    rf"|[0-3]?\d[-/.][0-3]?\d[-/.](?:{_YEAR}|\d\d)\b"
    rf"|(?:christmas|boxing|new year'?s|valentine'?s|leap|halloween)(?: day| eve)?\b(?:,? {_YEAR})?",
    re.IGNORECASE,
)
_BORN_YEAR = re.compile(_YEAR + r"(?!\d)")
_CALLERS = frozenset("everyone everybody people friends they family mates folks colleagues all you".split())


def date_in(said: Said, at: int, *, year: bool) -> tuple[int, int] | None:
    """Where a date begins within the next words, in code points; `year`: a year alone will do."""
    if at >= len(said.words):
        return None
    start = said.words[at].start
    end = said.words[min(len(said.words), at + 14) - 1].end
    match = DATE.search(said.scene.text, start, end)
    if match is None and year:
        match = _BORN_YEAR.search(said.scene.text, start, min(end, start + 24))
    if match is None:
        return None
    return match.start(), match.end() - match.group().endswith(".")


def _day(said: Said, at: int, *, year: bool) -> Iterator[Draft]:
    span = date_in(said, at, year=year)
    if span and not said.group.negated:
        yield Draft(Slot.BIRTHDAY, *span, named=said.named, timed=False)


def born(said: Said) -> Iterator[Draft]:
    """ "I was born on 14 March 1988", "born in 1975"."""
    if (said.low(said.at) == "born" and said.low(said.at + 1) in ("on", "in", "the", "at", "under")) or (
        said.low(said.at) == "born" and said.at + 1 < len(said.words)
    ):
        yield from _day(said, said.at + 1, year=True)


def turn(said: Said) -> Iterator[Draft]:
    """ "I turn 40 on 17 August": the day, where an age stands in front."""
    at = said.at
    if said.group.negated or at + 2 >= len(said.words) or said.words[at].kind is not Kind.NUMBER:
        return
    if said.words[at].low.isdigit() and said.low(at + 1) == "on":
        yield from _day(said, at + 2, year=False)


def birthday(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my birthday is"."""
    yield from _day(said, at, year=False)


def _name(said: Said, at: int, slot: Slot) -> Iterator[Draft]:
    if said.group.negated or said.group.past:
        return
    while (
        said.low(at) in ("actually", "just", "spelled", "spelt", "not", "really", ":")
        and said.low(at) != "not"
    ):
        at += 1
    span = person_at(said.words, at, loose=True)
    if span and _name_ends(said, span):
        yield said.draft(slot, span, Stance.HOLDS, timed=False)
        if slot is Slot.NAME:
            yield from suffix(said, span[1])


def _name_ends(said: Said, span: Span) -> bool:
    """A small word taken for a name must be all that follows."""
    if said.words[span[0]].cap:
        return True
    low = said.words[span[0]].low
    rest = said.low(span[1])
    return (
        low in GIVEN
        or not rest
        or not rest.isalpha()
        or rest in ("and", "but", "by", "not", "with", "so", "from")
    )


def name(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my name is"."""
    yield from _name(said, at, Slot.NAME)


def given(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my first name is"."""
    yield from _name(said, at, Slot.GIVEN_NAME)


def additional(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my middle name is"."""
    yield from _name(said, at, Slot.ADDITIONAL_NAME)


def family(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my surname is"."""
    yield from _name(said, at, Slot.FAMILY_NAME)


def nickname(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my nickname is"."""
    yield from _name(said, at, Slot.NICKNAME)


def be_name(said: Said) -> Iterator[Draft]:
    """ "I'm Priya, nice to meet you", "I'm called Jo", "hi, I'm Tom and I work ...". A name alone needs a greeting."""
    at = said.at
    if said.named or said.group.negated or said.group.past or said.subject.shared or said.prefix:
        return
    if said.low(at) in ("called", "named"):
        yield from _name(said, at + 1, Slot.NAME)
        return
    span = given_at(said.words, at, said.loose and said.scene.greeted) or _greeted(said, at)
    if span is None or not _alone(said, span) or said.low(span[1] - 1) in _FAMOUS:
        return
    yield said.draft(Slot.NAME, span, Stance.HOLDS, timed=False)
    yield from suffix(said, span[1])
    yield from listed_job(said, span[1])


_FAMOUS = frozenset(
    """bond potter holmes skywalker kenobi vader stark wayne kent gump bourne wick einstein newton swift musk
    trump biden obama gates jobs bezos shakespeare mozart picasso houdini crusoe corleone croft poppins wonka
    sparrow baggins montoya watson solo granger targaryen simpson""".split()
)
"""Family names that people put on in jest."""


def _greeted(said: Said, at: int) -> Span | None:
    span = person_at(said.words, at)
    if span and said.scene.greeted:
        return span
    return None


def _alone(said: Said, span: Span) -> bool:
    following = said.low(span[1])
    if following in ("'s", "'"):
        return False
    return (
        not following
        or not following.isalpha()
        or following in ("and", "by", "from", "but", "a", "the", "your", "btw", "or")
    )


_NO_NICKNAMES = frozenset(
    """crazy stupid weird naive paranoid lazy biased cynical basic boring picky fussy mad insane selfish stubborn sad
    sentimental petty shallow dramatic extra nerdy soft silly soppy greedy when back
    later asap maybe anytime""".split()
)


def called(words: list[Word], loose: bool) -> Iterator[tuple[Slot, Span]]:
    """ "Everyone calls me Dutch", "you can call me Bea", "they named me Ottilie", "call me Max"."""
    for at in range(len(words) - 2):
        low, following = words[at].low, words[at + 1].low
        known = low in ("know", "known") and words[at + 2].low == "as"
        if not known and (
            low not in ("call", "calls", "called", "named", "nicknamed") or following not in ("me", "myself")
        ):
            continue
        if not _may_call([word.low for word in words[:at]]):
            return
        span = person_at(words, at + 2 + known, loose)
        if span is None and words[at + 2].cap and words[at + 2].low in LANGUAGES:
            span = (at + 2, at + 3)
        if (
            span
            and words[span[0]].low not in _NO_NICKNAMES
            and not (
                loose
                and words[span[0]].low not in GIVEN
                and span[1] < len(words)
                and words[span[1]].low.isalpha()
            )
        ):
            yield (Slot.GIVEN_NAME if low == "named" else Slot.NICKNAME), span
        return


def _may_call(before: list[str]) -> bool:
    bad = {"never", "n't", "not", "if", "would", "'d", "used", "do", "did", "once", "who", "he", "she"}
    if bad & set(before):
        return False
    return len(before) <= 6 and (
        not before
        or bool(_CALLERS & set(before))
        or before[-1] in ("please", "just", "i")
        or bool(KIN & set(before))
    )


def go_by(said: Said) -> Iterator[Draft]:
    """ "I go by Max", "I go by they/them"."""
    if said.low(said.at) != "by" or said.group.negated or said.group.past or said.at + 1 >= len(said.words):
        return
    if said.words[said.at + 1].kind is Kind.PRONOUNS:
        yield said.draft(Slot.PRONOUNS, (said.at + 1, said.at + 2), timed=False)
        return
    at = said.at + 1 + (said.low(said.at + 1) == "the") * 2
    span = person_at(said.words, at, said.loose)
    if span:
        yield said.draft(Slot.NICKNAME, span, timed=False)


def change(said: Said) -> Iterator[Draft]:
    """ "I changed my name to Maya Lindqvist"."""
    if (
        said.low(said.at) == "my"
        and said.low(said.at + 1) == "name"
        and said.low(said.at + 2) == "to"
        and said.group.tense == "past"
    ):
        yield from _name(replace(said, group=replace(said.group, past=False)), said.at + 3, Slot.NAME)


def birthday_on(text: str, words: list[Word]) -> tuple[int, int] | None:
    """ "It's my birthday on the 12th of August", "my bday: 7/19/1994": the date in code points."""
    if words and (turned := _TURNS.match(text[words[0].start : words[-1].end])):
        end = turned.end(1) - turned.group(1).endswith(".")
        return words[0].start + turned.start(1), words[0].start + end
    for at in range(len(words) - 2):
        opens = at == 0 and words[0].low in _BIRTHDAYS
        if not (opens or (words[at].low in OWNERS and words[at + 1].low in _BIRTHDAYS)) or NEGATIVE & {
            word.low for word in words
        }:
            continue
        begin = at + 2 - opens
        lows = [word.low for word in words[begin : begin + 3]]
        if lows[:1] and (lows[0] in BE or lows[0] in (":", "falls", "on", ",", "(")):
            match = DATE.search(text, words[begin].start, min(words[-1].end, words[begin].end + 40))
            if match:
                return match.start(), match.end() - match.group().endswith(".")
    return None


_TURNS = re.compile(
    rf"^\W*(?:(?:i|i'll be|i'm|i’m) )?(?:turn|turning|turned) [\w-]{{1,14}} on (?:the )?({DATE.pattern})",
    re.IGNORECASE,
)
_BIRTHDAYS = frozenset({"birthday", "bday", "b-day", "birthdate", "dob"})


def pronouns(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my pronouns are" or "I use"."""
    if at < len(said.words) and said.words[at].kind is Kind.PRONOUNS and not said.group.negated:
        yield said.draft(Slot.PRONOUNS, (at, at + 1), timed=False)


def use(said: Said) -> Iterator[Draft]:
    """ "I use she/her pronouns"."""
    if not said.group.past:
        yield from pronouns(said, said.at)


_SEXES = frozenset({"male", "female", "nonbinary", "non-binary", "intersex"})


def sex_is(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my sex is"."""
    yield from sex(replace(said, at=at))


def sex(said: Said) -> Iterator[Draft]:
    """ "I'm female", "I'm a woman"."""
    at = said.at + (said.low(said.at) == "a")
    low, following = said.low(at), said.low(at + 1)
    wanted = low in _SEXES or (at > said.at and low in ("woman", "man"))
    if (
        wanted
        and said.stance() is Stance.HOLDS
        and not said.group.past
        and (not following or not following.isalpha())
    ):
        yield said.draft(Slot.SEX, (at, at + 1), timed=False)
