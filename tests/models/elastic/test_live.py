from __future__ import annotations

import ctypes
import dataclasses
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models import pages, tensors
from second_me.models.context import Context
from second_me.models.elastic.ladder import Ladder, read_ladder
from second_me.models.elastic.live import ElasticModel, LiveModel
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from second_me.models.tensors import Mismatch, Tensor
from tests.models.elastic.models import PREFIX, native, next_logits


@pytest.fixture
def model(short_model: Path) -> Iterator[LoadedModel]:
    loaded = LoadedModel(short_model)
    yield loaded
    loaded.close()


@pytest.fixture
def elastic(model: LoadedModel, ladder: Ladder) -> Iterator[ElasticModel]:
    changed = ElasticModel(model, read_header(model.path), ladder)
    yield changed
    changed.close()


def sizes(ladder: Ladder, count: int) -> list[int]:
    stack = ladder.stack()
    return [int(size) for size in np.linspace(stack.lowest, stack.full, count)]


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.9])
def test_logits_are_those_of_a_native_load(
    model: LoadedModel, elastic: ElasticModel, ladder: Ladder, part: float, tmp_path: Path
) -> None:
    stack = ladder.stack()
    plan = stack.plan(int(stack.lowest + part * (stack.full - stack.lowest)))
    elastic.apply(plan.rungs)
    file = native(model.path, ladder, plan.rungs, tmp_path / "native.gguf")
    plain = LoadedModel(file)
    assert np.array_equal(next_logits(model), next_logits(plain))
    plain.close()


def test_the_conversation_is_kept_through_random_moves(
    model: LoadedModel, elastic: ElasticModel, ladder: Ladder
) -> None:
    """The KV is not touched: the next token after a hundred moves is the one without them, bit by bit."""
    stack, chance = ladder.stack(), random.Random(4)
    home = stack.plan((stack.lowest + stack.full) // 2)
    tokens = model.tokenize(PREFIX)
    following = model.tokenize(" was grey and quiet")

    def talk(moves: int) -> list[np.ndarray]:  # type: ignore[type-arg]
        context, said = Context(model, 64, 64), []
        elastic.apply(home.rungs)
        context.decode(tokens, 0)
        for place, token in enumerate(following):
            for _ in range(moves):
                elastic.apply(stack.plan(chance.randint(stack.lowest, stack.full)).rungs)
            elastic.apply(home.rungs)
            context.decode([token], len(tokens) + place)
            said.append(context.logits(0).copy())
        context.close()
        return said

    still, moved = talk(0), talk(25)
    assert all(np.array_equal(a, b) for a, b in zip(still, moved, strict=True))


def test_full_size_is_the_model_as_it_came(model: LoadedModel, elastic: ElasticModel, ladder: Ladder) -> None:
    before = next_logits(model)
    elastic.apply(ladder.stack().plan(ladder.stack().lowest).rungs)
    assert not np.array_equal(next_logits(model), before)
    elastic.apply(ladder.stack().plan(ladder.stack().full).rungs)
    assert np.array_equal(next_logits(model), before)
    elastic.apply(ladder.stack().plan(ladder.stack().lowest).rungs)
    elastic.close()
    assert np.array_equal(next_logits(model), before)


@pytest.mark.skipif(not pages.LINUX, reason="only Linux tells and takes pages of a mapping")
def test_resident_bytes_follow_the_plan(model: LoadedModel, elastic: ElasticModel, ladder: Ladder) -> None:
    found = []
    for size in sizes(ladder, 3):
        elastic.apply(ladder.stack().plan(size).rungs)
        next_logits(model)
        elastic.give_back_unused()
        found.append(pages.resident(elastic.files).files)
    assert found == sorted(found)
    assert found[0] < found[2] * 0.9


def test_a_cut_off_rung_changes_nothing(model: LoadedModel, ladder: Ladder, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ladder.folder, tmp_path / "copy"))
    elastic = ElasticModel(model, read_header(model.path), read_ladder(folder))
    before = next_logits(model)
    file = max(folder.glob("*.rungs"), key=lambda file: file.stat().st_size)
    file.rename(
        file.with_suffix(".away")
    )  # the mapping keeps the bytes; a shorter file would end the process
    file.write_bytes(b"short")
    with pytest.raises(EnvironmentFault) as fault:
        elastic.apply(ladder.stack().plan(ladder.stack().lowest).rungs)
    assert fault.value.code == "ladder_unusable"
    assert np.array_equal(next_logits(model), before)
    elastic.close()


def test_a_tensor_that_is_not_what_the_header_says_is_refused(model: LoadedModel) -> None:
    header = read_header(model.path)
    for change in ({"kind": 8}, {"shape": (576, 577)}, {"size": 12345}):
        true = next(tensor for tensor in header.tensors if tensor.name == "blk.0.ffn_down.weight")
        lying = dataclasses.replace(true, **change)  # type: ignore[arg-type]
        others = [lying if tensor.name == lying.name else tensor for tensor in header.tensors]
        with pytest.raises(Mismatch, match=lying.name):
            LiveModel(model, dataclasses.replace(header, tensors=tuple(others)))


def test_another_release_is_refused(model: LoadedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensors, "KNOWN_VERSIONS", ("0.0.1",))
    with pytest.raises(Mismatch, match="llama-cpp-python"):
        LiveModel(model, read_header(model.path))


def test_another_layout_is_refused(model: LoadedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensors, "OBJECT_BYTES", 24)
    with pytest.raises(Mismatch, match="bytes"):
        LiveModel(model, read_header(model.path))


class Broken:
    """An observer with a bug."""

    def wants(self, node: Tensor) -> bool:
        raise RuntimeError("a bug in a callback")

    def sees(self, node: Tensor) -> None:
        raise AssertionError


def test_a_callback_that_fails_never_leaves_old_logits(model: LoadedModel) -> None:
    context = Context(model, 64, 64, observer=Broken())
    with pytest.raises(RuntimeError, match="a bug in a callback"):
        context.decode(model.tokenize(PREFIX), 0)
    context.close()


def test_the_mirror_has_the_size_that_the_library_says() -> None:
    tensors.check_library()
    assert ctypes.sizeof(Tensor) % 8 == 0
