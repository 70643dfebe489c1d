"""Proposals that wait for the person: in memory only, so locking takes them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from second_me.core.acting.forms import Form
from second_me.core.acting.proposal import Row, Typed
from second_me.core.acting.store import Site

MOST = 20
SECONDS = 600.0
"""How long a proposal waits."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A form, and a row for each of its fields. `site` as it was when the rows were made; `window` is the browser's
    window in pixels of the screen, {} when it is not known."""

    proposal_id: str
    browser_id: str
    browser: str
    site: Site
    made_at: datetime
    form: Form
    typed: tuple[Typed, ...]
    rows: tuple[Row, ...]
    window: Mapping[str, int]


def new_id() -> str:
    """An id that nobody guesses: 128 random bits."""
    return secrets.token_urlsafe(16)


class OpenProposals:
    """The proposals that wait, oldest first. Safe to use from several threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: dict[str, Proposal] = {}

    def add(self, proposal: Proposal) -> Sequence[Proposal]:
        """Let it wait; those that it takes the place of: the browser's last one, and the oldest of too many."""
        with self._guard:
            given = [each for each in self._waiting.values() if each.browser_id == proposal.browser_id]
            others = [each for each in self._waiting.values() if each not in given]
            given += others[: max(0, len(others) - MOST + 1)]
            for each in given:
                del self._waiting[each.proposal_id]
            self._waiting[proposal.proposal_id] = proposal
        return given

    def get(self, proposal_id: str) -> Proposal | None:
        """One that waits."""
        with self._guard:
            return self._waiting.get(proposal_id)

    def take(self, proposal_id: str) -> Proposal | None:
        """One that waits, which waits no more: only one caller gets it."""
        with self._guard:
            return self._waiting.pop(proposal_id, None)

    def renew(self, proposal_id: str, site: Site, rows: tuple[Row, ...]) -> bool:
        """Put other rows in the place of its own, if it still waits."""
        with self._guard:
            known = self._waiting.get(proposal_id)
            if known is not None:
                self._waiting[proposal_id] = replace(known, site=site, rows=rows)
        return known is not None

    def listing(self) -> Sequence[Proposal]:
        """All that wait, oldest first."""
        with self._guard:
            return list(self._waiting.values())
