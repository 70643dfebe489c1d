"""How much of this computer the model may hold, and which models there are."""

from __future__ import annotations

from typing import Any

from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]
MOST_BYTES = 1 << 50
"""A petabyte: what is more was mistyped."""


def bytes_of(value: object) -> int | None:
    """A budget: whole bytes, or None to follow free memory. Raises EnvironmentFault("bad_parameters")."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST_BYTES:
        raise EnvironmentFault(
            "bad_parameters",
            tr("A budget is a number of bytes above 0, or null to follow free memory."),
            tr("See the lowest and the full size with: second-me budget"),
        )
    return value


class BudgetMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def status(self, peer: Peer, params: Params) -> Any:
        """`budget.status`."""
        return self._state.house.model.budget()

    def set(self, peer: Peer, params: Params) -> Any:
        """`budget.set`: kept first, so that a model that starts at this moment has it too."""
        if "bytes" not in params:
            raise EnvironmentFault("bad_parameters", tr("How many bytes? Nothing was said."))
        chosen = bytes_of(params["bytes"])
        house = self._state.house
        house.keep_budget(chosen)
        house.model.set_budget(chosen)
        self._state.broadcast("budget.changed")
        return {}

    def models(self, peer: Peer, params: Params) -> Any:
        """`models.list`."""
        return list(self._state.house.list_models())

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {"budget.status": self.status, "budget.set": self.set, "models.list": self.models}
