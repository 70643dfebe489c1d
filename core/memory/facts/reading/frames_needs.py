"""Frames of needs: what somebody cannot eat, and the rules that they eat by."""

from __future__ import annotations

from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import time_at
from second_me.core.memory.facts.reading.words import Kind
from second_me.core.memory.facts.slots import Slot

_ALLERGENS = frozenset(
    """lactose gluten dairy nuts peanuts hazelnuts walnuts almonds cashews shellfish prawns mussels wheat soy soya
    fructose histamine sulphites sulfites sesame""".split()
)
_RULES = frozenset(
    """halal kosher vegan vegetarian gluten-free dairy-free lactose-free plant-based low-carb keto paleo
    pescatarian""".split()
)
_GOES_ON = frozenset("and or so because as since but at only".split())


def cannot_have(said: Said) -> Iterator[Draft]:
    """ "I can't have lactose", "I can't eat gluten or nuts": never for a day, nor for a reason of the moment."""
    group = said.group
    if not (group.can and group.negated) or group.past or group.be:
        return
    at = said.at
    found: list[int] = []
    ill = said.scene.text.lower()
    allergic = "allergic to them" in ill or "allergic to it" in ill
    while said.low(at) in _ALLERGENS or (allergic and not found and _is_food(said, at)):
        if not (said.low(at) == "gluten" and ("coeliac" in ill or "celiac" in ill)):
            found.append(at)
        at += 1
        while said.low(at) in (",", "or", "and"):
            at += 1
    ends = at >= len(said.words) or said.words[at].kind is Kind.MARK or said.low(at) in _GOES_ON | {"i", "it"}
    if found and ends and not any(time_at(said.words, place) for place in range(at, len(said.words))):
        for place in found:
            yield said.draft(Slot.ALLERGY, (place, place + 1), Stance.HOLDS)


def _is_food(said: Said, at: int) -> bool:
    """One plain word, where the text says that somebody is allergic to it."""
    word = said.words[at] if at < len(said.words) else None
    if word is None or word.kind is not Kind.WORD or word.cap or len(word.low) < 3:
        return False
    closed = at + 1 >= len(said.words) or said.words[at + 1].kind is Kind.MARK
    return closed and word.low not in ("them", "any", "that", "those", "this", "some")


def on_diet(said: Said) -> Iterator[Draft]:
    """ "I'm on a gluten-free diet": the rule."""
    at = said.at + 2
    if [said.low(said.at), said.low(said.at + 1), said.low(at + 1)] != ["on", "a", "diet"]:
        return
    if said.low(at) in _RULES and not said.group.past:
        yield said.draft(Slot.HABIT, (at, at + 1))


def eat_by_rule(said: Said) -> Iterator[Draft]:
    """ "I eat halal", "we keep kosher at home": the verb with the rule."""
    group, at = said.group, said.at
    if said.low(at) not in _RULES or group.can or group.past or group.tense == "ing":
        return
    following = said.words[at + 1] if at + 1 < len(said.words) else None
    if following is None or following.kind is Kind.MARK or following.low in _GOES_ON:
        yield said.draft(Slot.HABIT, (group.at, at + 1))
