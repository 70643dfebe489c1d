"""What upkeep does."""

from __future__ import annotations

from typing import Any

from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState
from second_me.app.service.upkeep_words import shape

Params = dict[str, Any]


class UpkeepMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def status(self, peer: Peer, params: Params) -> Any:
        """`upkeep.status`."""
        return listing(self._state)

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {"upkeep.status": self.status}


def listing(state: ServiceState) -> list[Params]:
    """The jobs as the protocol tells them. Raises EnvironmentFault."""
    now = state.house.clock.now()
    return [shape(each, now) for each in state.upkeep.states()]
