"""What the person types as a fact becomes a sentence of the person's, and the fact a place in it."""

from __future__ import annotations

from second_me.app.service.slot_words import slot_noun
from second_me.app.words import tr
from second_me.core.memory.facts.claims import ME, Claim, Qualifier, passage
from second_me.core.memory.facts.slots import Slot


def _sentences() -> dict[Slot, tuple[str, str]]:
    """{slot: (of the person, of somebody else)}."""
    return {
        Slot.HOME: (tr("I live in {value}."), tr("{name} lives in {value}.")),
        Slot.EMPLOYER: (tr("I work at {value}."), tr("{name} works at {value}.")),
        Slot.ORGANIZATION: (tr("I work at {value}."), tr("{name} works at {value}.")),
        Slot.SCHOOL: (tr("My school is {value}."), tr("{name}'s school is {value}.")),
        Slot.RELATION: (tr("I am a {value}."), tr("{name} is my {value}.")),
        Slot.PET: (tr("I have a pet: {value}."), tr("{name} has a pet: {value}.")),
        Slot.LIKES: (tr("I like {value}."), tr("{name} likes {value}.")),
        Slot.DISLIKES: (tr("I do not like {value}."), tr("{name} does not like {value}.")),
        Slot.ALLERGY: (tr("I am allergic to {value}."), tr("{name} is allergic to {value}.")),
        Slot.HEALTH: (tr("About my health: {value}."), tr("About {name}'s health: {value}.")),
        Slot.OWNS: (tr("I own {value}."), tr("{name} owns {value}.")),
        Slot.SPEAKS: (tr("I speak {value}."), tr("{name} speaks {value}.")),
        Slot.PLAN: (tr("My plan: {value}."), tr("{name}'s plan: {value}.")),
        Slot.HABIT: (tr("My habit: {value}."), tr("{name}'s habit: {value}.")),
    }


def _qualified(slot: Slot, qualifier: Qualifier) -> str:
    prefix = {
        Qualifier.NONE: "",
        Qualifier.WORK: tr("work") + " ",
        Qualifier.HOME: tr("home") + " ",
        Qualifier.MOBILE: tr("mobile") + " ",
        Qualifier.PARENTS: tr("parents'") + " ",
    }
    return prefix[qualifier] + slot_noun(slot)


def sentence(slot: Slot, value: str, subject: str, qualifier: Qualifier) -> tuple[str, Claim]:
    """The text of the episode, and its claim. Raises ValueError for an empty value or name."""
    default = (
        tr("My {what} is {value}.").replace("{what}", _qualified(slot, qualifier)),
        tr("{name}'s {what} is {value}.").replace("{what}", _qualified(slot, qualifier)),
    )
    template = _sentences().get(slot, default)[subject != ME]
    places: dict[str, tuple[int, int]] = {}
    text = ""
    while template:
        before, brace, rest = template.partition("{")
        text += before
        name, _, template = rest.partition("}")
        if brace:
            places[name] = len(text), len(text) + len({"value": value, "name": subject}[name])
            text += {"value": value, "name": subject}[name]
    named = None if subject == ME else passage(text, *places["name"])
    claim = Claim(
        slot, passage(text, *places["value"]), passage(text, 0, len(text)), named=named, qualifier=qualifier
    )
    return text, claim
