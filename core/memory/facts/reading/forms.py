"""Forms: fields that are given as a list of labels and values ("first name Ann, surname Lee", "sex: female").

A value must fill its field, and a label needs a colon or a second field beside it: else nothing is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from second_me.core.memory.facts.reading.addresses import postal_at
from second_me.core.memory.facts.reading.lists_people import PREFIXES, SUFFIXES
from second_me.core.memory.facts.reading.lists_places import LANGUAGES
from second_me.core.memory.facts.reading.lists_work import JOBS
from second_me.core.memory.facts.reading.names import firm_at, person_at
from second_me.core.memory.facts.reading.places import country_at, region_at, town_at
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.memory.facts.reading.streets import street_at
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

Reader = Callable[[list[Word], int], Span | None]
_FOREIGN = frozenset("his her their your its he she they you".split())
_OPENS = frozenset({",", ";", ":", ".", "and", "(", "-", "–", "—", "|", "/"})
_CLOSES = frozenset({",", ";", "(", ")", "-", "–", "—", "|", "/", "!"})
_LINKS = frozenset({":", "=", "is", "'s"})


def _person(words: list[Word], at: int) -> Span | None:
    return person_at(words, at, loose=True)


def _one_of(known: frozenset[str]) -> Reader:
    def read(words: list[Word], at: int) -> Span | None:
        return (at, at + 1) if at < len(words) and words[at].low in known else None

    return read


def _firm(words: list[Word], at: int) -> Span | None:
    return firm_at(words, at)


def _town(words: list[Word], at: int) -> Span | None:
    return town_at(words, at)


def _trade(words: list[Word], at: int) -> Span | None:
    last = at
    while last < len(words) and words[last].kind is Kind.WORD and last - at < 4:
        last += 1
    return (at, last) if last > at and words[last - 1].low in JOBS else None


def _capitals(words: list[Word], at: int) -> Span | None:
    last = at
    while last < len(words) and words[last].kind is Kind.WORD and words[last].cap:
        last += 1
    return (at, last) if last > at else None


def _of_kind(kind: Kind) -> Reader:
    def read(words: list[Word], at: int) -> Span | None:
        return (at, at + 1) if at < len(words) and words[at].kind is kind else None

    return read


_SEX = _one_of(frozenset({"male", "female", "nonbinary", "non-binary", "intersex", "woman", "man"}))
_FIELDS: dict[str, tuple[Slot, Reader]] = {
    **dict.fromkeys(("first name", "given name", "forename", "christian name"), (Slot.GIVEN_NAME, _person)),
    **dict.fromkeys(("middle name", "second name", "middle names"), (Slot.ADDITIONAL_NAME, _person)),
    **dict.fromkeys(("last name", "family name", "surname"), (Slot.FAMILY_NAME, _person)),
    **dict.fromkeys(("full name", "legal name"), (Slot.NAME, _person)),
    **dict.fromkeys(("nickname", "preferred name", "known as"), (Slot.NICKNAME, _person)),
    **dict.fromkeys(("title", "salutation", "honorific"), (Slot.HONORIFIC_PREFIX, _one_of(PREFIXES))),
    "suffix": (Slot.HONORIFIC_SUFFIX, _one_of(SUFFIXES)),
    **dict.fromkeys(("sex", "gender"), (Slot.SEX, _SEX)),
    "pronouns": (Slot.PRONOUNS, _of_kind(Kind.PRONOUNS)),
    **dict.fromkeys(
        ("postcode", "post code", "postal code", "zip", "zip code", "zipcode", "plz"), (Slot.POSTAL_CODE, postal_at)
    ),
    **dict.fromkeys(("city", "town"), (Slot.HOME, _town)),
    **dict.fromkeys(("street", "street address"), (Slot.STREET_ADDRESS, street_at)),
    **dict.fromkeys(
        ("state", "province", "county", "canton", "prefecture", "region"), (Slot.ADDRESS_LEVEL1, region_at)
    ),
    **dict.fromkeys(
        ("district", "borough", "suburb", "neighbourhood", "neighborhood"), (Slot.ADDRESS_LEVEL3, _capitals)
    ),
    "country": (Slot.COUNTRY_NAME, country_at),
    **dict.fromkeys(("occupation", "profession", "job"), (Slot.JOB, _trade)),
    "job title": (Slot.ORGANIZATION_TITLE, _capitals),
    **dict.fromkeys(("organisation", "organization", "company name"), (Slot.ORGANIZATION, _firm)),
    "employer": (Slot.EMPLOYER, _firm),
    **dict.fromkeys(
        ("language", "preferred language", "correspondence language"), (Slot.LANGUAGE, _one_of(LANGUAGES))
    ),
    **dict.fromkeys(("email", "e-mail", "email address"), (Slot.EMAIL, _of_kind(Kind.EMAIL))),
    **dict.fromkeys(("phone", "telephone", "tel", "mobile", "cell"), (Slot.TEL, _of_kind(Kind.PHONE))),
    **dict.fromkeys(("website", "homepage"), (Slot.URL, _of_kind(Kind.URL))),
}  # fmt: skip
_NAMES = frozenset({Slot.GIVEN_NAME, Slot.FAMILY_NAME, Slot.ADDITIONAL_NAME})
LONGEST_LABEL = 2


_LISTS = {
    **dict.fromkeys(("likes", "loves", "hobbies", "interests", "into", "faves", "favourites", "passions"), Slot.LIKES),
    **dict.fromkeys(("dislikes", "hates", "peeves"), Slot.DISLIKES),
    **dict.fromkeys(("allergies", "allergy", "intolerances"), Slot.ALLERGY),
    **dict.fromkeys(("languages", "speaks"), Slot.SPEAKS),
}  # fmt: skip
_NO_MEMBERS = frozenset(
    "none n/a na nothing no not all any everything you your it this that the what idk unknown".split()
)


def lists(words: list[Word]) -> Iterator[Draft]:
    """ "Likes: thunderstorms, Marmite, old maps": every member of a list behind its label."""
    if (
        len(words) < 3
        or words[0].low not in _LISTS
        or words[1].low != ":"
        or _FOREIGN & {w.low for w in words}
    ):
        return
    slot, first = _LISTS[words[0].low], 2
    for at in range(2, len(words) + 1):
        ends = at == len(words) or words[at].low in (",", "and", ".", ";", "&", "or", "!", "(")
        if not ends:
            continue
        member = words[first:at]
        plain = all(word.kind is Kind.WORD for word in member) and not _NO_MEMBERS & {
            word.low for word in member
        }
        if member and plain and len(member) <= 4 and (slot is not Slot.SPEAKS or member[0].low in LANGUAGES):
            yield Draft(slot, member[0].start, member[-1].end, timed=False)
        if at < len(words) and words[at].low in (".", ";", "!", "("):
            return
        first = at + 1


def forms(words: list[Word]) -> Iterator[Draft]:
    """The fields of a sentence whose values fill them."""
    if _FOREIGN & {word.low for word in words}:
        return
    yield from lists(words)
    found: list[tuple[Draft, bool]] = []
    for at in range(len(words)):
        if at and words[at - 1].low not in _OPENS:
            continue
        field = _field(words, at)
        if field is not None:
            found.append(field)
    for draft, marked in found:
        if len(found) > 1 or marked:
            yield draft


def _field(words: list[Word], at: int) -> tuple[Draft, bool] | None:
    """(what the field that begins at words[at] says, whether a colon stands between)."""
    for length in range(LONGEST_LABEL, 0, -1):
        known = _FIELDS.get(" ".join(word.low for word in words[at : at + length]))
        if known is None:
            continue
        slot, reader = known
        value = at + length
        marked = value < len(words) and words[value].low in (":", "=")
        marked = (
            marked
            or slot is Slot.POSTAL_CODE
            or (at == 0 and slot in _NAMES and value < len(words) and words[value].low in ("is", "'s"))
        )
        value += value < len(words) and words[value].low in _LINKS
        span = reader(words, value)
        if span is None or not (span[1] >= len(words) or _ends(words, span[1])):
            return None
        return Draft(slot, words[span[0]].start, words[span[1] - 1].end, timed=False), marked
    return None


def _ends(words: list[Word], at: int) -> bool:
    return words[at].low in _CLOSES or words[at].low in (".", "and", "if", "so", "but", "because", "please")
