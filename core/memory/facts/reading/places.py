"""Values that are places: towns, countries, states and provinces."""

from __future__ import annotations

from second_me.core.memory.facts.reading.capitals import is_capital, run
from second_me.core.memory.facts.reading.lists_people import GIVEN, NOT_NAMES
from second_me.core.memory.facts.reading.lists_places import (
    COUNTRIES,
    COUNTRY_PAIRS,
    REGION_PAIRS,
    REGIONS,
    TOWNS,
)
from second_me.core.memory.facts.reading.values import PREPOSITIONS, Span, time_at
from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

NO_TOWN = frozenset(
    """a an the my our your his her their this that fear hope peace poverty sin harmony town rural northern
    southern eastern western central downtown bed silence student university uni shared it there here one two
    three constant denial luxury close near outside between around front back and or with alone together what
    where by for on at in to hell paradise heaven hotel hotels dorm dorms halls sync constant total pure real
    europe asia africa italy college school suburbia suburbs some another same different new old big small
    tiny""".split()
)

_PARTS_OF_TOWN = frozenset(
    """downtown central north south east west northern southern eastern western inner greater upper lower suburban
    uptown northeast northwest southeast southwest""".split()
)


_IN_TOWNS = frozenset(
    """de la du des del dei di am an der den ob op aan vor bei upon on sur le les los el im in do da dos nad pod lez
    lès""".split()
)
"""Small words inside the names of towns."""


def town_at(words: list[Word], at: int, loose: bool = False) -> Span | None:
    """A town at words[at] ("The Hague", "Frankfurt am Main"); not a country, a larger part of the world or a time."""
    if at >= len(words) or words[at].kind is not Kind.WORD or (at and time_at(words, at - 1)):
        return None
    if words[at].low in _PARTS_OF_TOWN and not words[at].cap and at + 1 < len(words) and words[at + 1].cap:
        at += 1
    if words[at].low == "the" and not (words[at].cap and at + 1 < len(words) and is_capital(words[at + 1])):
        return None
    last = run(words, at, _IN_TOWNS)
    if last == at:
        return _loose_town(words, at) if loose or words[at].low in TOWNS else None
    last = _with_owner(words, at, _cut_in(words, at, last))
    if country_at(words, at) or (last == at + 1 and words[at].low in REGIONS):
        return None
    if last == at or (last - at == 2 and region_at(words, at) == (at, last) and words[at].low != "new"):
        return None
    if words[at].low in _OF and [word.low for word in words[last : last + 1]] == ["of"]:
        last = max(last, run(words, last + 1, _IN_TOWNS) if last + 1 < len(words) else last)
    if last == at + 1 and (words[at].low in NOT_NAMES or words[at].end - words[at].start == 1):
        return None
    return (at, last)


_OF = frozenset({"port", "isle"})
"""First words of names that hold an "of" ("Port of Spain")."""


def _with_owner(words: list[Word], at: int, last: int) -> int:
    """ "King's Lynn", "St. John's": the "'s" belongs to the town's name; `at`: somebody's, and no town."""
    if last >= len(words) or words[last].low != "'s":
        return last
    if words[at].low in ("st", "st.", "saint") and last - at == 2:
        return last + 1
    if words[last - 1].low in GIVEN - {"king"}:
        return at
    return run(words, last + 1, _IN_TOWNS) if last + 1 < len(words) and is_capital(words[last + 1]) else last


def _cut_in(words: list[Word], at: int, last: int) -> int:
    """ "Bern in Switzerland" is a town and a country, "Frankfurt an der Oder" one town."""
    for place in range(at + 1, last - 1):
        following = words[place + 1]
        verb = words[place].low == "do" and (following.low == "i" or not following.cap)
        if words[place].low == "in" or verb or time_at(words, place):
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
    if pair and following.isalpha() and following not in NO_TOWN:
        return (at, at + 2)
    if (
        not low.isalpha()
        or low in NO_TOWN | COUNTRIES | REGIONS
        or low in VERBS
        or low in ADVERBS
        or len(low) < 3
    ):
        return None
    if (
        following
        and words[at + 1].kind is Kind.WORD
        and following not in AFTER_TOWN
        and not time_at(words, at + 1)
    ):
        return None
    return (at, at + 1)


AFTER_TOWN = (
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
    if [word.low for word in words[at + 1 : at + 2]] == ["city"] and words[at + 1].cap:
        return None  # "Mexico City"
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
