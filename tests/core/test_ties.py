"""Strength orders what is nearly as good as the best, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.found import Found
from second_me.core.recall.ties import by_strength, nobody, tied, vivid_first

PATIENT = settings(deadline=None)

THEN = datetime(2024, 3, 1)


def found(seq: int, score: float) -> Found:
    episode = Episode(
        f"m_{seq}", seq, "talk", None, "me", Role.PERSON, Kind.TURN, "x", THEN, THEN, 1, "talk", None, True
    )
    return Found(episode, score, 0.5, (), "")


def seqs(items: Sequence[Found]) -> list[int]:
    return [item.episode.seq for item in items]


def test_within_a_hundredth_of_the_best_the_stronger_goes_first() -> None:
    items = [found(1, 5.0), found(2, 4.96), found(3, 4.955), found(4, 4.94)]
    assert seqs(by_strength(items, lambda _: {1: 0.2, 2: 0.9, 3: 0.9, 4: 1.0})) == [2, 3, 1, 4]


def test_negative_scores_have_ties_too() -> None:
    assert tied([-2.0, -2.01, -2.03]) == 2
    assert tied([]) == 0 and tied([0.0, -1e-9]) == 1


def test_without_a_tie_nobody_is_asked() -> None:
    def never(_seqs: Sequence[int]) -> Mapping[int, float]:
        raise AssertionError

    assert seqs(by_strength([found(1, 5.0), found(2, 4.9)], never)) == [1, 2]


@PATIENT
@given(
    st.lists(st.floats(-10, 10), max_size=12).map(lambda scores: sorted(scores, reverse=True)),
    st.dictionaries(st.integers(0, 11), st.floats(0, 1)),
)
def test_nothing_is_lost_and_nothing_moves_beyond_the_tie(
    scores: list[float], strengths: dict[int, float]
) -> None:
    items = [found(n, score) for n, score in enumerate(scores)]
    ordered = by_strength(items, lambda _: strengths)
    count = tied(scores)
    assert sorted(seqs(ordered)) == list(range(len(items)))
    assert ordered[count:] == items[count:]
    assert by_strength(items, nobody) == items


def test_a_summary_leaves_out_what_has_faded_first() -> None:
    assert vivid_first([3, 1, 2, 4], lambda _: {3: 0.4, 1: 0.5, 2: 0.1}) == [1, 4, 3, 2]
    assert vivid_first([3, 1], nobody) == [3, 1]
