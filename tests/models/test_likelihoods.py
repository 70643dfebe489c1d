"""Likelihoods side by side: the same as one by one, in any model, and nobody waits for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import llama_cpp
import psutil
import pytest

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.client import ModelProcess
from second_me.models.contexts import Contexts, Setup
from second_me.models.likelihood import Likelihoods
from second_me.models.llama import LoadedModel
from second_me.models.starter import CHAT_FILE
from second_me.models.threads import FreeCores
from tests.models.test_process import becomes_true, never

LEAD = "A conversation, and a question that it answers.\n"
TARGET = " Where did Anna move to in May?"
CONTEXTS = [
    "Anna: I moved to Bern in May, the flat is small.\nQuestion:",
    "Ben: The weather is fine.\nQuestion:",
    "Anna: " + "We talked about boats, bread and the old bridge. " * 6 + "\nQuestion:",
    "",
    "Carla (7 May 2023): Zürich ist schön. 東京も。\nQuestion:",
    *(f"Ben: {'Very ' * count}good.\nQuestion:" for count in range(14)),
]


@pytest.fixture(scope="module")
def exact_starter(starter_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedModel]:
    """The starter with its weights as F32, so that nothing that is multiplied gets rounded."""
    source, made = starter_models / CHAT_FILE, tmp_path_factory.mktemp("exact") / "starter.gguf"
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize = llama_cpp.LLAMA_FTYPE_ALL_F32, True
    assert llama_cpp.llama_model_quantize(str(source).encode(), str(made).encode(), params) == 0
    model = LoadedModel(made)
    yield model
    model.close()
    made.unlink()


@pytest.fixture
def starter(starter_models: Path) -> Iterator[LoadedModel]:
    model = LoadedModel(starter_models / CHAT_FILE)
    yield model
    model.close()


def sums(measures: Likelihoods, lead: str, contexts: list[str], target: str) -> dict[int, tuple[float, int]]:
    """{number: (nats, tokens)}."""
    batches = measures.measure(lead, contexts, target)
    return {each.number: (each.nats, each.tokens) for batch in batches for each in batch}


def of_text(measures: Likelihoods, text: str) -> tuple[float, int]:
    steps = measures.of_text(text)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


@pytest.mark.parametrize("batch", [16, 64, 512])
def test_side_by_side_is_one_by_one(exact_starter: LoadedModel, batch: int) -> None:
    together = sums(Likelihoods(exact_starter, batch, exact=True), LEAD, CONTEXTS, TARGET)
    assert sorted(together) == list(range(len(CONTEXTS)))
    alone = Likelihoods(exact_starter, exact=True)
    for number, context in enumerate(CONTEXTS[:6]):
        (whole, all_tokens), (before, some) = (
            of_text(alone, LEAD + context + TARGET),
            of_text(alone, LEAD + context),
        )
        nats, tokens = together[number]
        assert tokens == all_tokens - some
        assert abs(nats - (whole - before)) / tokens < 1e-3


def test_on_the_starter_as_it_is_only_rounding_differs(starter: LoadedModel) -> None:
    measures = Likelihoods(starter)
    together = sums(measures, LEAD, CONTEXTS, TARGET)
    apart = [sums(measures, LEAD, [context], TARGET)[0] for context in CONTEXTS[:8]]
    for number, (nats, tokens) in enumerate(apart):
        assert abs(together[number][0] - nats) / tokens < 0.2
    likeliest = max(together, key=lambda number: together[number][0])
    assert likeliest == 0


def test_what_nothing_precedes_is_scored_from_its_second_token(starter: LoadedModel) -> None:
    assert starter.beginning() == []
    measures = Likelihoods(starter)
    tokens = len(starter.tokenize("Anna moved to Bern."))
    assert sums(measures, "", [""], "Anna moved to Bern.")[0][1] == tokens - 1
    assert sums(measures, "", ["Well:"], "Anna moved to Bern.")[0][1] == tokens
    assert sums(measures, LEAD, ["a", "b"], "") == {}
    assert sums(measures, "", [""], "a") == {}
    assert sums(measures, LEAD, [], TARGET) == {}


def test_what_the_model_cannot_read_at_once_is_left_out(starter: LoadedModel) -> None:
    long = "bread and butter " * starter.trained_context
    assert sorted(sums(Likelihoods(starter), LEAD, ["one", long, "two"], TARGET)) == [0, 2]
    with pytest.raises(EnvironmentFault) as fault:
        of_text(Likelihoods(starter), long)
    assert fault.value.code == "bad_parameters"


def test_memory_is_given_back_also_when_it_is_ended_early(starter: LoadedModel) -> None:
    measures = Likelihoods(starter)
    sums(measures, LEAD, CONTEXTS[:3], TARGET)  # what is made once is there now
    before = psutil.Process().memory_info().rss
    for _ in range(5):
        batches = measures.measure(LEAD, CONTEXTS, TARGET)
        next(batches)
        assert measures.held_bytes > 0
        batches.close()
        assert measures.held_bytes == 0
    assert psutil.Process().memory_info().rss < before + (20 << 20)


def test_the_budget_counts_it_while_it_lasts(starter_models: Path) -> None:
    setup = Setup(starter_models / CHAT_FILE, None, None, None)
    contexts = Contexts(setup, FreeCores(1), lambda *_: None)

    def held() -> int:
        contexts.tick(0.0)
        shape = contexts.shape()
        assert shape is not None
        return int(shape["held"]["kv"])

    measures = contexts.likelihoods()
    before = held()
    batches = measures.measure(LEAD, CONTEXTS, TARGET)
    next(batches)
    assert held() == before + measures.held_bytes > before
    batches.close()
    assert held() == before
    assert contexts.likelihoods() is measures


def test_the_process_answers_in_order_and_says_what_it_did_not_reach(model: ModelProcess) -> None:
    found = model.generator.likelihoods(LEAD, CONTEXTS, TARGET, never)
    assert len(found) == len(CONTEXTS)
    assert max(range(len(found)), key=lambda at: found[at] or -99.0) == 0
    assert all(value is not None and value < 0 for value in found)
    assert model.generator.likelihoods(LEAD, CONTEXTS, TARGET, lambda: True) == [None] * len(CONTEXTS)
    assert model.generator.likelihoods(LEAD, CONTEXTS, TARGET, never, 0.0) == [None] * len(CONTEXTS)
    assert model.generator.likelihoods(LEAD, [], TARGET, never) == []


def test_a_time_limit_and_a_cancel_keep_what_was_reached_and_end_the_work(model: ModelProcess) -> None:
    many = CONTEXTS * 300
    limited = (
        model.generator.likelihoods(LEAD, many, TARGET, never, limit) for limit in (1.0, 4.0, 16.0, 60.0)
    )
    some = next(found for found in limited if found[0] is not None)
    assert some[-1] is None
    looks = iter(range(1000))
    assert model.generator.likelihoods(LEAD, many, TARGET, lambda: next(looks) > 20)[-1] is None
    channel, _ticket = model.send({"op": "budget"})
    used = psutil.Process(channel.pid).cpu_times().user
    model.generator.likelihoods(LEAD, CONTEXTS[:1], TARGET, never)
    assert psutil.Process(channel.pid).cpu_times().user < used + 20, "all of them take many minutes"


def test_an_answer_does_not_wait_for_a_measurement(model: ModelProcess) -> None:
    stop = threading.Event()
    asked = (LEAD, CONTEXTS * 300, TARGET, stop.is_set)
    measuring = threading.Thread(target=model.generator.likelihoods, args=asked)
    measuring.start()
    try:
        question = [Message("user", "Name three animals that live in water.")]
        pieces = list(model.generator.stream(question, Sampling(max_tokens=8), never))
        vectors = model.embedder.embed(["urgent"], urgent=True)
        assert measuring.is_alive()
        assert pieces
        assert vectors.shape[0] == 1
    finally:
        stop.set()
        measuring.join()


def test_a_killed_process_is_a_fault_and_the_next_measures(own_model: ModelProcess) -> None:
    faults: list[str] = []

    def measure() -> None:
        try:
            own_model.generator.likelihoods(LEAD, CONTEXTS * 300, TARGET, never)
        except EnvironmentFault as fault:
            faults.append(fault.code)

    channel, _ticket = own_model.send({"op": "load", "which": "chat"})
    process = psutil.Process(channel.pid)
    own_model.load()
    idle = process.cpu_times().user
    measuring = threading.Thread(target=measure)
    measuring.start()
    assert becomes_true(lambda: process.cpu_times().user > idle + 0.3)
    process.kill()
    measuring.join()
    assert faults == ["model_failed"]
    assert own_model.generator.likelihoods(LEAD, CONTEXTS[:1], TARGET, never)[0] is not None
