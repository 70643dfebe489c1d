"""How sensitive a fact or a text is, and why: the parts that each must be cleared for itself.

A fact has a part for its slot and one for each kind of word in its sentence, so that "I moved to Bern after the
burnout" is a private matter of health as well as an ordinary one of home. A text of which no word is known is
private: what cannot be told apart is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from second_me.core.disclosure.levels import Sensitivity, Topic
from second_me.core.disclosure.people import relation_topic
from second_me.core.disclosure.topic_words import CONFIDED, Theme, words_of
from second_me.core.memory.facts.claims import Fact, Kept, Qualifier
from second_me.core.memory.facts.slots import Group, Slot, group_of

_PUBLIC = frozenset(
    {
        Slot.NAME, Slot.HONORIFIC_PREFIX, Slot.GIVEN_NAME, Slot.ADDITIONAL_NAME, Slot.FAMILY_NAME,
        Slot.HONORIFIC_SUFFIX, Slot.NICKNAME, Slot.PRONOUNS, Slot.URL, Slot.LANGUAGE, Slot.SPEAKS,
        # what stands on a business card
        Slot.JOB, Slot.EMPLOYER, Slot.ORGANIZATION,
    }
)  # fmt: skip
_PRIVATE = frozenset(
    {
        Slot.SEX, Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1, Slot.ADDRESS_LINE2, Slot.ADDRESS_LINE3, Slot.POSTAL_CODE,
        Slot.ADDRESS_LEVEL3, Slot.ADDRESS_LEVEL4, Slot.RELATION, Slot.ALLERGY, Slot.HEALTH,
        # free text: what it may hold is not known
        Slot.PLAN,
    }
)  # fmt: skip
_TOPICS = {Group.HOME: Topic.HOME, Group.WORK: Topic.WORK, Group.HEALTH: Topic.HEALTH}
_SLOT_TOPICS = {Slot.BIRTHDAY: Topic.FAMILY}

_STRUCTURED = frozenset({Group.NAME, Group.CONTACT, Group.HOME, Group.WORK})
"""A nurse's hospital and a street that is named after a church tell nothing of health and faith."""

RAISES, LOWERS, MOST = 2, -3, 3
"""Corrections that raise a level, that lower one, and as far as is counted: one's own mistakes must not add up."""


@dataclass(frozen=True, slots=True)
class Part:
    """One reason to withhold: its level and topic. `slot`: it is the slot's own part; `word`: what in the text said so
    (None: by hand, or by what it is about)."""

    level: Sensitivity
    topic: Topic
    slot: Slot | None = None
    word: str | None = None


def key_of_slot(slot: Slot) -> str:
    """Under which the corrections of a slot are counted."""
    return f"slot:{slot.value}"


def key_of_word(word: str) -> str:
    """Under which the corrections of a word of the table are counted."""
    return f"word:{word}"


def learned_level(level: Sensitivity, count: int) -> Sensitivity:
    """The level after corrections: one step up or down at most, never down to public and never down from secret."""
    if count >= RAISES:
        return Sensitivity(min(level + 1, Sensitivity.SECRET))
    if count <= LOWERS and level is Sensitivity.PRIVATE:
        return Sensitivity.ORDINARY
    return level


def slot_part(
    slot: Slot, value: str, qualifier: Qualifier = Qualifier.NONE, learned: Mapping[str, int] | None = None
) -> Part:
    """What a slot means by itself. A home with a number in it is an address."""
    level, topic = Sensitivity.ORDINARY, _SLOT_TOPICS.get(slot, _TOPICS.get(group_of(slot), Topic.NONE))
    if slot in _PUBLIC:
        level = Sensitivity.PUBLIC
    elif slot in _PRIVATE or (slot is Slot.HOME and any(sign.isdigit() for sign in value)):
        level = Sensitivity.PRIVATE
    elif group_of(slot) is Group.CONTACT:
        level, topic = _contact(qualifier)
    if slot is Slot.RELATION:
        topic = relation_topic(value)
    return Part(learned_level(level, (learned or {}).get(key_of_slot(slot), 0)), topic, slot)


def _contact(qualifier: Qualifier) -> tuple[Sensitivity, Topic]:
    if qualifier in (Qualifier.HOME, Qualifier.PARENTS):
        return Sensitivity.PRIVATE, Topic.FAMILY
    return Sensitivity.ORDINARY, Topic.WORK if qualifier is Qualifier.WORK else Topic.NONE


Found = tuple[tuple[Theme, str], ...]
"""What `words_of` gives."""


def topic_of(found: Found) -> Topic:
    """What a text is about by its ordinary words, where they agree; it raises no level."""
    topics = {theme.topic for theme, _ in found if theme.level is Sensitivity.ORDINARY}
    return topics.pop() if len(topics) == 1 else Topic.NONE


def word_parts(found: Found, learned: Mapping[str, int] | None = None) -> tuple[Part, ...]:
    """A part for each kind of sensitive word in a text; () when none is known."""
    strongest: dict[str, Part] = {}
    for theme, word in found:
        if theme.level is Sensitivity.ORDINARY:
            continue
        level = learned_level(theme.level, (learned or {}).get(key_of_word(word), 0))
        known = strongest.get(theme.name)
        if known is None or level > known.level:
            strongest[theme.name] = Part(level, theme.topic, word=word)
    return tuple(strongest.values())


def text_parts(text: str, learned: Mapping[str, int] | None = None) -> tuple[Part, ...]:
    """The parts of a whole memory: at least private, for what a text may hold is not known."""
    found = words_of(text)
    return word_parts(found, learned) or (Part(Sensitivity.PRIVATE, topic_of(found)),)


def fact_parts(
    fact: Fact, learned: Mapping[str, int] | None = None, beside: Collection[str] = ()
) -> tuple[Part, ...]:
    """The parts of a fact, as far as slot and sentences say: where it was told more than once, all of them count.

    `beside`: values of its kind that were told with it (the street of its town); what they are called says nothing."""
    claim = fact.kept.claim
    slot = slot_part(claim.slot, fact.kept.value, claim.qualifier, learned)
    found = words_of("\n".join(_telling(each, beside) for each in fact.claims))
    if slot.topic is Topic.NONE and group_of(claim.slot) not in _STRUCTURED:
        slot = replace(slot, topic=topic_of(found))
    return (slot, *word_parts(found + _confided(fact), learned))


def _confided(fact: Fact) -> Found:
    """ "I have lupus. I haven't told a soul.": that it is a secret stands in the sentence beside it."""
    near = words_of("\n".join(each.around for each in fact.claims))
    return tuple(each for each in near if each[0].name == CONFIDED)


def _telling(kept: Kept, beside: Collection[str]) -> str:
    if group_of(kept.claim.slot) not in _STRUCTURED:
        return kept.quote if kept.value in kept.quote else f"{kept.quote}\n{kept.value}"
    told = kept.quote
    for value in sorted({kept.value, *beside} - {""}, key=len, reverse=True):
        told = told.replace(value, " \N{HORIZONTAL ELLIPSIS} ")
    return told


def overall(parts: tuple[Part, ...]) -> tuple[Sensitivity, Topic]:
    """The level and topic that stand for all parts: those of the most sensitive one, the sentence's among equals."""
    most = max(parts, key=lambda part: (part.level, part.slot is None))
    topic = most.topic
    if topic is Topic.NONE:
        topic = next((part.topic for part in parts if part.topic is not Topic.NONE), Topic.NONE)
    return most.level, topic


def corrected(learned: Mapping[str, int], parts: tuple[Part, ...], level: Sensitivity) -> dict[str, int]:
    """The counts after the person set a level by hand: what said more is lowered, what said less is raised.

    Only what made the difference is counted: parts at the level that was found when the person lowers it, the slot
    (or, of a text, its words) when the person raises it.
    """
    found = max(part.level for part in parts)
    if level == found:
        return dict(learned)
    step = 1 if level > found else -1
    counted = [part for part in parts if part.level == found] if step < 0 else list(parts)
    changed = dict(learned)
    for key in {key for part in counted if (key := _key(part)) is not None}:
        changed[key] = max(-MOST, min(MOST, changed.get(key, 0) + step))
    return changed


def _key(part: Part) -> str | None:
    if part.slot is not None:
        return key_of_slot(part.slot)
    return key_of_word(part.word) if part.word is not None else None
