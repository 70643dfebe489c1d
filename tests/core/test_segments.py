from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.memory.episodes import Episode, Kind, Role
from second_me.core.recall.segments import exchanges, segments, vector_rows, word_rows

AT = datetime(2024, 3, 1, 9)


def turn(seq: int, speaker: str, text: str, kind: Kind = Kind.TURN) -> Episode:
    return Episode(f"m_{seq}", seq, "talk", None, speaker, Role.OTHER, kind, text, AT, AT, 1)


def talk(*texts: str) -> list[Episode]:
    return [turn(at, "AB"[at % 2], text) for at, text in enumerate(texts)]


GARDEN = (
    "The tomatoes in the garden are ripe",
    "My garden needs rain for the tomatoes",
    "I planted beans beside the tomatoes",
    "Beans and tomatoes love a sunny garden",
    "The snails eat the beans in the garden",
    "Snails ate my tomatoes and beans",
)
CAR = (
    "The car broke down on the motorway",
    "Did the mechanic repair the engine of the car?",
    "The mechanic said the engine needs a new belt",
    "An engine belt for that car costs a lot",
    "The mechanic towed the car from the motorway",
    "A broken engine on the motorway, poor car",
)


def test_a_new_topic_begins_a_segment() -> None:
    turns = talk(*GARDEN, *CAR)
    cut = segments(turns, word_rows([each.text for each in turns]))
    assert 6 in [part[0] for part in cut]
    assert [at for part in cut for at in part] == list(range(12))


def test_vectors_tell_where_the_talk_turns() -> None:
    numbers = np.random.default_rng(1)
    shared, first, second = np.eye(3, 32, dtype=np.float32)
    rows = np.array(
        [3 * shared + (first if at < 8 else second) + numbers.normal(size=32) * 0.05 for at in range(16)],
        dtype=np.float32,
    )
    turns = talk(*("word" for _ in range(16)))
    assert segments(turns, vector_rows(rows)) == [list(range(8)), list(range(8, 16))]


def test_a_talk_about_one_thing_stays_whole() -> None:
    turns = talk(*["the tomatoes in the garden are ripe"] * 20)
    assert segments(turns, word_rows([each.text for each in turns])) == [list(range(20))]
    vectors = np.ones((20, 8), dtype=np.float32)
    assert segments(turns, vector_rows(vectors)) == [list(range(20))]


def test_a_turn_and_its_answer_are_an_exchange() -> None:
    turns = [turn(at, speaker, "text") for at, speaker in enumerate("ABABBAAA")]
    assert exchanges(turns) == [[0, 1], [2, 3], [4, 5], [6], [7]]


def test_nobody_answers_a_note() -> None:
    turns = [
        turn(0, "me", "a note", Kind.NOTE),
        turn(1, "me", "another", Kind.NOTE),
        turn(2, "x", "a book", Kind.DOCUMENT),
    ]
    assert exchanges(turns) == [[0], [1], [2]]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_short_sessions_are_one_segment(count: int) -> None:
    turns = talk(*(GARDEN[:count]))
    cut = segments(turns, word_rows([each.text for each in turns]))
    assert cut == ([list(range(count))] if count else [])


def test_texts_without_a_word_have_no_direction() -> None:
    rows = word_rows(["!!!", "", "tea"])
    assert np.linalg.norm(rows, axis=1).tolist() == [0, 0, 1]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.text(max_size=30)), max_size=40))
def test_segments_hold_every_turn_once_and_in_order(said: list[tuple[str, str]]) -> None:
    turns = [turn(at, speaker, text) for at, (speaker, text) in enumerate(said)]
    cut = segments(turns, word_rows([each.text for each in turns]))
    assert [at for part in cut for at in part] == list(range(len(turns)))
    whole = {at for pair in exchanges(turns) for at in pair[1:]}
    assert not whole & {part[0] for part in cut}
