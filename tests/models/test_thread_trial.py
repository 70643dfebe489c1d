"""How the number of threads is chosen from what was measured, and that the choice is kept and used."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from second_me.core.ports import Message, Sampling
from second_me.models.chat import ChatContext
from second_me.models.client import ModelProcess
from second_me.models.contexts import Contexts, Setup
from second_me.models.embedder import EmbeddingContext
from second_me.models.llama import LoadedModel
from second_me.models.starter import CHAT_FILE, find_models
from second_me.models.thread_notes import MOST_NOTES, read_counts, write_counts
from second_me.models.thread_trial import (
    PAUSE,
    ROOM,
    ThreadTrials,
    fastest,
    machine_name,
    name_of,
    not_slow,
    numbers,
    trial,
)
from second_me.models.threads import Counts, FreeCores

PATIENCE = 10.0
ANYTHING = float("inf")
"""Cores that others may use: however busy this machine is."""
QUESTION = [Message("system", "You answer in one short sentence. " * 12), Message("user", "Where is Bern?")]
SHORT = Sampling(max_tokens=12)


@pytest.fixture
def starter(starter_models: Path) -> Iterator[LoadedModel]:
    loaded = LoadedModel(starter_models / CHAT_FILE, FreeCores(2))
    yield loaded
    loaded.close()


def plenty() -> int:
    return 2 * ROOM


def close(context: ChatContext | EmbeddingContext) -> None:
    context.close()
    context.model.close()


def outcome(steps: Generator[None, None, Counts | None]) -> tuple[Counts | None, int]:
    """What a trial found, and in how many steps."""
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value, count
        count += 1


@pytest.mark.parametrize(
    ("physical", "logical", "tried"),
    [(1, 1, [1]), (2, 2, [2, 1]), (4, 8, [4, 2, 8, 1]), (4, 2, [4, 2, 1]), (1, 2, [1, 2])],
)
def test_what_is_tried_begins_with_the_usual_number(physical: int, logical: int, tried: list[int]) -> None:
    assert numbers(physical, logical) == tried


def test_the_usual_number_stays_unless_another_is_clearly_faster() -> None:
    assert fastest([{4: 1.00, 8: 0.97, 1: 3.0}] * 3, 4) == 4
    assert fastest([{4: 1.00, 8: 0.90, 1: 3.0}] * 3, 4) == 8
    assert fastest([{1: 1.0}], 1) == 1


def test_a_machine_that_slows_down_meanwhile_decides_nothing() -> None:
    slower = [{4: 1.0 * pace, 8: 1.01 * pace} for pace in (1.0, 1.4, 2.0, 3.0, 4.0)]
    assert fastest(slower, 4) == 4
    one_lucky_round = [{4: 1.0, 2: 1.1}, {4: 1.0, 2: 0.2}, {4: 1.0, 2: 1.1}]
    assert fastest(one_lucky_round, 4) == 4


def test_a_number_that_was_left_out_on_the_way_is_not_chosen() -> None:
    assert fastest([{4: 1.0, 1: 0.5, 8: 0.9}, {4: 1.0, 8: 0.9}], 4) == 8


def test_slow_numbers_leave_the_trial_but_never_the_usual_one() -> None:
    assert not_slow([{4: 1.0, 2: 1.9, 8: 0.9, 1: 3.8}]) == [4, 8]
    assert not_slow([{4: 3.0, 1: 1.0}]) == [4, 1]


def test_a_trial_ends_with_numbers_that_were_tried(starter: LoadedModel) -> None:
    usual = starter.cores.counts
    counts, steps = outcome(trial(starter, [1, 2], lambda: True, most_rounds=1))
    assert counts is not None
    assert {counts.writing, counts.reading} <= {1, 2}
    assert 1 + 2 * 2 <= steps <= 1 + 2 * 4
    assert starter.cores.counts == usual, "who asked for it decides what becomes of it"


def test_a_busy_machine_gives_no_result(starter: LoadedModel) -> None:
    counts, steps = outcome(trial(starter, [1, 2], lambda: False))
    assert counts is None
    assert steps == 3, "the first round is the last"


def test_what_is_known_is_used_and_nothing_is_tried(starter_models: Path, tmp_path: Path) -> None:
    file = tmp_path / "threads.json"
    found = find_models(starter_models)
    assert found is not None
    cores, setup = FreeCores(2), Setup(found.chat, found.embedder, None, None, file)
    contexts = Contexts(setup, cores, lambda *_: None)
    model = contexts.chat().model
    assert cores.counts == Counts(2, 2)
    write_counts(file, machine_name(), name_of(model), Counts(1, 2))
    again = Contexts(setup, FreeCores(2), lambda *_: None)
    assert again.chat().model.cores.counts == Counts(1, 2)
    assert again.embedder().model.cores.counts == Counts(2, 2), "it is another model"
    assert again.rest(time.monotonic()) is None
    for context in (contexts.chat(), again.chat(), again.embedder()):
        close(context)


def test_a_trial_in_a_conversation_changes_nothing_of_it(starter_models: Path) -> None:
    chat = ChatContext(LoadedModel(starter_models / CHAT_FILE, FreeCores(1)))
    before = "".join(chat.answer(QUESTION, SHORT))
    steps = trial(chat.model, [1], lambda: True)
    for _ in range(3):
        next(steps)
    assert "".join(chat.answer(QUESTION, SHORT)) == before
    steps.close()
    close(chat)


def test_what_was_found_is_used_at_once_and_after_the_next_start(
    starter: LoadedModel, tmp_path: Path
) -> None:
    file = tmp_path / "threads.json"
    trials = ThreadTrials(starter.cores, file, ANYTHING, rounds=1)
    trials.loaded(starter)
    steps = trials.due(0.0, plenty)
    assert steps is not None
    deque(steps, maxlen=0)
    found = read_counts(file, machine_name(), name_of(starter))
    assert starter.cores.counts == found
    assert trials.due(10 * PAUSE, plenty) is None, "it is known now"
    next_start = FreeCores(3)
    ThreadTrials(next_start, file).loaded(starter)
    assert next_start.counts == found


def test_a_busy_machine_is_left_alone(starter: LoadedModel, tmp_path: Path) -> None:
    trials = ThreadTrials(starter.cores, tmp_path / "threads.json", busy=-1.0)
    trials.loaded(starter)
    assert trials.due(0.0, plenty) is None


def test_another_try_comes_after_a_pause_and_never_without_room(starter: LoadedModel, tmp_path: Path) -> None:
    trials = ThreadTrials(starter.cores, tmp_path / "threads.json", ANYTHING)
    assert trials.due(0.0, plenty) is None, "nothing is loaded"
    trials.loaded(starter)
    assert trials.due(0.0, lambda: ROOM - 1) is None
    assert trials.due(PAUSE - 1, plenty) is None
    assert trials.due(PAUSE, plenty) is not None
    nowhere = ThreadTrials(starter.cores, None, ANYTHING)
    nowhere.loaded(starter)
    assert nowhere.due(0.0, plenty) is None


def test_the_worker_tries_in_its_rest_and_keeps_what_it_found(starter_models: Path, tmp_path: Path) -> None:
    file = tmp_path / "models" / "threads.json"
    process = ModelProcess(starter_models / CHAT_FILE, None, threads=file)
    try:
        before = "".join(process.generator.stream(QUESTION, SHORT, lambda: False))
        end = time.monotonic() + PATIENCE
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.1)
        assert "".join(process.generator.stream(QUESTION, SHORT, lambda: False)) == before
    finally:
        process.close()
    if not file.exists():
        pytest.skip("this machine is busy: the trial was put off")
    (key,) = json.loads(file.read_text("utf-8"))
    assert key.startswith(machine_name())


def test_counts_come_back_by_machine_and_model(tmp_path: Path) -> None:
    file = tmp_path / "new" / "threads.json"
    assert read_counts(file, "a", "m") is None
    write_counts(file, "a", "m", Counts(3, 4))
    write_counts(file, "a", "n", Counts(1, 2))
    assert read_counts(file, "a", "m") == Counts(3, 4)
    assert read_counts(file, "a", "n") == Counts(1, 2)
    assert read_counts(file, "b", "m") is None


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "threads.json"
    for number in range(MOST_NOTES + 2):
        write_counts(file, "a", str(number), Counts(1, 1))
    assert len(json.loads(file.read_text("utf-8"))) == MOST_NOTES
    assert read_counts(file, "a", "0") is None
    assert read_counts(file, "a", str(MOST_NOTES + 1)) == Counts(1, 1)


@pytest.mark.parametrize(
    "noted",
    ["x", 3, None, [], {"writing": 2}, {"writing": 0, "reading": 1}, {"writing": True, "reading": 1},
     {"writing": 10**9, "reading": 1}, {"writing": 1.5, "reading": 1}],
)  # fmt: skip
def test_what_cannot_be_is_not_known(tmp_path: Path, noted: Any) -> None:
    file = tmp_path / "threads.json"
    file.write_text(json.dumps({"a; m": noted}), "utf-8")
    assert read_counts(file, "a", "m") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_as_if_nothing_was_measured(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "threads.json"
    file.write_bytes(content)
    assert read_counts(file, "a", "m") is None
    write_counts(file, "a", "m", Counts(1, 1))
    assert read_counts(file, "a", "m") == Counts(1, 1)


def test_a_disk_that_refuses_loses_only_the_note(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("no folder")
    write_counts(tmp_path / "models" / "threads.json", "a", "m", Counts(1, 1))
    assert (tmp_path / "models").read_text() == "no folder"
