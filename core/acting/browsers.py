"""Browsers that the person has paired, and where they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Browser:
    """A paired browser: `key` is its public key (65 bytes), `seen_at` when it was last connected."""

    browser_id: str
    name: str
    key: bytes
    paired_at: datetime
    seen_at: datetime | None


class BrowserStore(Protocol):
    """The paired browsers of a vault, and the vault's own key towards them."""

    def identity(self) -> bytes | None:
        """The secret number of our own key, 32 bytes; None before there is one."""

    def keep_identity(self, scalar: bytes) -> bytes:
        """Keep our own key, unless there is one already; the one that is kept."""

    def listing(self) -> Sequence[Browser]:
        """All of them, in the order in which they were paired."""

    def by_key(self, key: bytes) -> Browser | None:
        """The one with this public key."""

    def pair(self, name: str, key: bytes, at: datetime) -> Browser:
        """Keep one; one with this key gets the new name and time."""

    def seen(self, browser_id: str, at: datetime) -> None:
        """It is connected now."""

    def forget(self, browser_id: str) -> bool:
        """It is paired no more; False when there is none of this id."""
