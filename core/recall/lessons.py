"""Which lesson lies in what the person did with an answer. Pure; `core.recall.learning` draws it.

An opened memory says which one was wanted: the strongest sign. "Not relevant" and a correction say only which
one was not, and what was wanted may not have been shown at all. Silence is the weakest: nobody complains of
every bad answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from second_me.core.recall.learning import Features, Lesson

SILENCE, OPENING, REFUSAL, CORRECTION = 0.1, 1.0, 0.5, 0.5
"""How strong the lessons are."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A memory that stood beside an answer: what the ranking saw of it, and whether the answer cites it."""

    memory_id: str
    features: Features
    cited: bool


def of_silence(shown: Sequence[Shown]) -> Lesson:
    """Nobody complained: what the answer cites was of use, more than what it does not."""
    return Lesson(_features(shown, True), _features(shown, False), SILENCE)


def of_opening(shown: Sequence[Shown], memory_id: str) -> Lesson:
    """The person opened a memory: it was of use, more than what the answer does not cite."""
    useful = tuple(each.features for each in shown if each.memory_id == memory_id)
    others = [each for each in shown if each.memory_id != memory_id]
    return Lesson(useful, _features(others, False), OPENING)


def of_refusal(shown: Sequence[Shown], memory_id: str) -> Lesson:
    """ "Not relevant": everything else that was shown deserved the place more."""
    useless = tuple(each.features for each in shown if each.memory_id == memory_id)
    useful = tuple(each.features for each in shown if each.memory_id != memory_id)
    return Lesson(useful, useless, REFUSAL)


def of_correction(shown: Sequence[Shown]) -> Lesson:
    """The answer was wrong: what it cites misled, and the rest deserved the place more."""
    return Lesson(_features(shown, False), _features(shown, True), CORRECTION)


def _features(shown: Sequence[Shown], cited: bool) -> tuple[Features, ...]:
    return tuple(each.features for each in shown if each.cited is cited)
