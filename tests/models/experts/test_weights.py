"""What can change of a mixture of experts with a ladder: its experts first, its rungs last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.core.ports import Message, Sampling
from second_me.models.client import ModelProcess
from second_me.models.experts.layout import NAME, experts_of, least_window
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from second_me.models.pages import LINUX
from second_me.models.threads import FreeCores
from second_me.models.weights import Weights
from tests.models.experts import laddered

pytestmark = pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")

ASK = [Message("user", "Tell me about the sea.")]


@pytest.fixture
def ladders(file: Path, tmp_path: Path) -> Path:
    """A folder with the mixture's ladder."""
    laddered.write(read_header(file), tmp_path / "ladders")
    return tmp_path / "ladders"


@pytest.fixture
def weights(file: Path, ladders: Path) -> Iterator[Weights]:
    """The live weights."""
    model = LoadedModel(file, FreeCores(1))
    made = Weights(model, read_header(file), ladders)
    yield made
    made.close()
    model.close()


def test_experts_leave_before_rungs_go_down(weights: Weights, file: Path) -> None:
    header = read_header(file)
    experts = experts_of(header)
    assert experts is not None and weights.window is not None
    full = header.weight_bytes
    spared = experts.size - least_window(experts)
    weights.fit(full, drop=False)
    assert not weights.window.opened and weights.held == full and weights.quality == 1.0
    weights.fit(full - spared // 2, drop=False)
    assert weights.window.opened and weights.quality == 1.0
    assert weights.held == full - spared // 2
    weights.fit(full - spared, drop=False)
    assert weights.held == full - spared and weights.quality == 1.0
    weights.fit(full - spared - 5000, drop=False)
    assert weights.held <= full - spared - 5000
    assert weights.quality is not None and weights.quality < 1.0
    weights.fit(0, drop=False)
    assert weights.held == weights.least(True)
    weights.fit(full, drop=False)
    assert weights.held == full and weights.quality == 1.0


def test_the_ladders_experts_are_left_alone(weights: Weights) -> None:
    before = {name: kind for name, kind in weights.rungs.items() if NAME.fullmatch(name)}
    weights.fit(0, drop=False)
    after = {name: kind for name, kind in weights.rungs.items() if NAME.fullmatch(name)}
    assert before == after
    assert laddered.Q4_0 in weights.rungs.values()


def test_the_process_goes_through_all_sizes_and_back(file: Path, ladders: Path) -> None:
    process = ModelProcess(file, None, ladders=ladders, budget=1 << 40)
    try:
        sampling = Sampling(max_tokens=16)
        whole = "".join(process.generator.stream(ASK, sampling, lambda: False))
        full = process.budget()
        process.set_budget(full["lowest"])
        low = process.budget()
        assert sum(low["held"].values()) == low["lowest"] and low["quality"] < 1.0
        assert low["experts"]["state"] == "on demand" and low["ladder"] == "ready"
        assert "".join(process.generator.stream(ASK, sampling, lambda: False))
        process.set_budget(1 << 40)
        assert "".join(process.generator.stream(ASK, sampling, lambda: False)) == whole
        assert process.budget()["held"] == full["held"]
    finally:
        process.close()
