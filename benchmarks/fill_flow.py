"""One fill from the person's key to what stands in the page: ask, see the proposal, agree, read back, undo."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from fill_chromium import PATIENCE, FormBrowser
from fill_house import TellingHouse

from second_me.app.service.protocol import RemoteFault

FILLED = ("fill", "withheld")
"""Decisions of rows that a person ticks when they hold a value; `withheld` ones by hand."""
POLL = 0.3
WINDOW_SECONDS = 2.0
"""What a person takes to look at the proposal's window, and more than it takes to appear."""


@dataclass
class Outcome:
    """What became of one wish to fill.

    `word`: filled, no_proposal, refused (the extension said no), nothing (no row holds a value), dismissed.
    `rows` are the proposal's, `done` what the service told of the fill, `why` more about a no.
    """

    word: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    done: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    seconds: float = 0.0
    """From the key to the proposal."""


class Flow:
    """Fills pages in one browser, with this house's client as the person's window.

    With `window` the real one of the desktop runs instead, and Return is pressed in it.
    """

    def __init__(self, house: TellingHouse, browser: FormBrowser, window: bool = False) -> None:
        self.house, self.browser, self.window = house, browser, window

    def ask(self) -> Outcome:
        """The gesture, until there is a proposal (then `word` is "proposed") or a no."""
        self.house.quiet()
        began = time.monotonic()
        self.browser.ask()
        while time.monotonic() - began < PATIENCE:
            heard = self.house.wait_for(["fill.proposed"], POLL)
            if heard is not None:
                taken = time.monotonic() - began
                proposal = self.house.client.call("fill.proposal", proposal_id=heard[1]["proposal_id"])
                return Outcome("proposed", proposal["rows"], proposal, seconds=taken)
            if self._badge() == "!":
                said = self.browser.worker().evaluate("doors.said()")
                why = (
                    f"the extension's button shows a no: {said['link']} {said['note']} {said['why']}".strip()
                )
                return Outcome("refused", why=why, seconds=time.monotonic() - began)
        return Outcome("no_proposal", seconds=PATIENCE)

    def agree(self, asked: Outcome, ticked: Callable[[Mapping[str, Any]], bool] | None = None) -> Outcome:
        """The person's yes to a proposal: to each row that holds a value, or to those of `ticked`."""
        proposal_id = asked.done["proposal_id"]
        rows = [row for row in asked.rows if (ticked or holds_a_value)(row)]
        if not rows:
            return self.dismiss(asked, "nothing")
        if self.window:
            time.sleep(WINDOW_SECONDS)
            self.browser.press("Return")
        else:
            chosen = [{"index": row["index"], "value": row["value"]} for row in rows]
            try:
                self.house.client.call("fill.accept", proposal_id=proposal_id, rows=chosen)
            except RemoteFault as fault:
                return Outcome("withdrawn", asked.rows, why=str(fault), seconds=asked.seconds)
        heard = self.house.wait_for(["fill.done", "fill.withdrawn"], PATIENCE)
        if heard is None or heard[0] == "fill.withdrawn":
            return Outcome(
                "withdrawn", asked.rows, why="" if heard else "no word came", seconds=asked.seconds
            )
        self.browser.page.wait_for_timeout(150)
        return Outcome("filled", asked.rows, heard[1], heard[1].get("stopped", ""), asked.seconds)

    def dismiss(self, asked: Outcome, word: str = "dismissed") -> Outcome:
        """The person's no; a proposal that is gone by then needs none."""
        with suppress(RemoteFault):
            self.house.client.call("fill.dismiss", proposal_id=asked.done["proposal_id"])
        return Outcome(word, asked.rows, seconds=asked.seconds)

    def undo(self, filled: Outcome) -> bool:
        """Undo the fill; whether the service says that nothing was left."""
        given = self.house.client.call("fill.undo", fill_id=filled.done["fill_id"], patience=PATIENCE)
        return not given["left"]

    def _badge(self) -> str:
        script = (
            "async () => { const [tab] = await chrome.tabs.query({active: true, lastFocusedWindow: true});"
        )
        return str(
            self.browser.worker().evaluate(script + " return chrome.action.getBadgeText({tabId: tab.id}); }")
        )


def holds_a_value(row: Mapping[str, Any]) -> bool:
    """Whether a person who agrees to everything that is known ticks this row."""
    return row["decision"] in FILLED and row["value"] is not None


def leaked(texts: Sequence[str], forbidden: Sequence[str]) -> list[str]:
    """Which of the forbidden words stand in the texts, however they are spaced."""
    squeezed = "".join("".join(texts).split()).casefold()
    return [word for word in forbidden if "".join(word.split()).casefold() in squeezed]
