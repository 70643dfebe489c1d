"""Places where a line may break inside what has none: links, keys, very long words."""

from __future__ import annotations

import re

_LONG_RUN = re.compile(r"\S{40,}")
_BREAK = "\u200b"


def breakable(text: str) -> str:
    """The text with places to break inside runs (links, keys) that are too long for a line."""
    return _LONG_RUN.sub(lambda run: _BREAK.join(re.findall(r".{1,20}", run.group())), text)
