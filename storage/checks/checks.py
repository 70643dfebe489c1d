"""The checks as a job of upkeep: part after part, slice after slice, told about at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from second_me.core.ports import EnvironmentFault
from second_me.core.upkeep import Cursor
from second_me.storage.checks.derived import DERIVED
from second_me.storage.checks.episodes import EpisodeCheck
from second_me.storage.checks.findings import END, Finding, Findings, Part, Slice
from second_me.storage.checks.sources import LAST, SOURCES
from second_me.storage.checks.tables import TableCheck
from second_me.storage.checks.vectors import VectorCheck
from second_me.storage.repositories.episodes import MakeKey, Split
from second_me.storage.repositories.notices import Notices
from second_me.storage.vault import Vault

NOTICE = "upkeep_found"
"""Its detail: {"found": {kind: count}, "left": {kind: count that was not mended}}."""


class Checks:
    """Goes through a vault. A slice is looked at in one transaction and mended in one."""

    def __init__(self, vault: Vault, make_key: MakeKey, split: Split, now: Callable[[], datetime]) -> None:
        self._vault, self._now = vault, now
        self._parts: Sequence[Part] = (
            EpisodeCheck(make_key, split),
            VectorCheck(),
            *DERIVED,
            *SOURCES,
            TableCheck(),
        )

    def step(self, cursor: Cursor) -> tuple[Cursor, bool]:
        """Check the next slice. Raises EnvironmentFault (not for damage, which is a finding)."""
        at = dict(cursor or {"part": 0, "after": 0, "found": {}, "left": {}})
        part = self._parts[min(at["part"], len(self._parts) - 1)]
        try:
            seen, found, mended = self._slice(part, at["after"])
        except EnvironmentFault as fault:
            if fault.code != "damaged":
                raise
            seen, found, mended = Slice(0, END), {Finding.DAMAGED: [0]}, ()
        counts = {kind: len(keys) for kind, keys in found.items() if keys}
        at["found"] = _sum(at["found"], counts)
        at["left"] = _sum(at["left"], {kind: n for kind, n in counts.items() if kind not in mended})
        if seen.last in (END, LAST):
            at["part"], at["after"] = at["part"] + 1, 0
        else:
            at["after"] = seen.last
        more = at["part"] < len(self._parts)
        if not more:
            self._tell(at)
        return at, more

    def left(self, cursor: Cursor) -> int:
        """About how many rows are left. Raises EnvironmentFault."""
        part, after = (cursor["part"], cursor["after"]) if cursor else (0, 0)
        with self._vault.reading() as db:
            sizes = [
                each.size(db, after if number == part else 0)
                for number, each in enumerate(self._parts)
                if number >= part
            ]
        return max(0, sum(sizes))

    def _slice(self, part: Part, after: int | str) -> tuple[Slice, Findings, Sequence[Finding]]:
        with self._vault.reading() as db:
            seen = part.next(db, after)
            found = part.look(db, seen)
        if not any(found.values()):
            return seen, found, ()
        with self._vault.writing() as db:
            found = part.look(db, seen)  # others may have been here in between
            return seen, found, part.mend(db, found)

    def _tell(self, at: dict[str, object]) -> None:
        detail = {"found": at["found"], "left": at["left"]}
        notices = Notices(self._vault)
        told = [each.detail for each in notices.standing() if each.code == NOTICE]
        if at["found"] and detail not in told:
            notices.add(NOTICE, detail, self._now())


def _sum(first: dict[str, int], second: dict[Finding, int]) -> dict[str, int]:
    return dict(Counter(first) + Counter({str(kind): number for kind, number in second.items()}))
