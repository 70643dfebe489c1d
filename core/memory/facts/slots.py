"""Slots: the fixed list of what a fact can be about, and how values of each behave.

The names are the autocomplete tokens of HTML (https://html.spec.whatwg.org/#autofill-field) that are no secrets, then
our own. `bday` is `birthday`; passwords, one-time codes and card numbers are in no slot: they are never stored.
"""

from __future__ import annotations

from enum import StrEnum


class Slot(StrEnum):
    """What a fact is about."""

    NAME = "name"
    HONORIFIC_PREFIX = "honorific-prefix"
    GIVEN_NAME = "given-name"
    ADDITIONAL_NAME = "additional-name"
    FAMILY_NAME = "family-name"
    HONORIFIC_SUFFIX = "honorific-suffix"
    NICKNAME = "nickname"
    USERNAME = "username"
    ORGANIZATION_TITLE = "organization-title"
    ORGANIZATION = "organization"
    STREET_ADDRESS = "street-address"
    ADDRESS_LINE1 = "address-line1"
    ADDRESS_LINE2 = "address-line2"
    ADDRESS_LINE3 = "address-line3"
    ADDRESS_LEVEL1 = "address-level1"
    ADDRESS_LEVEL2 = "address-level2"
    ADDRESS_LEVEL3 = "address-level3"
    ADDRESS_LEVEL4 = "address-level4"
    COUNTRY = "country"
    COUNTRY_NAME = "country-name"
    POSTAL_CODE = "postal-code"
    LANGUAGE = "language"
    SEX = "sex"
    URL = "url"
    TEL = "tel"
    EMAIL = "email"
    IMPP = "impp"
    BIRTHDAY = "birthday"
    PRONOUNS = "pronouns"
    JOB = "job"
    EMPLOYER = "employer"
    SCHOOL = "school"
    HOME = "home"
    RELATION = "relation"
    PET = "pet"
    LIKES = "likes"
    DISLIKES = "dislikes"
    ALLERGY = "allergy"
    HEALTH = "health"
    OWNS = "owns"
    SPEAKS = "speaks"
    PLAN = "plan"
    HABIT = "habit"


class Group(StrEnum):
    """How slots stand together before the person."""

    NAME = "name"
    CONTACT = "contact"
    HOME = "home"
    WORK = "work"
    PEOPLE = "people"
    LIKES = "likes"
    HEALTH = "health"
    THINGS = "things"
    PLANS = "plans"


MANY_VALUED = frozenset(
    {
        Slot.NICKNAME, Slot.USERNAME, Slot.URL, Slot.IMPP, Slot.LANGUAGE, Slot.PET, Slot.LIKES, Slot.DISLIKES,
        Slot.ALLERGY, Slot.HEALTH, Slot.OWNS, Slot.SPEAKS, Slot.PLAN, Slot.HABIT,
    }
)  # fmt: skip
"""Values of these stand beside each other; of all others a new value ends the old one."""

UNCHANGING = frozenset({Slot.BIRTHDAY})
"""A second value of these is no change in life: one of the two is wrong."""

_GROUPS = {
    Group.NAME: (
        Slot.NAME, Slot.HONORIFIC_PREFIX, Slot.GIVEN_NAME, Slot.ADDITIONAL_NAME, Slot.FAMILY_NAME,
        Slot.HONORIFIC_SUFFIX, Slot.NICKNAME, Slot.PRONOUNS, Slot.SEX, Slot.BIRTHDAY,
    ),
    Group.CONTACT: (Slot.TEL, Slot.EMAIL, Slot.URL, Slot.IMPP, Slot.USERNAME),
    Group.HOME: (
        Slot.HOME, Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1, Slot.ADDRESS_LINE2, Slot.ADDRESS_LINE3,
        Slot.POSTAL_CODE, Slot.ADDRESS_LEVEL1, Slot.ADDRESS_LEVEL2, Slot.ADDRESS_LEVEL3, Slot.ADDRESS_LEVEL4,
        Slot.COUNTRY, Slot.COUNTRY_NAME,
    ),
    Group.WORK: (Slot.JOB, Slot.EMPLOYER, Slot.ORGANIZATION, Slot.ORGANIZATION_TITLE, Slot.SCHOOL),
    Group.PEOPLE: (Slot.RELATION, Slot.PET),
    Group.LIKES: (Slot.LIKES, Slot.DISLIKES),
    Group.HEALTH: (Slot.ALLERGY, Slot.HEALTH),
    Group.THINGS: (Slot.OWNS, Slot.SPEAKS, Slot.LANGUAGE),
    Group.PLANS: (Slot.PLAN, Slot.HABIT),
}  # fmt: skip
_GROUP_OF = {slot: group for group, slots in _GROUPS.items() for slot in slots}


def slots_of(group: Group) -> tuple[Slot, ...]:
    """The slots of a group, in the order in which they stand before the person."""
    return _GROUPS[group]


def group_of(slot: Slot) -> Group:
    """Where a slot stands before the person."""
    return _GROUP_OF[slot]
