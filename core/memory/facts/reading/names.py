"""Values that are names: of people, towns, firms, schools; runs of capitals with their small words."""

from __future__ import annotations

from second_me.core.memory.facts.reading.capitals import LONGEST, run
from second_me.core.memory.facts.reading.lists_people import GIVEN, NOT_NAMES, PARTICLES, SUFFIXES, TITLES
from second_me.core.memory.facts.reading.lists_places import (
    TOWNS,
)
from second_me.core.memory.facts.reading.lists_work import FIRMS_IN_S, NOT_EMPLOYERS, SCHOOL_WORDS, WORKPLACES
from second_me.core.memory.facts.reading.places import AFTER_TOWN, NO_TOWN, country_at
from second_me.core.memory.facts.reading.values import DETERMINERS, PREPOSITIONS, Span, time_at
from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

_LINKS = frozenset(
    "of the and de la du des del di da do am an der den im in on sur upon le les el los und für y for 'n".split()
)


def person_at(words: list[Word], at: int, loose: bool = False) -> Span | None:
    """The name of a person at words[at]. `loose`: the text has no capitals, so one small word may be a name."""
    first = at
    while at < len(words) and words[at].low in TITLES:
        at += 1
    if at >= len(words) or words[at].kind is not Kind.WORD:
        return None
    start = at
    while at + 1 < len(words) and not words[at].cap and words[at].low in PARTICLES and at - start < 2:
        at += 1
    last = run(words, at, PARTICLES)
    while last > at + 1 and words[last - 1].low in NOT_NAMES | TITLES | SUFFIXES:
        last -= 1
    if last == at:
        return _loose_person(words, start) if loose else None
    if words[at].low in NOT_NAMES and words[at].low not in GIVEN:
        return None
    return (first, min(last, at + LONGEST))


_NO_PERSON = (
    NOT_NAMES
    | ADVERBS
    | PREPOSITIONS
    | frozenset("every all each any some no one away off out back over down after it him her them".split())
)


def _loose_person(words: list[Word], at: int) -> Span | None:
    low = words[at].low
    if not low.replace("-", "").isalpha() or low in _NO_PERSON or low in VERBS or len(low) < 2:
        return None
    return (at, at + 1)


def given_at(words: list[Word], at: int, loose: bool = False) -> Span | None:
    """A name of a person whose first word is a common given name."""
    if at >= len(words) or words[at].low not in GIVEN:
        return None
    if not words[at].cap:
        return (at, at + 1) if loose else None
    return person_at(words, at)


def firm_at(words: list[Word], at: int, loose: bool = False) -> Span | None:
    """The name of a firm or an office ("the BBC", "Bank of America"), without its article."""
    if at < len(words) and words[at].low in DETERMINERS and not (words[at].cap and words[at].low == "the"):
        at += 1
    if at >= len(words) or words[at].kind is Kind.MARK:
        return None
    last = run(words, at, _LINKS - {"in", "on", "im", "for", "am"})
    if last == at:
        return _loose_firm(words, at) if loose else None
    if last == at + 1 and (words[at].low in NOT_EMPLOYERS or words[at].low in NOT_NAMES - {"bmw"}):
        return None
    whole = _with_its_kind(words, last)
    if whole == last == at + 1 and (words[at].low in TOWNS or country_at(words, at)):
        return None
    return (at, whole)


_KINDS_OF_PLACES = frozenset("primary secondary high grammar medical dental care health".split())


def _with_its_kind(words: list[Word], last: int) -> int:
    """ "Larkhill clinic", "Mosswood primary school": what kind of place it is belongs to its name."""
    place = last + (last < len(words) and words[last].low in _KINDS_OF_PLACES)
    return place + 1 if place < len(words) and words[place].low in WORKPLACES else last


def _loose_firm(words: list[Word], at: int) -> Span | None:
    low = words[at].low
    before = words[at - 1].low if at else ""
    if before in DETERMINERS or low in NOT_EMPLOYERS or low in NO_TOWN or not low.isalpha() or low in VERBS:
        return None
    following = words[at + 1] if at + 1 < len(words) else None
    if len(low) < 3 or (following and following.low == "and" and following.end - following.start == 1):
        return None  # "arbour & finch": where it ends is not sure
    if (
        following
        and following.kind is Kind.WORD
        and following.low not in AFTER_TOWN
        and not time_at(words, at + 1)
    ):
        return None
    if low.endswith("s") and low not in FIRMS_IN_S:
        return None
    return (at, at + 1) if low not in ADVERBS | BE else None


def is_school(words: list[Word], span: Span) -> bool:
    """Whether a name is that of a school."""
    return any(
        word.low in SCHOOL_WORDS or word.low.endswith(_SCHOOL_ENDS) for word in words[span[0] : span[1]]
    )


_SCHOOL_ENDS = (
    "schule",
    "gymnasium",
    "skola",
    "skolan",
    "skole",
    "skolen",
    "lyceum",
    "universität",
    "kolleg",
)
