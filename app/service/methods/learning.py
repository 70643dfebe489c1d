"""What recall learns from: a memory that was opened; what it has learned, and starting over."""

from __future__ import annotations

from typing import Any

from second_me.app.service import shapes
from second_me.app.service.learned_words import changes
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, text_of

Params = dict[str, Any]


class LearningMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def opened(self, peer: Peer, params: Params) -> Any:
        """`memory.opened`."""
        answer_id, memory_id = text_of(params, "answer_id"), text_of(params, "memory_id")
        self._state.turns.lessons.opened(answer_id, memory_id)
        return {}

    def learned(self, peer: Peer, params: Params) -> Any:
        """`recall.learned`."""
        house = self._state.house
        known = house.learned.learned()
        deltas = known.deltas_at(house.clock.now())
        return {
            "lessons": known.lessons,
            "updated": shapes.time_text(known.updated_at),
            "changes": changes(deltas, house.weights),
        }

    def reset(self, peer: Peer, params: Params) -> Any:
        """`recall.reset`."""
        self._state.house.learned.reset()
        return {}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "memory.opened": self.opened,
            "recall.learned": self.learned,
            "recall.reset": self.reset,
        }
