from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import filelock
import numpy as np
import pytest
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter

from second_me.core.ports import EnvironmentFault
from second_me.models import ggml
from second_me.models.elastic import rungs
from second_me.models.elastic.ladder import MANIFEST, Ladder, find_ladder, read_ladder
from second_me.models.elastic.live import ElasticModel
from second_me.models.elastic.making import Making
from second_me.models.elastic.worth import Text
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from tests.models.elastic.conftest import LITTLE, TEXT
from tests.models.elastic.models import copy_metadata, native, next_logits


def making(source: Path, ladders: Path) -> Making:
    return Making(source, ladders, TEXT.read_text("utf-8"), LITTLE, 2)


def test_a_stopped_making_goes_on_and_makes_the_same(
    short_model: Path, ladder: Ladder, tmp_path: Path
) -> None:
    """Stopped in every phase, by a fresh object each time as after a crash: the rungs are the same bytes."""
    for phase in ("importance", "errors", "sensitivity", "rungs", "quality"):
        for progress in making(short_model, tmp_path).run():
            if progress.phase == phase and progress.done > progress.total // 2:
                break
        assert not list(tmp_path.glob(f"*/{MANIFEST}"))
    for _ in making(short_model, tmp_path).run():
        pass
    made = find_ladder(tmp_path, read_header(short_model))
    assert made is not None and made.tensors == ladder.tensors and made.curve == ladder.curve
    for file in made.files:
        assert made.path(file).read_bytes() == ladder.path(file).read_bytes()


def test_it_is_there_already(short_model: Path, ladders: Path) -> None:
    assert list(making(short_model, ladders).run()) == []


def test_more_bytes_are_nearer_to_the_whole_model(short_model: Path, ladder: Ladder) -> None:
    model = LoadedModel(short_model)
    elastic = ElasticModel(model, read_header(short_model), ladder)
    text = Text(model, [model.tokenize(TEXT.read_text("utf-8")[:600])[:96]])
    whole, stack = text.reference(), ladder.stack()
    found = []
    for size in (stack.lowest, (stack.lowest + stack.full) // 2, stack.full):
        elastic.apply(stack.plan(size).rungs)
        found.append(text.divergence(whole))
    assert found[0] > found[1] > found[2] == pytest.approx(0, abs=1e-6)
    text.close()
    elastic.close()
    model.close()


def test_a_model_that_cannot_be_made_smaller_is_told_why(short_model: Path, tmp_path: Path) -> None:
    """The short model in the lowest type that its rows admit."""
    reader = GGUFReader(short_model)
    smallest = tmp_path / "smallest.gguf"
    writer = GGUFWriter(smallest, "llama")
    copy_metadata(reader, writer, {})
    for tensor in reader.tensors:
        data, kind = np.ascontiguousarray(tensor.data), int(tensor.tensor_type)
        if len(tensor.shape) == 2:
            columns = int(tensor.shape[0])
            lowest = rungs.admitted(columns, kind)[0]
            values = ggml.dequantized(data.reshape(-1).view(np.uint8), kind, columns)
            data, kind = ggml.quantized(values, lowest, np.ones(columns, np.float32)), lowest
        writer.add_tensor(tensor.name, data, raw_dtype=GGMLQuantizationType(kind))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(EnvironmentFault) as fault:
        list(making(smallest, tmp_path).run())
    assert fault.value.code == "ladder_useless"
    assert "no quality" in fault.value.what


def test_two_do_not_make_one_ladder(short_model: Path, tmp_path: Path) -> None:
    one = making(short_model, tmp_path)
    one.folder.mkdir()
    with filelock.FileLock(one.folder / "making.lock"), pytest.raises(EnvironmentFault) as fault:
        list(one.run())
    assert fault.value.code == "in_use"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if sys.platform != "linux" or os.getuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs root and a tmpfs of its own")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_told_before_the_rungs_are_made(short_model: Path, small_disk: Path) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        list(making(short_model, small_disk).run())
    assert fault.value.code == "disk_full"
    assert not list(small_disk.glob(f"*/{MANIFEST}"))


def test_a_disk_that_fills_up_leaves_no_half_file(
    short_model: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Making, "_check_disk", lambda *_: None)  # somebody else took the room meanwhile
    with pytest.raises(EnvironmentFault) as fault:
        list(making(short_model, small_disk).run())
    assert fault.value.code == "disk_full"
    assert not list(small_disk.glob("*/*.rungs.part"))


def test_another_models_ladder_is_refused(short_model: Path, ladder: Ladder, tmp_path: Path) -> None:
    other = tmp_path / short_model.name
    data = bytearray(short_model.read_bytes())
    header = read_header(short_model)
    data[header.tensors[3].offset] ^= 1
    other.write_bytes(data)
    header = read_header(other)
    assert find_ladder(ladder.folder.parent, header) is None
    true = making(other, tmp_path / "l").folder
    shutil.copytree(ladder.folder, true)
    with pytest.raises(EnvironmentFault) as fault:
        find_ladder(tmp_path / "l", header)
    assert fault.value.code == "ladder_unusable"


@pytest.mark.parametrize("harm", ["missing", "short", "list", "outside", "version", "nonsense"])
def test_a_damaged_ladder_is_refused_with_a_reason(ladder: Ladder, tmp_path: Path, harm: str) -> None:
    folder = Path(shutil.copytree(ladder.folder, tmp_path / "copy"))
    manifest = folder / MANIFEST
    kept = json.loads(manifest.read_text("utf-8"))
    rung = next(folder.glob("*.rungs"))
    if harm == "missing":
        rung.unlink()
    elif harm == "short":
        os.truncate(rung, rung.stat().st_size - 1)
    elif harm == "list":
        manifest.write_text("{", "utf-8")
    elif harm == "outside":
        next(t for t in kept["tensors"] if t["rungs"])["rungs"][0]["offset"] = 1 << 50
    elif harm == "version":
        kept["version"] = 99
    else:
        kept["tensors"] = [1, 2]
    if harm in ("outside", "version", "nonsense"):
        manifest.write_text(json.dumps(kept), "utf-8")
    with pytest.raises(EnvironmentFault) as fault:
        read_ladder(folder)
    assert fault.value.code == "ladder_unusable"
    assert "full size" in fault.value.what


def test_rungs_are_taken_from_a_variant_of_the_same_model(
    short_model: Path, ladder: Ladder, tmp_path: Path
) -> None:
    stack = ladder.stack()
    variant = native(short_model, ladder, stack.plan(stack.lowest).rungs, tmp_path / "small.gguf")
    one = Making(short_model, tmp_path / "l", TEXT.read_text("utf-8"), LITTLE, 2, [variant])
    for _ in one.run():
        pass
    made = read_ladder(one.folder)
    taken = [rung for tensor in made.tensors for rung in tensor.rungs if rung.file == str(variant)]
    assert taken and made.size < ladder.size
    model = LoadedModel(short_model)
    elastic = ElasticModel(model, read_header(short_model), made)
    elastic.apply({t.name: r.kind for t in made.tensors for r in t.rungs if r.file == str(variant)})
    plain = LoadedModel(variant)
    assert np.array_equal(next_logits(model), next_logits(plain))
    for each in (elastic, model, plain):
        each.close()
    variant.unlink()
    with pytest.raises(EnvironmentFault, match="missing"):
        read_ladder(one.folder)


@pytest.mark.parametrize("harm", ["norm", "weights", "heads"])
def test_a_file_that_does_not_belong_is_refused(
    short_model: Path, ladder: Ladder, tmp_path: Path, harm: str
) -> None:
    variant = native(
        short_model, ladder, ladder.stack().plan(ladder.stack().lowest).rungs, tmp_path / "v.gguf"
    )
    data = bytearray(variant.read_bytes())
    header = read_header(variant)
    if harm == "norm":
        data[next(t.offset for t in header.tensors if len(t.shape) == 1) + 3] ^= 1
    elif harm == "weights":
        for tensor in (t for t in header.tensors if len(t.shape) == 2):
            end = tensor.offset + tensor.size
            data[tensor.offset : end] = data[tensor.offset : end][::-1]
    else:
        data = data.replace(b"llama.rope.freq_base", b"llama.rope.freq_bass")
    variant.write_bytes(data)
    with pytest.raises(EnvironmentFault) as fault:
        list(Making(short_model, tmp_path / "l", TEXT.read_text("utf-8"), LITTLE, 2, [variant]).run())
    assert fault.value.code == "not_the_same_model"
