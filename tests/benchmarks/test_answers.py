"""The figures of answers.py by hand, and its curve on the paper."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import answers
import answers_figure
import pytest
from answers import Outcome

RIGHT = Outcome(
    fold=0, category=4, abstained=False, strength=0.9, citations=2, gold=True, all_gold=0.5, would=True,
    string=True, recall=1.0, f1=0.4, of_model=False,
)  # fmt: skip
WRONG = replace(RIGHT, strength=0.7, gold=False, all_gold=0.0, would=False, string=False, recall=0.0, f1=0.0)
REFUSED = replace(WRONG, abstained=True, strength=0.4, citations=0, would=True)
UNKNOWN = replace(REFUSED, category=5, strength=0.2, would=False)
FOOLED = replace(WRONG, category=5, strength=0.6, would=True)
ALL = [RIGHT, WRONG, REFUSED, UNKNOWN, FOOLED, UNKNOWN]


def test_an_abstention_is_a_miss_and_a_lucky_guess_nobody_asked_for_counts_nothing() -> None:
    found = answers.figures(ALL)
    assert found["gold cited"] == pytest.approx(1 / 3, abs=1e-3)
    assert found["all of it"] == pytest.approx(1 / 6, abs=1e-3)
    assert (found["answered"], found["not known"]) == (0.667, 0.667)
    assert found["balanced accuracy"] == 0.667
    assert found["citations"] == 2.0
    assert found["gold string"] == pytest.approx(1 / 3, abs=1e-3)


def test_always_answering_and_always_abstaining_are_worth_one_half() -> None:
    for abstained in (True, False):
        assert (
            answers.figures([replace(each, abstained=abstained) for each in ALL])["balanced accuracy"] == 0.5
        )


def test_the_curve_begins_with_the_surest() -> None:
    points = answers.curve(ALL)
    assert [point["strength"] for point in points] == [0.9, 0.7, 0.6, 0.4, 0.2, 0.2]
    assert [point["precision"] for point in points[:4]] == [1.0, 0.5, 0.3333, 0.5]
    assert points[1]["balanced accuracy"] == pytest.approx((2 / 3 + 1) / 2, abs=1e-3)
    assert points[-1]["balanced accuracy"] == 0.5
    assert points[-1]["answered"] == 1.0


@pytest.mark.parametrize(
    ("text", "gold", "contained", "recall", "f1"),
    [
        ("Anna: “It was the Cello, of course.”", "a cello", True, 1.0, 2 / 7),
        ("On 7 May 2023.", "7 May 2023", True, 1.0, 6 / 7),
        ("Cellos only", "cello", False, 0.0, 0.0),
        ("Red, then blue", "blue and red", False, 2 / 3, 2 / 3),
        ("", "cello", False, 0.0, 0.0),
        ("anything", "", False, 0.0, 0.0),
    ],
)
def test_the_gold_answer_in_the_text(text: str, gold: str, contained: bool, recall: float, f1: float) -> None:
    assert answers.contains(text, gold) is contained
    assert answers.overlap(text, gold) == pytest.approx((recall, f1))


def test_questions_are_asked_a_day_after_the_last_turn() -> None:
    sample = {
        "sample_id": "one",
        "conversation": {
            "session_1_date_time": "1:00 pm on 2 May, 2023",
            "session_1": [{"dia_id": "D1:1", "speaker": "Ann", "text": "A cello."}],
        },
        "qa": [
            {"question": "?", "evidence": [], "category": 4, "answer": "no evidence"},
            {"question": "What?", "evidence": ["D1:1"], "category": 4, "answer": 7},
        ],
    }
    (asked,) = answers.asked([sample])
    assert (asked["gold"], asked["last"], asked["fold"]) == ("7", "2023-05-02T13:00:00", 0)


def test_all_of_the_curve_is_on_the_paper() -> None:
    drawn = ElementTree.fromstring(answers_figure.draw(answers.curve(ALL * 20)))
    words = " ".join(each.text or "" for each in drawn.iter() if each.tag.endswith("text"))
    assert all(name in words for _, name, _ in answers_figure.LINES)
    assert "threshold: 50%" in words
    lines = [each.attrib["d"] for each in drawn.iter() if each.attrib.get("stroke-width") == "2"]
    assert len(lines) == len(answers_figure.LINES)
    for line in lines:
        xs, ys = zip(*(map(float, pair.split()) for pair in line[1:].split("L")), strict=True)
        assert list(xs) == sorted(xs)
        assert min(xs) >= answers_figure.LEFT
        assert max(xs) <= answers_figure.WIDTH
        assert all(answers_figure.TOP - 1 <= y <= answers_figure.HEIGHT for y in ys)
