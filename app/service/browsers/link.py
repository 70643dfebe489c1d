"""What a browser's sealed messages mean, and what the fills are told of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from second_me.app.service.filling.link import FillDesk, Proposed
from second_me.core.acting.forms import MOST_FIELDS
from second_me.core.ports import EnvironmentFault

Json = Mapping[str, Any]
LONGEST_WORD = 100
LARGEST_REQUEST = 2**53 - 1

log = logging.getLogger(__name__)


class NoFills:
    """A desk before there are fills: nothing is known for any form."""

    def propose(self, form: object, browser_id: str, name: str, window: object = None) -> Proposed:
        """See `FillDesk`."""
        return Proposed(None, "nothing")

    def filled(self, browser_id: str, proposal_id: str, fields: Sequence[object], stopped: str = "") -> None:
        """See `FillDesk`."""

    def restored(
        self, browser_id: str, proposal_id: str, fields: Sequence[object], stopped: str = ""
    ) -> None:
        """See `FillDesk`."""

    def undo(self, browser_id: str) -> None:
        """See `FillDesk`."""

    def gone(self, browser_id: str, proposal_id: str) -> None:
        """See `FillDesk`."""

    def left(self, browser_id: str) -> None:
        """See `FillDesk`."""


def pass_on(desk: FillDesk, browser_id: str, name: str, message: Json) -> dict[str, Any] | None:
    """Tell the fills; what is to be sent back, sealed. Raises ValueError for what is no message of docs/browser.md."""
    kind = message.get("kind")
    if kind == "propose":
        return _propose(desk, browser_id, name, message)
    try:
        if kind == "filled":
            desk.filled(browser_id, _word(message, "proposal"), *_outcome(message))
        elif kind == "restored":
            desk.restored(browser_id, _word(message, "proposal"), *_outcome(message))
        elif kind == "gone":
            desk.gone(browser_id, _word(message, "proposal"))
        elif kind == "undo":
            desk.undo(browser_id)
        else:
            raise ValueError("no such message")
    except EnvironmentFault as fault:
        log.warning("a browser's %s could not be kept: %s", kind, fault.code)
    return None


def _propose(desk: FillDesk, browser_id: str, name: str, message: Json) -> dict[str, Any]:
    request, window = message.get("request"), message.get("window")
    if type(request) is not int or not 0 <= request <= LARGEST_REQUEST:
        raise ValueError("a request has a number")
    if not isinstance(window, Mapping | None):
        raise ValueError("a window is an object")
    try:
        proposed = desk.propose(message.get("form"), browser_id, name, window)
    except EnvironmentFault as fault:
        proposed = Proposed(None, fault.code)
    return proposed.message(request)


def _outcome(message: Json) -> tuple[list[dict[str, Any]], str]:
    """What became of the fields, and why it ended early."""
    fields = message.get("fields")
    if not isinstance(fields, list) or len(fields) > MOST_FIELDS:
        raise ValueError("fields is a list")
    return [_field(each) for each in fields], _word(message, "stopped", empty=True)


def _field(given: object) -> dict[str, Any]:
    index = given.get("index") if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or type(index) is not int or not 0 <= index < MOST_FIELDS:
        raise ValueError("a field has its number")
    return {"index": index, "ok": given.get("ok") is True}


def _word(message: Json, name: str, empty: bool = False) -> str:
    value = message.get(name, "" if empty else None)
    if not isinstance(value, str) or len(value) > LONGEST_WORD or not (value or empty):
        raise ValueError(f"{name} is a word")
    return value
