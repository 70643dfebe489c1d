"""Browsers: what their relays forward, which are paired, and pairing."""

from __future__ import annotations

from typing import Any

from second_me.app.service.browsers.pairing import LONGEST_SECONDS
from second_me.app.service.browsers.sessions import BrowserSessions
from second_me.app.service.methods.memory import number_of
from second_me.app.service.server import BROWSER, Method, Peer
from second_me.app.service.shapes import time_text
from second_me.app.service.state import ServiceState, text_of
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

Params = dict[str, Any]
PAIRING_SECONDS = 120


class BrowserMethods:
    """The methods of this subject."""

    def __init__(self, state: ServiceState, browsers: BrowserSessions) -> None:
        self._state, self._browsers = state, browsers

    def receive(self, peer: Peer, params: Params) -> Any:
        """`browser.receive`."""
        if peer.kind != BROWSER:
            raise EnvironmentFault("refused", tr("Only a browser's relay forwards a browser's messages."))
        self._browsers.receive(peer, params.get("frame"))
        return {}

    def listing(self, peer: Peer, params: Params) -> Any:
        """`browser.list`."""
        connected = self._browsers.connected()
        return [
            {
                "browser_id": each.browser_id,
                "name": each.name,
                "paired_at": time_text(each.paired_at),
                "seen_at": time_text(each.seen_at),
                "connected": each.browser_id in connected,
            }
            for each in self._state.house.browsers.listing()
        ]

    def forget(self, peer: Peer, params: Params) -> Any:
        """`browser.forget`."""
        self._browsers.forget(text_of(params, "browser_id", 100))
        return {}

    def allow_pairing(self, peer: Peer, params: Params) -> Any:
        """`browser.allow_pairing`: only of an open vault, for the browser is kept in it."""
        _ = self._state.house
        no_more = params.get("seconds") == 0 and params["seconds"] is not False
        seconds = 0 if no_more else number_of(params, "seconds", PAIRING_SECONDS, LONGEST_SECONDS)
        self._browsers.allow_pairing(seconds)
        return {}

    def confirm_pairing(self, peer: Peer, params: Params) -> Any:
        """`browser.confirm_pairing`."""
        _ = self._state.house
        same = params.get("same")
        if not isinstance(same, bool):
            raise EnvironmentFault("bad_parameters", tr("Are the codes the same? Say true or false."))
        self._browsers.confirm_pairing(text_of(params, "pairing_id", 100), same)
        return {}

    def table(self) -> dict[str, Method]:
        """Method names of the protocol."""
        return {
            "browser.receive": self.receive,
            "browser.list": self.listing,
            "browser.forget": self.forget,
            "browser.allow_pairing": self.allow_pairing,
            "browser.confirm_pairing": self.confirm_pairing,
        }
