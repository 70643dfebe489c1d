"""Names that only what is told of them shows to be somebody's: "Tomos goes to Harbourside Academy"."""

from __future__ import annotations

from second_me.core.memory.facts.reading.lists_people import NOT_NAMES
from second_me.core.memory.facts.reading.lists_places import LANGUAGES, TOWNS
from second_me.core.memory.facts.reading.lists_things import ANIMALS
from second_me.core.memory.facts.reading.names import firm_at, is_school
from second_me.core.memory.facts.reading.places import country_at
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word

_ALLERGIC = (["is", "allergic", "to"], ["'s", "allergic", "to"], ["is", "lactose", "intolerant"])
_MUST_NOT = (["ca", "n't", "have"], ["ca", "n't", "eat"], ["cannot", "have"], ["cannot", "eat"])
_GROUPS = frozenset(
    """everyone everybody nobody someone somebody people kids vegans vegetarians cats dogs babies
    nothing anything something spring summer autumn winter school work""".split()
)


def is_somebody(words: list[Word], span: Span) -> bool:
    """Whether what follows the one capital word of `span` is told of people only: a school, an allergy."""
    first, last = span
    word = words[first]
    if last - first != 1 or not word.cap or word.low in NOT_NAMES | LANGUAGES | TOWNS | _GROUPS | ANIMALS:
        return False
    if country_at(words, first) or word.low.endswith("ians") or not word.low.replace("-", "").isalpha():
        return False
    lows = [each.low for each in words[last : last + 4]]
    if lows[:3] in _ALLERGIC:
        return True
    if lows[:3] in _MUST_NOT or lows[:2] in _MUST_NOT:
        following = words[last + 2 + (lows[0] == "ca") :]
        return bool(following) and not {"in", "on", "without", "because"} & {each.low for each in following}
    if lows[:2] in (["is", "at"], ["'s", "at"]):
        school = firm_at(words, last + 2)
        return school is not None and is_school(words, school)
    at = 2 if lows[:2] in (["goes", "to"], ["went", "to"]) else 1 if lows[:1] == ["attends"] else 0
    school = firm_at(words, last + at) if at else None
    if school is None and at and words[last + at : last + at + 1] and words[last + at].low in _SCHOOLS:
        return True
    return school is not None and (is_school(words, school) or words[school[0]].low in _SCHOOLS)


_SCHOOLS = frozenset(
    "ysgol scoil école ecole escola escuela colegio collège lycée liceum liceo scuola".split()
)
"""Words that names of schools begin with elsewhere."""


def born_child(words: list[Word], at: int) -> bool:
    """ "Our girl Freya was born on ...": a boy or a girl that is the writer's child, no animal."""
    return (
        at + 4 < len(words)
        and not {"dog", "cat", "puppy", "horse", "kitten"} & {word.low for word in words}
        and words[at + 1].low in ("boy", "girl")
        and words[at + 2].cap
        and words[at + 2].kind is Kind.WORD
        and [word.low for word in words[at + 3 : at + 5]] == ["was", "born"]
    )
