"""Attributes: what "my ... is" can be about, by the words between "my" and the verb."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from second_me.core.memory.facts.claims import Qualifier, Stance
from second_me.core.memory.facts.reading import (
    frames_birthday,
    frames_health,
    frames_home,
    frames_identity,
    frames_injuries,
    frames_plans,
    frames_taste,
    frames_things,
    frames_trades,
    frames_work,
)
from second_me.core.memory.facts.reading.attributes_home import (
    country,
    door,
    flat,
    home,
    postal,
    quarter,
    region,
    street,
    ward,
)
from second_me.core.memory.facts.reading.frames_contact import username
from second_me.core.memory.facts.reading.lists_people import PREFIXES
from second_me.core.memory.facts.reading.lists_places import LANGUAGES
from second_me.core.memory.facts.reading.lists_work import JOBS
from second_me.core.memory.facts.reading.names import firm_at
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import NOUN_ONLY, listed, worthy
from second_me.core.memory.facts.reading.verbs import Group
from second_me.core.memory.facts.slots import Slot

Frame = Callable[[Said, int], Iterator[Draft]]


def job_at(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my job is"; a trade that nobody knows needs its article."""
    if said.low(at) in ("at", "with") and not said.group.negated and (firm := firm_at(said.words, at + 1)):
        yield said.draft(Slot.EMPLOYER, firm, Stance.ENDED if said.group.past else None)
        return
    span = frames_work.trade_at(
        said, at, any_head=said.low(at) in ("a", "an") or said.low(at - 1) in ("a", "an")
    )
    if span and not said.group.negated:
        yield said.draft(Slot.JOB, span, Stance.ENDED if said.group.past else None)


_NO_TITLES = frozenset("joke mystery mouthful secret mess lie nonsense".split())


def _title(said: Said, at: int) -> Iterator[Draft]:
    if said.low(at) in PREFIXES:
        return  # `introductions.titles` reads it
    span = frames_work.trade_at(said, at, any_head=True)
    if span and not said.group.negated and said.low(span[1] - 1) not in _NO_TITLES:
        yield said.draft(Slot.ORGANIZATION_TITLE, span)


def employer_at(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my employer is"."""
    if said.low(at) in ("called", "named"):
        yield from _business(said, at)
        return
    span = firm_at(said.words, at, said.loose)
    if span:
        yield said.draft(Slot.EMPLOYER, span, Stance.ENDED if said.group.past else None)


def _school(said: Said, at: int) -> Iterator[Draft]:
    span = firm_at(said.words, at, said.loose)
    if span:
        yield said.draft(Slot.SCHOOL, span, Stance.ENDED if said.group.past else None)


def _position(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my role is": a title, not what it is about ("my role is to listen")."""
    span = frames_work.trade_at(said, at, any_head=True)
    known = span and {word.low for word in said.words[slice(*span)]} & (frames_trades.TITLES | JOBS)
    if span and known and span[1] - span[0] < 6 and not said.group.negated and not said.group.past:
        yield said.draft(Slot.ORGANIZATION_TITLE, span)


def _firm_name(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my business name is"."""
    span = firm_at(said.words, at)
    if span and not said.group.negated and not said.group.past:
        yield said.draft(Slot.ORGANIZATION, span)


def _business(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my company is called"."""
    named = said.low(at) in ("called", "named")
    span = firm_at(said.words, at + named)
    if span and named and not said.group.negated:
        yield said.draft(Slot.ORGANIZATION, span, Stance.ENDED if said.group.past else None)


def _correspondence(said: Said, at: int) -> Iterator[Draft]:
    if said.low(at) in LANGUAGES and not said.group.negated:
        yield said.draft(Slot.LANGUAGE, (at, at + 1), timed=False)


def _username(said: Said, at: int) -> Iterator[Draft]:
    place, thing = username(said.words, at), said.subject.thing
    owned = thing is not None and thing[0] > 0 and said.low(thing[0] - 1) in ("my", "our", "his", "her", "'s")
    if place and not owned and said.scene.text[slice(*place)].isalpha():
        return  # "insta is down"
    if place and not said.group.negated:
        yield Draft(Slot.USERNAME, *place, said.stance(), said.named, timed=False)


def _allergies(said: Said, at: int) -> Iterator[Draft]:
    yield from frames_health.allergens(said, at, Stance.HOLDS)


def _dislikes(said: Said, at: int) -> Iterator[Draft]:
    yield from frames_taste.favourite(said, at, Slot.DISLIKES)


def _languages(said: Said, at: int) -> Iterator[Draft]:
    yield from frames_things.mother_tongue(said, at)
    yield from _correspondence(said, at)


def _tongues(said: Said, at: int) -> Iterator[Draft]:
    """What follows "my languages are"."""
    while said.low(at) in LANGUAGES and not said.group.negated and not said.group.past:
        yield said.draft(Slot.SPEAKS, (at, at + 1), timed=False)
        at += 1
        while said.low(at) in (",", "and"):
            at += 1


def _condition(said: Said, at: int) -> Iterator[Draft]:
    for span in listed(said.words, at, NOUN_ONLY):
        if worthy(said.words, span, at):
            yield said.draft(Slot.HEALTH, span)


_BY_PHRASE: dict[str, Frame] = {
    "second first name": frames_identity.additional,
    "first name": frames_identity.given, "given name": frames_identity.given, "christian name": frames_identity.given,
    "full name": frames_identity.name, "preferred language": _correspondence,
    "correspondence language": _correspondence, "language of correspondence": _correspondence,
    "last name": frames_identity.family, "surname": frames_identity.family, "family name": frames_identity.family,
    "second name": frames_identity.family,
    "preferred name": frames_identity.nickname,
    **dict.fromkeys(("business name", "company name", "trading name"), _firm_name),
    "middle name": frames_identity.additional,
    "married name": frames_identity.family, "nickname": frames_identity.nickname,
    "user name": _username, "login name": _username,
    "steam name": _username, "screen name": _username, "discord name": _username,
    "twitch name": _username, "github": _username, "gamer tag": _username,
    "zip code": postal, "post code": postal, "postal code": postal,
    "native language": _languages, "first language": _languages, "mother tongue": _languages,
    "native tongue": _languages, "job title": _title, "official title": _title,
    "date of birth": frames_birthday.birthday,
    "pet peeve": _dislikes, "pet hate": _dislikes, "guilty pleasure": frames_taste.favourite,
    "new year's resolution": frames_plans.goal, "home address": frames_home.address,
    "street address": frames_home.address,
    **dict.fromkeys(("old address", "previous address", "former address", "last address", "old home address",
                     "previous home address"), frames_home.old_address),
    "postal address": frames_home.address, "mailing address": frames_home.address,
    **dict.fromkeys(("flat number", "apartment number", "apt number", "unit number"), door),
}  # fmt: skip
_BY_HEAD: dict[str, Frame] = {
    "name": frames_identity.name, "names": frames_identity.name, "birthday": frames_birthday.birthday,
    "bday": frames_birthday.birthday, "birthdate": frames_birthday.birthday, "birth": frames_birthday.birthday,
    **dict.fromkeys(("knee", "knees", "back", "hip", "hips", "joints", "hands", "eyes", "lungs", "heart", "shoulder"),
                    frames_injuries.weak_parts),
    "dob": frames_birthday.birthday, "sex": frames_identity.sex_is, "gender": frames_identity.sex_is,
    "language": _correspondence, "languages": _tongues,
    "state": region, "province": region, "county": region, "canton": region, "prefecture": region,
    "region": region, "district": quarter, "borough": quarter, "suburb": quarter, "neighbourhood": quarter,
    "neighborhood": quarter, "ward": ward, "dong": ward, "business": _business, "firm": _business,
    "studio": _business, "startup": _business, "organisation": _business, "organization": _business,
    "shop": _business, "practice": _business,
    "pronouns": frames_identity.pronouns, "username": _username, "handle": _username,
    "gamertag": _username, "address": frames_home.address, "addy": frames_home.address, "adress": frames_home.address,
    "street": street,
    "home": home, "house": home, "flat": flat,
    "apartment": flat, "town": home, "city": home, "zip": postal, "eircode": postal,
    "zipcode": postal, "postcode": postal,
    "country": country, "job": job_at, "profession": job_at, "occupation": job_at, "trade": job_at,
    "employer": employer_at,
    "company": employer_at, "workplace": employer_at, "school": _school, "university": _school, "uni": _school,
    "college": _school, "hobby": frames_taste.favourite, "hobbies": frames_taste.favourite,
    "interests": frames_taste.favourite, "passion": frames_taste.favourite, "passions": frames_taste.favourite,
    "favourite": frames_taste.favourite, "favorite": frames_taste.favourite, "fave": frames_taste.favourite,
    "allergies": _allergies, "plan": frames_plans.goal, "goal": frames_plans.goal,
    "resolution": frames_plans.goal, "car": frames_things.my_thing, "bike": frames_things.my_thing,
    "phone": frames_things.my_thing, "laptop": frames_things.my_thing, "van": frames_things.my_thing,
    "motorbike": frames_things.my_thing, "camera": frames_things.my_thing, "guitar": frames_things.my_thing,
    "title": _title, "role": _position, "position": _position, "place": home, "ride": frames_things.my_thing,
    "truck": frames_things.my_thing,
    "condition": _condition, "instagram": _username, "insta": _username, "discord": _username, "telegram": _username,
    "twitter": _username, "tiktok": _username, "snapchat": _username, "snap": _username, "skype": _username,
    "psn": _username,
    "steam": _username, "twitch": _username, "reddit": _username, "ig": _username, "ign": _username,
}  # fmt: skip
_FAVOURITES = frozenset({"favourite", "favorite", "fav", "fave", "favourites", "favorites", "favs"})
_LEAST = frozenset({"least", "worst"})
_OF_OTHERS = frozenset(
    {"dog", "cat", "project", "band", "blog", "company", "boat", "old", "ex", "dream", "fake", "stage", "pen"}
)
_LATE = frozenset({"old", "previous", "former", "last"})
_ALONE = frozenset(
    "language home house flat apartment town city place school college university company title condition trade".split()
)
"""Attributes that a word in front makes another thing ("my happy place")."""
_NAMES = frozenset("name first given christian second middle last family married passport".split())
_AT_WORK = frozenset({"work", "office", "business", "company"})
"""Words before "address" that make it another one than the home's."""
_NO_HOME = frozenset({"dream", "parents'", "childhood", "holiday"})


def frame_of(lows: list[str]) -> Frame | None:
    """What reads the value of an attribute that is called so; None: it is no attribute that is kept."""
    words = [
        low
        for low in lows
        if low not in ("current", "new", "own", "full", "real", "actual", "whole", "all-time", "legal")
    ]
    if not words:
        return None
    if words[-1] == "resolution":
        return frames_plans.goal
    if _FAVOURITES & set(words):
        return _dislikes if _LEAST & set(words) else frames_taste.favourite
    phrase = " ".join(words)
    for known, frame in _BY_PHRASE.items():
        if phrase == known or phrase.endswith(" " + known) or phrase.startswith(known + " "):
            return frame
    if (len(words) > 1 and words[0] in _OF_OTHERS) or words[0] in _LATE | _NO_HOME or "'s" in words:
        return None
    head = words[-1]
    if len(words) > 1 and (head in _ALONE or (head == "name" and words[0] not in _NAMES)):
        return None
    if (
        head not in _BY_HEAD
        and len(words) > 1
        and words[0] in _BY_HEAD
        and words[1] in ("this", "for", "of", "on", "there", "here")
    ):
        head = words[0]
    if words[-1] in LANGUAGES and len(words) == 1:
        return frames_things.my_tongue
    return _BY_HEAD.get(head)


def attribute(said: Said) -> Iterator[Draft]:
    """The claims of "my X is Y"."""
    thing = said.subject.thing
    if said.group.verb == "change" and said.low(said.at) == "to" and not said.group.negated:
        said = replace(said, at=said.at + 1, group=Group("", "", said.at, said.at + 1, be=True))
    if (
        thing is None
        or said.group.modal
        or said.group.will
        or not (said.group.be or said.group.verb in ("include", "fall"))
    ):
        return
    lows = [word.low for word in said.words[thing[0] : thing[1]]]
    frame = frame_of(lows)
    if frame is None or said.at >= len(said.words):
        return
    at_work = frame is frames_home.address and bool(_AT_WORK & set(lows))
    for draft in frame(said, said.at):
        yield replace(draft, qualifier=Qualifier.WORK) if at_work else draft
