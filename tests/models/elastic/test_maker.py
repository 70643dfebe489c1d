"""The maker as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.models.elastic.conftest import TEXT


def start(source: Path, ladders: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-P", "-m", "second_me.models.elastic.maker", "--source", str(source)]
    return subprocess.Popen(
        [*command, "--ladders", str(ladders), "--text", str(TEXT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def ended(maker: subprocess.Popen[str]) -> tuple[str, str]:
    """What it wrote, when it ended by itself with its stdin open."""
    code = maker.wait(120)
    out, errors = maker.communicate()
    assert code in (0, 1)
    return out, errors


def test_a_ladder_that_is_there_is_told_at_once(short_model: Path, ladders: Path) -> None:
    out, errors = ended(start(short_model, ladders))
    assert lines(out)[-1]["phase"] == "done"
    assert errors == ""


def test_a_file_that_cannot_be_used_is_told_in_words(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(40))
    maker = start(broken, tmp_path)
    out, errors = ended(maker)
    assert lines(out)[-1]["error"]["code"] == "model_failed"
    assert (maker.returncode, errors) == (1, "")


def test_it_ends_with_whoever_started_it(short_model: Path, tmp_path: Path) -> None:
    maker = start(short_model, tmp_path)
    assert maker.stdout is not None and maker.stdin is not None
    first = json.loads(maker.stdout.readline())
    assert first["phase"] == "importance" and first["seconds_left"] is None
    maker.stdin.close()
    assert maker.wait(60) == 0
    maker.stdout.close()
    assert maker.stderr is not None and maker.stderr.read() == ""
    maker.stderr.close()
