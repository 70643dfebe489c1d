"""What is arranged, told without a verb: "dentist on Tuesday at half nine", "interview tomorrow at Siemens"."""

from __future__ import annotations

from second_me.core.memory.facts.reading.values import Span, time_at
from second_me.core.memory.facts.reading.words import Kind, Word

_MET = frozenset(
    """dentist doctor doctors gp vet vets physio interview exam haircut appointment mot surgery scan checkup check-up
    smear optician opticians therapist hygienist barber hairdresser biopsy mri ultrasound midwife""".split()
)
_BEFORE = frozenset(
    "my the a an got have ive i've big final job driving next theory eye blood hospital".split()
)
_AHEAD = frozenset("on at tomorrow next this".split())
_DONE = frozenset("was were went had yesterday last passed failed cancelled missed n't not".split())
_OPENS = frozenset("got a an my the the".split())


def appointment(words: list[Word]) -> Span | None:
    """The appointment that a clause begins with, to the end of its time; None when there is none."""
    at = 0
    while at < min(len(words), 2) and words[at].low in _OPENS:
        at += 1
    head = next((place for place in range(at, min(len(words) - 1, at + 2)) if words[place].low in _MET), None)
    if head is None or any(word.low not in _BEFORE for word in words[at:head]):
        return None
    after = words[head + 1].low
    ahead = (after in _AHEAD or time_at(words, head + 1)) and not _DONE & {word.low for word in words}
    if not ahead or not time_at(words, head + 1):
        return None
    last = head + 1
    while last < len(words) and words[last].kind in (Kind.WORD, Kind.NUMBER) and last - head < 9:
        if words[last].low in ("so", "and", "but", "then", "ugh", "lol", "which", "i", "we"):
            break
        last += 1
    return (at, last)
