"""A real mixture of experts in llama.cpp, its experts from the disk: the same bits as the whole model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models.context import Context
from second_me.models.elastic.live import LiveModel
from second_me.models.experts.layout import NotKnown, experts_of
from second_me.models.experts.streaming import ExpertWindow
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from second_me.models.pages import LINUX
from second_me.models.starter import CHAT_FILE
from second_me.models.tensors import Tensor
from second_me.models.threads import FreeCores
from tests.models.experts.moe import EXPERTS, LAYERS, USED, write_moe

pytestmark = pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")


@pytest.fixture(scope="module")
def starter(starter_models: Path) -> Path:
    """The starter's file."""
    return starter_models / CHAT_FILE


class Opened:
    """A loaded model with its window and a context that it observes."""

    def __init__(self, file: Path) -> None:
        self.model = LoadedModel(file, FreeCores(2))
        header = read_header(file)
        experts = experts_of(header)
        assert experts is not None
        self.window = ExpertWindow(LiveModel(self.model, header), experts)
        self.context = Context(self.model, 256, 64, observer=self.window)

    def written(self, start: int = 0, count: int = 12) -> list[np.typing.NDArray[np.float32]]:
        """Logits after a prompt and after each of some tokens, from a fresh KV."""
        self.context.forget(0)
        prompt = self.model.tokenize("The quick brown fox jumps over the lazy dog and is gone.")
        self.context.decode(prompt, 0)
        found = [self.context.logits(-1).copy()]
        for at in range(count):
            self.context.decode([int(found[-1].argmax()) + start], len(prompt) + at)
            found.append(self.context.logits(-1).copy())
        return found

    def close(self) -> None:
        """Give all of it back."""
        self.context.close()
        self.window.close()
        self.model.close()


@pytest.fixture
def opened(file: Path) -> Iterator[Opened]:
    """The model, experts in the mapping."""
    made = Opened(file)
    yield made
    made.close()


def same(left: list[np.typing.NDArray[np.float32]], right: list[np.typing.NDArray[np.float32]]) -> bool:
    """Whether all bits are."""
    return all(np.array_equal(a, b) for a, b in zip(left, right, strict=True))


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


@pytest.mark.parametrize(("architecture", "fused"), [("qwen3moe", False), ("gemma4", True)])
def test_the_header_tells_the_experts(starter: Path, tmp_path: Path, architecture: str, fused: bool) -> None:
    header = read_header(write_moe(starter, tmp_path / "moe.gguf", fused, architecture))
    experts = experts_of(header)
    assert experts is not None
    assert [layer.index for layer in experts.layers] == list(range(LAYERS))
    assert experts.used == USED
    assert len(experts.layers[0].tensors) == (2 if fused else 3)


def test_an_unknown_kind_is_said(starter: Path, tmp_path: Path) -> None:
    header = read_header(write_moe(starter, tmp_path / "moe.gguf", architecture="something-moe"))
    with pytest.raises(NotKnown, match="something-moe"):
        experts_of(header)
    assert experts_of(read_header(starter)) is None
