"""The port of what the person decided about disclosure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from second_me.core.disclosure.gate import Hand, Place, Rules
from second_me.core.disclosure.levels import Audience, Clearance


class DisclosureStore(Protocol):
    """Clearances, contacts, what was set by hand, what corrections taught. Names are compared without case."""

    def rules(self) -> Rules:
        """All that the gate goes by."""

    def set_clearance(self, audience: Audience, clearance: Clearance | None) -> None:
        """What an audience may know from now on; None: what it may know by default."""

    def contacts(self) -> Mapping[str, Audience]:
        """{name: audience}, sorted by name."""

    def audience_of(self, name: str) -> Audience | None:
        """The audience of somebody; None when the person has not said."""

    def map_contact(self, name: str, audience: Audience | None) -> bool:
        """Say who somebody is (None: take it back); whether it was known before."""

    def set_by_hand(self, place: Place, hand: Hand | None) -> None:
        """Keep what the person set of a memory or a fact (None: take it back)."""

    def keep_learned(self, counts: Mapping[str, int]) -> None:
        """Put these counts in the place of what was known."""
