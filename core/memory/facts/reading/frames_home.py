"""Frames of home: living, moving, leaving; the parts of an address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.addresses import Address, address_at
from second_me.core.memory.facts.reading.lists_places import TOWNS
from second_me.core.memory.facts.reading.places import country_at, region_at, town_at
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.units import DWELLING_WORDS, unit_at
from second_me.core.memory.facts.reading.values import Span, time_at
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

_AT_HOME = frozenset({"in", "at", "on"})
_NEAR = frozenset("near outside close between towards around from like".split())


def parts_of(said: Said, found: Address, stance: Stance | None = None) -> Iterator[Draft]:
    """The claims of an address."""
    if found.street:
        yield said.draft(Slot.STREET_ADDRESS, found.street, stance)
    if found.unit and found.street:
        yield said.draft(Slot.ADDRESS_LINE2, found.unit, stance)
    if found.quarter and found.town:
        yield said.draft(Slot.ADDRESS_LEVEL3, found.quarter, stance)
    if found.region and found.town:
        yield said.draft(Slot.ADDRESS_LEVEL1, found.region, stance)
    if found.postal:
        yield said.draft(Slot.POSTAL_CODE, found.postal, stance)
    if found.town:
        yield said.draft(Slot.HOME, found.town, stance)
    if found.country:
        yield said.draft(Slot.COUNTRY_NAME, found.country, stance)


def place_after(said: Said, at: int, prepositions: frozenset[str]) -> tuple[Address | None, int]:
    """The first address after one of some prepositions, at or behind words[at]; and where it ends."""
    for place in range(at, min(len(said.words) - 1, at + 12)):
        low = said.words[place].low
        if low in _NEAR or low == "of":
            return None, place
        if low not in prepositions or time_at(said.words, place):
            continue
        found = address_at(said.words, _past_kind(said, place + 1), said.loose)
        if low in ("on", "at") and not found.street:
            continue
        if found.town or found.street:
            return found, found.last
        country = country_at(said.words, place + 1)
        if country:
            return Address(country=country, last=country[1]), country[1]
    return None, at


_KINDS = frozenset("village town city place suburb neighbourhood neighborhood hamlet borough".split())


def _past_kind(said: Said, at: int) -> int:
    """Past "a village called", "the city of"."""
    place = at + (said.low(at) in ("a", "the")) + (said.low(at + 1) in ("small", "little", "tiny", "big"))
    if said.low(place) in _KINDS and said.low(place + 1) in ("called", "named", "of"):
        return place + 2
    return at


def _told(said: Said, found: Address, at: int, stance: Stance) -> Iterator[Draft]:
    corrects = found.town and said.low(at) in (",", "and", "but") and said.low(at + 1) == "not"
    instead = town_at(said.words, at + 2 + (said.low(at + 2) == "in"), said.loose) if corrects else None
    for draft in parts_of(said, found, stance):
        yield replace(draft, corrects=instead is not None)
    if instead:
        yield replace(said.draft(Slot.HOME, instead, Stance.DENIED), corrects=True)


def live(said: Said) -> Iterator[Draft]:
    """ "I live (with ...) in Leeds", "we've been living at 5 Elm Road"."""
    settled = said.group.verb == "settle" and said.group.tense == "past" and not said.group.negated
    stance = Stance.HOLDS if settled else said.lasting()
    if stance is None or said.low(said.at) in ("for", "off", "through"):
        return
    if stance is Stance.DENIED and said.group.perfect and said.has("since"):
        stance = Stance.ENDED
    if said.low(said.at) in ("here", "there"):
        return
    found, at = place_after(said, said.at, _AT_HOME)
    if found:
        yield from _told(said, found, at, stance)
    elif unit := unit_after(said, said.at):
        yield said.draft(Slot.ADDRESS_LINE2, unit, stance)
    elif region := _region_after(said, said.at):
        yield said.draft(Slot.ADDRESS_LEVEL1, region, stance)


def _region_after(said: Said, at: int) -> Span | None:
    """ "(We live) in Texas", "in the state of Oregon"."""
    if said.low(at) != "in":
        return None
    named = said.low(at + 1) == "the" and said.low(at + 2) in _REGIONS and said.low(at + 3) == "of"
    region = region_at(said.words, at + 4 if named else at + 1)
    return region or (town_at(said.words, at + 4, said.loose) if named else None)


def unit_after(said: Said, at: int) -> Span | None:
    """ "(We live) on the fifth floor", "(I'm) in flat 17"."""
    if said.low(at) not in _AT_HOME:
        return None
    unit = unit_at(said.words, at + 1 + (said.low(at + 1) == "the"))
    return unit if unit and said.low(unit[1]) not in ("of", "at", "in") else None


def move(said: Said) -> Iterator[Draft]:
    """ "We moved (from A) to B"; what lies ahead is a plan (`frames_plans`)."""
    group = said.group
    if group.negated or group.ended or group.tense != "past" or (group.be and not said.named):
        return
    left, after = (
        place_after(said, said.at, frozenset({"from"}) - _NEAR) if said.has("of") else (None, said.at)
    )
    if said.low(said.at) in ("from", "out", "away"):
        step = 1 if said.low(said.at) == "from" else 2
        left = address_at(said.words, said.at + step, said.loose)
        after = max(left.last, said.at)
        if left.town:
            yield said.draft(Slot.HOME, left.town, Stance.ENDED)
    found, at = place_after(said, after, frozenset({"to", "into", "in", "at"}))
    if found:
        yield from _told(said, found, at, Stance.HOLDS)


def leave(said: Said) -> Iterator[Draft]:
    """ "I left Vienna": a large town only, since firms are left as well."""
    if said.group.negated or said.group.tense != "past":
        return
    span = town_at(said.words, said.at, said.loose)
    if span and said.words[span[0]].low in TOWNS and said.low(span[1]) != "airport":
        yield said.draft(Slot.HOME, span, Stance.ENDED)


def based(said: Said) -> Iterator[Draft]:
    """ "I'm based in Cape Town", "we're at 8 rue de la Paix, 75002 Paris", "I'm in the state of Oregon"."""
    low = said.low(said.at)
    if low in ("based", "located", "resident", "settled") and said.low(said.at + 1) in _AT_HOME:
        found, at = place_after(said, said.at + 1, _AT_HOME)
        if found:
            yield from _told(said, found, at, said.lasting() or Stance.HOLDS)
    elif low in ("in", "back"):
        yield from _in_town(said)
        unit = unit_after(said, said.at)
        lasts = not said.group.past and not said.has("weekend", "holiday", "night", "week", "until", "with")
        if unit and said.low(unit[0]) in DWELLING_WORDS and lasts and not said.named:
            yield said.draft(Slot.ADDRESS_LINE2, unit)
    elif low == "at" and not said.group.past and not _visits(said):
        spot = address_at(said.words, said.at + 1, said.loose)
        if spot.street and (spot.town or spot.postal or said.words[spot.street[0]].kind is Kind.NUMBER):
            yield from parts_of(said, spot)


_VISITING = frozenset(
    "tonight today tomorrow weekend holiday party meeting lunch dinner week hour visiting".split()
)


def _visits(said: Said) -> bool:
    """ "(We're at 14 Oak Road) for the party", "until Sunday"."""
    rest = said.scene.text[said.words[-1].end :].lower().lstrip(", ")
    return said.has(*_VISITING, "until", "till") or rest.startswith(("until ", "till ", "while "))


def _in_town(said: Said) -> Iterator[Draft]:
    """ "I've been in Oslo for years", "back in Porto for good", "no longer in Bristol", "in the state of Oregon"."""
    group, at = said.group, said.at + (said.low(said.at) == "back")
    if said.low(at) != "in" or group.past:
        return
    if (said.low(at + 1), said.low(at + 3)) == ("the", "of"):
        region = region_at(said.words, at + 4)
        if region and said.low(at + 2) in _REGIONS and not group.negated:
            yield said.draft(Slot.ADDRESS_LEVEL1, region)
        return
    stays = group.perfect and said.has("since", "years")
    town = town_at(said.words, at + 1, said.loose)
    instead = (
        said.scene.left and said.has("now") and not said.named
    )  # "(we no longer live in Leeds,) we're in York now"
    if town and (group.ended or (not group.negated and (stays or instead or _for_good(said)))):
        yield said.draft(Slot.HOME, town, Stance.ENDED if group.ended else None)


_REGIONS = frozenset("state province county canton region prefecture".split())
_DWELLINGS = frozenset(
    "flat apartment house room place studio bungalow cottage bedsit loft maisonette condo annex basement".split()
)


def rent(said: Said) -> Iterator[Draft]:
    """ "I've been renting a flat in Kaunas", "we share a house in Leith"."""
    stance = said.lasting()
    if (
        stance is None
        or said.group.will
        or said.group.modal
        or said.has("out", "holiday", "summer", "weekend")
    ):
        return
    if _DWELLINGS & {word.low for word in said.words[said.at : said.at + 5]} or said.group.verb == "lodge":
        found, at = place_after(said, said.at, frozenset({"in"}))
        if found:
            yield from _told(said, found, at, stance)


def _for_good(said: Said) -> bool:
    """ "(I'm in Leeds) these days", "for good"."""
    lows = " ".join(word.low for word in said.words[said.at :])
    return "these days" in lows or "for good" in lows or "permanently" in lows


def call_home(said: Said) -> Iterator[Draft]:
    """ "I call Oslo home"."""
    span = town_at(said.words, said.at, said.loose)
    home = said.low(span[1]) if span else ""
    if (
        span
        and (home == "home" or (home == "my" and said.low(span[1] + 1) == "home"))
        and not said.group.past
    ):
        yield said.draft(Slot.HOME, span)


def moved_there(words: list[Word], before: list[Word], loose: bool) -> Span | None:
    """ "(We've moved,) it's Dunedin now": the town of the clause behind."""
    lows = [word.low for word in before]
    told = (
        bool({"i", "we"} & set(lows))
        and "moved" in lows
        and not {"n't", "not", "if", "to", "she", "he"} & set(lows)
    )
    if not told or [word.low for word in words[:2]] not in (["it", "'s"], ["it", "is"], ["now", "in"]):
        return None
    span = town_at(words, 2, loose) if len(words) > 2 else None
    ends = span is None or span[1] >= len(words) or words[span[1]].low in ("now", ",", ".", "!", "and")
    return span if ends else None


def home_is(words: list[Word]) -> Span | None:
    """ "Berlin has been my home for years": the town in front."""
    town = town_at(words, 0)
    lows = [word.low for word in words[town[1] : town[1] + 4]] if town else []
    if town and lows[:1] in (["is"], ["'s"], ["has"]):
        rest = lows[1 + (lows[1:2] == ["been"]) :]
        bare = rest[:1] == ["home"] and rest[1:2] not in (["to"], ["of"], ["for"])
        return town if rest[:2] in (["my", "home"], ["our", "home"]) or bare else None
    return None


def address(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my address is"."""
    if said.low(at) in ("in", "at", "on"):
        at += 1
    if [said.low(at + place) for place in range(3)] == ["c", "/", "o"]:
        at = next((place + 1 for place in range(at, len(said.words)) if said.low(place) == ","), at)
    found = address_at(said.words, at, said.loose, sure=True)
    if found.street or found.town or found.postal:
        yield from parts_of(said, found)


def old_address(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my old address was": it holds no more."""
    for draft in address(said, at):
        yield replace(draft, stance=Stance.ENDED)
