"""What is told of a mixture of experts: at rest, running in all three states, and when it cannot be read in parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mixture
import pytest

from second_me.core.ports import Message, Sampling
from second_me.models import pages
from second_me.models.budget_shape import budget_at_rest, rest_shape
from second_me.models.client import ModelProcess
from second_me.models.experts.layout import bytes_of_experts, experts_of, least_window
from second_me.models.fit import judge, need
from second_me.models.header import read_header
from second_me.models.starter import CHAT_FILE
from tests.models.experts.moe import LAYERS, write_moe

linux = pytest.mark.skipif(not pages.LINUX, reason="windows of experts need Linux")
MEMBERS = {"state", "bytes", "window", "resident", "missing", "read_bytes"}
ALL = 1 << 40


@pytest.fixture
def process(file: Path) -> Iterator[ModelProcess]:
    running = ModelProcess(file, None, budget=ALL)
    yield running
    running.close()


def write(process: ModelProcess) -> None:
    ask = [Message("user", "Tell me about the sea.")]
    assert "".join(process.generator.stream(ask, Sampling(max_tokens=24), lambda: False))


def test_a_dense_model_has_none(starter_models: Path) -> None:
    shape = budget_at_rest(starter_models / CHAT_FILE, None, None)
    assert shape["experts"] is None
    assert shape["why"] is None
    assert all(layer["held"] == layer["bytes"] for layer in shape["layers"])


@linux
def test_at_rest_the_chosen_number_says_what_will_be(file: Path) -> None:
    header = read_header(file)
    size, least = bytes_of_experts(header), least_window(experts_of(header))  # type: ignore[arg-type]
    free = budget_at_rest(file, None, None)
    assert set(free["experts"]) == MEMBERS
    assert (free["experts"]["state"], free["experts"]["window"]) == ("whole", size)
    low = budget_at_rest(file, None, 1)["experts"]
    assert (low["state"], low["window"], low["missing"]) == ("on demand", least, None)
    between = budget_at_rest(file, None, free["full"] - 1000)["experts"]
    assert (between["state"], between["window"]) == ("on demand", size - 1000)


@linux
def test_running_it_says_what_is_held_and_what_was_read(process: ModelProcess) -> None:
    write(process)
    whole = process.budget()
    assert whole["experts"] == {
        "state": "whole", "bytes": whole["experts"]["bytes"], "window": whole["experts"]["bytes"],
        "resident": None, "missing": None, "read_bytes": 0,
    }  # fmt: skip
    process.set_budget(1)
    empty = process.budget()
    assert (empty["experts"]["state"], empty["experts"]["resident"]) == ("on demand", 0)
    assert empty["experts"]["missing"] is None
    write(process)
    small = process.budget()
    told = small["experts"]
    assert 0 < told["missing"] <= 1
    assert told["read_bytes"] > told["resident"] >= 0
    assert told["resident"] <= told["window"] < told["bytes"]
    layers = {layer["name"]: layer for layer in small["layers"]}
    assert (
        sum(layer["bytes"] - layer["held"] for layer in layers.values()) == told["bytes"] - told["resident"]
    )
    assert layers["embedding"]["held"] == layers["embedding"]["bytes"]
    assert all(layers[str(number)]["held"] < layers[str(number)]["bytes"] for number in range(LAYERS))
    process.set_budget(ALL)
    assert process.budget()["experts"]["state"] == "whole"


@linux
def test_a_mixture_of_so_few_layers_that_nothing_is_spared_stays_whole(
    starter_models: Path, tmp_path: Path
) -> None:
    file = tmp_path / "few.gguf"
    mixture.write(starter_models / CHAT_FILE, file, mixture.Measures(1, 4, used=2, width=128, feed=64))
    process = ModelProcess(file, None, budget=1)
    try:
        write(process)
        shape = process.budget()
    finally:
        process.close()
    assert (shape["experts"]["state"], shape["why"]) == ("whole", None)
    assert shape["lowest"] == shape["full"]


def test_what_is_not_known_runs_plainly_and_says_why(starter_models: Path, tmp_path: Path) -> None:
    file = write_moe(starter_models / CHAT_FILE, tmp_path / "odd.gguf", architecture="rnd1")
    rest = budget_at_rest(file, None, 1)
    assert rest["experts"]["state"] == "refused"
    assert rest["lowest"] == rest["full"]
    assert "the architecture rnd1 is not known" in rest["why"]
    process = ModelProcess(file, None, budget=1)
    try:
        write(process)
        running = process.budget()
    finally:
        process.close()
    assert running["experts"] == rest["experts"]
    assert running["lowest"] == running["full"]
    assert "the architecture rnd1 is not known" in running["why"]


def test_elsewhere_than_on_linux_it_stays_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LINUX", False)
    shape = budget_at_rest(file, None, 1)
    assert shape["experts"]["state"] == "refused"
    assert shape["why"] == "Reading experts one by one needs Linux: this model stays whole."
    header = read_header(file)
    fit = judge(header, need(header).total)
    assert (fit.verdict, fit.experts) == ("by ladder", fit.need.total)


@linux
def test_a_mixture_fits_by_its_experts(file: Path) -> None:
    header = read_header(file)
    total = need(header).total
    assert judge(header, 2 * total).verdict == "full"
    fit = judge(header, int(total / 0.9) - 1)
    assert (fit.verdict, fit.least) == ("by experts", fit.experts)
    assert fit.experts == total - bytes_of_experts(header) + least_window(experts_of(header))  # type: ignore[arg-type]
    assert judge(header, fit.experts // 2).verdict == "no"


@linux
def test_what_it_needs_is_what_it_takes(file: Path, process: ModelProcess) -> None:
    process.load()
    running = process.budget()
    told = need(read_header(file))
    assert told.kv == pytest.approx(running["held"]["kv"], rel=0.05)
    assert told.compute == pytest.approx(running["held"]["compute"], rel=0.05)


def test_what_is_too_large_for_the_computer_is_told(starter_models: Path) -> None:
    header = read_header(starter_models / CHAT_FILE)
    assert rest_shape(header, None, None, 0, 0, {})["short"] == 0
    tensor = replace(header.tensors[0], size=1 << 50)
    shape = rest_shape(replace(header, tensors=(tensor,)), None, 1, 0, 0, {})
    assert shape["short"] > (1 << 50) - (1 << 45)
    assert "more than can be spared now" in shape["why"]
