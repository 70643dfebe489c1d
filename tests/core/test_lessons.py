"""Which lesson lies in what the person did."""

from __future__ import annotations

from second_me.core.recall.lessons import (
    CORRECTION,
    OPENING,
    REFUSAL,
    SILENCE,
    Shown,
    of_correction,
    of_opening,
    of_refusal,
    of_silence,
)

CITED, ALSO, LEFT, LAST = ({"words": float(n)} for n in range(4))
BESIDE = [Shown("a", CITED, True), Shown("b", ALSO, True), Shown("c", LEFT, False), Shown("d", LAST, False)]


def test_silence_holds_what_is_cited_for_useful() -> None:
    lesson = of_silence(BESIDE)
    assert (lesson.useful, lesson.useless, lesson.strength) == ((CITED, ALSO), (LEFT, LAST), SILENCE)


def test_an_opened_memory_stands_over_what_is_not_cited() -> None:
    lesson = of_opening(BESIDE, "a")
    assert (lesson.useful, lesson.useless, lesson.strength) == ((CITED,), (LEFT, LAST), OPENING)
    assert of_opening(BESIDE, "c").useless == (LAST,)
    assert of_opening(BESIDE, "elsewhere").useful == ()


def test_a_refused_memory_stands_under_all_others() -> None:
    lesson = of_refusal(BESIDE, "b")
    assert (lesson.useful, lesson.useless, lesson.strength) == ((CITED, LEFT, LAST), (ALSO,), REFUSAL)
    assert of_refusal(BESIDE, "elsewhere").useless == ()


def test_a_correction_puts_what_was_cited_under_the_rest() -> None:
    lesson = of_correction(BESIDE)
    assert (lesson.useful, lesson.useless, lesson.strength) == ((LEFT, LAST), (CITED, ALSO), CORRECTION)
