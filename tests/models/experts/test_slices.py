"""Slices of a tensor in a real file: what is read is the file's, whatever was dropped before; errors are told."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_me.core.ports import EnvironmentFault
from second_me.models.experts.slices import Files, TensorSlices, runs
from second_me.models.header import TensorInfo
from second_me.models.pages import LINUX

pytestmark = pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")

COUNT, STRIDE, OFFSET = 8, 6_000, 12_832


@pytest.fixture
def stride() -> int:
    """Bytes of an expert."""
    return STRIDE


@pytest.fixture
def tensor(tmp_path: Path, stride: int) -> TensorInfo:
    """A tensor of 8 experts that share pages, at an odd place of a fresh file that ends with it."""
    file = tmp_path / "experts"
    file.write_bytes(np.random.default_rng(0).bytes(OFFSET + COUNT * stride))
    return TensorInfo("t", (stride, 1, COUNT), 0, OFFSET, COUNT * stride, file)


@pytest.fixture
def files(tensor: TensorInfo) -> Iterator[Files]:
    """Its file, opened."""
    opened = Files([tensor.file])
    yield opened
    opened.close()


def held(slices: TensorSlices, expert: int, stride: int = STRIDE) -> bytes:
    """An expert's bytes in memory."""
    return ctypes.string_at(slices.address + expert * stride, stride)


@pytest.mark.parametrize("stride", [700, 3264, 4096, STRIDE], ids="{} bytes".format)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, COUNT - 1), min_size=1)), max_size=12))
def test_what_is_resident_is_always_the_files(
    tensor: TensorInfo, files: Files, stride: int, steps: list[tuple[bool, set[int]]]
) -> None:
    content = tensor.file.read_bytes()[OFFSET:]
    slices = TensorSlices(tensor, COUNT)
    resident = np.zeros(COUNT, np.bool_)
    for reading, experts in steps:
        ids = np.array(sorted(experts))
        resident[ids] = reading
        if reading:
            for read in slices.start(files, ids):
                read.result()
        else:
            slices.drop(ids, resident)
        for expert in np.flatnonzero(resident):
            assert held(slices, int(expert), stride) == content[expert * stride : (expert + 1) * stride]


def test_dropped_memory_is_given_back(tensor: TensorInfo, files: Files) -> None:
    slices = TensorSlices(tensor, COUNT)
    for read in slices.start(files, np.arange(COUNT)):
        read.result()
    slices.drop(np.arange(COUNT), np.zeros(COUNT, np.bool_))
    assert held(slices, 3) == bytes(STRIDE)


def test_a_file_that_was_cut_off_is_told(tensor: TensorInfo, files: Files) -> None:
    slices = TensorSlices(tensor, COUNT)
    with tensor.file.open("r+b") as file:
        file.truncate(OFFSET + 2 * STRIDE)
    reads = slices.start(files, np.array([6, 7]))
    wait(reads)
    with pytest.raises(EnvironmentFault, match="shorter than it was"):
        reads[0].result()


def test_a_file_that_was_replaced_goes_on_as_it_was(tensor: TensorInfo, files: Files) -> None:
    content = tensor.file.read_bytes()[OFFSET:]
    slices = TensorSlices(tensor, COUNT)
    tensor.file.with_name("other").write_bytes(b"other")
    tensor.file.with_name("other").replace(tensor.file)
    for read in slices.start(files, np.array([0])):
        read.result()
    assert held(slices, 0) == content[:STRIDE]


def test_runs_are_stretches_of_neighbours() -> None:
    assert list(runs(np.array([1, 2, 5, 7, 8, 9]))) == [(1, 3), (5, 6), (7, 10)]
    assert list(runs(np.array([], int))) == []
