"""Known answers for small pools."""

from __future__ import annotations

import math

import numpy as np
import pytest

from second_me.core.recall.scoring import (
    Pool,
    Weights,
    combined,
    coverage,
    make_pool,
    session_meaning,
    session_words,
    shares,
    standardised,
    summands,
    weighted,
    with_neighbours,
)


def small_pool() -> Pool:
    """Two sessions, of three turns and of two; "cello" is in turn 11, "rain" in 12 and 21."""
    return make_pool(
        sessions={2: [20, 21], 1: [10, 11, 12]},
        words={11: 3.0, 21: 1.0},
        meaning={10: 0.2, 11: 0.8, 12: 0.3, 20: 0.5},
        postings={"cello": [11], "rain": [12, 21]},
        episodes=100,
    )


def empty_pool() -> Pool:
    return make_pool({}, {}, {}, {}, 0)


def test_a_pool_lies_session_after_session() -> None:
    pool = small_pool()
    assert pool.seqs.tolist() == [10, 11, 12, 20, 21]
    assert pool.session.tolist() == [0, 0, 0, 1, 1]
    assert pool.words.tolist() == [0.0, 3.0, 0.0, 0.0, 1.0]
    assert pool.holds.tolist() == [[False, True, False, False, False], [False, False, True, False, True]]


def test_a_turn_without_a_vector_gets_the_lowest_cosine() -> None:
    assert small_pool().meaning.tolist() == [0.2, 0.8, 0.3, 0.5, 0.2]


def test_a_rare_term_weighs_more() -> None:
    cello, rain = small_pool().rarity
    assert cello == pytest.approx(math.log(1 + 99.5 / 1.5))
    assert rain == pytest.approx(math.log(1 + 98.5 / 2.5))


def test_standardised_has_mean_zero_and_deviation_one() -> None:
    out = standardised(np.array([1.0, 2.0, 3.0]))
    assert out.tolist() == pytest.approx([-math.sqrt(1.5), 0.0, math.sqrt(1.5)])


@pytest.mark.parametrize("value", [0.0, 1.0, 0.1, 1e-300])
def test_constants_tell_nothing(value: float) -> None:
    assert standardised(np.full(7, value)).tolist() == [0.0] * 7


def test_standardised_of_nothing() -> None:
    assert standardised(np.array([])).tolist() == []


def test_neighbours_stop_at_the_session_border() -> None:
    values = np.array([0.0, 0.0, 4.0, 0.0, 0.0])
    session = np.array([0, 0, 0, 1, 1])
    assert with_neighbours(values, session, 0.5).tolist() == [0.0, 2.0, 4.0, 0.0, 0.0]


def test_neighbours_give_both_ways() -> None:
    out = with_neighbours(np.array([1.0, 2.0, 4.0]), np.array([0, 0, 0]), 0.5)
    assert out.tolist() == [2.0, 4.5, 5.0]


def test_a_session_scores_as_one_document() -> None:
    """By hand: k1 1.2, b 0.75, lengths 3 and 2, mean 2.5; cello in one session, rain in both."""
    scores = session_words(small_pool())
    cello, rain = math.log(1 + 1.5 / 1.5), math.log(1 + 0.5 / 2.5)
    first = (cello + rain) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2.5))
    second = rain * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 2.5))
    assert scores.tolist() == pytest.approx([first] * 3 + [second] * 2)


def test_a_session_means_what_its_best_three_turns_mean() -> None:
    assert session_meaning(small_pool()).tolist() == pytest.approx([1.3 / 3] * 3 + [0.35] * 2)
    assert session_meaning(small_pool(), best=1).tolist() == pytest.approx([0.8] * 3 + [0.5] * 2)


def test_the_turn_that_words_and_meaning_choose_is_first() -> None:
    scores = combined(small_pool(), Weights())
    assert int(np.argmax(scores)) == 1


def test_the_sum_is_the_sum_of_its_parts() -> None:
    pool = small_pool()
    only_words = combined(pool, Weights(dense=0, neighbour=0, session_words=0, session_meaning=0))
    assert only_words.tolist() == pytest.approx(standardised(pool.words).tolist())


def test_coverage_alone_and_with_neighbours() -> None:
    pool = small_pool()
    cello, rain = pool.rarity / pool.rarity.sum()
    alone, near = coverage(pool)
    assert alone.tolist() == pytest.approx([0, cello, rain, 0, rain])
    assert near.tolist() == pytest.approx([cello, 1, 1, rain, rain])


def test_coverage_without_terms_is_zero() -> None:
    pool = make_pool({1: [1, 2]}, {}, {1: 0.5}, {}, 2)
    assert [part.tolist() for part in coverage(pool)] == [[0, 0], [0, 0]]


def test_a_term_that_nothing_holds_still_counts_against_coverage() -> None:
    pool = make_pool({1: [1]}, {1: 1.0}, {}, {"cello": [1], "unheard": []}, 10)
    alone, _ = coverage(pool)
    assert 0 < alone[0] < 0.5


def test_an_empty_pool_gives_empty_arrays() -> None:
    pool = empty_pool()
    assert combined(pool, Weights()).tolist() == []
    assert [part.tolist() for part in coverage(pool)] == [[], []]
    assert pool.holds.shape == (0, 0)


def test_one_turn_alone() -> None:
    pool = make_pool({1: [5]}, {5: 2.0}, {5: 0.4}, {"cello": [5]}, 1)
    assert np.isfinite(combined(pool, Weights())).all()
    assert coverage(pool)[0].tolist() == [1.0]


def test_the_score_is_the_sum_of_its_summands() -> None:
    pool, weights = small_pool(), Weights(dense=0.7, neighbour=0.4, session_words=0.9, session_meaning=0.2)
    own = standardised(pool.words) + 0.7 * standardised(pool.meaning)
    expected = (
        with_neighbours(own, pool.session, 0.4)
        + 0.9 * standardised(session_words(pool))
        + 0.2 * standardised(session_meaning(pool))
    )
    assert combined(pool, weights).tolist() == pytest.approx(expected.tolist())
    assert summands(pool).keys() == shares(weights).keys()
    assert weighted({"words": np.array([1.0, 2.0])}, {"words": 3.0, "meaning": 9.0}).tolist() == [3.0, 6.0]
