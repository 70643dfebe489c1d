from __future__ import annotations

import numpy as np

from second_me.core.recall.placement import Placement, table_of_rows


def placement(sessions: list[int], seqs: list[int]) -> Placement:
    count = len(seqs)
    numbers = np.array(seqs, dtype=np.int64)
    return Placement(
        seqs=numbers,
        session=np.array(sessions, dtype=np.int64),
        speaker=np.zeros(count, dtype=np.int32),
        speakers=("Anna",) if count else (),
        spoken=np.full(count, np.nan),
        characters=np.ones(count, dtype=np.int32),
        asks=np.zeros(count, dtype=np.bool_),
        rows=table_of_rows(numbers),
    )


def test_rows_are_found_by_seq() -> None:
    placed = placement([1, 1, 2], [4, 9, 2])
    assert placed.rows_of([9, 2, 4, 3, 10, 0, -1, 10**12]).tolist() == [1, 2, 0, -1, -1, -1, -1, -1]
    assert placed.rows_of([]).tolist() == []


def test_a_table_that_knows_later_rows_does_not_give_them_away() -> None:
    placed = placement([1, 1], [1, 2])
    later = np.array([-1, 0, 1, 2], dtype=np.int32)
    older = Placement(
        placed.seqs, placed.session, placed.speaker, placed.speakers, placed.spoken, placed.characters,
        placed.asks, later,
    )  # fmt: skip
    assert older.rows_of([1, 2, 3]).tolist() == [0, 1, -1]


def test_a_window_ends_where_its_session_ends() -> None:
    placed = placement([1, 1, 1, 2, 2], [1, 2, 3, 4, 5])
    assert placed.window([0, 2, 3, 4], 2).tolist() == [
        [-1, -1, 0, 1, 2],
        [0, 1, 2, -1, -1],
        [-1, -1, 3, 4, -1],
        [-1, 3, 4, -1, -1],
    ]
    assert placed.window([1, -1], 0).tolist() == [[1], [-1]]
    assert placed.window([-1], 1).tolist() == [[-1, -1, -1]]
    assert placed.window([], 3).shape == (0, 7)


def test_nothing_is_nowhere() -> None:
    empty = placement([], [])
    assert empty.rows_of([0, 1]).tolist() == [-1, -1]
    assert empty.window([-1], 1).tolist() == [[-1, -1, -1]]
