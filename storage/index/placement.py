"""Where every turn stands, kept in memory: read once in one statement, then changed as the vault changes."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import apsw
import numpy as np
import numpy.typing as npt

from second_me.core.recall.placement import QUESTION_MARKS, Placement, table_of_rows
from second_me.storage.index.changes import PLACES, Changes
from second_me.storage.index.columns import Array, Columns
from second_me.storage.rows import THESE, Row, fetch
from second_me.storage.vault import Vault

_FEW = 2000
"""More changed turns than these are read anew with all others."""
_PIECE = 20_000
_UNKNOWN = np.iinfo(np.int64).min
_SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_MARKS = ", ".join(f"'{mark}'" for mark in QUESTION_MARKS)
_TURNS = (
    "SELECT e.seq, e.session, e.speaker, e.placed_at, e.spoken_at, length(e.text), "
    f"substr(rtrim(e.text, ?), -1) IN ({_MARKS}) FROM episodes AS e WHERE e.shown AND e.role <> 'assistant'"
)


class Placements:
    """Implements `core.ports.PlacementSource`. What was given stays as it was; the next one is new."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._changes = Changes(vault, PLACES)
        self._held: _Turns | None = None

    def placement(self) -> Placement:
        """See the port. The first one reads all turns; 0.3 s at 100,000."""
        with self._vault.reading() as db:
            if db.in_transaction:
                return self._uncommitted(db).snapshot()
            self._catch_up(db)
            assert self._held is not None
            return self._held.snapshot()

    def nbytes(self) -> int:
        """Bytes that are held in memory."""
        return self._held.nbytes if self._held else 0

    def _catch_up(self, db: apsw.Connection) -> None:
        seqs = self._changes.seqs(db, _FEW) if self._held else None
        if self._held is None or seqs is None:
            self._held = _Turns.of(_all(db))
        elif seqs:
            self._held = self._held.with_changes(seqs, _read(db, seqs), in_place=True)
        if seqs != []:
            self._changes.clear(db)

    def _uncommitted(self, db: apsw.Connection) -> _Turns:
        """As it is within the transaction, which may yet be undone: nothing of it is kept."""
        seqs = self._changes.seqs(db, _FEW) if self._held else None
        if self._held is None or seqs is None:
            return _Turns.of(_all(db))
        return self._held.with_changes(seqs, _read(db, seqs), in_place=False) if seqs else self._held


class _Turns:
    """All turns in order, with what is needed to put another one into its place."""

    def __init__(self, columns: Columns, speakers: dict[str, int], rows: npt.NDArray[np.int32]) -> None:
        self._columns, self._speakers, self._rows = columns, speakers, Columns({"row": rows})
        self._snapshot: Placement | None = None

    @classmethod
    def of(cls, pieces: Iterable[Sequence[Row]]) -> _Turns:
        """From rows of `_TURNS`, in pieces."""
        speakers: dict[str, int] = {}
        parts = [_arrays(turns, speakers) for turns in pieces] or [_arrays((), speakers)]
        whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        columns = Columns(_sorted(whole))
        return cls(columns, speakers, table_of_rows(columns["seqs"]))

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        return self._columns.nbytes + self._rows.nbytes

    def snapshot(self) -> Placement:
        """The arrays as they are now."""
        if self._snapshot is None:
            names = ("seqs", "session", "speaker", "spoken", "characters", "asks")
            self._snapshot = Placement(
                speakers=tuple(self._speakers),
                rows=self._rows["row"],
                **{name: self._columns[name] for name in names},
            )
        return self._snapshot

    def with_changes(self, seqs: Sequence[int], turns: Sequence[Row], in_place: bool) -> _Turns:
        """After these episodes changed; `turns` are those of them that are candidates now.

        `in_place` may write behind the last row, where no snapshot looks; else everything is new.
        """
        speakers = dict(self._speakers)
        more = _sorted(_arrays(turns, speakers))
        gone = self.snapshot().rows_of(seqs)
        gone = gone[gone >= 0]
        if not len(gone) and not len(more["seqs"]):
            return self
        if in_place and not len(gone) and self._comes_last(more):
            return self._extended(more, speakers)
        left = self._columns.without(gone)
        at = [_position(left, _key(more, each)) for each in range(len(more["seqs"]))]
        columns = left.inserted(np.array(at, dtype=np.int64), more)
        columns, speakers = _without_absent(columns, speakers)
        return _Turns(columns, speakers, table_of_rows(columns["seqs"]))

    def _comes_last(self, more: Mapping[str, Array]) -> bool:
        if not len(self._columns):
            return False
        return _key(self._columns, -1) < _key(more, 0)

    def _extended(self, more: Mapping[str, Array], speakers: dict[str, int]) -> _Turns:
        first, seqs = len(self._columns), more["seqs"]
        table = self._rows
        if len(table) <= seqs.max():
            table.append({"row": np.full(int(seqs.max()) + 1 - len(table), -1, dtype=np.int32)})
        # Older snapshots share the table and see rows beyond their own end, which they take as absent.
        table.put("row", seqs, np.arange(first, first + len(seqs), dtype=np.int32))
        self._columns.append(more)
        self._speakers, self._snapshot = speakers, None
        return self


def _all(db: apsw.Connection) -> Iterator[list[Row]]:
    """All turns in pieces: a million rows as Python's objects would take half a gigabyte for a moment."""
    cursor = db.execute(_TURNS, (_SPACES,))
    while piece := list(itertools.islice(cursor, _PIECE)):
        yield piece


def _read(db: apsw.Connection, seqs: Sequence[int]) -> list[Row]:
    return fetch(db, f"{_TURNS} AND e.seq IN {THESE}", (_SPACES, json.dumps(list(seqs))))


def _arrays(turns: Sequence[Row], speakers: dict[str, int]) -> dict[str, Array]:
    """Columns of rows of `_TURNS`; new names are added to `speakers`."""
    seqs, session, names, placed, spoken, characters, asks = zip(*turns, strict=True) if turns else [()] * 7
    for name in dict.fromkeys(names):
        speakers.setdefault(name, len(speakers))
    return {
        "seqs": np.array(seqs, dtype=np.int64),
        "session": np.array(session, dtype=np.int64),
        "placed": _microseconds(placed),
        "speaker": np.array([speakers[name] for name in names], dtype=np.int32),
        "spoken": _seconds(_microseconds(spoken)),
        "characters": np.array(characters, dtype=np.int32),
        "asks": np.array(asks, dtype=np.bool_),
    }


def _microseconds(stamps: Sequence[str | None]) -> npt.NDArray[np.int64]:
    """Since 1970; the least number for an unknown time, as numpy has it and as "" sorts."""
    return np.array(stamps, dtype="datetime64[us]").astype(np.int64)


def _seconds(microseconds: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.where(microseconds == _UNKNOWN, np.nan, microseconds / 1e6)


def _sorted(arrays: Mapping[str, Array]) -> dict[str, Array]:
    order = np.lexsort((arrays["seqs"], arrays["placed"], arrays["session"]))
    return {name: array[order] for name, array in arrays.items()}


def _key(columns: Columns | Mapping[str, Array], row: int) -> tuple[int, int, int]:
    return (int(columns["session"][row]), int(columns["placed"][row]), int(columns["seqs"][row]))


def _position(columns: Columns, key: tuple[int, int, int]) -> int:
    """The row before which a turn of this key belongs."""
    start, end = 0, len(columns)
    for name, value in zip(("session", "placed", "seqs"), key, strict=True):
        part = columns[name][start:end]
        end = start + int(np.searchsorted(part, value, side="right"))
        start += int(np.searchsorted(part, value, side="left"))
    return start


def _without_absent(columns: Columns, speakers: Mapping[str, int]) -> tuple[Columns, dict[str, int]]:
    """Nobody is named of whom nothing is left: what was erased leaves no name behind."""
    there, codes = np.unique(columns["speaker"], return_inverse=True)
    names = list(speakers)
    renumbered = {name: columns[name] for name in columns.names} | {"speaker": codes.astype(np.int32)}
    return Columns(renumbered), {names[old]: new for new, old in enumerate(there)}
