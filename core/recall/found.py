"""What recall gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from second_me.core.memory.episodes import Episode


@dataclass(frozen=True, slots=True)
class Found:
    """A memory that answers a question, and why it is thought so.

    `score` orders (larger is better, no unit); `strength` is 0..1: under 0.5 it is weak
    evidence (the calibrated chance that it holds the answer is under the threshold); `why` are codes: `words`,
    `meaning`, `name`, `date`, `session`; `quote` is the span of its text that matters most, verbatim;
    `features` is what the ranking saw of it, by name, from which recall learns.
    """

    episode: Episode
    score: float
    strength: float
    why: tuple[str, ...]
    quote: str
    features: Mapping[str, float] = field(default_factory=dict)
