"""Every kind of mixture that the table knows, live: windows of all sizes compute what the whole model does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import gguf
import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models.elastic.live import LiveModel
from second_me.models.experts.layout import ARCHITECTURES, bytes_of_experts, experts_of
from second_me.models.experts.streaming import ExpertWindow
from second_me.models.experts.uses import CHOICE
from second_me.models.header import read_header
from second_me.models.pages import LINUX
from second_me.models.starter import CHAT_FILE
from second_me.models.tensors import Mismatch, Tensor
from tests.models.experts.kinds import EXPERTS, KINDS, USED
from tests.models.experts.moe import write_moe
from tests.models.experts.more_kinds import MORE
from tests.models.experts.opened import Opened, same

linux = pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")

WORDS = 24
"""Tokens that are written: with the prompt more than a sliding window holds."""
ALL = {**KINDS, **MORE}
NO_FLASH = ("qwen3moe", "gpt-oss", "deepseek2")
"""The talk has flash attention; experts are no part of it."""
PARTS = {int(arch): {int(part) for part in parts} for arch, parts in gguf.MODEL_TENSORS.items()}

FileOf = Callable[[str], Path]


@pytest.fixture(scope="module")
def file_of(starter_models: Path, tmp_path_factory: pytest.TempPathFactory) -> FileOf:
    """A kind's file by its name, written once."""
    folder = tmp_path_factory.mktemp("kinds")

    def found(name: str) -> Path:
        file = folder / f"{name}.gguf"
        return file if file.exists() else write_moe(starter_models / CHAT_FILE, file, ALL[name])

    return found


@pytest.fixture
def opened(file_of: FileOf, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """A kind's model, experts in the mapping."""
    name, flash = getattr(request, "param", ("qwen3moe", True))
    made = Opened(file_of(name), flash)
    yield made
    made.close()


@linux
@pytest.mark.parametrize(
    "opened", [*((name, True) for name in ALL), *((name, False) for name in NO_FLASH)], indirect=True,
    ids=lambda each: f"{each[0]}{'' if each[1] else ', no flash attention'}",
)  # fmt: skip
def test_windows_compute_what_the_whole_model_does(opened: Opened) -> None:
    whole = opened.written(count=WORDS)
    window, layers = opened.window, opened.window.experts.layers
    least = window.least
    for size in (least, least + len(layers) * (USED + 1) * layers[0].expert_bytes, 5 * least // 2):
        window.open(size)
        assert same(whole, opened.written(count=WORDS))
        counted = window.counters
        assert counted.chosen > 0 and counted.missing > 0
        assert counted.read_bytes == counted.missing * layers[0].expert_bytes
        window.close()
    assert same(whole, opened.written(count=WORDS))


@pytest.mark.parametrize("name", ALL)
def test_the_header_tells_the_experts(file_of: FileOf, name: str) -> None:
    kind, header = ALL[name], read_header(file_of(name))
    experts = experts_of(header)
    assert experts is not None
    assert ([layer.index for layer in experts.layers], experts.used) == (kind.mixed, USED)
    for layer in experts.layers:
        stacks = {short for short in kind.layers[layer.index] if short.endswith("_exps")}
        assert {tensor.name for tensor in layer.tensors} == {
            f"blk.{layer.index}.{short}.weight" for short in stacks
        }
        assert layer.count == EXPERTS
    assert bytes_of_experts(header) == experts.size


def test_all_that_the_table_says_is_run_here() -> None:
    run = {
        (kind.architecture, frozenset(short for short in kind.layers[-1] if short.endswith("_exps")))
        for kind in ALL.values()
    }
    assert run == {(name, layout) for name, layouts in ARCHITECTURES.items() for layout in layouts}


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_names_are_those_of_the_format(architecture: str) -> None:
    """The first layout is what the format's own table gives the architecture; the others are newer than it."""
    number = next(int(arch) for arch, name in gguf.MODEL_ARCH_NAMES.items() if name == architecture)
    names = {gguf.TENSOR_NAMES[gguf.MODEL_TENSOR(part)] for part in PARTS[number]}
    assert {f"blk.{{bid}}.{short}" for short in ARCHITECTURES[architecture][0]} <= names


@linux
def test_experts_that_are_chosen_elsewhere_are_refused(opened: Opened) -> None:
    layers = opened.window.experts.layers
    moved = replace(opened.window.experts, layers=(replace(layers[0], index=layers[1].index), *layers[1:]))
    live = LiveModel(opened.model, read_header(opened.model.path))
    with pytest.raises(Mismatch, match=r"blk\.0\.ffn_down_exps.weight is not chosen where experts are"):
        ExpertWindow(live, moved)


@linux
def test_experts_without_a_choice_are_told_and_never_used(opened: Opened) -> None:
    """The graph does not stop where it should, as if the choice had another name there."""
    whole = opened.written()
    wants = opened.window.wants

    def deaf(node: Tensor) -> bool:
        return wants(node) and bytes(node.name) != CHOICE + b"1"

    opened.window.open(opened.window.least)
    opened.window.wants = deaf  # type: ignore[method-assign]
    with pytest.raises(EnvironmentFault, match="experts of its layer 1 are used before it is known which"):
        opened.written()
    opened.window.wants = wants  # type: ignore[method-assign]
    assert same(whole, opened.written())
