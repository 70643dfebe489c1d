"""The laws of forgetting, over invented lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler, State
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.memory import forgetting
from second_me.core.memory.forgetting import Grade, Life, Use, faded, fades_on, strength, trace

PATIENT = settings(deadline=None)
DAY = datetime(2000, 1, 1, tzinfo=UTC)
first = st.floats(1, 16)
paces = st.floats(0.25, 4)
uses = st.lists(st.builds(Use, st.integers(1, 800), st.sampled_from(Grade)), max_size=8).map(
    lambda found: tuple(sorted(found, key=lambda use: use.day))
)
lives = st.builds(Life, st.integers(1, 100), first, uses)


def good(*days: int) -> tuple[Use, ...]:
    return tuple(Use(day, Grade.GOOD) for day in days)


def test_it_is_the_curve_of_the_library() -> None:
    card = Card(card_id=1, state=State.Review, stability=5.0, difficulty=5.0, due=DAY, last_review=DAY)
    library = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    for day in (0, 1, 5, 77, 450):
        expected = library.get_card_retrievability(card, DAY + timedelta(days=day))
        assert strength(Life(1, 5.0), 1 + day) == pytest.approx(expected, rel=1e-12)
    after, _ = library.review_card(card, Rating.Good, DAY + timedelta(days=30))
    assert trace(Life(1, 5.0, good(31))).stability == pytest.approx(after.stability)


def test_a_stability_is_the_days_to_nine_tenths() -> None:
    assert strength(Life(1, 12.0), 13) == pytest.approx(0.9)
    assert fades_on(Life(1, 1.0)) == 92  # 90.35 days, and the day after


@PATIENT
@given(lives, st.floats(0, 2000), st.floats(0, 2000), paces)
def test_strength_never_grows_between_uses(life: Life, one: float, other: float, pace: float) -> None:
    last = max([life.born, *(use.day for use in life.uses)])
    early, late = sorted((last + one, last + other))
    assert strength(life, late, pace) <= strength(life, early, pace) <= 1


@PATIENT
@given(lives, st.floats(1, 10), st.integers(0, 3000), paces)
def test_the_stronger_never_fades_faster(life: Life, more: float, day: int, pace: float) -> None:
    """Of two memories with the same uses, the one that began stronger is never the weaker, and fades no sooner."""
    stronger = replace(life, first=life.first * more)
    at = life.born + day
    assert strength(stronger, at, pace) >= strength(life, at, pace) - 1e-12
    assert (fades_on(stronger, pace) or 0) >= (fades_on(life, pace) or 0)


@PATIENT
@given(st.floats(1, 1000), st.floats(1, 10), st.floats(0, 500), st.floats(0, 2000))
def test_of_two_of_one_strength_the_stabler_fades_no_faster(
    stability: float, more: float, after: float, longer: float
) -> None:
    """They stand at the same strength today; from here on the stabler one is never below."""
    same = after * more
    assert forgetting.faded_to(same, stability * more) == pytest.approx(forgetting.faded_to(after, stability))
    stabler = forgetting.faded_to(same + longer, stability * more)
    assert stabler >= forgetting.faded_to(after + longer, stability) - 1e-12


@PATIENT
@given(
    st.builds(Life, st.just(1), first, st.lists(st.integers(2, 400), max_size=6).map(lambda d: good(*sorted(d)))),
    st.integers(2, 400),
    st.integers(0, 2000),
)  # fmt: skip
def test_one_more_recall_never_weakens(life: Life, extra: int, later: int) -> None:
    more = replace(life, uses=tuple(sorted((*life.uses, *good(extra)), key=lambda use: use.day)))
    day = max(use.day for use in more.uses) + later
    assert strength(more, day) >= strength(life, day) * (1 - 1e-9)


@PATIENT
@given(first, st.integers(2, 5), st.integers(2, 60), st.integers(0, 1000))
def test_spaced_recalls_strengthen_more_than_massed(begin: float, count: int, gap: int, later: int) -> None:
    """As many recalls, the last on the same day: `gap` days apart, or day after day."""
    last = 1 + count * gap
    spaced = Life(1, begin, good(*(last - gap * n for n in reversed(range(count)))))
    massed = Life(1, begin, good(*(last - n for n in reversed(range(count)))))
    assert trace(spaced).stability > trace(massed).stability
    assert strength(spaced, last + later) >= strength(massed, last + later)


@PATIENT
@given(lives, st.integers(1, 800), st.integers(2, 20))
def test_recalls_of_one_day_count_once(life: Life, day: int, times: int) -> None:
    once = replace(life, uses=(*life.uses, *good(day)))
    often = replace(life, uses=(*life.uses, *good(*[day] * times)))
    assert trace(often) == trace(once)


@PATIENT
@given(lives, st.builds(Use, st.integers(1, 800), st.sampled_from(Grade)), st.data())
def test_what_is_taken_back_leaves_no_trace(life: Life, use: Use, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(life.uses)))
    marred = replace(life, uses=(*life.uses[:place], use, *life.uses[place:]))
    restored = replace(marred, uses=(*marred.uses[:place], *marred.uses[place + 1 :]))
    days = range(1, 1500, 97)
    assert [strength(restored, day) for day in days] == [strength(life, day) for day in days]
    assert fades_on(restored) == fades_on(life)


@PATIENT
@given(lives, paces, st.integers(0, 5000))
def test_a_memory_is_faded_from_the_day_on_that_is_foretold(life: Life, pace: float, ahead: int) -> None:
    day = max([life.born, *(use.day for use in life.uses)]) + ahead
    assert faded(life, day, pace) == (strength(life, day, pace) < forgetting.THRESHOLD)


@PATIENT
@given(lives, paces)
def test_a_slower_pace_keeps_everything_longer(life: Life, pace: float) -> None:
    assert (fades_on(life, pace * 1.5) or 0) >= (fades_on(life, pace) or 0)


def test_a_lapse_weakens_and_a_later_recall_mends() -> None:
    life = Life(1, 8.0, good(30))
    lapsed = replace(life, uses=(*life.uses, Use(60, Grade.LAPSE)))
    mended = replace(lapsed, uses=(*lapsed.uses, *good(70)))
    assert trace(lapsed).stability < trace(life).stability
    assert trace(mended).stability > trace(lapsed).stability
    same_day = replace(life, uses=(*life.uses, *good(60), Use(60, Grade.LAPSE)))
    assert trace(same_day) == trace(lapsed)


@PATIENT
@given(lives, st.integers(0, 500), paces)
def test_a_lapse_never_makes_stronger(life: Life, after: int, pace: float) -> None:
    day = max([life.born, *(use.day for use in life.uses)]) + after
    lapsed = replace(life, uses=(*life.uses, Use(day, Grade.LAPSE)))
    for later in (day, day + 1, day + 50):
        assert strength(lapsed, later, pace) <= strength(life, later, pace) + 1e-12


def test_a_correction_on_the_first_day_counts_and_praise_does_not() -> None:
    assert trace(Life(5, 4.0, good(5))) == trace(Life(5, 4.0))
    assert trace(Life(5, 4.0, (Use(5, Grade.LAPSE),))).stability < 4.0


def test_pins_hold_and_letting_go_lasts_until_a_recall() -> None:
    life = Life(1, 4.0, good(10))
    pinned = replace(life, pinned=True)
    assert strength(pinned, 100_000) == 1 and fades_on(pinned) is None and not faded(pinned, 100_000)
    let_go = replace(life, let_go=(12, 1))
    assert strength(let_go, 11) == strength(life, 11)
    assert strength(let_go, 12) == 0 and faded(let_go, 12)
    corrected = replace(let_go, uses=(*life.uses, Use(13, Grade.LAPSE)))
    assert faded(corrected, 13)
    recalled = replace(let_go, uses=(*life.uses, *good(14)))
    assert strength(recalled, 14) == 1 and trace(recalled) == trace(replace(life, uses=recalled.uses))
    assert fades_on(replace(let_go, pinned=True)) is None


def test_a_clock_that_went_back_does_no_harm() -> None:
    assert trace(Life(9, 4.0, good(3))) == trace(Life(9, 4.0))
    assert strength(Life(9, 4.0), 3) == 1
