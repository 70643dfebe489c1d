"""What a browser says became of the fields, read strictly: it comes from outside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from second_me.core.acting.store import Fill

_WORD = re.compile(r"[a-z_]{1,40}")


def results_of(fill: Fill, fields: Sequence[object]) -> dict[int, bool]:
    """{index of a field that was sent: whether it was read back}; what was not told of is not."""
    told = {}
    for each in fields:
        if isinstance(each, Mapping) and isinstance(each.get("index"), int):
            told[each["index"]] = each.get("ok") is True
    return {field.index: told.get(field.index, False) for field in fill.fields}


def word_of(stopped: object) -> str:
    """Why it ended early, a word; "" when it did not."""
    if not isinstance(stopped, str) or not stopped:
        return ""
    return stopped if _WORD.fullmatch(stopped) else "unknown"
