"""Parallel numpy arrays that grow at their end in place, while what was handed out before stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_SPARE = 8
"""An eighth more room than is needed, so that a growing index is copied seldom."""


class Columns:
    """Named arrays with one entry a row along their last axis.

    A view that `[name]` gave stays true: appending writes behind it, every other change makes new arrays.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = dict(arrays)
        self._rows = int(next(iter(self._arrays.values())).shape[-1])
        if any(array.shape[-1] != self._rows for array in self._arrays.values()):
            raise ValueError("columns of different lengths")

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, name: str) -> Array:
        view = self._arrays[name][..., : self._rows]
        view.flags.writeable = False
        return view

    @property
    def names(self) -> list[str]:
        """Of the columns."""
        return list(self._arrays)

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays hold, spare room too."""
        return sum(array.nbytes for array in self._arrays.values())

    def append(self, more: Mapping[str, Array]) -> None:
        """Rows behind the last one; copied only when the room is used up."""
        count = next(iter(more.values())).shape[-1]
        after = self._rows + count
        for name, array in self._arrays.items():
            if after > array.shape[-1]:
                array = self._arrays[name] = self._roomier(array, after)
            array[..., self._rows : after] = more[name]
        self._rows = after

    def put(self, name: str, rows: Array, values: Array) -> None:
        """Write into rows that are there, in view of everybody."""
        self._arrays[name][..., rows] = values

    def without(self, rows: Array) -> Columns:
        """New columns that lack these rows; the same where there is none to leave out."""
        if not len(rows):
            return self
        return Columns({name: np.delete(self[name], rows, axis=-1) for name in self._arrays})

    def inserted(self, before: Array, more: Mapping[str, Array]) -> Columns:
        """New columns with more rows, each before the row of this number."""
        return Columns({name: np.insert(self[name], before, more[name], axis=-1) for name in self._arrays})

    def _roomier(self, array: Array, rows: int) -> Array:
        larger = np.empty((*array.shape[:-1], rows + rows // _SPARE + 64), dtype=array.dtype)
        larger[..., : self._rows] = array[..., : self._rows]
        return larger
