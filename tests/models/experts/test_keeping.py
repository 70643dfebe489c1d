"""A mixture of experts through the model's own process: the budget opens the window, and the answer is the same."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import mixture
import pytest

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.budget_shape import budget_at_rest
from second_me.models.client import ModelProcess
from second_me.models.pages import LINUX
from second_me.models.starter import CHAT_FILE

pytestmark = pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")

ASK = [Message("user", "Tell me about the sea.")]


@pytest.fixture
def process(file: Path) -> Iterator[ModelProcess]:
    running = ModelProcess(file, None, budget=1 << 40)
    yield running
    running.close()


def answer(process: ModelProcess, tokens: int = 24) -> str:
    return "".join(process.generator.stream(ASK, Sampling(max_tokens=tokens), lambda: False))


def test_a_small_budget_opens_the_window_and_the_answer_is_the_same(process: ModelProcess) -> None:
    whole = answer(process)
    full = process.budget()
    assert sum(full["held"].values()) == full["full"] == full["allowed"]
    process.set_budget(1)
    small = process.budget()
    assert sum(small["held"].values()) == small["lowest"] == small["allowed"] < full["full"]
    assert answer(process) == whole
    assert process.budget()["why"] is None or "spared" in process.budget()["why"]
    process.set_budget((small["lowest"] + full["full"]) // 2)
    assert answer(process) == whole
    process.set_budget(1 << 40)
    assert sum(process.budget()["held"].values()) == full["full"]
    assert answer(process) == whole


def test_the_conversation_counts_from_the_start_where_a_number_was_chosen(
    starter_models: Path, tmp_path: Path
) -> None:
    """The weights alone would fit the number, so that it is the same before the context is there and after."""
    large = tmp_path / "large.gguf"
    mixture.write(starter_models / CHAT_FILE, large, mixture.Measures(8, 64, used=2, width=256, feed=512))
    chosen = 125_000_000
    process = ModelProcess(large, None, budget=chosen)
    try:
        process.load()
        shape = process.budget()
    finally:
        process.close()
    assert sum(shape["held"].values()) == shape["allowed"] == chosen
    assert shape["held"]["weights"] < chosen < sum(layer["bytes"] for layer in shape["layers"])


def test_a_file_that_is_reached_through_a_link(file: Path, process: ModelProcess) -> None:
    whole = answer(process)
    link = file.with_name("link.gguf")
    link.symlink_to(file)
    linked = ModelProcess(link, None, budget=1)
    try:
        assert answer(linked) == whole
        assert linked.budget()["experts"]["state"] == "on demand"
    finally:
        linked.close()


def test_the_budget_moves_in_mid_answer(process: ModelProcess) -> None:
    whole = answer(process, 40)
    pieces = process.generator.stream(ASK, Sampling(max_tokens=40), lambda: False)
    begun = next(pieces)
    process.set_budget(1)
    for piece in pieces:
        begun += piece
        process.set_budget(1 << 40 if len(begun) % 2 else 1)
    assert begun == whole


def test_what_can_be_spared_is_known_before_anything_runs(file: Path, process: ModelProcess) -> None:
    rest = budget_at_rest(file, None, None)
    process.load()
    running = process.budget()
    assert rest["full"] - rest["lowest"] == running["full"] - running["lowest"] > 0


def test_a_file_that_is_cut_off_is_said_and_the_process_lives(file: Path, process: ModelProcess) -> None:
    whole = answer(process)
    process.set_budget(1)
    content = file.read_bytes()
    with file.open("r+b") as cut:
        cut.truncate(len(content) - 20_000)
    with pytest.raises(EnvironmentFault, match="shorter than it was"):
        answer(process)
    with file.open("r+b") as mended:
        mended.write(content)
    assert answer(process) == whole


def test_a_process_killed_while_it_reads_is_said_and_starts_anew(process: ModelProcess) -> None:
    whole = answer(process)
    process.set_budget(1)
    pieces = process.generator.stream(ASK, Sampling(max_tokens=200), lambda: False)
    next(pieces)
    assert process._channel is not None
    os.kill(process._channel.pid, signal.SIGKILL)
    with pytest.raises(EnvironmentFault, match="stopped unexpectedly"):
        for _ in pieces:
            pass
    assert answer(process) == whole
    assert process.budget()["experts"]["state"] == "on demand"
