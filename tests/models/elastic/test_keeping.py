"""The budget through the model's own process: changed in mid answer, refused ladders, a death while applying."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from second_me.core.ports import Message, Sampling
from second_me.models.client import ModelProcess
from second_me.models.elastic.ladder import Ladder

ASK = [Message("user", "Tell me about the sea.")]


@pytest.fixture
def process(short_model: Path, ladders: Path) -> Iterator[ModelProcess]:
    running = ModelProcess(short_model, None, ladders=ladders, budget=1 << 40)
    yield running
    running.close()


def answer(process: ModelProcess, tokens: int = 24) -> str:
    return "".join(process.generator.stream(ASK, Sampling(max_tokens=tokens), lambda: False))


def test_a_budget_is_held_and_what_is_resident_follows(process: ModelProcess) -> None:
    process.load()
    full = process.budget()
    assert full["ladder"] == "ready" and full["mode"] == "fixed"
    assert full["held"]["weights"] + full["held"]["kv"] + full["held"]["compute"] == full["full"]
    process.set_budget(full["lowest"])
    small = process.budget()
    assert sum(small["held"].values()) <= small["lowest"] == small["allowed"]
    assert small["quality"] is not None
    assert [layer["name"] for layer in small["layers"]] == ["embedding", "0", "1"]
    assert small["layers"][0]["bits"] < small["layers"][0]["full_bits"]
    process.set_budget(0)
    assert process.budget()["allowed"] == full["lowest"]
    process.set_budget(None)
    assert process.budget()["mode"] == "auto"


def test_the_answer_goes_on_while_the_budget_moves(process: ModelProcess) -> None:
    process.load()
    full = process.budget()["full"]
    pieces = process.generator.stream(ASK, Sampling(max_tokens=40), lambda: False)
    begun = next(pieces)
    process.set_budget(1)
    assert sum(process.budget()["held"].values()) < full
    process.set_budget(1 << 40)
    assert len(begun + "".join(pieces)) > len(begun)


def test_what_was_made_smaller_comes_back_the_same(process: ModelProcess) -> None:
    before = answer(process)
    process.set_budget(1)
    process.set_budget(1 << 40)
    assert answer(process) == before


def test_at_rest_the_shape_is_known_from_the_disk(process: ModelProcess, ladder: Ladder) -> None:
    shape = process.budget()
    assert shape["state"] == "idle" and shape["resident"] == {"weights": 0, "kv": 0, "compute": 0}
    assert shape["lowest"] == shape["full"] - ladder.stack().full + ladder.stack().lowest


def test_a_damaged_ladder_lets_the_model_run_plainly(
    short_model: Path, ladder: Ladder, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(ladder.folder, tmp_path / ladder.folder.name))
    next(folder.glob("*.rungs")).unlink()
    process = ModelProcess(short_model, None, ladders=tmp_path, budget=1)
    assert process.budget()["ladder"] == "refused"
    assert answer(process)
    shape = process.budget()
    assert shape["ladder"] == "refused" and "is missing" in shape["why"]
    assert shape["allowed"] == shape["full"]
    process.close()


def test_without_a_model_there_is_no_budget() -> None:
    assert ModelProcess(None, None).budget()["state"] == "absent"


def test_a_process_that_dies_while_it_applies_is_started_again(process: ModelProcess) -> None:
    process.load()
    (child,) = (
        each
        for each in psutil.Process().children(recursive=True)
        if "second_me.models.worker" in each.cmdline()
    )
    child.send_signal(signal.SIGSTOP)
    shape = process.budget
    child.send_signal(signal.SIGKILL)
    process.set_budget(1)
    assert answer(process)
    assert shape()["bytes"] == 1 and sum(shape()["held"].values()) <= shape()["lowest"]


def test_listeners_hear_of_a_change(process: ModelProcess) -> None:
    heard: list[str] = []
    process.load()
    process.listen(lambda status: heard.append(str(status["state"])))
    process.set_budget(1)
    process.budget()
    assert heard == ["ready"]
