"""Reading claims: from the person's own words to what they state of themselves and of people whom they name.

By rules alone, precision first: what is asked, wished, quoted, made up or meant otherwise is not taken, and in doubt
nothing is. Every value is a passage of the text that was read.
"""

from __future__ import annotations

from datetime import datetime

from second_me.core.memory.facts.claims import Claim
from second_me.core.memory.facts.reading.casing import is_loose
from second_me.core.memory.facts.reading.reader import read

READER_VERSION = 9
"""Goes up when the reader reads otherwise, so that what was read by an older one is read again."""

__all__ = ["READER_VERSION", "read_claims"]


def read_claims(text: str, said_at: datetime | None, previous: str | None = None) -> tuple[Claim, ...]:
    """The claims of one episode of the person's, in the order of its sentences; nothing raises.

    `said_at` (naive, None: unknown) is what "last year" is counted from. `previous` is the text of the turn before,
    or None: a question in it makes a bare answer readable.
    """
    return read(text, said_at, is_loose(text), previous)
