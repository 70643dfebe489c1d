"""Conversations in the model's process: states come and go in order, whatever happens to the process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.core.ports import Message, Sampling
from second_me.models.client import ModelProcess
from second_me.models.starter import find_models
from tests.models.conftest import start
from tests.models.test_process import becomes_true, never, worker

SHORT = Sampling(max_tokens=8)
SYSTEM = Message("system", "You answer in one short sentence.")
TALKS = {
    "a": [
        SYSTEM,
        Message("user", "Anna lives in Bern and has a red bicycle. " * 4 + "Where does Anna live?"),
    ],
    "b": [SYSTEM, Message("user", "Ben lives in Rome and has a small boat. " * 4 + "What does Ben have?")],
}


class Shelf:
    """States in memory."""

    def __init__(self) -> None:
        self.states: dict[str, bytes] = {}
        self.kept: list[str] = []
        self.found: list[str] = []

    def keep(self, conversation: str, state: bytes) -> None:
        self.states[conversation] = state
        self.kept.append(conversation)

    def find(self, conversation: str) -> bytes | None:
        if conversation in self.states:
            self.found.append(conversation)
        return self.states.get(conversation)

    def drop(self, conversation: str) -> None:
        self.states.pop(conversation, None)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def process(starter_models: Path, shelf: Shelf) -> Iterator[ModelProcess]:
    found = find_models(starter_models)
    assert found is not None
    running = ModelProcess(found.chat, found.embedder, states=shelf)
    yield running
    running.close()


@pytest.fixture(scope="module")
def expected(starter_models: Path) -> dict[str, str]:
    """The answers of a process that keeps nothing."""
    plain = start(starter_models)
    answers = {name: said(plain, name, None) for name in TALKS}
    plain.close()
    return answers


def said(process: ModelProcess, name: str, conversation: str | None) -> str:
    return "".join(process.generator.stream(TALKS[name], SHORT, never, conversation))


def test_a_conversation_that_is_entered_again_is_put_back(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    for name in ("a", "a", "b", "a", "b"):
        assert said(process, name, name) == expected[name]
    assert shelf.kept[:2] == ["a", "b"]
    assert shelf.found == ["a", "b"]
    assert shelf.states.keys() == {"a", "b"}


def test_a_state_is_there_after_a_new_start(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    said(process, "a", "a")
    process.close()
    assert shelf.kept == ["a"]
    assert said(process, "a", "a") == expected["a"]
    assert shelf.found == ["a"]


def test_a_state_is_saved_at_rest(process: ModelProcess, shelf: Shelf) -> None:
    said(process, "a", "a")
    assert becomes_true(lambda: shelf.kept == ["a"])
    process.close()
    assert shelf.kept == ["a"], "it was saved"


def test_a_worker_that_was_killed_is_entered_anew(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    said(process, "a", "a")
    said(process, "b", "b")
    worker().kill()
    assert becomes_true(lambda: process.status()["state"] == "failed")
    assert said(process, "a", "a") == expected["a"]
    assert shelf.found == ["a"]


def test_a_state_that_does_not_fit_is_dropped_and_read_anew(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    said(process, "a", "a")
    said(process, "b", "b")
    shelf.states["a"] = shelf.states["a"][:-1]
    assert said(process, "a", "a") == expected["a"]
    assert "a" not in shelf.states
    process.close()
    assert "a" in shelf.states


def test_without_a_conversation_nothing_is_saved(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    assert said(process, "a", None) == expected["a"]
    process.generator.likelihood("The sea is grey.")
    process.generator.constrained(TALKS["b"], 'root ::= "yes" | "no"', 3)
    process.close()
    assert shelf.kept == []
    said(process, "a", "a")
    said(process, "b", None)
    process.close()
    assert shelf.kept == ["a"]


def test_a_likelihood_does_not_take_the_place_of_a_conversation(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    said(process, "a", "a")
    process.generator.likelihood("The sea is grey.")
    process.generator.likelihoods("", ["The sea", "The sky"], " is grey.", never)
    assert said(process, "a", "a") == expected["a"]
    assert shelf.found == [], "it was never left"
    process.close()
    assert shelf.kept == ["a"]


def test_what_is_forgotten_is_not_saved(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    said(process, "a", "a")
    with process.forgetting():
        shelf.states.clear()
    process.close()
    assert shelf.kept == []
    said(process, "a", "a")
    said(process, "b", "b")
    process.forget("b")
    process.forget("a")
    process.close()
    assert shelf.kept == ["a"], "b was never saved"
    assert shelf.states == {}
    assert said(process, "a", "a") == expected["a"]


def test_a_state_that_comes_during_an_erasure_is_not_kept(process: ModelProcess, shelf: Shelf) -> None:
    said(process, "a", "a")
    with process.forgetting():
        assert not becomes_true(lambda: shelf.kept != [], patience=5.0), "it is sent at rest"
    assert shelf.kept == []


def test_forgetting_in_mid_answer_leaves_the_answer_whole(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    stream = process.generator.stream(TALKS["a"], SHORT, never, "a")
    begun = next(stream)
    with process.forgetting():
        pass
    assert begun + "".join(stream) == expected["a"]
    process.close()
    assert shelf.kept == []


def test_a_conversation_is_entered_ahead_of_its_question(
    process: ModelProcess, shelf: Shelf, expected: dict[str, str]
) -> None:
    process.prepare("a")  # nothing runs: nothing is started for it
    said(process, "a", "a")
    said(process, "b", "b")
    process.prepare("b")
    process.prepare("a")
    assert becomes_true(lambda: shelf.found == ["a"])
    assert said(process, "a", "a") == expected["a"]
    assert shelf.found == ["a"]


def test_a_cancel_is_seen_while_a_conversation_waits_to_be_entered(
    process: ModelProcess, shelf: Shelf
) -> None:
    said(process, "a", "a")
    said(process, "b", "b")
    long = process.generator.stream(TALKS["b"], Sampling(max_tokens=2000, repeat_penalty=1.3), never, "b")
    next(long)
    assert list(process.generator.stream(TALKS["a"], SHORT, lambda: True, "a")) == []
    long.close()
    assert said(process, "b", "b")


def test_many_conversations_at_once(process: ModelProcess, expected: dict[str, str]) -> None:
    wrong: list[str] = []

    def talk(name: str) -> None:
        for _ in range(3):
            if said(process, name, name) != expected[name]:
                wrong.append(name)

    threads = [threading.Thread(target=talk, args=(name,)) for name in "abab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
