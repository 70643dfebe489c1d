"""Imports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from second_me.app.service.imports import Imports
from second_me.app.service.server import Method, Peer
from second_me.app.service.state import ServiceState, optional_text, text_of
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]


class ImportMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState, imports: Imports) -> None:
        self._state, self._imports = state, imports

    def start(self, peer: Peer, params: Params) -> Any:
        """`import.start`."""
        given = params.get("paths")
        if not isinstance(given, list) or not given:
            raise EnvironmentFault("bad_parameters", tr("Name at least one file."))
        me = optional_text(params, "me") or self._state.house.settings.get("me")
        job = self._imports.start(
            self._state.house, self._state.jobs, self._state.changed, [Path(str(each)) for each in given],
            str(params.get("format") or "auto"), me, peer, bool(params.get("wait")),
        )  # fmt: skip
        return {"job": job}

    def cancel(self, peer: Peer, params: Params) -> Any:
        """`import.cancel`."""
        self._imports.cancel(text_of(params, "job"))
        return {}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {"import.start": self.start, "import.cancel": self.cancel}
