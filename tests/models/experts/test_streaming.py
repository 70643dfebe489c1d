"""A real mixture of experts in llama.cpp, its experts from the disk: the same bits as the whole model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models.experts.layout import NotKnown, experts_of
from second_me.models.header import read_header
from second_me.models.pages import LINUX
from second_me.models.starter import CHAT_FILE
from second_me.models.tensors import Tensor
from tests.models.experts.moe import EXPERTS, LAYERS, USED, write_moe
from tests.models.experts.opened import Opened, same

pytestmark = pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")


@pytest.fixture(scope="module")
def starter(starter_models: Path) -> Path:
    """The starter's file."""
    return starter_models / CHAT_FILE


@pytest.fixture
def opened(file: Path) -> Iterator[Opened]:
    """The model, experts in the mapping."""
    made = Opened(file)
    yield made
    made.close()


def test_the_window_computes_what_the_whole_model_does(opened: Opened) -> None:
    whole = opened.written()
    layer = opened.window.experts.layers[0].expert_bytes * EXPERTS
    for size in (2 * layer, 2 * layer + LAYERS * 3 * layer // EXPERTS, 5 * layer):
        opened.window.open(size)
        assert same(whole, opened.written())
        assert opened.window.counters.missing > 0
        opened.window.settle()
        assert opened.window.resident_bytes <= size
        opened.window.close()
    assert same(whole, opened.written())


def test_a_larger_window_reads_less(opened: Opened) -> None:
    layer = opened.window.experts.largest_layer
    missed = []
    for size in (2 * layer, 2 * layer + LAYERS * 5 * layer // EXPERTS, 2 * layer + LAYERS * layer):
        opened.window.open(size)
        opened.written()
        missed.append(opened.window.counters.missing)
        opened.window.close()
    assert missed[0] > missed[1] > missed[2] > 0
    assert missed[2] <= LAYERS * EXPERTS


def test_a_prompt_makes_room_for_whole_layers_and_single_tokens_use_it(opened: Opened) -> None:
    whole = opened.written()
    layer = opened.window.experts.largest_layer
    size = 2 * layer + LAYERS * USED * layer // EXPERTS
    opened.window.open(size)
    seen: list[int] = []
    sees = opened.window.sees

    def watched(node: Tensor) -> None:
        sees(node)
        seen.append(opened.window.resident_bytes)

    opened.window.sees = watched  # type: ignore[method-assign]
    assert same(whole, opened.written())
    assert max(seen) <= size
    opened.window.settle()
    assert opened.window.resident_bytes > size - 2 * layer, "tokens left the room of whole layers unused"


def test_a_size_changes_in_the_middle(opened: Opened) -> None:
    whole = opened.written()
    layer = opened.window.experts.largest_layer
    opened.window.open(2 * layer + LAYERS * layer)
    opened.written()
    full = opened.window.resident_bytes
    opened.window.resize(2 * layer + LAYERS * USED * layer // EXPERTS)
    assert 0 < opened.window.resident_bytes < full
    assert same(whole, opened.written())


def test_too_small_a_window_is_refused_and_nothing_changes(opened: Opened) -> None:
    whole = opened.written()
    with pytest.raises(EnvironmentFault, match="its experts need"):
        opened.window.open(opened.window.least - 1)
    assert not opened.window.opened
    assert same(whole, opened.written())


def test_a_file_that_is_cut_off_while_running_is_told_and_the_whole_one_serves_again(opened: Opened) -> None:
    whole = opened.written()
    opened.window.open(opened.window.least)
    file = opened.model.path
    content = file.read_bytes()
    last = max(tensor.offset for layer in opened.window.experts.layers for tensor in layer.tensors)
    with file.open("r+b") as cut:
        cut.truncate(last + 4096)
    for _ in range(2):
        with pytest.raises(EnvironmentFault, match="shorter than it was"):
            opened.written()
    with file.open("r+b") as mended:
        mended.write(content)
    assert same(whole, opened.written())


def test_a_file_that_is_written_to_while_running_is_told(opened: Opened) -> None:
    whole = opened.written()
    opened.window.open(opened.window.least)
    file = opened.model.path
    content = file.read_bytes()
    first = min(tensor.offset for layer in opened.window.experts.layers for tensor in layer.tensors)
    with file.open("r+b") as changed:
        changed.seek(first)
        changed.write(bytes(64))
    for _ in range(2):
        with pytest.raises(EnvironmentFault, match="another program wrote to it"):
            opened.written()
    with file.open("r+b") as mended:
        mended.write(content)
    assert same(whole, opened.written()), "the same content again is the same file"


def test_another_file_in_its_place_changes_nothing(opened: Opened) -> None:
    whole = opened.written()
    opened.window.open(opened.window.least)
    other = opened.model.path.with_name("other")
    other.write_bytes(b"other")
    other.replace(opened.model.path)
    assert same(whole, opened.written())


def test_an_error_of_the_disk_is_told_and_the_model_serves_again(opened: Opened) -> None:
    """A descriptor that the system refuses to read stands for the disk."""
    whole = opened.written()
    opened.window.open(opened.window.least)
    files = opened.window._files
    assert files is not None
    descriptor = next(iter(files._opened.values()))
    kept, folder = os.dup(descriptor), os.open(opened.model.path.parent, os.O_RDONLY)
    stamps = files._stamps
    os.dup2(folder, descriptor)
    files._stamps = files._current()
    with pytest.raises(EnvironmentFault, match="cannot be read any more"):
        opened.written()
    os.dup2(kept, descriptor)
    files._stamps = stamps
    assert same(whole, opened.written())
    os.close(kept)
    os.close(folder)


def test_an_unknown_kind_is_said(starter: Path, tmp_path: Path) -> None:
    header = read_header(write_moe(starter, tmp_path / "moe.gguf", architecture="something-moe"))
    with pytest.raises(NotKnown, match="something-moe"):
        experts_of(header)
    assert experts_of(read_header(starter)) is None
