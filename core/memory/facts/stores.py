"""The ports of facts; `core.ports` has them, too."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from second_me.core.memory.episodes import Episode
from second_me.core.memory.facts.claims import Claim, Defined, Judged, Kept, Mark, Passage, Verdict
from second_me.core.memory.facts.slots import Slot


class FactStore(Protocol):
    """What episodes claim. Claims of hidden, forgotten ("do not remember") and erased episodes are not given."""

    def unread(self, version: int, limit: int) -> Sequence[Episode]:
        """Remembered, visible episodes of the person that no reader of this version has read yet, oldest first."""

    def put(self, memory_id: str, claims: Sequence[Claim], version: int, at: datetime) -> Sequence[int]:
        """Keep what an episode claims, in the place of what it claimed before; returns the claims' ids. Raises
        ValueError when a passage is not one of the episode's text."""

    def kept(self, subject: str | None = None, slots: Collection[Slot] = ()) -> Sequence[Kept]:
        """Claims of a subject (None: of all) and of some slots (none: of all), in the order of storing."""

    def stamps(self) -> Mapping[int, int]:
        """{claim: a number that is another when the claim, or a mark on it, is}, of all claims that are given."""

    def some(self, claim_ids: Collection[int]) -> Sequence[Kept]:
        """Claims by their ids; those that are not given are left out."""

    def get(self, claim_id: int) -> Kept | None:
        """One claim."""

    def of_memory(self, memory_id: str) -> Sequence[Kept]:
        """What one episode claims."""

    def mark(self, claim_id: int, mark: Mark, at: datetime) -> bool:
        """Keep the person's word on a claim; False when there is no such claim."""

    def unmark(self, claim_id: int, mark: Mark) -> bool:
        """Take it back."""

    def judge(self, first: int, second: int, verdict: Verdict | None, at: datetime) -> None:
        """Keep the person's word on two claims that contradict each other (None: take it back)."""

    def verdicts(self) -> Mapping[tuple[int, int], Judged]:
        """{(claim of `first`, claim of `second`): verdict}."""

    def changes(self) -> int:
        """Counts up whenever what this store gives is another."""


class GlossaryStore(Protocol):
    """The person's own words. Those of hidden, forgotten and erased episodes are not given."""

    def put(self, memory_id: str, definitions: Sequence[tuple[Passage, Passage]]) -> None:
        """Keep the (term, meaning) of an episode in the place of those before. Raises ValueError when a passage is
        not one of the episode's text."""

    def listing(self) -> Sequence[Defined]:
        """In the order of storing."""
