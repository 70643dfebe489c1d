"""The port of what is kept about forms: what the person decided of each site, what was filled, what was learned.

A *site* is scheme, host and port of a page ("https://shop.example"). No value of a field is kept here: what was told
stands in the audit log with its memory, what was learned is a passage of a memory. Both go when it is erased.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from second_me.core.disclosure.levels import Audience


class SiteRule(StrEnum):
    """Whether forms of a site are looked at."""

    ASK = "ask"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Site:
    """What holds for a site: `audience` is who it counts as before the gate."""

    site: str
    rule: SiteRule = SiteRule.ASK
    audience: Audience = Audience.SHOP


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site with how often it was filled, and when last (None: never)."""

    settings: Site
    fills: int
    last: datetime | None


class FillState(StrEnum):
    """What became of a fill. SENT: the browser has it and has not answered; UNKNOWN: it never did."""

    SENT = "sent"
    FILLED = "filled"
    PARTLY = "partly"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class FilledField:
    """One field of a fill: what it asked for, and the memories that its value was looked up in. `by_hand`: the gate
    would have withheld it, the person ticked it. `ok`: whether it was read back (None: not known)."""

    index: int
    type: str | None
    label: str
    sources: tuple[str, ...] = ()
    by_hand: bool = False
    ok: bool | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """A form that was filled. `browser_id` is who can undo it, `browser` its name for people."""

    proposal_id: str
    at: datetime
    site: str
    title: str
    browser_id: str
    browser: str
    fields: tuple[FilledField, ...]
    state: FillState = FillState.SENT
    fill_id: int = 0


@dataclass(frozen=True, slots=True)
class Learned:
    """What the person gave for a field of a site: `value` is a passage of the memory `memory_id`, `quote` its text.

    `field` is its key there (`core.acting.labels.label_key`), `label` what it is called, to be compared with labels of
    other sites; `type` is what it asked for (None: not known).
    """

    site: str
    field: str
    label: str
    type: str | None
    memory_id: str
    value: str
    quote: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a site as it is found again; see `Learned`."""

    site: str
    field: str
    label: str
    type: str | None


class FillStore(Protocol):
    """What is kept about forms. What hidden memories say is not given."""

    def site(self, site: str) -> Site:
        """What holds for a site; the usual where nothing was decided."""

    def set_site(self, settings: Site) -> None:
        """Decide. Another audience takes back what was cleared by hand on that site until now."""

    def sites(self) -> Sequence[KnownSite]:
        """All that were decided on or filled, the last filled first."""

    def begin(self, fill: Fill) -> int:
        """Keep a fill that is about to be sent; its id."""

    def finish(self, fill_id: int, state: FillState, results: Mapping[int, bool]) -> None:
        """What became of it: {index of a field: whether it was read back}."""

    def lose_track(self) -> int:
        """Fills that were sent and never answered become UNKNOWN; how many there were."""

    def get(self, fill_id: int) -> Fill | None:
        """One fill."""

    def of_proposal(self, proposal_id: str) -> Fill | None:
        """The fill of a proposal."""

    def listing(self, limit: int) -> Sequence[Fill]:
        """Latest first."""

    def cleared_by_hand(self, site: str) -> frozenset[tuple[str, str | None]]:
        """(memory, type) that the person let this site know although the gate would not."""

    def learn(self, asked: Asked, memory_id: str, start: int, end: int, at: datetime) -> None:
        """Keep that code points start <= i < end of a memory are what is given there; replaces what was."""

    def learned(self, asked: Asked) -> Sequence[Learned]:
        """What was given for this field, for its label or, if it has one, for its type; latest first."""
