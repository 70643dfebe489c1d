"""The benchmark of forgetting: its peer is what was published, and its lives are what they say."""

from __future__ import annotations

import math
import random
from datetime import datetime
from xml.etree import ElementTree

import pytest
from forgetting import DAYS, shares, used, worst
from forgetting_figure import RECALLS, curves, draw, memory_bank, ours

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.memory.forgetting import Grade, Life, faded, strength
from second_me.core.recall.found import Found

THEN = datetime(2024, 3, 1)


def item(seq: int, score: float) -> Found:
    episode = Episode(
        f"m_{seq}", seq, "talk", f"D1:{seq}", "me", Role.PERSON, Kind.TURN, "x", THEN, THEN, 1, "talk"
    )
    return Found(episode, score, 0.5, (), "")


FOUND = {"q": [item(n, 5.0 - n / 100) for n in range(1, 25)]}
QUESTION = {"id": "q", "evidence": {"D1:3"}, "category": 4}
LIVES = {n: Life(1, 4.0) for n in range(1, 25)}


def test_the_peer_is_the_published_formula_and_its_code() -> None:
    assert memory_bank()(2) == pytest.approx(math.exp(-2))
    assert memory_bank((5, 20))(23) == pytest.approx(math.exp(-3 / 3))
    assert memory_bank((5, 20), as_coded=True)(23) == pytest.approx(math.exp(-3 / 5 * 3))
    stronger, weaker = memory_bank((5, 20), as_coded=True), memory_bank((20,), as_coded=True)
    assert stronger(23) < weaker(23)  # the bug
    assert ours(1, RECALLS)(60) == 1


def test_the_figure_is_drawn_and_the_table_complete() -> None:
    root = ElementTree.fromstring(draw())
    assert len(root.findall("{http://www.w3.org/2000/svg}path")) > 15
    found = curves()
    assert all(len(heights) == len(found["days"]) for heights in found["curves"].values())


def test_off_is_the_order_of_scores_and_on_moves_ties_alone() -> None:
    off = shares(FOUND, [QUESTION], None)
    assert off == {"R@1": 0.0, "R@5": 1.0, "R@10": 1.0, "R@20": 1.0}
    assert shares(FOUND, [QUESTION], lambda _: LIVES) == off
    let_go = worst(LIVES, FOUND["q"], {"D1:3"})
    assert faded(let_go[3], DAYS) and strength(let_go[4], DAYS) == 1
    assert shares(FOUND, [QUESTION], lambda _: let_go)["R@20"] == 1.0


def test_what_holds_evidence_is_copied_and_what_does_not_corrected() -> None:
    grades = set()
    for seed in range(40):
        for question in (QUESTION, {**QUESTION, "evidence": {"D9:9"}}):
            after = used(LIVES, FOUND, [question], random.Random(seed))
            told = [use.grade for seq in (1, 2, 3) for use in after[seq].uses]
            assert len(set(told)) <= 1 and len(told) in (0, 3) and not after[4].uses
            assert not told or told[0] is (Grade.GOOD if question is QUESTION else Grade.LAPSE)
            grades |= set(told)
    assert grades == set(Grade)
