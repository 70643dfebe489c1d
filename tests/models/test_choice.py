"""What the person chose survives, and what is damaged is as if it had not been chosen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models.choice import CHOICE_FILE, Choice, read_choice, write_choice


@pytest.mark.parametrize(
    "choice",
    [Choice(), Choice(Path("/models of Zoë/m.gguf"), 600_000_000), Choice(None, 1), Choice(Path("/a\udcff"))],
)
def test_a_choice_comes_back(tmp_path: Path, choice: Choice) -> None:
    folder = tmp_path / "home" / "models"
    write_choice(folder, Choice(Path("/before"), 7))
    write_choice(folder, choice)
    assert read_choice(folder) == choice
    assert [file.name for file in folder.iterdir()] == [CHOICE_FILE]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"chat": 3, "budget": "much"}',
     b'{"chat": "", "budget": -1}', b'{"chat": "a\\u0000b", "budget": true}', b'{"budget": 1.5}'],
)  # fmt: skip
def test_what_is_damaged_is_not_chosen(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CHOICE_FILE).write_bytes(content)
    assert read_choice(tmp_path) == Choice()


def test_nothing_chosen_yet(tmp_path: Path) -> None:
    assert read_choice(tmp_path / "absent") == Choice()


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="this user may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(EnvironmentFault, match="cannot be written") as fault:
        write_choice(tmp_path, Choice())
    tmp_path.chmod(0o700)
    assert fault.value.code == "read_only"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("no folder")
    with pytest.raises(EnvironmentFault) as fault:
        write_choice(tmp_path / "models", Choice())
    assert fault.value.code == "read_only"
