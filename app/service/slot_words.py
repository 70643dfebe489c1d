"""The plain names of slots and groups: one table for the window, the answers and the command line.

A slot has two names, because a value stands beside it in two ways: as a label before the value ("Works as: nurse",
where a verb is plainest) and as a noun within a sentence ("Your job is nurse").
"""

from __future__ import annotations

from functools import cache

from second_me.app.words import tr
from second_me.core.memory.facts.slots import Group, Slot


@cache
def _names() -> dict[str, tuple[str, str]]:
    """{slot: (label, noun)}."""
    return {
        Slot.NAME: (tr("Name"), tr("name")),
        Slot.HONORIFIC_PREFIX: (tr("Title before the name"), tr("title")),
        Slot.GIVEN_NAME: (tr("First name"), tr("first name")),
        Slot.ADDITIONAL_NAME: (tr("Middle name"), tr("middle name")),
        Slot.FAMILY_NAME: (tr("Last name"), tr("last name")),
        Slot.HONORIFIC_SUFFIX: (tr("Title after the name"), tr("name suffix")),
        Slot.NICKNAME: (tr("Nickname"), tr("nickname")),
        Slot.USERNAME: (tr("User name"), tr("user name")),
        Slot.ORGANIZATION_TITLE: (tr("Position"), tr("job title")),
        Slot.ORGANIZATION: (tr("Organisation"), tr("organisation")),
        Slot.STREET_ADDRESS: (tr("Address"), tr("address")),
        Slot.ADDRESS_LINE1: (tr("Address, line 1"), tr("address line 1")),
        Slot.ADDRESS_LINE2: (tr("Address, line 2"), tr("address line 2")),
        Slot.ADDRESS_LINE3: (tr("Address, line 3"), tr("address line 3")),
        Slot.ADDRESS_LEVEL1: (tr("Region"), tr("region")),
        Slot.ADDRESS_LEVEL2: (tr("Town"), tr("town")),
        Slot.ADDRESS_LEVEL3: (tr("District"), tr("district")),
        Slot.ADDRESS_LEVEL4: (tr("Neighbourhood"), tr("neighbourhood")),
        Slot.COUNTRY: (tr("Country code"), tr("country code")),
        Slot.COUNTRY_NAME: (tr("Country"), tr("country")),
        Slot.POSTAL_CODE: (tr("Postal code"), tr("postal code")),
        Slot.LANGUAGE: (tr("Language"), tr("language")),
        Slot.SEX: (tr("Gender"), tr("gender")),
        Slot.URL: (tr("Website"), tr("website")),
        Slot.TEL: (tr("Phone"), tr("phone number")),
        Slot.EMAIL: (tr("Email"), tr("email address")),
        Slot.IMPP: (tr("Chat"), tr("messenger address")),
        Slot.BIRTHDAY: (tr("Birthday"), tr("birthday")),
        Slot.PRONOUNS: (tr("Pronouns"), tr("pronouns")),
        Slot.JOB: (tr("Works as"), tr("job")),
        Slot.EMPLOYER: (tr("Works at"), tr("employer")),
        Slot.SCHOOL: (tr("Studies at"), tr("school")),
        Slot.HOME: (tr("Lives in"), tr("home")),
        Slot.RELATION: (tr("Relation"), tr("relation")),
        Slot.PET: (tr("Pet"), tr("pet")),
        Slot.LIKES: (tr("Likes"), tr("likes")),
        Slot.DISLIKES: (tr("Dislikes"), tr("dislikes")),
        Slot.ALLERGY: (tr("Allergic to"), tr("allergy")),
        Slot.HEALTH: (tr("Health"), tr("health")),
        Slot.OWNS: (tr("Owns"), tr("belongings")),
        Slot.SPEAKS: (tr("Speaks"), tr("spoken languages")),
        Slot.PLAN: (tr("Plan"), tr("plan")),
        Slot.HABIT: (tr("Habit"), tr("habit")),
    }


@cache
def _groups() -> dict[str, str]:
    return {
        Group.NAME: tr("Name"),
        Group.CONTACT: tr("Contact"),
        Group.HOME: tr("Home"),
        Group.WORK: tr("Work"),
        Group.PEOPLE: tr("People and animals"),
        Group.LIKES: tr("Likes and dislikes"),
        Group.HEALTH: tr("Health"),
        Group.THINGS: tr("Things and languages"),
        Group.PLANS: tr("Plans and habits"),
    }


@cache
def _qualifiers() -> dict[str, str]:
    """{qualifier: behind a label}."""
    return {
        "work": tr("work"),
        "home": tr("home"),
        "mobile": tr("mobile"),
        "parents": tr("parents"),
    }


def slot_name(slot: str, qualifier: str = "") -> str:
    """What a slot is called as a label: `Phone`, `Phone (work)`. A slot that is not in the list keeps its own name."""
    name = _names()[slot][0] if slot in _names() else slot
    which = qualifier_name(qualifier)
    return tr("{slot} ({which})", slot=name, which=which) if which else name


def slot_noun(slot: str) -> str:
    """What a slot is called within a sentence: `phone number`."""
    return _names()[slot][1] if slot in _names() else slot


def qualifier_name(qualifier: str) -> str:
    """Which of several phones, addresses: `work`; nothing for the only one."""
    return _qualifiers().get(qualifier, qualifier)


def group_name(group: str) -> str:
    """What a group is called: `Contact`. A group that is not in the list keeps its own name."""
    return _groups().get(group, group)
