"""Where every turn stands: the candidates of recall as parallel arrays, in order of speaking.

A reranker asks for a few thousand turns at once who spoke, when, in which session, and what stood beside them.
As arrays that is some look-ups; as rows of a database it would be the time of the whole search.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

QUESTION_MARKS = ("?", "？", "؟")
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Placement:
    """The candidates of recall (shown, not the assistant's) in the order (session, place in time, seq).

    All arrays but `rows` have shape (turns,) and are not to be written. `speaker` are codes into `speakers`;
    `spoken` seconds since 1970 of the local, naive time, NaN where it is unknown; `characters` code points of
    the text (up to a NUL, where there is one); `asks` whether it ends with a question mark. `rows` leads from
    a `seq` to its row: shape (largest seq + 1,), -1 or a row that is not there for what is absent.
    """

    seqs: Ints
    session: Ints
    speaker: npt.NDArray[np.int32]
    speakers: tuple[str, ...]
    spoken: npt.NDArray[np.float64]
    characters: npt.NDArray[np.int32]
    asks: npt.NDArray[np.bool_]
    rows: npt.NDArray[np.int32]

    def rows_of(self, seqs: npt.ArrayLike) -> Ints:
        """The row of each `seq`, -1 where it is no candidate. Shape (len(seqs),)."""
        wanted = np.asarray(seqs, dtype=np.int64)
        found = np.full(wanted.shape, NOWHERE, dtype=np.int64)
        known = (wanted >= 0) & (wanted < len(self.rows))
        found[known] = self.rows[wanted[known]]
        found[found >= len(self.seqs)] = NOWHERE
        return found

    def window(self, rows: npt.ArrayLike, reach: int) -> Ints:
        """The rows at offsets -reach..+reach of each row, -1 outside of its session.

        Shape (len(rows), 2 * reach + 1); the middle is the row itself. All -1 for a row of -1.
        """
        middle = np.asarray(rows, dtype=np.int64)[:, None]
        around = middle + np.arange(-reach, reach + 1, dtype=np.int64)
        inside = (middle >= 0) & (around >= 0) & (around < len(self.seqs))
        if not len(self.seqs):
            return np.full(around.shape, NOWHERE, dtype=np.int64)
        there = np.where(inside, around, 0)
        same = self.session[there] == self.session[np.where(middle >= 0, middle, 0)]
        return np.where(inside & same, around, NOWHERE)


def table_of_rows(seqs: Ints) -> npt.NDArray[np.int32]:
    """`Placement.rows` of turns in this order."""
    table = np.full(int(seqs.max()) + 1 if len(seqs) else 0, NOWHERE, dtype=np.int32)
    table[seqs] = np.arange(len(seqs), dtype=np.int32)
    return table
