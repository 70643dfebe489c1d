"""The gate: what of the person's memories an audience may know. It stands before everything that looks at them, so
what is withheld cannot be asked for, confirmed or guessed at: for whoever asks it does not exist.

Others are told facts only. A whole memory is told where the person cleared that very one for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce

from second_me.core.disclosure.levels import CLOSE, DEFAULTS, Audience, Clearance, Sensitivity, Topic
from second_me.core.disclosure.people import FAMILY_WORDS, PEOPLE_WORDS, is_family
from second_me.core.disclosure.sensitivity import Part, fact_parts, overall, text_parts
from second_me.core.memory.episodes import Episode
from second_me.core.memory.facts.claims import ME, Fact, Kept, State
from second_me.core.memory.facts.slots import Group, Slot, group_of
from second_me.core.recall.keys import words
from second_me.core.recall.spelling import folded

SHORTEST = 4
"""Characters of a withheld value from which another value that holds it gives it away."""

_FREE = frozenset({Slot.LIKES, Slot.DISLIKES, Slot.PLAN, Slot.HABIT, Slot.OWNS})


class Reason(StrEnum):
    """Why something is told or withheld."""

    MINE = "mine"
    BY_HAND = "by_hand"
    CLEARED = "cleared"
    TOO_SENSITIVE = "too_sensitive"
    THIRD_PERSON = "third_person"
    WHOLE_MEMORY = "whole_memory"
    GIVES_AWAY = "gives_away"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be told, and why (not)."""

    cleared: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Hand:
    """What the person set by hand: it outranks what slot and words say. None: not set."""

    sensitivity: Sensitivity | None = None
    topic: Topic | None = None
    cleared_for: frozenset[Audience] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """What of a memory was set by hand: a fact of it (slot and code points of its value), or all (`slot` None)."""

    memory_id: str
    slot: Slot | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the person decided, and what was learned from it.

    `clearances` where they differ from the defaults; `learned` counts of corrections (`sensitivity.corrected`).
    """

    clearances: Mapping[Audience, Clearance] = field(default_factory=dict)
    learned: Mapping[str, int] = field(default_factory=dict)
    by_hand: Mapping[Place, Hand] = field(default_factory=dict)

    def clearance(self, audience: Audience) -> Clearance:
        """What somebody else may know."""
        return self.clearances.get(audience) or DEFAULTS[audience]


_Same = tuple[str, Slot, str]


def _same(fact: Fact) -> _Same:
    """Facts that say the same are treated alike, wherever they were said."""
    return folded(fact.kept.subject), fact.kept.claim.slot, " ".join(folded(fact.kept.value).split())


class Gate:
    """Decides over facts for those who ask together: what is told must be cleared for every one of `audiences`.

    `facts` are all facts of the vault, the wrong ones too. Raises ValueError when nobody asks.
    """

    def __init__(self, facts: Sequence[Fact], audiences: Iterable[Audience], rules: Rules) -> None:
        self._audiences = frozenset(audiences)
        if not self._audiences:
            raise ValueError("somebody must ask")
        self._rules = rules
        self._people, self._family = _people(facts), _family(facts)
        self._hands, self._beside = _spread(facts, rules), _together(facts)
        self._decisions: dict[int, Decision] = {}
        decided = [(fact, self._first(fact)) for fact in facts]
        guarded = [_same(fact)[2] for fact, decision in decided if self._guarded(fact, decision)]
        told = {_same(fact)[2] for fact, decision in decided if decision.cleared}
        self._guarded_values = [value for value in guarded if len(value) >= SHORTEST and value not in told]

    def __call__(self, fact: Fact) -> bool:
        """Whether a fact may be told: the predicate that those who look facts up are given."""
        return self.decide(fact).cleared

    def decide(self, fact: Fact) -> Decision:
        """Whether a fact may be told, and why (not)."""
        decision = self._first(fact)
        if decision.reason is Reason.CLEARED and self._gives_away(fact):
            return Decision(False, Reason.GIVES_AWAY)
        return decision

    def level(self, fact: Fact) -> tuple[Sensitivity, Topic]:
        """How sensitive a fact is, all in all."""
        third = folded(fact.kept.subject) != ME and self.hand(fact).sensitivity is None
        return overall(self.parts(fact) + (self._third_parts(fact) if third else ()))

    def hand(self, fact: Fact) -> Hand:
        """What the person set by hand for a fact, or for another that says the same."""
        return self._hands.get(_same(fact), Hand())

    def parts(self, fact: Fact) -> tuple[Part, ...]:
        """The reasons to withhold a fact, after what was set by hand."""
        told = fact_parts(fact, self._rules.learned, self._beside.get(_kind(fact.kept), ()))
        found, hand = (*told, *self._named(fact)), self.hand(fact)
        if hand.sensitivity is not None or hand.topic is not None:
            level, topic = overall(found)
            level = level if hand.sensitivity is None else hand.sensitivity
            found = (Part(level, topic if hand.topic is None else hand.topic),)
        for whole in self._whole(fact):
            if whole.sensitivity is not None and hand.sensitivity is None:
                found = (found[0], Part(whole.sensitivity, whole.topic or overall(found)[1]))
        return found

    def _named(self, fact: Fact) -> tuple[Part, ...]:
        """A wish, a dislike or a habit that names somebody tells of them, too."""
        if fact.kept.claim.slot not in _FREE:
            return ()
        named = self._people & set(words(fact.kept.value))
        topic = Topic.FAMILY if named and named <= self._family else Topic.NONE
        return (Part(Sensitivity.PRIVATE, topic),) if named else ()

    def _first(self, fact: Fact) -> Decision:
        known = self._decisions.get(fact.kept.claim_id)
        if known is None:
            known = self._decisions[fact.kept.claim_id] = self._decide(fact)
        return known

    def _decide(self, fact: Fact) -> Decision:
        others = self._audiences - {Audience.ME}
        if not others:
            return Decision(True, Reason.MINE)
        if fact.state is State.WRONG or fact.denied:
            return Decision(False, Reason.WRONG)
        if others <= self._cleared_by_hand(fact):
            return Decision(True, Reason.BY_HAND)
        third = folded(fact.kept.subject) != ME
        if third and not others <= CLOSE:
            return Decision(False, Reason.THIRD_PERSON)
        parts = self.parts(fact) + (self._third_parts(fact) if third else ())
        good = all(_may(self._rules.clearance(who), part) for who in others for part in parts)
        return Decision(good, Reason.CLEARED if good else Reason.TOO_SENSITIVE)

    def _cleared_by_hand(self, fact: Fact) -> frozenset[Audience]:
        whole = (hand.cleared_for for hand in self._whole(fact))
        return self.hand(fact).cleared_for.union(*whole)

    def _whole(self, fact: Fact) -> list[Hand]:
        """What was set of the memories that tell a fact, the least sensitive first."""
        places = (Place(each.memory_id) for each in fact.claims)
        hands = [hand for place in places if (hand := self._rules.by_hand.get(place)) is not None]
        return sorted(hands, key=lambda hand: -1 if hand.sensitivity is None else hand.sensitivity)

    def _third_parts(self, fact: Fact) -> tuple[Part, ...]:
        """What is told of others is theirs: private at least, a family matter when they are of the family."""
        topic = Topic.FAMILY if folded(fact.kept.subject) in self._family else Topic.NONE
        return (Part(Sensitivity.PRIVATE, topic),)

    def _guarded(self, fact: Fact, decision: Decision) -> bool:
        """Whether its value must not come out by way of another fact: a secret, or raised by hand."""
        if decision.cleared or fact.state is State.WRONG:
            return False
        level = overall(self.parts(fact))[0]
        by_hand = self.hand(fact).sensitivity or Sensitivity.PUBLIC
        return level is Sensitivity.SECRET or by_hand > Sensitivity.ORDINARY

    def _gives_away(self, fact: Fact) -> bool:
        value = _same(fact)[2]
        return any(each in value or each.replace(" ", "") in value for each in self._guarded_values)


def episode_cleared(episode: Episode, audiences: Iterable[Audience], rules: Rules) -> Decision:
    """Whether a whole memory may be told: to others only where the person cleared it for every one of them."""
    others = frozenset(audiences) - {Audience.ME}
    if not others:
        return Decision(True, Reason.MINE)
    hand = rules.by_hand.get(Place(episode.memory_id), Hand())
    if others <= hand.cleared_for:
        return Decision(True, Reason.BY_HAND)
    return Decision(False, Reason.WHOLE_MEMORY)


def episode_level(memory_id: str, text: str, rules: Rules) -> tuple[Sensitivity, Topic]:
    """How sensitive a whole memory is."""
    level, topic = overall(text_parts(text, rules.learned))
    hand = rules.by_hand.get(Place(memory_id), Hand())
    return (
        level if hand.sensitivity is None else hand.sensitivity,
        topic if hand.topic is None else hand.topic,
    )


def _may(clearance: Clearance, part: Part) -> bool:
    if clearance.level is not None and part.level <= clearance.level:
        return True
    if part.level is Sensitivity.SECRET:
        return False
    return (part.topic is not Topic.NONE and part.topic in clearance.topics) or part.slot in clearance.slots


def _kind(kept: Kept) -> tuple[str, str, Group]:
    return kept.memory_id, folded(kept.subject), group_of(kept.claim.slot)


def _together(facts: Sequence[Fact]) -> dict[tuple[str, str, Group], set[str]]:
    """Values of one kind that were told in one breath: "Hospital Lane" says nothing of the town that it is in."""
    found: dict[tuple[str, str, Group], set[str]] = {}
    for fact in facts:
        for kept in fact.claims:
            found.setdefault(_kind(kept), set()).add(kept.value)
    return found


def _people(facts: Sequence[Fact]) -> frozenset[str]:
    """Words that name somebody who is not the person, or say who they are ("boss")."""
    others = [fact.kept for fact in facts if folded(fact.kept.subject) != ME]
    names = {word for kept in others for word in words(kept.subject)}
    return frozenset(names) | PEOPLE_WORDS | FAMILY_WORDS


def _family(facts: Sequence[Fact]) -> frozenset[str]:
    """Who is a relation of the person's, by what they are called, and the words for relations."""
    related = [fact.kept for fact in facts if fact.kept.claim.slot is Slot.RELATION]
    names = {name for kept in related if is_family(kept.value) for name in _called(kept)}
    return frozenset(names) | FAMILY_WORDS


def _called(kept: Kept) -> set[str]:
    return {folded(kept.subject), *words(kept.subject)}


def _spread(facts: Sequence[Fact], rules: Rules) -> dict[_Same, Hand]:
    """What was set by hand of one fact holds for all that say the same; where they differ, the stricter word."""
    spread: dict[_Same, Hand] = {}
    for fact in facts:
        hand = hand_of(fact, rules)
        if hand is None:
            continue
        known = spread.get(_same(fact))
        spread[_same(fact)] = hand if known is None else _stricter(known, hand)
    return spread


def hand_of(fact: Fact, rules: Rules) -> Hand | None:
    """What was set by hand for this very fact; a passage that moved a little when it was read anew is the same."""
    hands = [hand for kept in fact.claims for place, hand in rules.by_hand.items() if _at(place, kept)]
    return reduce(_stricter, hands) if hands else None


def _at(place: Place, kept: Kept) -> bool:
    if (place.memory_id, place.slot) != (kept.memory_id, kept.claim.slot):
        return False
    return place.start < kept.claim.value.end and kept.claim.value.start < place.end


def _stricter(one: Hand, other: Hand) -> Hand:
    levels = [hand.sensitivity for hand in (one, other) if hand.sensitivity is not None]
    strict = max((one, other), key=lambda hand: -1 if hand.sensitivity is None else hand.sensitivity)
    return Hand(max(levels, default=None), strict.topic, one.cleared_for & other.cleared_for)
