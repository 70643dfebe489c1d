"""The simulation of learning: the signs are those it says, lives are made as it says, what is useless is unlearned."""

from __future__ import annotations

import numpy as np
import pytest
from fit_reranker import Asked
from learning import Person, Question, as_notes, found, interval, people_of, report, signs, simulate

from second_me.core.recall.lessons import CORRECTION, OPENING, REFUSAL, SILENCE, Shown

PRIOR = {"told": 1.0, "noise": 1.0}


def person(seed: int, questions: int = 60, turns: int = 40) -> Person:
    """One feature tells the evidence from the rest, the other is noise that the prior trusts as much."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(questions):
        features = rng.normal(size=(turns, 2))
        holds = np.arange(turns) == rng.integers(turns)
        features[holds, 0] += 2.5
        features[:, 1] *= 2.0
        made.append(Question(features, holds, 1))
    return Person(dict(PRIOR), tuple(made))


def drawn(noise: float, holds: list[bool], seed: int) -> list[tuple[float, int, int]]:
    shown = [Shown(str(place), {"told": float(place)}, place < 3) for place in range(10)]
    lessons = signs(shown, holds, noise, np.random.default_rng(seed))
    return [(each.strength, len(each.useful), len(each.useless)) for each in lessons]


def test_a_person_without_oversights_opens_what_she_wanted_and_refuses_only_what_misled() -> None:
    shown = [Shown(str(place), {"place": float(place)}, place < 3) for place in range(10)]
    holds = [place == 1 for place in range(10)]
    for seed in range(60):
        for lesson in signs(shown, holds, 0.0, np.random.default_rng(seed)):
            if lesson.strength == OPENING:
                assert lesson.useful == ({"place": 1.0},)
            elif lesson.strength == REFUSAL and len(lesson.useless) == 1:
                assert lesson.useless[0]["place"] in (0.0, 2.0)
            else:
                assert lesson.strength == SILENCE  # the answer cites what she wanted: nothing to correct


def test_an_adversary_opens_only_what_is_wrong_and_corrects_what_is_right() -> None:
    holds = [place == 1 for place in range(10)]
    kinds = [each for seed in range(60) for each in drawn(1.0, holds, seed)]
    assert (CORRECTION, 7, 3) in kinds
    shown = [Shown(str(place), {"place": float(place)}, place < 3) for place in range(10)]
    opened = [
        lesson.useful
        for seed in range(60)
        for lesson in signs(shown, holds, 1.0, np.random.default_rng(seed))
        if lesson.strength == OPENING
    ]
    assert opened
    assert ({"place": 1.0},) not in opened


def test_silence_only_where_nothing_else_was_said() -> None:
    for seed in range(60):
        strengths = [strength for strength, _, _ in drawn(0.1, [False] * 10, seed)]
        assert strengths
        assert SILENCE not in strengths or strengths == [SILENCE]


def test_a_feature_that_tells_nothing_is_unlearned() -> None:
    people = [person(seed) for seed in range(3)]
    row = report(people, noise=0.1, seeds=2)
    cell = row["R@5"]
    assert cell["interval"][0] > 0
    fading = list(cell["gain_after_half_lives"].values())
    assert fading[0] == cell["gain"]
    assert 0 <= fading[-1] < fading[0]


def test_every_question_is_held_out_once() -> None:
    outcome = simulate(person(1), noise=0.1, seeds=1)
    assert outcome.before.shape == (2, 60)
    assert outcome.after.shape == (4, 2, 60)
    assert outcome.lessons >= 45


def test_what_is_found_is_the_share_of_the_evidence() -> None:
    features = np.array([[3.0, 0.0], [2.0, 0.0], [1.0, 0.0]])
    question = Question(features, np.array([True, False, True]), 2)
    assert [found(question, PRIOR, cut) for cut in (1, 2, 3)] == [0.5, 0.5, 1.0]


def test_the_interval_holds_the_mean_and_narrows() -> None:
    few, many = (np.random.default_rng(0).normal(0.2, 1.0, size=size) for size in (50, 5000))
    assert interval(many)[0] < 0.2 < interval(many)[1]
    assert interval(many)[1] - interval(many)[0] < interval(few)[1] - interval(few)[0]
    assert interval(np.full(9, 0.25)) == pytest.approx((0.25, 0.25))


def test_notes_are_the_same_turns_elsewhere_with_their_evidence() -> None:
    turns = [{"dia_id": f"D{1 + n // 5}:{1 + n % 5}", "text": f"turn {n}", "speaker": "A"} for n in range(10)]
    sample = {
        "sample_id": "x",
        "conversation": {"session_1": turns[:5], "session_2": turns[5:], "session_1_date_time": "then"},
        "qa": [{"question": "?", "evidence": [f"D{1 + n // 5}:{1 + n % 5}"]} for n in range(10)],
    }
    mixed = as_notes(sample, np.random.default_rng(3))
    placed = {
        turn["dia_id"]: turn["text"]
        for name in ("session_1", "session_2")
        for turn in mixed["conversation"][name]
    }
    assert sorted(placed.values()) == sorted(turn["text"] for turn in turns)
    assert list(placed) == [turn["dia_id"] for turn in turns]
    assert [placed[question["evidence"][0]] for question in mixed["qa"]] == [f"turn {n}" for n in range(10)]
    assert placed != {turn["dia_id"]: turn["text"] for turn in turns}
    assert sample["conversation"]["session_1"] == turns[:5]


def asked_of(fold: int, seed: int, shift: float) -> list[Asked]:
    """Questions whose evidence stands out by the first feature; in the third conversation by the second alone."""
    rng, made = np.random.default_rng(seed), []
    for _ in range(20):
        features = rng.normal(size=(12, 2)).astype(np.float32)
        holds = np.arange(12) == rng.integers(12)
        features[holds, 1 if fold == 2 else 0] += shift
        made.append(Asked(fold, 4, features, holds, 2))
    return made


def test_a_person_begins_with_weights_that_never_saw_her() -> None:
    """The third conversation alone has a sign of its own: only the other two learn it from her."""
    told = [each for fold in range(3) for each in asked_of(fold, fold, 3.0)]
    people = people_of(["first", "second"], told, told)
    assert [len(person.questions) for person in people] == [20, 20, 20]
    assert people[0].prior["second"] > 0.3
    assert people[1].prior["second"] > 0.3
    assert abs(people[2].prior["second"]) < 0.2 < people[2].prior["first"]


def test_questions_are_those_lived_in_deviations_of_what_was_told() -> None:
    told = [each for fold in range(2) for each in asked_of(fold, fold, 3.0)]
    lived = [Asked(each.fold, 4, 2 * each.features, each.holds, each.evidence) for each in told]
    scale = np.concatenate([each.features for each in told]).std(axis=0)
    before, after = (people_of(["first", "second"], told, life) for life in (told, lived))
    assert [person.prior for person in after] == [person.prior for person in before]
    question = after[1].questions[0]
    np.testing.assert_allclose(question.features, lived[20].features / scale, rtol=1e-4)
    assert question.holds.tolist() == lived[20].holds.tolist()
    assert question.wanted == 2
