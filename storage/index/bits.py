"""The signs of all vectors in memory: one bit a dimension, 48 bytes for a vector of 384.

Two vectors of which a share `p` of the signs differs stand at an angle of about `pi * p` (Charikar 2002), so the
number of differing signs finds a shortlist in one sweep. The question's vector itself is not rounded: its
cosine with the row of signs, times sqrt(pi / 2), is an unbiased guess of the true cosine when directions are
spread evenly, and a better one than the angle: root mean square error .037 against .056 among the 1000
nearest of 9,760 real texts.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from second_me.core.ports import Matrix, Vector
from second_me.storage.index.columns import Columns

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Signs = npt.NDArray[np.uint64]
"""Shape (words of 64 signs, vectors)."""

_BYTES = 8


class BitIndex:
    """Signs of the chunks that can be found, in order of (seq, chunk id). One thread at a time."""

    def __init__(self, dimensions: int, seqs: Ints, chunks: Ints, signs: Signs) -> None:
        self.dimensions = dimensions
        order = np.lexsort((chunks, seqs))
        if np.array_equal(order, np.arange(len(order))):
            self._columns = Columns({"signs": signs, "seqs": seqs, "chunks": chunks})
        else:
            self._columns = Columns(
                {"signs": np.take(signs, order, axis=1), "seqs": seqs[order], "chunks": chunks[order]}
            )

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def deviation(self) -> float:
        """Standard deviation of a guessed cosine: .039 for 384 dimensions, where directions are spread evenly."""
        return math.sqrt((math.pi / 2 - 1) / self.dimensions)

    @property
    def seqs(self) -> Ints:
        """Of the rows, in order."""
        return self._columns["seqs"]

    @property
    def chunks(self) -> Ints:
        """Chunk ids of the rows."""
        return self._columns["chunks"]

    @property
    def signs(self) -> Signs:
        """Of the rows."""
        return self._columns["signs"]

    @property
    def nbytes(self) -> int:
        """Bytes that it holds in memory, with the room to grow."""
        return self._columns.nbytes

    def replace(self, changed: Ints, seqs: Ints, chunks: Ints, signs: Signs) -> None:
        """The rows of the `changed` episodes go; those of `seqs` (among the changed) come instead."""
        gone, _ = self.rows_of(np.unique(changed))
        order = np.lexsort((chunks, seqs))
        more = {"signs": np.take(signs, order, axis=1), "seqs": seqs[order], "chunks": chunks[order]}
        if not len(gone) and len(seqs) and (not len(self) or self.seqs[-1] < more["seqs"][0]):
            self._columns.append(more)
            return
        left = self._columns.without(gone)
        before = np.searchsorted(left["seqs"], more["seqs"])
        self._columns = left.inserted(before, more) if len(seqs) else left

    def rows_of(self, seqs: Ints) -> tuple[Ints, Ints]:
        """(rows of all chunks of these episodes, for each of them its place in `seqs`)."""
        first = np.searchsorted(self.seqs, seqs, side="left")
        count = np.searchsorted(self.seqs, seqs, side="right") - first
        owner = np.repeat(np.arange(len(seqs)), count)
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(first, count) + within, owner

    def shortlist(self, query: Vector, rows: Ints | None, count: int) -> Ints:
        """The rows (of `rows`, or of all) whose signs differ least from the question's, at most `count`."""
        signs = self.signs if rows is None else np.take(self.signs, rows, axis=1)
        near = _nearest(_differing(signs, signs_of(query[None, :])[:, 0]), count)
        return near if rows is None else rows[near]

    def estimates(self, query: Vector, rows: Ints) -> Floats:
        """Cosines of the rows with the question's vector, guessed from their signs. Shape (len(rows),)."""
        signs = np.take(self.signs, rows, axis=1).view(np.uint8)
        by_byte = np.moveaxis(signs.reshape(len(signs), len(rows), _BYTES), 2, 1)
        dot = np.zeros(len(rows), dtype=np.float32)
        # A byte of all rows after the other: eight times as fast as one look-up of them all.
        for share, byte in zip(_table(query), by_byte.reshape(len(signs) * _BYTES, len(rows)), strict=True):
            dot += share.take(byte)
        scale = math.sqrt(math.pi / 2 / self.dimensions) / float(np.linalg.norm(query))
        guessed: Floats = np.clip(dot * np.float32(scale), -1, 1)
        return guessed

    def cosines(self, query: Vector, seqs: Ints) -> Floats:
        """The guessed cosine of each episode's best chunk, NaN where it has none. Shape (len(seqs),)."""
        rows, owner = self.rows_of(seqs)
        found = np.full(len(seqs), np.nan, dtype=np.float32)
        if len(rows):
            starts = np.flatnonzero(np.diff(owner, prepend=-1))
            found[owner[starts]] = np.maximum.reduceat(self.estimates(query, rows), starts)
        return found


def signs_of(vectors: Matrix) -> Signs:
    """The signs of vectors (rows, dimensions), padded to whole words; a zero counts as negative."""
    packed = np.packbits(vectors > 0, axis=1, bitorder="little")
    padded = np.zeros((len(vectors), -(-packed.shape[1] // _BYTES) * _BYTES), dtype=np.uint8)
    padded[:, : packed.shape[1]] = packed
    return np.ascontiguousarray(padded.view(np.uint64).T)


def _differing(signs: Signs, query: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint16]:
    """How many signs differ. Shape (vectors,)."""
    distance = np.zeros(signs.shape[1], dtype=np.uint16)
    for word, of_query in zip(signs, query, strict=True):
        distance += np.bitwise_count(word ^ of_query)
    return distance


def _nearest(distance: npt.NDArray[np.uint16], count: int) -> Ints:
    """Indices of the `count` least, by counting: four times as fast as a partition. Of ties the first."""
    if count >= len(distance):
        return np.arange(len(distance))
    reached = np.cumsum(np.bincount(distance))
    bound = int(np.searchsorted(reached, count))
    near = np.flatnonzero(distance <= bound)
    if len(near) > count:
        surplus = len(near) - count
        near = np.delete(near, np.flatnonzero(distance[near] == bound)[-surplus:])
    return near


def _table(query: Vector) -> Floats:
    """The share that each byte of a row has in the dot product, by its value. Shape (bytes of a row, 256)."""
    padded = np.zeros(-(-len(query) // 64) * 64, dtype=np.float32)
    padded[: len(query)] = query
    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1
    signs = (2 * bits - 1).astype(np.float32)
    return np.ascontiguousarray((signs @ padded.reshape(-1, 8).T).T)
