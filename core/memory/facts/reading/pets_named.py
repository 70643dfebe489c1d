"""Animals whose names come later: "(We adopted a cat,) she's called Biscuit"."""

from __future__ import annotations

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.names import person_at
from second_me.core.memory.facts.reading.said import Draft, Scene
from second_me.core.memory.facts.reading.verbs import BE
from second_me.core.memory.facts.reading.words import Word
from second_me.core.memory.facts.slots import Slot


def is_animal(draft: Draft, scene: Scene) -> bool:
    """Whether a draft is of an animal without its name."""
    lone = draft.slot is Slot.PET and draft.stance is Stance.HOLDS and draft.named is None
    return lone and scene.text[draft.start : draft.end].lower() == scene.text[draft.start : draft.end]


def named_later(words: list[Word], scene: Scene) -> list[Draft]:
    """ "(We adopted a cat,) she's called Biscuit", "(I got a puppy.) His name is Bo"."""
    lows = [word.low for word in words[:6]]
    if scene.animal is None or not lows:
        return []
    at = 0
    if (
        lows[0] in ("his", "her", "its", "the") and lows[1:2] == ["name"] and len(lows) > 2 and lows[2] in BE
    ) or (
        lows[0] in ("he", "she", "it") and len(lows) > 2 and lows[1] in BE and lows[2] in ("called", "named")
    ):
        at = 3
    elif lows[0] == "we" and "call" in lows[1:3] and set(lows) & {"him", "her", "it"}:
        at = lows.index("call") + 2
    name = person_at(words, at, scene.loose) if at else None
    if name is None:
        return []
    scene.renamed.append(scene.animal)
    scene.animal = None
    return [Draft(Slot.PET, words[name[0]].start, words[name[1] - 1].end, timed=False)]
