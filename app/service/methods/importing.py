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


def _is_path(value: object) -> bool:
    """A file name may hold anything but NUL, also what is no Unicode."""
    return isinstance(value, str) and bool(value) and "\0" not in value


class ImportMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState, imports: Imports) -> None:
        self._state, self._imports = state, imports

    def start(self, peer: Peer, params: Params) -> Any:
        """`import.start`."""
        given = params.get("paths")
        if not isinstance(given, list) or not given or not all(_is_path(each) for each in given):
            raise EnvironmentFault("bad_parameters", tr("Name at least one file."))
        me = optional_text(params, "me") or self._state.house.settings.get("me")
        job = self._imports.start(
            self._state.house, self._state.jobs, self._state.changed, [Path(each) for each in given],
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
