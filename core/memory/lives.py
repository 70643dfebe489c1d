"""Lives of memories as they are kept: the port of their store, and the values that it gives and takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from second_me.core.memory.forgetting import Grade, Life, Use
from second_me.core.memory.worth import Average


@dataclass(frozen=True, slots=True)
class KeptUse:
    """One use as it is kept: its id, when it was, and what the person did (`copied`, `opened`, `went_on`,
    `corrected`, `not_relevant`)."""

    use_id: int
    use: Use
    at: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class KeptLife:
    """The life of the episode `seq`, and its uses as they are kept, in order."""

    seq: int
    life: Life
    uses: tuple[KeptUse, ...]


@dataclass(frozen=True, slots=True)
class Unrated:
    """A memory whose first stability is not known yet; `noted`: it was told in order to be remembered."""

    seq: int
    text: str
    noted: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """The first stability of a memory (days of use), and its surprise in bits (None: only words of every day)."""

    seq: int
    first: float
    bits: float | None


class LifeStore(Protocol):
    """The lives of memories; what is derived of them is kept in step. The assistant's turns have none."""

    def come(self, day: date) -> int:
        """The app is used on a day; the number of the day of use."""

    def days(self) -> Sequence[date]:
        """All days of use in order: the first has the number 1."""

    def get(self, memory_id: str) -> KeptLife | None:
        """The life of a memory."""

    def use(
        self, memory_ids: Iterable[str], grade: Grade, cause: str, answer_id: str | None, at: datetime
    ) -> int:
        """Keep what became of memories today; the same sign of one answer counts once a day. Returns how many
        are new."""

    def take_back(self, memory_id: str, use_id: int) -> bool:
        """Forget one use, as if it had never been. False when there is none."""

    def pin(self, memory_id: str, pinned: bool) -> bool:
        """Hold a memory, or hold it no more. False when there is no such life."""

    def let_go(self, memory_id: str, released: bool) -> bool:
        """Let a memory fade now, which takes its pin away; or take that back. False when there is no such life."""

    def strengths(self, seqs: Sequence[int]) -> Mapping[int, float]:
        """{seq: strength today}; those without a life are left out."""

    def pace(self) -> float:
        """The factor on all stabilities."""

    def set_pace(self, pace: float) -> None:
        """Choose another one; `work` then goes through all lives."""

    def unrated(self, limit: int) -> Sequence[Unrated]:
        """Lives whose first stability is not known yet, oldest first."""

    def average(self) -> Average:
        """Of the surprise of all rated lives."""

    def rate(self, ratings: Sequence[Rating]) -> None:
        """Keep first stabilities; lives that are gone meanwhile are passed over."""

    def work(self, limit: int) -> bool:
        """One step of what waits (a new pace, what faded by today), at most `limit` lives; whether more may."""
