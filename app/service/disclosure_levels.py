"""How sensitive a fact or a memory is, and who may know it, as the protocol's JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from second_me.app.service import fact_shapes
from second_me.app.service.house import House
from second_me.core.disclosure.gate import Gate, Hand, Place, Rules, episode_cleared, episode_level
from second_me.core.disclosure.levels import OTHERS, Audience, Sensitivity, Topic
from second_me.core.disclosure.sensitivity import Part, text_parts
from second_me.core.memory.facts.claims import Fact

Json = dict[str, Any]


class FactLevels:
    """(sensitivity, topic) of facts: for the shape of a fact. `facts` are all facts of the vault."""

    def __init__(self, facts: Sequence[Fact], rules: Rules) -> None:
        self._gate = Gate(facts, [Audience.ME], rules)

    def words(self, fact: Fact) -> tuple[str, str]:
        """Both as the protocol's words."""
        level, topic = self._gate.level(fact)
        return level.word, topic.value


def described(house: House, facts: Iterable[Fact]) -> list[Json]:
    """Facts in the protocol's shape, with how sensitive they are."""
    levels = FactLevels(house.book.all(), house.disclosure.rules())
    shapes = []
    for fact in facts:
        sensitivity, topic = levels.words(fact)
        shapes.append({**fact_shapes.fact(fact), "sensitivity": sensitivity, "topic": topic})
    return shapes


def fact_level(house: House, fact: Fact) -> Json:
    """A fact: what it is, why, and who may know it."""
    facts, rules = house.book.all(), house.disclosure.rules()
    gates = {audience: Gate(facts, [audience], rules) for audience in OTHERS}
    gate = gates[OTHERS[0]]
    level, topic = gate.level(fact)
    told = [audience for audience in OTHERS if gates[audience](fact)]
    return _shape(level, topic, gate.hand(fact), gate.parts(fact), told)


def memory_level(house: House, memory_id: str) -> Json:
    """A whole memory: what it is, why, and who may read it."""
    episode, rules = house.episodes.get(memory_id), house.disclosure.rules()
    assert episode is not None
    level, topic = episode_level(memory_id, episode.text, rules)
    told = [audience for audience in OTHERS if episode_cleared(episode, [audience], rules).cleared]
    hand = rules.by_hand.get(Place(memory_id), Hand())
    return _shape(level, topic, hand, text_parts(episode.text, rules.learned), told)


def _shape(
    level: Sensitivity, topic: Topic, hand: Hand, parts: Iterable[Part], told: Iterable[Audience]
) -> Json:
    return {
        "sensitivity": level.word,
        "topic": topic.value,
        "by_hand": hand.sensitivity is not None or hand.topic is not None,
        "cleared_for": sorted(audience.value for audience in hand.cleared_for),
        "why": sorted({part.word for part in parts if part.word is not None}),
        "told_to": [audience.value for audience in told],
    }
