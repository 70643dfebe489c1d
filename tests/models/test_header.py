"""The head of a GGUF file: what is read, and that nothing is believed that cannot be."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import gguf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.ports import EnvironmentFault
from second_me.models.header import TYPES, embedding_length, parts_of, read_header
from second_me.models.header_bytes import LongList
from second_me.models.starter import CHAT_FILE, EMBEDDER_FILE
from tests.models.ggufs import begin, entry, padded, tensor, text, write_gguf

U32, TEXT, LIST = 4, 8, 9
ONE = padded(begin(1, 0) + tensor("a", (8,)), bytes(32))


def refused(path: Path) -> str:
    """Why a file is refused."""
    with pytest.raises(EnvironmentFault) as fault:
        read_header(path)
    assert fault.value.code == "model_failed"
    assert fault.value.what.startswith(f"The model file {path.name} cannot be used: ")
    return fault.value.what.split("cannot be used: ")[1]


@pytest.mark.parametrize("name", [CHAT_FILE, EMBEDDER_FILE])
def test_tensors_lie_where_ggufs_own_reader_finds_them(starter_models: Path, name: str) -> None:
    header, peer = read_header(starter_models / name), gguf.GGUFReader(starter_models / name)
    theirs = [(t.name, tuple(map(int, t.shape)), int(t.tensor_type), int(t.data_offset), int(t.n_bytes))
              for t in peer.tensors]  # fmt: skip
    assert [(t.name, t.shape, t.kind, t.offset, t.size) for t in header.tensors] == theirs
    assert header.size == (starter_models / name).stat().st_size
    words = peer.fields["tokenizer.ggml.tokens"]
    assert header.metadata["tokenizer.ggml.tokens"] == LongList(TEXT, len(words.data))
    assert header.text("tokenizer.chat_template") == (
        None if name == EMBEDDER_FILE else peer.fields["tokenizer.chat_template"].contents()
    )


def test_figures_and_short_lists_are_kept(tmp_path: Path) -> None:
    figures = {"attention.head_count_kv": [0, 4, 0, 2], "attention.sliding_window_pattern": [True, False],
               "block_count": 4, "rope.freq_base": 0.5, "attention.causal": False}  # fmt: skip
    header = read_header(write_gguf(tmp_path / "m.gguf", "made-up", figures, plain={"general.name": "Zoë"}))
    assert header.architecture == "made-up"
    assert header.by_layer("attention.head_count_kv") == [0, 4, 0, 2]
    assert header.by_layer("attention.sliding_window_pattern") == [True, False]
    assert (header.number("block_count"), header.number("attention.causal")) == (4, None)
    assert header.metadata["made-up.rope.freq_base"] == 0.5
    assert header.text("general.name") == "Zoë"
    assert (header.parameters, header.weight_bytes) == (8 * 64 + 64 * 64, 4 * (8 * 64 + 64 * 64))


def test_texts_across_the_edges_of_what_is_read_at_once(tmp_path: Path) -> None:
    words = ["x" * (n * 7919 % 3000) for n in range(2000)]
    path = tmp_path / "m.gguf"
    path.write_bytes(
        begin(0, 3)
        + entry("words", LIST, struct.pack("<IQ", TEXT, len(words)) + b"".join(map(text, words)))
        + entry("long", TEXT, text("y" * ((1 << 20) + 1)))
        + entry("last", TEXT, text("here"))
    )
    assert read_header(path).metadata == {"words": LongList(TEXT, 2000), "long": "", "last": "here"}


def split_model(folder: Path, counts: tuple[int, ...] = (1, 1), promised: int | None = None) -> list[Path]:
    made = []
    total = sum(counts) if promised is None else promised
    for number, count in enumerate(counts):
        file = folder / f"big-{number + 1:05}-of-{len(counts):05}.gguf"
        tensors = {f"t{number}.{n}": (4, 8) for n in range(count)}
        figures = None if number == 0 else {}
        write_gguf(file, figures=figures, tensors=tensors, tokens=0, split=(number, len(counts), total))
        made.append(file)
    return made


def test_parts_are_one_model_by_the_name_of_any(tmp_path: Path) -> None:
    parts = split_model(tmp_path, (2, 0, 3))
    for path in parts:
        header = read_header(path)
        assert (header.path, header.parts) == (parts[0], tuple(parts))
        assert [t.file for t in header.tensors] == [parts[0]] * 2 + [parts[2]] * 3
        assert header.size == sum(part.stat().st_size for part in parts)
        assert header.number("embedding_length") == 64


def test_parts_that_do_not_belong_together(tmp_path: Path) -> None:
    first, second = split_model(tmp_path)
    alone = tmp_path / "renamed.gguf"
    alone.write_bytes(first.read_bytes())
    assert "one of 2 parts, and its name" in refused(alone)
    kept = second.read_bytes()
    second.write_bytes(first.read_bytes())
    assert "part 2 of 2 belongs to another" in refused(first)
    second.unlink()
    assert "in 2 files, and number 2 is not there" in refused(first)
    second.write_bytes(kept)
    first.unlink()
    assert "number 1 is not there" in refused(second)
    first, _second = split_model(tmp_path, promised=3)
    assert "have 2 tensors, and it is said to have 3" in refused(first)
    for name in ("x-00003-of-00002.gguf", "x-00000-of-00002.gguf", "x-00001-of-99999.gguf"):
        assert "but not which" in refused(tmp_path / name)


CASES = {
    "empty": (b"", "it is empty"),
    "short": (b"GGUF", "not a GGUF file"),
    "another format": (b"ggml" + ONE[4:], "not a GGUF file"),
    "a web page": (b"<!DOCTYPE html><html>" + bytes(100), "not a GGUF file"),
    "version 1": (b"GGUF" + struct.pack("<I", 1) + ONE[8:], "version 1 of the format"),
    "version 4": (b"GGUF" + struct.pack("<I", 4) + ONE[8:], "version 4 of the format"),
    "big endian": (b"GGUF" + struct.pack(">IQQ", 3, 1, 0) + ONE[24:], "big endian"),
    "many tensors": (padded(begin(1 << 60, 0), bytes(64)), f"have {1 << 60} tensors"),
    "many entries": (padded(begin(0, 1 << 60), bytes(64)), f"have {1 << 60} entries"),
    "long key": (begin(0, 1) + text("k", 1 << 40) + bytes(64), f"{1 << 40} bytes long"),
    "key beyond the end": (begin(0, 1) + text("k", 5000) + bytes(64), "ends in the middle"),
    "key no text": (begin(0, 1) + text(b"\xff\xfe") + bytes(64), "is no text"),
    "long text": (begin(0, 1) + entry("k", TEXT, text("v", 1 << 62)), "longer than the file"),
    "unknown value": (begin(0, 1) + entry("k", 13, bytes(64)), "unknown type 13"),
    "list of lists": (begin(0, 1) + entry("k", LIST, struct.pack("<IQ", 9, 1) + bytes(64)), "list of lists"),
    "list too long": (
        begin(0, 1) + entry("k", LIST, struct.pack("<IQ", 4, 1 << 62) + bytes(9)),
        f"{1 << 62} items",
    ),
    "list of unknown": (
        begin(0, 1) + entry("k", LIST, struct.pack("<IQ", 99, 1) + bytes(9)),
        "unknown type 99",
    ),
    "text in a list": (
        begin(0, 1) + entry("k", LIST, struct.pack("<IQ", TEXT, 2) + text("v", 1 << 62) + bytes(20)),
        "ends in the middle",
    ),
    "entry twice": (begin(0, 2) + entry("k", U32, bytes(4)) * 2, "entry of its head is there twice"),
    "alignment 0": (begin(0, 1) + entry("general.alignment", U32, bytes(4)), "said to be 0"),
    "alignment 24": (
        begin(0, 1) + entry("general.alignment", U32, struct.pack("<I", 24)),
        "said to be 24",
    ),
    "alignment a text": (begin(0, 1) + entry("general.alignment", TEXT, text("32")), "said to be 32"),
    "alignment huge": (
        begin(0, 1) + entry("general.alignment", U32, struct.pack("<I", 1 << 31)),
        f"said to be {1 << 31}",
    ),
    "no dimensions": (padded(begin(1, 0) + tensor("a", (), 0), bytes(64)), "0 dimensions"),
    "five dimensions": (padded(begin(1, 0) + tensor("a", (1,) * 5), bytes(64)), "5 dimensions"),
    "many dimensions": (padded(begin(1, 0) + tensor("a", (1,), 0, 0, 1 << 31), bytes(64)), "dimensions"),
    "zero dimension": (padded(begin(1, 0) + tensor("a", (8, 0)), bytes(64)), "make no sense"),
    "overflow": (padded(begin(1, 0) + tensor("a", (1 << 32, 1 << 32)), bytes(64)), "make no sense"),
    "offset overflow": (padded(begin(1, 0) + tensor("a", (8,), 0, (1 << 64) - 32), bytes(64)), "no sense"),
    "unknown type": (padded(begin(1, 0) + tensor("a", (8,), 4), bytes(64)), "of type 4"),
    "rows of the type": (padded(begin(1, 0) + tensor("a", (33,), 2), bytes(64)), "do not fit its type"),
    "beyond the end": (
        padded(begin(1, 0) + tensor("a", (8,), 0, 32), bytes(32)),
        "not whole",
    ),
    "not aligned": (padded(begin(1, 0) + tensor("a", (8,), 0, 16), bytes(64)), "where tensors may lie"),
    "over each other": (
        padded(begin(2, 0) + tensor("a", (16,)) + tensor("b", (8,), 0, 32), bytes(64)),
        "'a' and 'b' lie over each other",
    ),
    "same name": (
        padded(begin(2, 0) + tensor("a", (8,)) + tensor("a", (8,), 0, 32), bytes(64)),
        "tensor of it is there twice",
    ),
    "a name with controls": (padded(begin(1, 0) + tensor("a\x1b[2J\n", (0,)), bytes(64)), r"'a\x1b[2J\n'"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_is_refused_with_its_reason(tmp_path: Path, case: str) -> None:
    content, reason = CASES[case]
    (tmp_path / "m.gguf").write_bytes(content)
    assert reason in refused(tmp_path / "m.gguf")


def test_what_is_no_file_at_all(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.gguf") == "it is not there."
    (tmp_path / "folder.gguf").mkdir()
    assert refused(tmp_path / "folder.gguf") == "it is not a file."


@pytest.mark.skipif(os.name == "nt", reason="no pipes with names in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gguf")
    assert refused(tmp_path / "pipe.gguf") == "it is not a file."


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = write_gguf(tmp_path / "whole.gguf").read_bytes()
    last = max(t.offset + t.size for t in read_header(tmp_path / "whole.gguf").tensors)
    for length in [*range(500), *range(500, last, 307)]:
        (tmp_path / "cut.gguf").write_bytes(whole[:length])
        refused(tmp_path / "cut.gguf")
    (tmp_path / "cut.gguf").write_bytes(whole[:-1])
    assert "bytes are there" in refused(tmp_path / "cut.gguf")


def test_the_starter_cut_off_says_how_much_is_there(starter_models: Path, tmp_path: Path) -> None:
    with (starter_models / CHAT_FILE).open("rb") as whole:
        (tmp_path / "cut.gguf").write_bytes(whole.read(1 << 22))
    assert "it is not whole: 4194304 of 98362" in refused(tmp_path / "cut.gguf")


ODD = st.sampled_from([0, 1, 2, 31, 33, 255, 1 << 16, 1 << 31, (1 << 32) - 1, 1 << 62, (1 << 64) - 1])


@settings(deadline=None, max_examples=300)
@given(
    places=st.lists(st.tuples(st.integers(0, 700), st.binary(min_size=1, max_size=8)), max_size=4),
    lies=st.lists(st.tuples(st.integers(0, 700), ODD), max_size=3),
)
def test_hostile_bytes_end_in_a_fault_or_in_something_inside_the_file(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, bytes]], lies: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    source = folder / "sound.gguf"
    content = bytearray((source if source.exists() else write_gguf(source)).read_bytes())
    for at, put in places:
        content[at : at + len(put)] = put
    for at, number in lies:
        content[at : at + 8] = struct.pack("<Q", number)
    path = folder / "hostile.gguf"
    path.write_bytes(content)
    try:
        header = read_header(path)
    except EnvironmentFault as fault:
        assert fault.code == "model_failed"
        return
    for found in header.tensors:
        assert 24 <= found.offset <= found.offset + found.size <= len(content)
        assert found.kind in TYPES


@settings(deadline=None, max_examples=200)
@given(rest=st.binary(max_size=200), tensors=st.integers(0, 3), entries=st.integers(0, 3))
def test_noise_behind_a_good_beginning(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes, tensors: int, entries: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.gguf"
    path.write_bytes(begin(tensors, entries) + rest)
    try:
        read_header(path)
    except EnvironmentFault as fault:
        assert fault.code == "model_failed"


def test_the_length_of_vectors_is_found_without_reading_on(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    head = begin(9, 2) + entry("general.architecture", TEXT, text("bert"))
    path.write_bytes(head + entry("bert.embedding_length", U32, struct.pack("<I", 384)) + bytes(400))
    assert embedding_length(path) == 384
    write_gguf(tmp_path / "none.gguf", figures={})
    with pytest.raises(EnvironmentFault, match="how long its vectors are"):
        embedding_length(tmp_path / "none.gguf")


def test_one_file_is_its_only_part(tmp_path: Path) -> None:
    assert parts_of(tmp_path / "x.gguf") == (tmp_path / "x.gguf",)
