"""What checks look for, and how they go through the vault: in slices, each in one look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import apsw

END = 2**63 - 1
"""After every number."""


class Finding(StrEnum):
    """Kinds of what does not fit."""

    MARK = "mark"
    """An episode's mark whether it may be seen is wrong."""
    UNFINDABLE = "unfindable"
    """An episode has no row in the word index, or none on the shelf."""
    FINDABLE = "findable"
    """The word index holds what is hidden or gone."""
    UNCUT = "uncut"
    """An episode has no chunks."""
    UNWAITED = "unwaited"
    """A chunk has no vector and does not wait for one; or has one and waits."""
    VECTOR_LEFT = "vector_left"
    """A vector is left of a chunk that is gone."""
    VECTOR_MARK = "vector_mark"
    """A vector's mark whether it may be found is wrong."""
    CLAIM = "claim"
    """A claim or a definition does not fit the text that it was read in."""
    UNREAD = "unread"
    """An episode of the person's own does not wait to be read, and was not."""
    LIFELESS = "lifeless"
    """An episode has no curve of forgetting."""
    ORPHAN = "orphan"
    """A citation, a row of lineage or the like speaks of what is gone."""
    DERIVED_LEFT = "derived_left"
    """Something is left that was made of what is gone. It is not taken away by itself."""
    DAMAGED = "damaged"
    """A table's pages do not fit together, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows whose key is above `after` and not above `last`."""

    after: int | str
    last: int | str


Findings = Mapping[Finding, Sequence[int | str]]
"""{kind: keys of the rows that it is about}; what is not there, or empty, was not found."""


class Part(Protocol):
    """A part of the checks, which goes through one kind of row."""

    def size(self, db: apsw.Connection, after: int | str) -> int:
        """About how many rows are left after a key."""

    def next(self, db: apsw.Connection, after: int | str) -> Slice:
        """The slice after a key (0 or "" at the beginning); `last` is END, or "" at the end of texts, for the
        last one."""

    def look(self, db: apsw.Connection, part: Slice) -> Findings:
        """What does not fit in a slice. Changes nothing."""

    def mend(self, db: apsw.Connection, found: Findings) -> Sequence[Finding]:
        """Put right what is safe to put right, in the caller's transaction; returns the kinds that were."""
