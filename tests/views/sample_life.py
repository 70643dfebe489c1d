"""The made-up life of a memory: three recalls, the strength falls below one half in spring."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from second_me.core.memory.course import course
from second_me.core.memory.forgetting import Grade, Life, Use, strength, trace

_USED = 77
_LIFE = Life(1, 1.0, (Use(12, Grade.GOOD), Use(40, Grade.LAPSE), Use(48, Grade.GOOD)))


def curve() -> dict[str, Any]:
    """As `life.curve` gives it, today."""
    days = [date.today() - timedelta(days=_USED - 1 - n) for n in range(_USED)]
    drawn = course(_LIFE, days)
    return {
        "memory_id": "m1", "pinned": False, "faded": False, "let_go": False,
        "strength": strength(_LIFE, _USED), "stability": trace(_LIFE).stability, "born": days[0].isoformat(),
        "recalls": [
            {"id": n, "at": datetime.combine(days[use.day - 1], time(18)).isoformat(), "grade": use.grade.value,
             "cause": "copied"}
            for n, use in enumerate(_LIFE.uses, 1)
        ],
        "past": [[when.isoformat(), height] for when, height in drawn.past],
        "ahead": [[when.isoformat(), height] for when, height in drawn.ahead],
        "half": drawn.half.isoformat() if drawn.half else None,
    }  # fmt: skip
