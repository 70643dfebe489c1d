"""The plain names of slots and groups: one table for the window, the answers and the command line."""

from __future__ import annotations

from functools import cache

from second_me.app.words import tr
from second_me.core.memory.facts.slots import Group, Slot


@cache
def _names() -> dict[str, str]:
    return {
        Slot.NAME: tr("Name"),
        Slot.HONORIFIC_PREFIX: tr("Title before the name"),
        Slot.GIVEN_NAME: tr("First name"),
        Slot.ADDITIONAL_NAME: tr("Middle name"),
        Slot.FAMILY_NAME: tr("Last name"),
        Slot.HONORIFIC_SUFFIX: tr("Title after the name"),
        Slot.NICKNAME: tr("Nickname"),
        Slot.USERNAME: tr("User name"),
        Slot.ORGANIZATION_TITLE: tr("Position"),
        Slot.ORGANIZATION: tr("Organisation"),
        Slot.STREET_ADDRESS: tr("Address"),
        Slot.ADDRESS_LINE1: tr("Address, line 1"),
        Slot.ADDRESS_LINE2: tr("Address, line 2"),
        Slot.ADDRESS_LINE3: tr("Address, line 3"),
        Slot.ADDRESS_LEVEL1: tr("Region"),
        Slot.ADDRESS_LEVEL2: tr("Town"),
        Slot.ADDRESS_LEVEL3: tr("District"),
        Slot.ADDRESS_LEVEL4: tr("Neighbourhood"),
        Slot.COUNTRY: tr("Country code"),
        Slot.COUNTRY_NAME: tr("Country"),
        Slot.POSTAL_CODE: tr("Postal code"),
        Slot.LANGUAGE: tr("Language"),
        Slot.SEX: tr("Gender"),
        Slot.URL: tr("Website"),
        Slot.TEL: tr("Phone"),
        Slot.EMAIL: tr("Email"),
        Slot.IMPP: tr("Chat"),
        Slot.BIRTHDAY: tr("Birthday"),
        Slot.PRONOUNS: tr("Pronouns"),
        Slot.JOB: tr("Works as"),
        Slot.EMPLOYER: tr("Works at"),
        Slot.SCHOOL: tr("Studies at"),
        Slot.HOME: tr("Lives in"),
        Slot.RELATION: tr("Relation"),
        Slot.PET: tr("Pet"),
        Slot.LIKES: tr("Likes"),
        Slot.DISLIKES: tr("Dislikes"),
        Slot.ALLERGY: tr("Allergic to"),
        Slot.HEALTH: tr("Health"),
        Slot.OWNS: tr("Owns"),
        Slot.SPEAKS: tr("Speaks"),
        Slot.PLAN: tr("Plan"),
        Slot.HABIT: tr("Habit"),
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
    return {
        "work": tr("work"),
        "home": tr("home"),
        "mobile": tr("mobile"),
        "parents": tr("parents"),
    }


def slot_name(slot: str, qualifier: str = "") -> str:
    """What a slot is called: `Phone`, `Phone (work)`. A slot that is not in the list keeps its own name."""
    name = _names().get(slot, slot)
    which = _qualifiers().get(qualifier, qualifier)
    return tr("{slot} ({which})", slot=name, which=which) if which else name


def group_name(group: str) -> str:
    """What a group is called: `Contact`. A group that is not in the list keeps its own name."""
    return _groups().get(group, group)
