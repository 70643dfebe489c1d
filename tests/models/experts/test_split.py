"""A mixture of experts in several files: a layer's experts lie in more than one, and the window reads them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.core.ports import EnvironmentFault, Message, Sampling
from second_me.models.client import ModelProcess
from second_me.models.experts.layout import experts_of
from second_me.models.header import read_header
from second_me.models.pages import LINUX
from second_me.models.starter import CHAT_FILE
from tests.models.experts.kinds import KINDS
from tests.models.experts.moe import write_moe
from tests.models.experts.opened import Opened, same

pytestmark = pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")

A_PART = 5
"""Tensors of a file."""


@pytest.fixture
def first(starter_models: Path, tmp_path: Path) -> Path:
    """The first part of a fresh mixture."""
    return write_moe(starter_models / CHAT_FILE, tmp_path / "moe.gguf", tensors_a_part=A_PART)


@pytest.fixture
def opened(first: Path) -> Iterator[Opened]:
    """The model, experts in the mappings."""
    made = Opened(first)
    yield made
    made.close()


def answer(file: Path, budget: int) -> tuple[str, str]:
    """What a process with this budget answers, and where the experts are then."""
    process = ModelProcess(file, None, budget=budget)
    try:
        pieces = process.generator.stream(
            [Message("user", "Tell me about the sea.")], Sampling(max_tokens=24), lambda: False
        )
        return "".join(pieces), process.budget()["experts"]["state"]
    finally:
        process.close()


def test_a_layers_experts_lie_in_several_files(first: Path) -> None:
    header = read_header(first)
    experts = experts_of(header)
    assert experts is not None and len(header.parts) == 8
    files = [{tensor.file for tensor in layer.tensors} for layer in experts.layers]
    assert max(map(len, files)) > 1 and len(set.union(*files)) > 2


def test_parts_compute_what_one_file_does(opened: Opened, file: Path) -> None:
    whole = opened.written()
    single = Opened(file)
    assert same(whole, single.written())
    single.close()
    for size in (opened.window.least, 3 * opened.window.least // 2):
        opened.window.open(size)
        assert same(whole, opened.written())
        assert opened.window.counters.missing > 0
        opened.window.close()
    assert same(whole, opened.written())


@pytest.mark.parametrize("name", ["qwen3moe", "granitehybrid", "deepseek2 fused"])
def test_the_process_answers_from_parts(starter_models: Path, tmp_path: Path, name: str) -> None:
    first = write_moe(starter_models / CHAT_FILE, tmp_path / "moe.gguf", KINDS[name], tensors_a_part=A_PART)
    whole, state = answer(first, 1 << 40)
    assert whole and state == "whole"
    assert answer(first, 1) == (whole, "on demand")


def test_parts_that_are_links_to_files_of_other_names(first: Path, tmp_path: Path) -> None:
    """As they lie in the hub's cache."""
    (tmp_path / "links").mkdir()
    for number, part in enumerate(read_header(first).parts):
        blob = part.rename(tmp_path / f"{number:064x}")
        (tmp_path / "links" / part.name).symlink_to(blob)
    link = tmp_path / "links" / first.name
    whole, _state = answer(link, 1 << 40)
    assert answer(link, 1) == (whole, "on demand")


def test_a_part_that_is_cut_off_while_running_is_told(opened: Opened) -> None:
    whole = opened.written()
    opened.window.open(opened.window.least)
    last = opened.window.experts.layers[-1].tensors[0]
    content = last.file.read_bytes()
    with last.file.open("r+b") as cut:
        cut.truncate(last.offset + 4096)
    with pytest.raises(EnvironmentFault, match="it is shorter than it was"):
        opened.written()
    with last.file.open("r+b") as mended:
        mended.write(content)
    assert same(whole, opened.written())
