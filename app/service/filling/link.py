"""Where browsers and fills meet: what fills need of the browsers' channel, and what the channel tells the fills.

Messages are those of docs/fill.md ("kind": "fill", "dismissed", "restore"), as plain objects; sealing and forwarding
them is the channel's work. Both sides may be called from any thread, and neither waits for the other: what a browser
answers comes later, through `FillDesk`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Json = Mapping[str, Any]


class BrowserLink(Protocol):
    """The paired browsers that are connected now."""

    def send(self, browser_id: str, message: Json) -> bool:
        """Send one message to a browser; False when it is not connected. Never raises for a browser that is gone."""

    def want_window(self, browser_id: str) -> None:
        """There is a proposal and no window to show it: the browser's relay is asked to start one."""


class NoBrowsers:
    """A link before there are browsers: nobody is connected."""

    def send(self, browser_id: str, message: Json) -> bool:
        """See `BrowserLink`."""
        return False

    def want_window(self, browser_id: str) -> None:
        """See `BrowserLink`."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What becomes of a wish to fill a form: the proposal's id, or None and why ("never_here", "nothing", "busy",
    "bad_message" for what is no form, "locked")."""

    proposal_id: str | None
    code: str = ""

    def message(self, request: int) -> dict[str, Any]:
        """The sealed answer to `propose`."""
        return {"kind": "proposed", "request": request, "proposal": self.proposal_id, "code": self.code}


class FillDesk(Protocol):
    """What a browser's messages do (`app.service.fills.Fills`). What is not the browser's own proposal is ignored: a
    message from outside raises nothing but EnvironmentFault (a locked vault, a full disk)."""

    def propose(self, form: object, browser_id: str, name: str, window: object = None) -> Proposed:
        """Sealed `propose`: make a proposal of a form (docs/fill.md); `name` is the browser's for people, `window` its
        place on the screen {"x","y","width","height"}. The proposal before it of the same browser is withdrawn."""

    def filled(self, browser_id: str, proposal_id: str, fields: Sequence[object], stopped: str = "") -> None:
        """Sealed `filled`: `fields` are {"index","ok"}, read back; `stopped` why it ended early."""

    def restored(
        self, browser_id: str, proposal_id: str, fields: Sequence[object], stopped: str = ""
    ) -> None:
        """Sealed `restored`: as `filled`, after `restore` or the browser's own undo key."""

    def undo(self, browser_id: str) -> None:
        """Sealed `undo`: the undo key was pressed in the browser: its last fill is to be put back (`restore`)."""

    def gone(self, browser_id: str, proposal_id: str) -> None:
        """Sealed `gone`: the page of a proposal or fill is no more."""

    def left(self, browser_id: str) -> None:
        """The browser's connection ended: what it proposed is withdrawn."""
