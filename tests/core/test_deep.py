"""Deep recall's order: what the likelihood may change, and what it may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.deep import MOST_CHARACTERS, context_of, deepened, target_of, undecided
from second_me.core.recall.found import Found

WHEN = datetime(2023, 5, 7, 12)


def memory(number: int, score: float, text: str = "I moved to Bern.") -> Found:
    episode = Episode(
        f"m{number}", number, "talk/1", None, "Anna", Role.PERSON, Kind.TURN, text, WHEN, WHEN, 0
    )
    return Found(episode, score, 0.7, ("words",), text[:20])


def ids(found: Sequence[Found]) -> list[str]:
    return [each.episode.memory_id for each in found]


RANKED = [memory(number, 4.0 - number) for number in range(4)]


def test_the_likelier_moves_up_as_far_as_its_weight_reaches() -> None:
    nats = [-3.0, -3.0, -3.0, -1.0]
    assert ids(deepened(RANKED, nats, 0.0)) == ids(RANKED)
    assert ids(deepened(RANKED, nats, 0.5)) == ["m0", "m1", "m3", "m2"]
    assert ids(deepened(RANKED, nats, 5.0)) == ["m3", "m0", "m1", "m2"]


def test_what_was_not_read_keeps_its_score_and_its_place_among_equals() -> None:
    moved = deepened(RANKED, [-1.0, None, -3.0, None], 1.5)
    assert ids(moved) == ["m0", "m1", "m3", "m2"]
    assert [each.score for each in moved] == [5.5, 3.0, 1.0, 0.5]


def test_without_two_to_compare_nothing_moves() -> None:
    for nats in ([], [None] * 4, [None, -9.0, None, None], [-2.0] * 4):
        assert list(deepened(RANKED, nats, 3.0)) == RANKED


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.none() | st.integers(-90, 0)), min_size=1, max_size=12),
    st.integers(0, 30),
)
def test_likelier_is_never_lower(rows: list[tuple[int, int | None]], weight: int) -> None:
    found = [memory(number, score / 10) for number, (score, _nats) in enumerate(rows)]
    nats = [None if value is None else value / 10 for _score, value in rows]
    order = ids(deepened(found, nats, weight / 10))
    assert sorted(order) == sorted(ids(found))
    for better in range(len(rows)):
        for worse in range(len(rows)):
            ahead, behind = nats[better], nats[worse]
            if ahead is None or behind is None or ahead <= behind:
                continue
            if found[better].score >= found[worse].score and weight:
                assert order.index(f"m{better}") < order.index(f"m{worse}")
    if not weight:
        assert order == ids(sorted(found, key=lambda each: -each.score))


def test_undecided_is_where_the_first_five_are_close() -> None:
    close = [memory(number, 4.0 - number / 8) for number in range(8)]
    ahead = [memory(9, 6.0), *close]
    assert undecided(close, 1.0)
    assert not undecided(close, 0.5)
    assert not undecided(ahead, 1.0)
    assert undecided(close[:2], 1.0)
    assert not undecided(close[:1], 1.0)
    assert not undecided([], 1.0)


def test_the_model_reads_who_when_and_what() -> None:
    assert context_of(memory(1, 1.0)) == "Anna (7 May 2023): I moved to Bern.\nQuestion:"
    undated = replace(memory(1, 1.0), episode=replace(memory(1, 1.0).episode, spoken_at=None))
    assert context_of(undated) == "Anna: I moved to Bern.\nQuestion:"
    long = memory(1, 1.0, "I moved to Bern,\nand on. " * MOST_CHARACTERS)
    assert context_of(long) == "Anna (7 May 2023): I moved to Bern, and\nQuestion:"
    assert target_of("Where do\nI  live? ") == " Where do I live?"
