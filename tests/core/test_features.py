"""What the reranker sees: known answers for a few turns, and what holds for any pool."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.ports import Hit
from second_me.core.recall.asked import read_question
from second_me.core.recall.features import Candidates, features_of, places_with_neighbours
from second_me.core.recall.pool import make_pool, rough
from second_me.core.recall.timely import SAID
from second_me.core.temporal.spans import Grain, Span
from tests.core.laid import Turn, holding, nothing_near, placed, pool_of, seen

MAY = datetime(2023, 5, 10, 12)
TALK = [
    Turn(1, 1, "Did you sell the cello?", "Anna", MAY),
    Turn(2, 1, "No, it stands in Bergen.", "Ben", MAY),
    Turn(3, 1, "I bought 3 of them.", "Anna", MAY),
    Turn(9, 2, "Rain again", "Ben", MAY + timedelta(days=60)),
]
COSINES = {1: 0.6, 2: 0.3, 3: 0.1, 9: 0.2}
OWN = (
    "words", "meaning", "words_before", "words_after", "meaning_before", "meaning_after", "asks", "length",
    "short", "opens_session", "named_speaker", "other_speaker", "question_inside", "question_before", "time_words",
    "numbers", "digits", "names", "names_unasked", "quotes", "reasons", "phrase", "speaks_of_named", "said_then",
    "happened_then",
)  # fmt: skip
"""Features that no other session has a part in."""


def of(question: str, name: str, **more: object) -> list[float]:
    seqs, features = seen(question, TALK, COSINES, **more)  # type: ignore[arg-type]
    assert seqs == [1, 2, 3, 9]
    return features[name].tolist()


@pytest.mark.parametrize(
    ("question", "name", "values"),
    [
        ("the cello", "words", [1, 0, 0, 0]),
        ("the cello", "words_before", [0, 1, 0, 0]),
        ("the cello", "words_before2", [0, 0, 1, 0]),
        ("the cello", "words_after", [0, 0, 0, 0]),
        ("rain", "words_after2", [0, 0, 0, 0]),
        ("the cello", "meaning", [0.6, 0.3, 0.1, 0.2]),
        ("the cello", "meaning_gap", [0, -0.3, -0.5, -0.4]),
        ("the cello", "meaning_after", [0.3, 0.1, 0, 0]),
        ("the cello", "meaning_place", [0, -math.log(2), -math.log(4), -math.log(3)]),
        ("the cello", "words_place", [0, -math.log(2), -math.log(3), -math.log(4)]),
        ("the cello", "cover", [1, 0, 0, 0]),
        ("the cello", "cover_near", [1, 1, 0, 0]),
        ("the cello", "rarest", [1, 0, 0, 0]),
        ("the cello", "session_cover", [1, 1, 1, 0]),
        ("the cello", "session_words", [1, 1, 1, 0]),
        ("the cello", "session_words_place", [1, 1, 1, 0.5]),
        ("rain", "session_words_place", [0.5, 0.5, 0.5, 1]),
        ("the cello", "session_meaning", [1 / 3, 1 / 3, 1 / 3, 0.2]),
        ("What did Ben say?", "named_speaker", [0, 1, 0, 1]),
        ("What did Ben say?", "other_speaker", [1, 0, 1, 0]),
        ("What did Ben say to Anna?", "other_speaker", [0, 0, 0, 0]),
        ("the cello", "named_speaker", [0, 0, 0, 0]),
        ("the cello", "other_speaker", [0, 0, 0, 0]),
        ("the cello", "asks", [1, 0, 0, 0]),
        ("the cello", "length", [math.log1p(len(turn.text)) for turn in TALK]),
        ("the cello", "short", [1, 1, 1, 1]),
        ("the cello", "opens_session", [1, 0, 0, 1]),
        ("the cello", "question_inside", [1, 0, 0, 0]),
        ("the cello", "question_before", [0, 1, 0, 0]),
        ("How many did she buy?", "numbers", [0, 0, 1, 0]),
        ("How many did she buy?", "digits", [0, 0, 1, 0]),
        ("the cello", "digits", [0, 0, 0, 0]),
        ("When did she buy it?", "time_words", [0, 0, 1, 0]),
        ("Where does it stand?", "names", [0, 1, 0, 0]),
        ("Where does it stand?", "names_unasked", [0, 0, 0, 0]),
        ("the cello", "names_unasked", [0, 1, 0, 0]),
        ("sell the cello to me", "phrase", [2, 0, 0, 0]),
        ("the cello", "related", [1, 0, 0, 0]),
        ("the cello", "related_only", [0, 0, 0, 0]),
        ("the cello", "related_before", [0, 1, 0, 0]),
        ("Bergen", "related_after", [1, 0, 0, 0]),
        ("Bergen", "related_near", [1, 1, 1, 0]),
        ("the cello", "answers_related", [0, 1, 0, 0]),
        ("the cello", "answers_words", [0, 1, 0, 0]),
        ("the cello", "answers_meaning", [0, 0.6, 0, 0]),
    ],
)
def test_known_answers(question: str, name: str, values: list[float]) -> None:
    assert of(question, name) == pytest.approx(values)


def test_a_word_that_stands_for_the_asked_one() -> None:
    def near(word: str) -> Mapping[str, float]:
        return {"cello": 0.7} if word == "violin" else {}

    assert of("the violin", "words") == [0, 0, 0, 0]
    assert of("the violin", "related", near=near) == pytest.approx([0.7, 0, 0, 0])
    assert of("the violin", "related_only", near=near) == pytest.approx([0.7, 0, 0, 0])
    assert of("the violin", "related_near", near=near) == pytest.approx([0.7, 0.7, 0, 0])
    assert of("the violin", "answers_related", near=near) == pytest.approx([0, 0.7, 0, 0])


def test_who_is_spoken_of() -> None:
    turns = [Turn(1, 1, "Anna has a cello.", "Ben"), Turn(2, 1, "I have one.", "Anna")]
    _, features = seen("Which cello has Anna?", turns)
    assert features["speaks_of_named"].tolist() == [1, 0]
    assert features["named_speaker"].tolist() == [0, 1]


def test_the_time_that_is_asked_about() -> None:
    asked = "What was in May 2023?"
    assert of(asked, "said_then") == pytest.approx([SAID] * 3 + [of(asked, "said_then")[3]])
    assert 0 < of(asked, "said_then")[3] < SAID
    day = Span(datetime(2023, 5, 3), datetime(2023, 5, 4), Grain.DAY)
    later = Span(datetime(2024, 5, 3), datetime(2024, 5, 4), Grain.DAY)
    happened = of(asked, "happened_then", events={9: [later, day], 1: [later]})
    assert happened[3] == 1.0
    assert 0 < happened[0] < 0.5
    assert happened[1:3] == [0, 0]
    assert of("the cello", "said_then") == of("the cello", "happened_then") == [0, 0, 0, 0]


def test_a_turn_of_unknown_time_is_of_no_time() -> None:
    turns = [Turn(1, 1, "rain", spoken=None), Turn(2, 1, "x", spoken=MAY)]
    assert seen("What was in May 2023?", turns)[1]["said_then"].tolist() == pytest.approx([0, SAID])
    assert seen("What was in 1970?", turns)[1]["said_then"][0] == 0


def test_the_texts_that_are_read_are_those_of_candidates_and_beside_them() -> None:
    turns = [Turn(seq, 1 + seq // 5) for seq in range(10)]
    pool = pool_of(turns, {}, {}, {})
    assert places_with_neighbours(pool, np.array([1, 4])).tolist() == [0, 1, 2, 3, 4]
    assert places_with_neighbours(pool, np.array([5])).tolist() == [5, 6]
    assert places_with_neighbours(pool, np.array([], dtype=np.int64)).tolist() == []


def test_the_features_of_some_candidates_are_those_among_all() -> None:
    """What is not ranked has no text, and yet counts as a neighbour."""
    asked = read_question("the cello", placed(TALK).speakers, None)
    pool = pool_of(TALK, {1: 1.0}, COSINES, holding(asked, TALK))
    _, whole = seen("the cello", TALK, COSINES)
    some = np.array([1, 3], dtype=np.int64)
    texts = {int(at): TALK[at].text for at in places_with_neighbours(pool, some)}
    few = features_of(asked, pool, rough(pool), Candidates(some, texts, {}), nothing_near)
    assert few.keys() == whole.keys()
    for name, values in few.items():
        assert values.tolist() == pytest.approx(whole[name][some].tolist()), name


WORDS = "cello rain Anna Ben bought yesterday because 3 Bergen why? two “Dune” the of".split()
texts = st.one_of(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), st.text(max_size=60))
questions = st.one_of(
    st.lists(st.sampled_from([*WORDS, "when", "how many", "in May 2023"]), max_size=6).map(" ".join),
    st.text(max_size=60),
)


@st.composite
def conversations(draw: st.DrawFn) -> list[Turn]:
    sessions = sorted(draw(st.lists(st.integers(1, 4), min_size=1, max_size=12)))
    return [
        Turn(
            at + 1,
            session,
            draw(texts),
            draw(st.sampled_from(["Anna", "Ben", "me", ""])),
            draw(st.one_of(st.none(), st.datetimes(datetime(1, 1, 1), datetime(9999, 1, 1)))),
        )
        for at, session in enumerate(sessions)
    ]


cosines = st.dictionaries(st.integers(1, 12), st.floats(-1, 1), max_size=12)


@given(questions, conversations(), cosines)
@settings(deadline=None)
def test_features_are_finite_one_a_candidate(
    question: str, turns: list[Turn], meaning: dict[int, float]
) -> None:
    _, features = seen(question, turns, meaning, now=MAY)
    for name, values in features.items():
        assert values.shape == (len(turns),), name
        assert np.isfinite(values).all(), name


@given(questions, conversations(), st.integers(1, 5))
@settings(deadline=None)
def test_an_unrelated_session_changes_no_turns_own_features(
    question: str, turns: list[Turn], more: int
) -> None:
    meaning = {turn.seq: 0.01 * turn.seq for turn in turns}
    speaker = turns[0].speaker
    others = [Turn(100 + at, 99, "zzyzx qqq", speaker, MAY) for at in range(more)]
    _, before = seen(question, turns, meaning, now=MAY)
    _, after = seen(question, turns + others, {**meaning, **{each.seq: -1.0 for each in others}}, now=MAY)
    for name in OWN:
        assert after[name][: len(turns)].tolist() == before[name].tolist(), name


@given(questions, conversations(), cosines, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_what_is_given_changes_nothing(
    question: str, turns: list[Turn], meaning: dict[int, float], random: object
) -> None:
    """Hits and texts, in any order."""
    asked = read_question(question, placed(turns).speakers, MAY)
    postings = [np.array(seqs, dtype=np.int64) for seqs in holding(asked, turns).values()]
    placement, places = placed(turns), np.arange(len(turns), dtype=np.int64)
    hits = [Hit(turn.seq, 1.0 + turn.seq) for turn in turns]
    given = np.array([meaning.get(turn.seq, np.nan) for turn in turns])
    told = [(at, turn.text) for at, turn in enumerate(turns)]

    def features() -> dict[str, np.ndarray]:
        pool = make_pool(placement, places, hits, given, postings, len(turns))
        return features_of(asked, pool, rough(pool), Candidates(places, dict(told), {}), nothing_near)

    before = features()
    random.shuffle(hits)  # type: ignore[attr-defined]
    random.shuffle(told)  # type: ignore[attr-defined]
    after = features()
    assert {name: values.tolist() for name, values in after.items()} == {
        name: values.tolist() for name, values in before.items()
    }
