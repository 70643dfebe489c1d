"""What breaks first in a life of growth.py: when each figure leaves what a person puts up with.

Times are of the processor, but that of storing a turn, which waits for the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
FOREVER = 1000.0


@dataclass(frozen=True, slots=True)
class Limit:
    """What is put up with: `most` of a `value`, in `unit`."""

    what: str
    value: Callable[[Row], float]
    most: float
    unit: str


@dataclass(frozen=True, slots=True)
class Breaking:
    """When a limit is left, in years; `measured`: it was seen, and is not only expected from the last two rows."""

    what: str
    years: float
    measured: bool
    limit: Limit
    last: float

    def told(self) -> str:
        """A line."""
        now = f"{self.last:,.0f} of {self.limit.most:,.0f} {self.limit.unit}"
        if self.measured:
            return f"{now}, left at year {self.years:g}"
        if self.years >= FOREVER:
            return f"{now}, does not grow"
        return f"{now}, would be left at year {self.years:.0f}"


LIMITS = (
    Limit("storing one turn, p95", lambda row: row["turn"]["p95"], 100, "ms"),
    Limit("recall, p95", lambda row: row["recall"]["cpu_p95"], 200, "ms"),
    Limit("facts after a change, p95", lambda row: row["facts"]["cpu_p95"], 200, "ms"),
    Limit("contradictions after a change, p95", lambda row: row["contradictions"]["cpu_p95"], 500, "ms"),
    Limit("a page of the timeline, p95", lambda row: row["timeline"]["cpu_p95"], 100, "ms"),
    Limit("until the indexes are in memory", lambda row: row["open_cpu_ms"], 5_000, "ms"),
    Limit("upkeep for a day of life", lambda row: row["upkeep"]["cpu_a_day"], 300, "s"),
    Limit("one whole check", lambda row: row["whole"]["checks"]["cpu_a_run"], 300, "s"),
    Limit(
        "longest step of upkeep",
        lambda row: max(job["longest_cpu_ms"] for job in (row["jobs"] | row["whole"]).values()),
        200,
        "ms",
    ),
    Limit("the vault on the disk", lambda row: row["disk_bytes"] / 1e6, 4_000, "MB"),
    Limit("resident", lambda row: row["resident_bytes"] / 1e6, 1_000, "MB"),
)


def breaking(rows: Sequence[Row], limits: Sequence[Limit] = LIMITS) -> list[Breaking]:
    """The first to break first. `rows` in order of years."""
    return sorted((_when(rows, limit) for limit in limits), key=lambda each: (each.years, not each.measured))


def _when(rows: Sequence[Row], limit: Limit) -> Breaking:
    last = limit.value(rows[-1])
    for row in rows:
        if limit.value(row) > limit.most:
            return Breaking(limit.what, row["years"], True, limit, last)
    return Breaking(limit.what, _expected(rows, limit), False, limit, last)


def _expected(rows: Sequence[Row], limit: Limit) -> float:
    """By a straight line through the last two rows."""
    if len(rows) < 2:
        return FOREVER
    before, last = rows[-2], rows[-1]
    slope = (limit.value(last) - limit.value(before)) / (last["years"] - before["years"])
    if slope <= 0:
        return FOREVER
    return min(FOREVER, float(last["years"] + (limit.most - limit.value(last)) / slope))
