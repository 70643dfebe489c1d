"""Learning from use: known answers, and what holds whatever the person does."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.recall.learning import (
    BOUND,
    HALF_LIFE,
    Features,
    Learned,
    Lesson,
    Rules,
    adjusted,
    learn,
    scale_of,
)

NOW = datetime(2024, 5, 1, 12)
PRIOR = {"words": 1.0, "meaning": 0.5, "length": -0.25}
LONG, SHARED = {"length": 1.0}, {"words": 1.0}
PLAIN = Rules(rate=0.1, slip=0.0, half_life_lessons=math.inf)

feature = st.dictionaries(
    st.sampled_from([*PRIOR, "unknown"]), st.floats(allow_nan=True, allow_infinity=True), max_size=4
)
lesson = st.builds(
    Lesson,
    st.lists(feature, max_size=4).map(tuple),
    st.lists(feature, max_size=4).map(tuple),
    st.floats(-1, 3),
)
life = st.lists(st.tuples(lesson, st.floats(-30, 400)), max_size=25)


def lived(lessons: list[tuple[Lesson, float]], rules: Rules | None = None) -> Learned:
    known, now = Learned(), NOW
    for each, days in lessons:
        now += timedelta(days=days)
        known = learn(known, each, PRIOR, now, rules)
    return known


def score(memory: Features, known: Learned) -> float:
    weights = adjusted(PRIOR, known.deltas)
    return sum(weights[name] * value for name, value in memory.items())


def test_one_step_of_pairwise_logistic_regression() -> None:
    """words 1 against length 1: s = 1 + .25; the step is rate * |w| * (1 - sigmoid(s)) * difference."""
    known = learn(Learned(), Lesson((SHARED,), (LONG,), 1.0), PRIOR, NOW, PLAIN)
    wrong = 1 / (1 + math.exp(1.25))
    assert known.deltas["words"] == pytest.approx(0.1 * 1.0 * wrong)
    assert known.deltas["length"] == pytest.approx(-0.1 * 0.25 * wrong)
    assert known.deltas["meaning"] == 0.0
    assert (known.lessons, known.updated_at) == (1, NOW)


def test_the_chance_of_a_set_is_what_is_raised() -> None:
    """Two useful ones and one useless: the gradient is the mean of the useful less the mean of all, by chance."""
    useful = ({"words": 2.0}, {"meaning": 1.0})
    known = learn(Learned(), Lesson(useful, ({"length": 1.0},), 1.0), PRIOR, NOW, PLAIN)
    odds = [math.exp(2.0), math.exp(0.5), math.exp(-0.25)]
    chance = [each / sum(odds) for each in odds]
    words = 2.0 * (chance[0] / (chance[0] + chance[1]) - chance[0])
    assert known.deltas["words"] == pytest.approx(0.1 * words)
    assert known.deltas["length"] == pytest.approx(0.1 * 0.25 * -chance[2])


def test_a_sign_against_all_that_is_known_may_be_a_slip() -> None:
    against = Lesson(({"words": -4.0},), ({"words": 4.0},), 1.0)
    bold = learn(Learned(), against, PRIOR, NOW, Rules(slip=0.0, step=9.0))
    careful = learn(Learned(), against, PRIOR, NOW, Rules(slip=0.1, step=9.0))
    assert bold.deltas["words"] < careful.deltas["words"] < 0
    assert abs(careful.deltas["words"]) < 0.01 * abs(bold.deltas["words"])


def test_a_lesson_raises_the_useful_over_the_useless() -> None:
    known = Learned()
    for _ in range(20):
        known = learn(known, Lesson((LONG,), (SHARED,), 1.0), PRIOR, NOW)
    before = score(LONG, Learned()) - score(SHARED, Learned())
    assert score(LONG, known) - score(SHARED, known) > before


def test_a_stronger_sign_moves_more() -> None:
    weak, strong = (
        learn(Learned(), Lesson((LONG,), (SHARED,), strength), PRIOR, NOW).deltas["words"]
        for strength in (0.1, 1.0)
    )
    assert strong == pytest.approx(10 * weak)


def test_a_lesson_of_one_side_teaches_nothing() -> None:
    known = learn(Learned(), Lesson((LONG,), (SHARED,), 1.0), PRIOR, NOW)
    for empty in (Lesson((LONG,), (), 1.0), Lesson((), (LONG,), 1.0), Lesson((), (), 1.0)):
        assert learn(known, empty, PRIOR, NOW) is known
    assert learn(known, Lesson((LONG,), (SHARED,), 1.0), {}, NOW) is known


def test_what_the_prior_found_to_tell_nothing_stays_so() -> None:
    prior = {**PRIOR, "idle": 0.0}
    known = learn(Learned(), Lesson(({"idle": 3.0},), ({"idle": -3.0},), 1.0), prior, NOW)
    assert known.deltas["idle"] == 0.0


def test_half_a_life_later_half_is_left() -> None:
    known = Learned({"words": 0.2}, 3, NOW)
    assert known.deltas_at(NOW + HALF_LIFE) == {"words": pytest.approx(0.1)}
    assert known.deltas_at(NOW + 3 * HALF_LIFE) == {"words": pytest.approx(0.025)}
    assert known.deltas_at(NOW - HALF_LIFE) == {"words": 0.2}
    assert Learned().deltas_at(NOW) == {}


def test_lessons_that_say_nothing_of_a_weight_let_it_fade() -> None:
    known = Learned({"words": 0.2}, 1, NOW)
    rules = Rules(half_life_lessons=4)
    for _ in range(4):
        known = learn(known, Lesson((LONG,), (LONG,), 1.0), PRIOR, NOW, rules)
    assert known.deltas["words"] == pytest.approx(0.1)


def test_a_delta_learned_under_a_larger_weight_is_cut() -> None:
    assert adjusted({"words": 0.1}, {"words": -3.0, "gone": 1.0}) == {"words": pytest.approx(0.05)}


def test_no_lessons_no_change() -> None:
    assert adjusted(PRIOR, Learned().deltas_at(NOW)) == PRIOR
    assert scale_of(PRIOR) == pytest.approx(math.sqrt((1 + 0.25 + 0.0625) / 3))
    assert scale_of({}) == 0.0


@given(life)
@settings(max_examples=150, deadline=None)
def test_bounded_under_any_sequence_of_lessons(lessons: list[tuple[Lesson, float]]) -> None:
    known = lived(lessons)
    for name, delta in known.deltas.items():
        assert math.isfinite(delta)
        assert abs(delta) <= BOUND * abs(PRIOR[name]) + 1e-12
    assert known.lessons <= len(lessons)


@given(life, lesson)
@settings(max_examples=100, deadline=None)
def test_one_lesson_moves_at_most_a_step(lessons: list[tuple[Lesson, float]], last: Lesson) -> None:
    rules = Rules(half_life_lessons=math.inf)
    known = lived(lessons, rules)
    now = known.updated_at or NOW
    after = learn(known, last, PRIOR, now, rules)
    moved = [after.deltas.get(name, 0.0) - known.deltas.get(name, 0.0) for name in PRIOR]
    assert math.hypot(*moved) <= rules.step * scale_of(PRIOR) + 1e-12


@given(life, st.floats(0, 4000), st.floats(0, 4000))
@settings(max_examples=100, deadline=None)
def test_fading_is_monotone(lessons: list[tuple[Lesson, float]], first: float, more: float) -> None:
    known = lived(lessons)
    at = known.updated_at or NOW
    sooner, later = (known.deltas_at(at + timedelta(days=days)) for days in (first, first + more))
    assert all(abs(later[name]) <= abs(sooner[name]) for name in sooner)


@given(st.integers(1, 4), st.integers(0, 200))
@settings(max_examples=40, deadline=None)
def test_contradicting_lessons_leave_the_two_nearer_to_each_other(many: int, pairs: int) -> None:
    """As often this way as that way: nothing is known of the two, and neither is pushed past the other."""
    one, other = {"words": 1.0, "meaning": -0.5}, {"words": -1.0, "length": float(many)}
    known = Learned()
    for _ in range(pairs):
        known = learn(known, Lesson((one,), (other,), 0.5), PRIOR, NOW)
        known = learn(known, Lesson((other,), (one,), 0.5), PRIOR, NOW)
    gap, at_first = (score(one, each) - score(other, each) for each in (known, Learned()))
    assert -1e-9 <= gap <= at_first + 1e-9


def test_contradicting_lessons_of_equals_cancel() -> None:
    """Where the prior holds two memories for equal, a lesson and its opposite leave next to nothing."""
    one, other = {"words": 1.0}, {"meaning": 2.0}
    rules = replace(PLAIN, step=1.0)
    there = learn(Learned(), Lesson((one,), (other,), 1.0), PRIOR, NOW, rules)
    back = learn(there, Lesson((other,), (one,), 1.0), PRIOR, NOW, rules)
    assert there.deltas["words"] == pytest.approx(0.05)
    assert all(abs(delta) < 0.05 * 0.1 for delta in back.deltas.values())
