"""The pool of a question: known answers for a few turns, and what holds for any."""

from __future__ import annotations

import math
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.recall.pool import (
    MEANING_UNIT,
    REACH,
    SESSION_MEANING_UNIT,
    SESSION_WORDS_UNIT,
    WORDS_UNIT,
    Pool,
    cover,
    rough,
    rows_around,
)
from tests.core.laid import Turn, placed, pool_of

TURNS = [Turn(10, 1), Turn(11, 1), Turn(12, 1), Turn(20, 2), Turn(21, 2)]
K1, B = 1.2, 0.75


def small_pool() -> Pool:
    """Two sessions, of three turns and of two; "cello" is in turn 11, "rain" in 12 and 21."""
    return pool_of(
        TURNS,
        words={11: 3.0, 21: 1.0},
        meaning={10: 0.2, 11: 0.8, 12: 0.3, 20: 0.5},
        postings={"cello": [11], "rain": [12, 21]},
        episodes=100,
    )


def test_words_are_a_share_of_the_best() -> None:
    assert small_pool().words.tolist() == pytest.approx([0, 1, 0, 0, 1 / 3])


def test_a_turn_without_a_vector_gets_the_lowest_cosine() -> None:
    assert small_pool().meaning.tolist() == [0.2, 0.8, 0.3, 0.5, 0.2]


def test_without_any_vector_all_are_equally_near() -> None:
    assert pool_of(TURNS, {11: 1.0}, {}, {}).meaning.tolist() == [0.0] * 5


def test_which_turn_holds_which_term_and_how_rare_it_is() -> None:
    pool = small_pool()
    assert pool.holds.tolist() == [[False, True, False, False, False], [False, False, True, False, True]]
    assert pool.rarity.tolist() == pytest.approx([math.log(1 + 99.5 / 1.5), math.log(1 + 98.5 / 2.5)])


def test_a_session_scores_as_one_document() -> None:
    """By hand: lengths 3 and 2, mean 2.5; cello in one session, rain once in both."""
    pool = small_pool()
    cello, rain = pool.rarity.tolist()
    first = (cello + rain) * (K1 + 1) / (1 + K1 * (1 - B + B * 3 / 2.5))
    second = rain * (K1 + 1) / (1 + K1 * (1 - B + B * 2 / 2.5))
    assert pool.session_words.tolist() == pytest.approx([1.0] * 3 + [second / first] * 2)


def test_the_session_is_whole_also_where_the_pool_has_a_part_of_it() -> None:
    """Nine turns, of which the pool has those around one; the rest holds the other term."""
    long = [Turn(n, 1) for n in range(1, 10)] + [Turn(20, 2)]
    pool = pool_of(long, {1: 1.0}, {}, {"cello": [1], "rain": [8, 9]}, around=[1, 20])
    assert pool.placement.seqs[pool.rows].tolist() == [1, 2, 3, 20]
    assert pool.session_cover.tolist() == [1.0, 1.0, 1.0, 0.0]
    cello, _ = pool.rarity / pool.rarity.sum()
    assert cover(pool)[0].tolist() == pytest.approx([cello, 0, 0, 0])


def test_a_session_means_what_its_best_three_turns_mean() -> None:
    assert small_pool().session_meaning.tolist() == pytest.approx([1.3 / 3] * 3 + [0.35] * 2)
    four = pool_of([Turn(n, 1) for n in range(4)], {}, {0: 0.9, 1: 0.1, 2: 0.5, 3: 0.4}, {})
    assert four.session_meaning.tolist() == pytest.approx([0.6] * 4)


def test_cover_alone_and_with_neighbours() -> None:
    pool = small_pool()
    cello, rain = pool.rarity / pool.rarity.sum()
    alone, near = cover(pool)
    assert alone.tolist() == pytest.approx([0, cello, rain, 0, rain])
    assert near.tolist() == pytest.approx([cello, 1, 1, rain, rain])
    assert pool.session_cover.tolist() == pytest.approx([1, 1, 1, rain, rain])


def test_a_term_that_nothing_holds_still_counts_against_cover() -> None:
    pool = pool_of([Turn(1, 1)], {1: 1.0}, {}, {"cello": [1], "unheard": []}, 10)
    assert 0 < cover(pool)[0][0] < 0.5


def test_a_term_that_is_too_common_counts_for_nothing() -> None:
    pool = pool_of(TURNS, {11: 3.0}, {}, {"the": None, "cello": [11]}, 100)
    assert pool.rarity.tolist() == pytest.approx([0.0, math.log(1 + 99.5 / 1.5)])
    assert cover(pool)[0].tolist() == [0, 1, 0, 0, 0]
    assert pool.session_words.tolist() == [1, 1, 1, 0, 0]
    nothing_rare = pool_of(TURNS, {11: 3.0}, {}, {"the": None}, 100)
    assert cover(nothing_rare)[1].tolist() == [0] * 5


def test_cover_without_terms_is_zero() -> None:
    pool = pool_of([Turn(1, 1), Turn(2, 1)], {}, {1: 0.5}, {})
    assert [part.tolist() for part in cover(pool)] == [[0, 0], [0, 0]]


def test_the_rough_order_by_hand() -> None:
    pool = small_pool()
    own = pool.words / WORDS_UNIT + 0.8 * pool.meaning / MEANING_UNIT
    session = (
        0.8 * pool.session_words / SESSION_WORDS_UNIT + 0.3 * pool.session_meaning / SESSION_MEANING_UNIT
    )
    neighbours = 0.5 * np.array([own[1], own[0] + own[2], own[1], own[4], own[3]])
    assert rough(pool).tolist() == pytest.approx((own + neighbours + session).tolist())
    assert int(np.argmax(rough(pool))) == 1


def test_the_turn_beside_is_there_or_nothing_is() -> None:
    pool = small_pool()
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    assert pool.beside(values, -1).tolist() == [0, 1, 2, 0, 4]
    assert pool.beside(values, 2).tolist() == [3, 0, 0, 0, 0]
    assert pool.places_beside(1).tolist() == [1, 2, -1, 4, -1]


def test_hits_that_are_no_candidates_are_passed_over() -> None:
    """A memory that was hidden between the search and the placement."""
    pool = pool_of(TURNS, {999: 9.0, 11: 3.0}, {}, {"cello": [11, 999]}, 5)
    assert pool.words.tolist() == [0, 1, 0, 0, 0]
    assert pool.session_cover.tolist() == [1, 1, 1, 0, 0]


def test_nothing_gives_nothing() -> None:
    pool = pool_of([], {}, {}, {}, 0)
    assert len(pool) == 0
    assert pool.holds.shape == (0, 0)
    assert rough(pool).tolist() == []
    assert [part.tolist() for part in cover(pool)] == [[], []]


def test_one_turn_alone() -> None:
    pool = pool_of([Turn(5, 1)], {5: 2.0}, {5: 0.4}, {"cello": [5]})
    assert np.isfinite(rough(pool)).all()
    assert cover(pool)[0].tolist() == [1.0]


sessions = st.lists(st.integers(1, 6), min_size=1, max_size=40).map(sorted)


@given(sessions, st.data())
def test_the_rows_around_hits_are_those_within_reach_in_the_session(
    numbers: list[int], data: st.DataObject
) -> None:
    turns = [Turn(7 * at + 3, session) for at, session in enumerate(numbers)]
    hits = data.draw(st.lists(st.sampled_from([each.seq for each in turns]), max_size=5))
    expected = {
        at
        for at, session in enumerate(numbers)
        for hit in hits
        if numbers[(hit - 3) // 7] == session and abs((hit - 3) // 7 - at) <= REACH
    }
    found = rows_around(placed(turns), np.array([*hits, 10**6, -4], dtype=np.int64))
    assert found.tolist() == sorted(expected)


@given(sessions, st.data())
def test_beside_never_crosses_a_session(numbers: list[int], data: st.DataObject) -> None:
    turns = [Turn(at, session) for at, session in enumerate(numbers)]
    hits = data.draw(st.lists(st.sampled_from([each.seq for each in turns]), min_size=1, max_size=6))
    offset = data.draw(st.sampled_from([-2, -1, 1, 2]))
    pool = pool_of(turns, {}, {}, {}, around=hits)
    rows = pool.rows.tolist()
    expected = [
        rows.index(row + offset) if row + offset in rows and numbers[row] == numbers[row + offset] else -1
        for row in rows
    ]
    assert pool.places_beside(offset).tolist() == expected


@given(sessions, st.data())
def test_session_scores_equal_those_counted_one_by_one(numbers: list[int], data: st.DataObject) -> None:
    turns = [Turn(at, session) for at, session in enumerate(numbers)]
    some = st.lists(st.sampled_from(range(len(turns))), unique=True).map(sorted)
    postings = {"a": data.draw(some), "b": data.draw(some)}
    meaning = {at: data.draw(st.floats(-1, 1)) for at in range(len(turns))}
    pool = pool_of(turns, {}, meaning, postings)
    members = {
        key: [at for at, _ in group] for key, group in groupby(enumerate(numbers), lambda each: each[1])
    }
    mean = len(numbers) / len(members)
    scores = {
        session: sum(
            rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * len(ats) / mean))
            for rarity, seqs in zip(pool.rarity, postings.values(), strict=True)
            if (count := len(set(seqs) & set(ats)))
        )
        for session, ats in members.items()
    }
    best = max(scores.values())
    expected = [scores[session] / best if best else 0.0 for session in numbers]
    assert pool.session_words.tolist() == pytest.approx(expected)
    top = {key: sorted((meaning[at] for at in ats), reverse=True)[:3] for key, ats in members.items()}
    means = [sum(top[session]) / len(top[session]) for session in numbers]
    assert pool.session_meaning.tolist() == pytest.approx(means)
