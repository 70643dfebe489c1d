"""A `Scope` as a condition on `episodes AS e`."""

from __future__ import annotations

import json

from second_me.core.memory.episodes import Narrowing
from second_me.core.ports import Scope
from second_me.storage.rows import THESE, stamp

CANDIDATE = "e.shown AND e.role <> 'assistant'"
_AFTER_SLASH = chr(ord("/") + 1)


def limits(scope: Scope) -> bool:
    """Whether the scope leaves anything out."""
    return scope != Scope()


def conditions(scope: Scope) -> tuple[str, list[str | int]]:
    """(condition, its values): what may be found, within the scope. An unknown time is in no span of time."""
    parts, values = [CANDIDATE], list[str | int]()
    if scope.conversation is not None:
        # A range instead of a pattern: nothing to escape, and the index can use it.
        prefix = scope.conversation.rstrip("/")
        parts.append("(e.conversation = ? OR (e.conversation >= ? AND e.conversation < ?))")
        values += [prefix, prefix + "/", prefix + _AFTER_SLASH]
    if scope.after is not None:
        parts.append("e.spoken_at >= ?")
        values.append(stamp(scope.after))
    if scope.before is not None:
        parts.append("e.spoken_at <= ?")
        values.append(stamp(scope.before))
    if scope.exclude:
        parts.append(f"e.memory_id NOT IN {THESE}")
        values.append(json.dumps(sorted(scope.exclude)))
    return " AND ".join(parts), values


def narrowed(scope: Scope, only: Narrowing) -> tuple[str, list[str | int]]:
    """As `conditions`, of those that a timeline is to show."""
    where, values = conditions(scope)
    parts = [where]
    if only.faded is not None:
        parts.append("e.faded" if only.faded else "NOT e.faded")
    if only.pinned is not None:
        pinned = "IN" if only.pinned else "NOT IN"
        parts.append(f"e.seq {pinned} (SELECT seq FROM lives WHERE pinned)")
    if only.speaker is not None:
        parts.append("e.speaker = ?")
        values.append(only.speaker)
    if only.kind is not None:
        parts.append("e.kind = ?")
        values.append(only.kind)
    if only.among is not None:
        parts.append(f"e.memory_id IN {THESE}")
        values.append(json.dumps(sorted(only.among)))
    # a known time is also the place in time, by which the indexes are
    for place, limit in ((">=", scope.after), ("<=", scope.before)):
        if limit is not None:
            parts.append(f"e.placed_at {place} ?")
            values.append(stamp(limit))
    return " AND ".join(parts), values
