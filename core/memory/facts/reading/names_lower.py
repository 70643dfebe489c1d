"""Names of several words in a text without capitals: families, firms, schools, streets, known by what they end in."""

from __future__ import annotations

from second_me.core.memory.facts.reading.lists_people import GIVEN, PARTICLES
from second_me.core.memory.facts.reading.lists_places import STREET_ENDS, STREET_FIRST, STREET_TYPES
from second_me.core.memory.facts.reading.values import PREPOSITIONS, TIME_NOUNS
from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

_NO_STREETS = frozenset(
    "way place hill park green common point bank rise view gate path pass yard trail wood fields".split()
)
_FIRM_ENDS = frozenset(
    """logistics foods systems solutions consulting consultants group ltd inc limited plc gmbh motors media bank
    insurance electronics pharma energy airlines airways industries partners engineering technologies software
    robotics labs studios healthcare hospital council paper papers printers brewery bakery builders plumbing
    construction catering cleaning security""".split()
)
_SCHOOL_KINDS = frozenset(
    "high primary secondary grammar comprehensive community technical art girls boys junior infant".split()
)
_SCHOOL_ENDS = frozenset("school college academy university uni institute polytechnic comprehensive".split())
_PLACED = frozenset("at for from to by with joined left quit attend attended".split())
_SMALL = frozenset("a an the my our your his her their this that some any local big small new same".split())
_PAIRS = frozenset(
    """cape-town new-york new-delhi new-orleans new-haven san-francisco san-diego san-jose san-antonio los-angeles
    las-vegas santa-fe santa-cruz santa-monica el-paso tel-aviv hong-kong kuala-lumpur milton-keynes buenos-aires
    fort-worth st-albans st-louis st-ives st-andrews st-helens san-juan new-plymouth salt-lake palm-springs
    long-beach kansas-city mexico-city quebec-city addis-ababa port-elizabeth port-harcourt abu-dhabi phnom-penh
    sao-paulo são-paulo belo-horizonte porto-alegre ho-chi novi-sad banja-luka den-haag bad-homburg leighton-buzzard
    bury-st king's-lynn kings-lynn wagga-wagga alice-springs gold-coast baton-rouge grand-rapids ann-arbor
    little-rock colorado-springs panama-city guatemala-city cluj-napoca tunbridge-wells""".split()
)


def town_pair(words: list[Word], at: int) -> int:
    """ "cape town": a town of two words."""
    placed = at and words[at - 1].low in ("in", "to", "from", "near", "at", ",", "outside", "of", "left")
    pair = f"{words[at].low}-{words[at + 1].low}" if at + 1 < len(words) else ""
    return 2 if placed and pair in _PAIRS else 0


def family(words: list[Word], at: int, plain: frozenset[str]) -> int:
    """ "(my surname is) van der meer", "(my name is) juan carlos de la vega": words up to the end of the phrase.

    `plain` are the words that are no names.
    """
    last = at
    while last < len(words) and words[last].kind is Kind.WORD and last - at < 6:
        low = words[last].low
        if low in ("and", "but", "from", "with", "by", "so", "or"):
            break
        known = low in PARTICLES or low in GIVEN
        if not known and (low in plain or low in VERBS or len(low) < 3 or not low.replace("'", "").isalpha()):
            return 0
        last += 1
    while last > at and words[last - 1].low in PARTICLES:
        last -= 1
    return last - at


def street(words: list[Word], at: int) -> int:
    """ "27 hill road", "8 rue de la paix", "oudegracht 12": the words of a street beside its number."""
    if at and words[at - 1].kind is Kind.NUMBER and words[at - 1].low[0].isdigit():
        french = words[at].low in STREET_FIRST - {"place", "course", "via", "cours", "route", "passage"}
        for last in range(at + 1, min(len(words), at + 5)):
            if french and words[last].low not in PARTICLES | {"des"} and words[last].kind is Kind.WORD:
                return last + 1 - at
            if words[last].low in STREET_TYPES - _NO_STREETS:
                return last + 1 - at
            if words[last].kind is not Kind.WORD or (words[last].low in PREPOSITIONS and not french):
                return 0
    low = words[at].low
    numbered = at + 1 < len(words) and words[at + 1].kind is Kind.NUMBER and words[at + 1].low[0].isdigit()
    ends = any(len(low) > len(end) + 2 and len(end) > 3 and low.endswith(end) for end in STREET_ENDS)
    return int(numbered and ends)


def organisation(words: list[Word], at: int) -> int:
    """ "(for) nordwind logistics", "(at) oakwood primary school": a name behind a preposition, known by its end."""
    if not at or words[at - 1].low not in _PLACED or words[at].low in _SMALL:
        return 0
    for last in range(at, min(len(words), at + 4)):
        low = words[last].low
        if words[last].kind is not Kind.WORD or low in PREPOSITIONS | BE | ADVERBS | TIME_NOUNS | _SMALL:
            return 0
        following = words[last + 1].low if last + 1 < len(words) else ""
        if last > at and low in _FIRM_ENDS and following not in _FIRM_ENDS:
            return last + 1 - at
        kind = low in _SCHOOL_ENDS or (low in _SCHOOL_KINDS and not following.isalpha())
        if last > at and kind and words[at].low not in _SCHOOL_KINDS:
            return last + 1 - at
    return 0
