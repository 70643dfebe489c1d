"""The model's process and the vectors of the background."""

from __future__ import annotations

from typing import Any

from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState

Params = dict[str, Any]


def methods(state: ServiceState) -> dict[str, Method]:
    """The table of this subject."""

    def status(peer: Peer, params: Params) -> Any:
        return state.house.model.status()

    def reload(peer: Peer, params: Params) -> Any:
        state.house.model.reload(*state.house.find_models())
        state.jobs.wake()
        return {}

    def wait(peer: Peer, params: Params) -> Any:
        state.jobs.drain(float(params.get("timeout") or 3600))
        return {"pending": state.jobs.pending()}

    return {"model.status": status, "model.reload": reload, "vectors.wait": wait}
