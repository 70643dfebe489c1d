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


def methods(state: ServiceState, imports: Imports) -> dict[str, Method]:
    """The table of this subject."""

    def start(peer: Peer, params: Params) -> Any:
        given = params.get("paths")
        if not isinstance(given, list) or not given:
            raise EnvironmentFault("bad_parameters", tr("Name at least one file."))
        me = optional_text(params, "me") or state.house.settings.get("me")
        job = imports.start(
            state.house, state.jobs, state.changed, [Path(str(each)) for each in given],
            str(params.get("format") or "auto"), me, peer, bool(params.get("wait")),
        )  # fmt: skip
        return {"job": job}

    def cancel(peer: Peer, params: Params) -> Any:
        imports.cancel(text_of(params, "job"))
        return {}

    return {"import.start": start, "import.cancel": cancel}
