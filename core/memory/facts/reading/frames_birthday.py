"""Frames of birthdays: the day as it was said, or a year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.ordinals import ORDINAL
from second_me.core.memory.facts.reading.persons import OWNERS
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.verbs import BE, NEGATIVE
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember)\b\.?"
)
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = rf"(?:(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?\.?|{ORDINAL})"
DATE = re.compile(
    rf"{_DAY} ?(?:of )?{_MONTH}(?:,? (?:of |in )?{_YEAR})?|{_MONTH} (?:the )?{_DAY}(?![\d:])(?:,? (?:of "
    rf"|in )?{_YEAR})?"
    rf"|{_MONTH},? (?:of )?{_YEAR}|{_YEAR}[-/.][01]?\d[-/.][0-3]?\d"
    rf"|[0-3]?\d[-/.][0-3]?\d[-/.](?:{_YEAR}|\d\d)\b"
    rf"|(?:christmas|boxing|new year'?s|valentine'?s|leap|halloween)(?: day| eve)?\b(?:,? {_YEAR})?",
    re.IGNORECASE,
)
_BORN_YEAR = re.compile(_YEAR + r"(?!\d)")


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


def birthday_on(text: str, words: list[Word]) -> tuple[int, int] | None:
    """ "It's my birthday on the 12th of August", "my bday: 7/19/1994": the date in code points."""
    if words and (turned := _TURNS.match(text[words[0].start : words[-1].end])):
        end = turned.end(1) - turned.group(1).endswith(".")
        return words[0].start + turned.start(1), words[0].start + end
    lead = (
        1 if words[0].low in _BIRTHDAYS else 3 if [w.low for w in words[:3]] == ["date", "of", "birth"] else 0
    )
    if lead and lead < len(words) and (match := DATE.match(text, words[lead].start, words[-1].end)):
        return match.start(), match.end() - match.group().endswith(".")
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
    rf"^\W*(?:(?:(?:i|i'll be|i'm|i’m) )?(?:turn|turning|turned)|i(?:['’]ll"
    rf"| will) (?:be|turn)|i['’]m(?= (?!(?:emp|plen|pret|guil|thirs|dir)ty)(?:\d|\w+(?:ty"
    rf"|teen)\b))) [\w-]{{1,14}} on (?:the )?({DATE.pattern})",
    re.IGNORECASE,
)
_BIRTHDAYS = frozenset({"birthday", "bday", "b-day", "birthdate", "dob"})
