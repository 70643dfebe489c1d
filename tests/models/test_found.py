"""Models that other apps left: found in their places, each once, recognised by what is in them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from second_me.models.found import DEEPEST, Found, find_models
from second_me.models.places import Machine, Place, places
from second_me.models.starter import CHAT_FILE, EMBEDDER_FILE
from tests.models.ggufs import write_gguf
from tests.models.test_header import split_model


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "person").mkdir()
    return tmp_path / "person"


def search(home: Path, environment: dict[str, str] | None = None, system: str = "linux") -> list[Found]:
    found = find_models(places(Machine(system, home, environment or {}), home / "own"))
    return [each for each in found if each.path.is_relative_to(home)]


def put(path: Path, mark: int = 64, **more: object) -> Path:
    """A small model that differs from others by `mark`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_gguf(path, plain={"general.name": f"model {mark}"}, **more)  # type: ignore[arg-type]


def seen(found: list[Found]) -> set[tuple[str, str, str | None]]:
    return {(each.source, each.name, each.role) for each in found}


LINUX = {
    "lm-studio": ".lmstudio/models/org/repo/lm.gguf",
    "gpt4all": ".local/share/nomic.ai/GPT4All/gpt.gguf",
    "jan": ".local/share/Jan/data/llamacpp/models/jan/model.gguf",
    "llama.cpp": ".cache/llama.cpp/cpp.gguf",
    "hub": ".cache/huggingface/hub/models--o--r/snapshots/abc/hub.gguf",
}
WINDOWS = {
    "lm-studio": ".lmstudio/models/org/repo/lm.gguf",
    "gpt4all": "AppData/Local/nomic.ai/GPT4All/gpt.gguf",
    "jan": "AppData/Roaming/Jan/data/models/jan/model.gguf",
    "llama.cpp": "AppData/Local/llama.cpp/cpp.gguf",
    "hub": ".cache/huggingface/hub/models--o--r/snapshots/abc/hub.gguf",
}
MAC = {
    "lm-studio": ".cache/lm-studio/models/org/repo/lm.gguf",
    "gpt4all": "Library/Application Support/nomic.ai/GPT4All/gpt.gguf",
    "jan": "Library/Application Support/Jan/data/models/jan/model.gguf",
    "llama.cpp": "Library/Caches/llama.cpp/cpp.gguf",
    "hub": ".cache/huggingface/hub/models--o--r/snapshots/abc/hub.gguf",
}


@pytest.mark.parametrize(("system", "files"), [("linux", LINUX), ("win32", WINDOWS), ("darwin", MAC)])
def test_every_app_is_found_where_its_system_puts_it(home: Path, system: str, files: dict[str, str]) -> None:
    for number, file in enumerate(files.values()):
        put(home / file, number)
    put(home / "own" / "ours.gguf", 99)
    names = {"lm-studio": "lm", "gpt4all": "gpt", "jan": "jan", "llama.cpp": "cpp", "hub": "hub"}
    expected = {(source, names[source], "chat") for source in files} | {("second-me", "ours", "chat")}
    assert seen(search(home, system=system)) == expected


def test_variables_and_settings_of_the_apps_are_heeded(home: Path) -> None:
    moved = {
        "OLLAMA_MODELS": "a", "LLAMA_CACHE": "b", "HF_HOME": "c", "HF_HUB_CACHE": "d", "JAN_DATA_FOLDER": "e",
    }  # fmt: skip
    put(home / "b" / "b.gguf", 1)
    put(home / "c" / "hub" / "c.gguf", 2)
    put(home / "d" / "d.gguf", 3)
    put(home / "e" / "e.gguf", 4)
    put(home / "lm home" / "models" / "f.gguf", 5)
    (home / ".lmstudio-home-pointer").write_text(f"{home / 'lm home'}\n")
    put(home / "downloads" / "g.gguf", 6)
    (home / "lm home" / "settings.json").write_text(json.dumps({"downloadsFolder": str(home / "downloads")}))
    put(home / "gpt" / "h.gguf", 7)
    (home / ".config" / "nomic.ai").mkdir(parents=True)
    (home / ".config" / "nomic.ai" / "GPT4All.ini").write_text(f"[General]\nmodelPath={home / 'gpt'}\nx=1\n")
    found = search(home, {name: str(home / folder) for name, folder in moved.items()})
    assert {each.name for each in found} == set("bcdefgh")


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", '{"downloadsFolder": 7}', "[" * 100_000, '{"downloadsFolder": "\\u0000"}']
)
def test_damaged_settings_of_other_apps_do_no_harm(home: Path, content: str) -> None:
    put(home / ".lmstudio" / "models" / "m.gguf")
    (home / ".lmstudio" / "settings.json").write_text(content)
    assert [each.name for each in search(home)] == ["m"]


def ollama(home: Path, where: str, *layers: tuple[str, Path | str]) -> None:
    """A manifest, its layers' files moved to blobs."""
    root = home / ".ollama" / "models"
    (root / "blobs").mkdir(parents=True, exist_ok=True)
    listed = []
    for number, (kind, file) in enumerate(layers):
        digest = (
            file if isinstance(file, str) else f"sha256:{'abcdef'[number] * 60}{where.__hash__() % 9973:04}"
        )
        if isinstance(file, Path):
            file.rename(root / "blobs" / digest.replace(":", "-"))
        listed.append({"mediaType": f"application/vnd.ollama.image.{kind}", "digest": digest, "size": 1})
    manifest = root / "manifests" / where
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps({"schemaVersion": 2, "layers": listed}))


def test_ollamas_manifests_give_the_names_of_its_blobs(home: Path) -> None:
    eye = write_gguf(home / "eye", "clip", {"has_vision_encoder": True}, tokens=0)
    ollama(home, "host/library/llama3.2/1b", ("model", put(home / "a", 1)), ("template", "sha256:00"))
    ollama(home, "host/jane/own/latest", ("model", put(home / "b", 2)), ("projector", eye))
    ollama(home, "host/library/gone/latest", ("model", f"sha256:{'9' * 64}"))
    assert seen(search(home)) == {
        ("ollama", "llama3.2:1b", "chat"),
        ("ollama", "jane/own:latest", "chat"),
        ("ollama", "jane/own:latest (projector)", "projector"),
    }


@pytest.mark.parametrize(
    "manifest",
    [b"", b"{", b"[]", b'{"layers": 3}', b'{"layers": [1, {}, {"mediaType": 3}]}', b"\xff", b"[" * 100_000,
     b'{"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:../../secret"}]}',
     b'{"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": 5}]}'],
)  # fmt: skip
def test_hostile_manifests_name_nothing(home: Path, manifest: bytes) -> None:
    put(home / ".ollama" / "secret")
    file = home / ".ollama" / "models" / "manifests" / "h" / "library" / "m" / "latest"
    file.parent.mkdir(parents=True)
    file.write_bytes(manifest)
    assert search(home) == []


def test_one_model_in_many_places_is_one(home: Path) -> None:
    ours = put(home / "own" / "m.gguf")
    hub = home / ".cache" / "huggingface" / "hub" / "models--o--r"
    (hub / "blobs").mkdir(parents=True)
    (hub / "snapshots" / "abc").mkdir(parents=True)
    os.link(ours, hub / "blobs" / "1234")
    (hub / "snapshots" / "abc" / "other name.gguf").symlink_to("../../blobs/1234")
    copy = home / ".lmstudio" / "models" / "copy.gguf"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(ours.read_bytes())
    put(home / ".lmstudio" / "models" / "same size.gguf", 65)
    found = search(home)
    assert seen(found) == {("second-me", "m", "chat"), ("lm-studio", "same size", "chat")}
    assert {path.name for path in found[0].also} == {"other name.gguf", "copy.gguf"}
    assert len({each.size for each in found}) == 1


def test_a_part_that_differs_makes_another_model(home: Path) -> None:
    one = put(home / "own" / "one.gguf")
    content = bytearray(one.read_bytes())
    content[-64] ^= 1
    (home / "own" / "two.gguf").write_bytes(content)
    # Only the first 4 kB of each tensor are compared: the last tensor here is 16 kB.
    assert len(search(home)) == 1
    content[-64 * 64 * 4 + 8] ^= 1
    (home / "own" / "two.gguf").write_bytes(content)
    assert len(search(home)) == 2


def test_models_in_parts_are_one_and_missing_parts_are_named(home: Path) -> None:
    (home / "own" / "whole").mkdir(parents=True)
    (home / "own" / "torn").mkdir()
    split_model(home / "own" / "whole", (1, 2, 1))
    for part in split_model(home / "own" / "torn", (2, 1))[:1]:
        part.unlink()
    whole, torn = sorted(search(home), key=lambda each: each.why or "")
    assert (whole.name, whole.path.name, len(whole.header.parts if whole.header else ())) == (
        "big", "big-00001-of-00003.gguf", 3,
    )  # fmt: skip
    assert torn.why == "the model is in 2 files, and number 1 is not there."


ROLES = {
    "chat": ("llama", None, {}, 8),
    "mixture of experts": ("qwen3moe", {"expert_count": 8, "expert_used_count": 2}, {}, 8),
    "embedding": ("qwen3", {"pooling_type": 3}, {}, 8),
    "projector": ("clip", {"has_vision_encoder": True}, {}, 0),
    "adapter": ("llama", {}, {"general.type": "adapter", "adapter.type": "lora"}, 0),
    "vocabulary": ("llama", None, {}, 8),
}


@pytest.mark.parametrize("role", ROLES)
def test_the_role_is_in_the_head_and_not_in_the_name(home: Path, role: str) -> None:
    architecture, figures, plain, tokens = ROLES[role]
    (home / "own").mkdir()
    name = "mmproj-embedding-lora-vocab.gguf" if role == "chat" else "a chat model.gguf"
    tensors: dict[str, tuple[int, ...]] | None = {} if role == "vocabulary" else None
    write_gguf(home / "own" / name, architecture, figures, tensors, plain, tokens)
    assert [each.role for each in search(home)] == [role]


def test_the_starter_models_are_what_they_are(starter_models: Path) -> None:
    found = {each.path.name: each.role for each in find_models([Place("second-me", starter_models)])}
    assert (found[CHAT_FILE], found[EMBEDDER_FILE]) == ("chat", "embedding")


def test_what_cannot_be_used_is_listed_with_its_reason(home: Path) -> None:
    (home / "own").mkdir()
    (home / "own" / "cut.gguf").write_bytes(put(home / "whole").read_bytes()[:-9000])
    (home / "own" / "page.gguf").write_text("<html>not found</html>" * 9)
    write_gguf(home / "own" / "picture.gguf", "flux", tokens=0)
    found = {each.name: each.why or "" for each in search(home)}
    assert found["cut"].startswith("it is not whole: ")
    assert found["page"] == "it is not a GGUF file."
    assert found["picture"] == "it is no language model."


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_loops_end_and_nothing_is_searched_too_deep(home: Path) -> None:
    root = home / "own"
    put(root / "a" / "m.gguf")
    (root / "a" / "loop").symlink_to(root)
    (root / "b").symlink_to(root / "a")
    (root / "dangling.gguf").symlink_to(root / "nothing")
    os.mkfifo(root / "pipe.gguf")
    deep = root.joinpath(*(["d"] * DEEPEST), "shown.gguf")
    put(deep, 2)
    put(deep.parent / "d" / "hidden.gguf", 3)
    found = {each.name: each.why for each in search(home)}
    assert found == {"m": None, "shown": None, "pipe": "it is not a file."}


def test_nothing_anywhere(home: Path) -> None:
    assert search(home) == []


def test_nothing_is_written_where_others_live(home: Path) -> None:
    put(home / ".lmstudio" / "models" / "m.gguf")
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    search(home)
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before
