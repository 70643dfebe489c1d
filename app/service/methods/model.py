"""The model's process and the vectors of the background."""

from __future__ import annotations

import contextlib
from typing import Any

from second_me.app.service.jobs import adopt_embedder
from second_me.app.service.methods.memory import number_of
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]
LONGEST_WAIT = 3600
"""Seconds."""


class ModelMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def status(self, peer: Peer, params: Params) -> Any:
        """`model.status`."""
        return self._state.house.model.status()

    def reload(self, peer: Peer, params: Params) -> Any:
        """`model.reload`."""
        self._state.house.model.reload(*self._state.house.find_models())
        with contextlib.suppress(EnvironmentFault):
            adopt_embedder(self._state.house)
        self._state.jobs.wake()
        return {}

    def wait(self, peer: Peer, params: Params) -> Any:
        """`vectors.wait`."""
        self._state.jobs.drain(number_of(params, "timeout", LONGEST_WAIT, LONGEST_WAIT))
        return {"pending": self._state.jobs.pending()}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {"model.status": self.status, "model.reload": self.reload, "vectors.wait": self.wait}
