"""Names in texts without capitals: words that stand where only a name can are read as if they had one.

After a tie or an animal of one's own and before a verb ("my gran mairi is"), in a street with its number and the town
behind it, before a word for a school. The text stays as it is: only `Word.cap` is set.
"""

from __future__ import annotations

from second_me.core.memory.facts.reading.addresses import postal_at
from second_me.core.memory.facts.reading.lists_people import GIVEN, GROUPS, NOT_NAMES
from second_me.core.memory.facts.reading.lists_places import COUNTRIES, STREET_FIRST, STREET_TYPES
from second_me.core.memory.facts.reading.lists_things import ANIMALS
from second_me.core.memory.facts.reading.lists_work import SCHOOL_WORDS
from second_me.core.memory.facts.reading.persons import owned_tie
from second_me.core.memory.facts.reading.values import DETERMINERS, PREPOSITIONS, time_at
from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, MODAL, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

_COMMON = (
    NOT_NAMES
    | ADVERBS
    | BE
    | MODAL
    | DETERMINERS
    | PREPOSITIONS
    | ANIMALS
    | frozenset(VERBS)
    | frozenset(
        """who which whose that has had have does did do can will would and or but if then than so one ones too got
    home out off away back over her him his their them us your high new old big little no none any every
    other same own such more most less few many much all both each ill dead sick alive""".split()
    )
)
_SCHOOLS = SCHOOL_WORDS - frozenset({"tu", "mit", "school", "uni", "high", "college"}) | {
    "university",
    "institute",
}
_TO_SCHOOL = frozenset("at to of from attend attends attended".split())
REACH = 3
"""Words that may stand between a number and a word for street, or before a word for school."""


def with_capitals(words: list[Word]) -> list[Word]:
    """The words, with those that can only be names as capitals."""
    found = list(words)
    for at in range(len(words)):
        for place in (*_named(words, at), *_street(words, at), *_school(words, at)):
            found[place] = found[place]._replace(cap=True)
    return found


def _is_free(words: list[Word], at: int) -> bool:
    """Whether words[at] is a word that no list knows as a common one."""
    if at >= len(words) or words[at].kind is not Kind.WORD or time_at(words, at):
        return False
    low = words[at].low
    return low in GIVEN or (low.replace("-", "").isalpha() and low not in _COMMON)


def _ends(words: list[Word], at: int) -> bool:
    """A verb, a mark or the end: what may stand behind a name."""
    if at >= len(words) or words[at].kind is Kind.MARK:
        return True
    low = words[at].low
    return low in BE or low in ("has", "had", "and", "'s") or VERBS.get(low, ("", ""))[1] in ("s", "past")


def _named(words: list[Word], at: int) -> list[int]:
    """ "my gran mairi is", "our budgie kiwi died"."""
    if words[at].low not in ("my", "our"):
        return []
    tied = owned_tie(words, at)
    if tied is not None and words[tied[0][1] - 1].low not in GROUPS:
        name = tied[1]
    else:
        name = next((p + 1 for p in range(at + 1, min(at + 4, len(words))) if words[p].low in ANIMALS), 0)
    name += bool(name) and name + 1 < len(words) and words[name].low == "," and words[name + 1].low in GIVEN
    behind = name and name < len(words) and name + 1 < len(words)
    return [name] if behind and _is_free(words, name) and _ends(words, name + 1) else []


def _street(words: list[Word], at: int) -> list[int]:
    """ "12 rowan close, leeds ls6 3hn": the street, and the town behind it."""
    if words[at].kind is not Kind.NUMBER:
        return []
    if at + 1 < len(words) and words[at + 1].low in STREET_FIRST:
        return _street_first(words, at + 1)
    last = at + 1
    while (
        last < min(len(words), at + 1 + REACH)
        and _is_free(words, last)
        and words[last].low not in STREET_TYPES
    ):
        last += 1
    if last == at + 1 or last >= len(words) or words[last].low not in STREET_TYPES:
        return []
    found = list(range(at + 1, last + 1))
    town = last + 1 + (last + 1 < len(words) and words[last + 1].low == ",")
    free = town > last + 1 and _is_free(words, town) and words[town].low not in COUNTRIES
    closed = (
        town + 1 >= len(words) or words[town + 1].kind is Kind.MARK or postal_at(words, town + 1) is not None
    )
    return found + [town] if free and closed else found


def _street_first(words: list[Word], at: int) -> list[int]:
    """ "(48) rue des lilas, 69003 lyon": up to the comma, and the town behind the postal code."""
    last = at + 1
    while last < min(len(words), at + 5) and words[last].kind is Kind.WORD:
        last += 1
    postal = postal_at(words, last + 1) if last < len(words) and words[last].low == "," else None
    town = [postal[1]] if postal and _is_free(words, postal[1]) else []
    return list(range(at, last)) + town


def _school(words: list[Word], at: int) -> list[int]:
    """ "at keele university", "to willow bank primary", "at the university of leiden"."""
    if words[at].low not in _SCHOOLS:
        return []
    first = at
    while first > 0 and at - first < REACH and _is_free(words, first - 1):
        first -= 1
    before = first - 1 - (first > 0 and words[first - 1].low == "the")
    of = words[at].low == "university" and at + 2 < len(words) and words[at + 1].low == "of"
    if first < at and before >= 0 and words[before].low in _TO_SCHOOL:
        return list(range(first, at + 1)) + ([at + 2] if of else [])
    return [at, at + 2] if of and _is_free(words, at + 2) else []
