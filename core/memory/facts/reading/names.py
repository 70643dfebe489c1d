"""Values that are names: of people, towns, firms, schools; runs of capitals with their small words."""

from __future__ import annotations

from second_me.core.memory.facts.reading.lists_people import GIVEN, NOT_NAMES, PARTICLES, SUFFIXES, TITLES
from second_me.core.memory.facts.reading.lists_places import (
    COUNTRIES,
    COUNTRY_PAIRS,
    REGION_PAIRS,
    REGIONS,
    TOWNS,
)
from second_me.core.memory.facts.reading.lists_work import FIRMS_IN_S, NOT_EMPLOYERS, SCHOOL_WORDS, WORKPLACES
from second_me.core.memory.facts.reading.values import DETERMINERS, PREPOSITIONS, Span, time_at
from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

LONGEST = 6
_LINKS = frozenset(
    "of the and de la du des del di da do am an der den im in on sur upon le les el los und für y for 'n".split()
)
_NO_TOWN = frozenset(
    """a an the my our your his her their this that fear hope peace poverty sin harmony town rural northern
    southern eastern western central downtown bed silence student university uni shared it there here one two
    three constant denial luxury close near outside between around front back and or with alone together what
    where by for on at in to hell paradise heaven hotel hotels dorm dorms halls sync constant total pure real
    europe asia africa italy college school suburbia suburbs some another same different new old big small
    tiny""".split()
)


def _is_capital(word: Word) -> bool:
    return word.cap and word.kind is Kind.WORD


def _run(words: list[Word], at: int, links: frozenset[str]) -> int:
    """The end of a run of capitals that begins at words[at]; `links` may stand inside it, before a capital."""
    last = at
    while last < min(len(words), at + LONGEST + 4):
        if _is_capital(words[last]) or (
            last > at
            and "the" in links
            and words[last].kind is Kind.NUMBER
            and words[last].low.isalnum()
            and _glued(words, last)
        ):
            last += 1
            continue
        if last > at and words[last].low == "'s" and "the" in links and _owns_house(words, last + 1):
            last += 1
            continue
        possessive = 0 < last < len(words) and words[last].low == "'" and words[last - 1].low.endswith("s")
        ahead = last + possessive
        while (
            ahead < len(words)
            and words[ahead].low in links
            and not _is_capital(words[ahead])
            and ahead - last < 3
        ):
            ahead += 1
        if last == at or ahead == last or ahead >= len(words) or not _is_capital(words[ahead]):
            break
        last = ahead + 1
    return last


_HOUSES = frozenset(
    """hospital school college church primary high university cathedral academy restaurant inn bar pub diner cafe café
    bakery secondary grammar hotel children""".split()
)


def _owns_house(words: list[Word], at: int) -> bool:
    """ "St. Mary's Hospital", and "McDonald's" where nothing that it owns follows."""
    if at < len(words) and words[at].cap:
        return words[at].low in _HOUSES
    return (
        at >= len(words)
        or words[at].kind is Kind.MARK
        or words[at].low in PREPOSITIONS
        or words[at].low in _AFTER_HOUSE
    )


_AFTER_HOUSE = frozenset(
    "and but so since as now because when while where which until full-time part-time too".split()
)


def _glued(words: list[Word], at: int) -> bool:
    return words[at].start - words[at - 1].end <= 1 and len(words[at].low) <= 2


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
    last = _run(words, at, PARTICLES)
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


_PARTS_OF_TOWN = frozenset(
    """downtown central north south east west northern southern eastern western inner greater upper lower suburban
    uptown northeast northwest southeast southwest""".split()
)


def town_at(words: list[Word], at: int, loose: bool = False) -> Span | None:
    """A town at words[at] ("The Hague", "Frankfurt am Main"); not a country, a larger part of the world or a time."""
    if at >= len(words) or words[at].kind is not Kind.WORD or (at and time_at(words, at - 1)):
        return None
    if words[at].low in _PARTS_OF_TOWN and not words[at].cap and at + 1 < len(words) and words[at + 1].cap:
        at += 1
    if words[at].low == "the" and not (words[at].cap and at + 1 < len(words) and _is_capital(words[at + 1])):
        return None
    last = _run(
        words, at, frozenset("de la du des del di am an der upon on sur le les los im in do da".split())
    )
    if last == at:
        return _loose_town(words, at) if loose or words[at].low in TOWNS else None
    last = _cut_in(words, at, last)
    if country_at(words, at) or (last == at + 1 and words[at].low in REGIONS):
        return None
    if words[at].low in NOT_NAMES and last == at + 1:
        return None
    return (at, last)


def _cut_in(words: list[Word], at: int, last: int) -> int:
    """ "Bern in Switzerland" is a town and a country, "Frankfurt an der Oder" one town."""
    for place in range(at + 1, last):
        if words[place].low in ("in", "do") or time_at(words, place):
            return place
    return last


def _loose_town(words: list[Word], at: int) -> Span | None:
    low = words[at].low
    if low in TOWNS:
        return (at, at + 1)
    following = words[at + 1].low if at + 1 < len(words) else ""
    pair = low in (
        "new",
        "san",
        "los",
        "st",
        "st.",
        "saint",
        "santa",
        "el",
        "las",
        "cape",
        "tel",
        "rio",
        "hong",
        "kuala",
    )
    if pair and following.isalpha() and following not in _NO_TOWN:
        return (at, at + 2)
    if (
        not low.isalpha()
        or low in _NO_TOWN | COUNTRIES | REGIONS
        or low in VERBS
        or low in ADVERBS
        or len(low) < 3
    ):
        return None
    if (
        following
        and words[at + 1].kind is Kind.WORD
        and following not in _AFTER_TOWN
        and not time_at(words, at + 1)
    ):
        return None
    return (at, at + 1)


_AFTER_TOWN = (
    ADVERBS
    | BE
    | PREPOSITIONS
    | frozenset(
        """and but so with since because too as well which where lol tho though haha not rn atm w anyway btw tbh
        innit""".split()
    )
)


def country_at(words: list[Word], at: int) -> Span | None:
    """A country at words[at], without its article."""
    if at < len(words) and words[at].low == "the":
        at += 1
    if at >= len(words):
        return None
    pair = (words[at].low, words[at + 1].low if at + 1 < len(words) else "")
    if pair in COUNTRY_PAIRS:
        return (at, at + 2)
    low = words[at].low
    upper = low in ("uk", "us", "usa", "uae")
    if low in COUNTRIES and (words[at].cap or not (upper or low in ("turkey", "chad", "china", "jordan"))):
        return (at, at + 1)
    return None


def region_at(words: list[Word], at: int) -> Span | None:
    """A state, a province or a county at words[at]."""
    if at >= len(words) or not words[at].cap:
        return None
    pair = (words[at].low, words[at + 1].low if at + 1 < len(words) else "")
    if pair in REGION_PAIRS:
        return (at, at + 2)
    return (at, at + 1) if words[at].low in REGIONS else None


def firm_at(words: list[Word], at: int, loose: bool = False) -> Span | None:
    """The name of a firm or an office ("the BBC", "Bank of America"), without its article."""
    if at < len(words) and words[at].low in DETERMINERS and not (words[at].cap and words[at].low == "the"):
        at += 1
    if at >= len(words) or words[at].kind is Kind.MARK:
        return None
    last = _run(words, at, _LINKS - {"in", "on", "im", "for", "am"})
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
    if before in DETERMINERS or low in NOT_EMPLOYERS or low in _NO_TOWN or not low.isalpha() or low in VERBS:
        return None
    following = words[at + 1] if at + 1 < len(words) else None
    if len(low) < 3 or (following and following.low == "and" and following.end - following.start == 1):
        return None  # "arbour & finch": where it ends is not sure
    if (
        following
        and following.kind is Kind.WORD
        and following.low not in _AFTER_TOWN
        and not time_at(words, at + 1)
    ):
        return None
    if low.endswith("s") and low not in FIRMS_IN_S:
        return None
    return (at, at + 1) if low not in ADVERBS | BE else None


def is_school(words: list[Word], span: Span) -> bool:
    """Whether a name is that of a school."""
    return any(word.low in SCHOOL_WORDS for word in words[span[0] : span[1]])
