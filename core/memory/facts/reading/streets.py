"""Streets: a name with its number, in either order, as several countries write them; post office boxes."""

from __future__ import annotations

import re

from second_me.core.memory.facts.reading.lists_places import STREET_ENDS, STREET_FIRST, STREET_TYPES
from second_me.core.memory.facts.reading.values import TIME_NOUNS, Span
from second_me.core.memory.facts.reading.words import Kind, Word

_NUMBER = re.compile(r"\d{1,5}(?:[-–/]\d{1,4}){0,2}(?:[a-z]|-(?:i{1,3}|iv|hs))?")
_HOUSE = re.compile(r"\d{1,3}(?:[-–/]\d{1,4}){0,2}(?:[a-z]|-(?:i{1,3}|iv|hs))?")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_DAY = re.compile(r"\d{1,2}")
_SHORTENED = re.compile(r".*str|pl|bd|av|avda")
WINDS = frozenset("n s e w ne nw se sw".split())
_JOIN = frozenset("de la le du des del dei di da do dos das of the l' am an der den".split())
_ON_THE = frozenset("am an auf im in zum zur hinter vor unter bei beim".split())
"""What German streets begin with ("Am alten Markt 3")."""
_COUNTED = TIME_NOUNS | {"times", "people", "km", "miles"}
_BOXES = frozenset({("po",), ("p.", "o."), ("p", "o"), ("gpo",), ("p.o.",)})
_BOX_WORDS = frozenset("postfach postbus postboks postlåda apartado".split())
HOUSES = frozenset(
    """cottage house farm farmhouse barn lodge mill forge hall rectory vicarage bungalow villa grange manor chapel
    cottages court mansions residency apartments heights tower towers enclave complex house building""".split()
)
"""Last words of houses that have a name and no number."""


def street_at(words: list[Word], at: int, sure: bool = False) -> Span | None:
    """A street with its number at words[at], in either order, or without one where its last word says street.

    `sure`: an address was announced, so a number and capitals up to a comma are a street whatever they are called.
    """
    if at >= len(words):
        return None
    if special := _box_at(words, at) or _house_number_alone(words, at):
        return special
    if [word.low for word in words[at : at + 2]] == ["c", "/"]:  # "C/ Mayor 12"
        street = street_at(words, at + 2)
        return (at, street[1]) if street else None
    if words[at].kind is Kind.NUMBER and _NUMBER.fullmatch(words[at].low):
        return _number_first(words, at, sure)
    last = _street_name(words, at)
    if last == at or (last < len(words) and words[last].low == "number"):
        return None
    if words[last - 1].low == "st" and last < len(words) and words[last].cap:
        return None  # "Bury St Edmunds"
    if house := _house_end(words, at, last):
        counts = house < len(words) and words[house].low in _COUNTED
        return None if counts else (at, house)
    river = {word.low for word in words[at + 1 : last]} & {
        "an",
        "am",
        "ob",
        "vor",
    }  # "Neustadt an der Weinstraße"
    return (at, last) if _is_street_word(words, at, last) and not river else None


def _box_at(words: list[Word], at: int) -> Span | None:
    """ "PO Box 1187", "P.O. Box 12", "Postfach 30 12"."""
    lows = [word.low for word in words[at : at + 4]]
    place = next(
        (at + len(box) + 1 for box in _BOXES if (*lows[: len(box)], *lows[len(box) :][:1]) == (*box, "box")),
        at + 1 if lows[0] in _BOX_WORDS else 0,
    )
    if not (place and place < len(words) and words[place].kind is Kind.NUMBER):
        return None
    grouped = place + 1 < len(words) and re.fullmatch(r"\d{2,3}", words[place + 1].low)  # "Postfach 30 12"
    return (at, place + 2) if grouped and _closed(words, place + 2) else (at, place + 1)


def _house_number_alone(words: list[Word], at: int) -> Span | None:
    """ "Haus Nr. 5": a village without streets."""
    lows = [word.low for word in words[at : at + 2]]
    numbered = at + 2 < len(words) and words[at + 2].kind is Kind.NUMBER
    return (at, at + 3) if numbered and lows[0] == "haus" and lows[1] in ("nr", "nr.") else None


def _number_first(words: list[Word], at: int, sure: bool) -> Span | None:
    first = at
    at += 1
    if at < len(words) and words[at].low in ("bis", "ter", ","):
        at += 1
    last = _street_name(words, at)
    closed = _closed(words, last)
    if last > at and (house := _house_end(words, at, last)):
        return (first, house)  # "2e Jan Steenstraat 12"
    if last > at and (_is_street_word(words, at, last) or (sure and closed and last - at < 4)):
        return (first, last)
    return None


def _house_end(words: list[Word], at: int, last: int) -> int:
    """Where the number behind a street's name ends ("12", "12 B", "20 A 12", "88/2/14", ", 54"); 0: there is none."""
    typed = words[at].low in STREET_FIRST
    apart = typed and last + 1 < len(words) and words[last].low == ","
    place = last + apart
    place += (
        place < len(words) and words[place].low == "." and bool(_SHORTENED.fullmatch(words[last - 1].low))
    )
    if place >= len(words) or words[place].kind is not Kind.NUMBER:
        return 0
    if not (_NUMBER if typed and not apart else _HOUSE).fullmatch(words[place].low):
        return 0
    end = place + 1
    if apart and not _closed(words, end):
        return 0
    if end < len(words) and words[end].low in ("bis", "ter"):
        return end + 1
    if end < len(words) and words[end].cap and words[end].end - words[end].start == 1:
        if _closed(words, end + 1):
            return end + 1
        stair = end + 1 < len(words) and re.fullmatch(r"\d{1,3}", words[end + 1].low)
        return end + 2 if stair and _closed(words, end + 2) else end
    return end


def _closed(words: list[Word], at: int) -> bool:
    return at >= len(words) or words[at].kind is Kind.MARK


def _street_name(words: list[Word], at: int) -> int:
    """The end of the words that may name a street: capitals, small words between, a word for street."""
    last = at
    while last < min(len(words), at + 7):
        word = words[last]
        if last > at and (dated := _dated(words, last)):
            last = dated
            continue
        ordinal = bool(_ORDINAL.fullmatch(word.low))
        if word.kind is not Kind.WORD and not ordinal:
            break
        if not (word.cap or word.low in STREET_FIRST or ordinal or (last > at and _goes_on(words, at, last))):
            break
        last += 1
        if word.low in WINDS and last - at > 2 and words[last - 2].low in STREET_TYPES:
            break
        if word.low in STREET_TYPES and last < len(words) and words[last].low in WINDS | _WINDS_WHOLE:
            continue
        if (
            last - at > 1
            and word.low in STREET_TYPES
            and not (last < len(words) and words[last].low in STREET_TYPES)
        ):
            break
    return last


def _dated(words: list[Word], at: int) -> int:
    """ "Straße des 17. Juni", "rue du 8 Mai 1945": where the date ends; 0: there is none."""
    if not _DAY.fullmatch(words[at].low) or words[at - 1].low not in ("des", "du", "de"):
        return 0
    month = at + 1 + (at + 1 < len(words) and words[at + 1].low == ".")
    if month >= len(words) or words[month].low not in _MONTHS:
        return 0
    year = month + 1 < len(words) and re.fullmatch(r"1[789]\d\d", words[month + 1].low)
    return month + (2 if year else 1)


_MONTHS = frozenset(
    "januar märz april mai juni juli august oktober november janvier février mars avril juin juillet août septembre "
    "octobre novembre décembre".split()
)
_WINDS_WHOLE = frozenset("north south east west".split())


def _goes_on(words: list[Word], first: int, at: int) -> bool:
    low = words[at].low
    described = words[first].low in _ON_THE and words[first].cap and at + 1 < len(words) and words[at + 1].cap
    return low in STREET_TYPES or low in _JOIN or described


def _is_street_word(words: list[Word], at: int, last: int) -> bool:
    if words[at].low in STREET_FIRST and last - at > 1:
        return True
    if any(words[place].low in STREET_TYPES for place in range(at + 1, last)):
        return words[last - 1].low in STREET_TYPES | WINDS | _WINDS_WHOLE
    return any(
        len(w.low) > len(end) + 2 and w.low.endswith(end) for w in words[at:last] for end in STREET_ENDS
    )


def named_house_at(words: list[Word], at: int) -> Span | None:
    """ "Rose Cottage(, Church Lane)", "The Old Forge(, 5 Mill Lane)": a house with a name in front of its street."""
    last = at
    while last < min(len(words), at + 4) and words[last].cap and words[last].kind is Kind.WORD:
        last += 1
    if last == at or last + 1 >= len(words) or words[last].low != ",":
        return None
    if words[last - 1].low not in HOUSES and words[at].low != "the":
        return None
    street = street_at(words, last + 1)
    typed = street and any(_is_street_word(words, first, street[1]) for first in (street[0], street[0] + 1))
    return (at, last) if typed else None
