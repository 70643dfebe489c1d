"""The line about a long command."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bootstrap import progress


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  [12/193] Building CXX object vendor/llama.cpp/src/llama.cpp.o", "12 of 193 files compiled"),
        ("[ 37%] Building C object ggml.c.o", "37 %"),
        ("Collecting numpy>=1.26 (from second-me==0.1.0)", "numpy>=1.26"),
        ("  Downloading gguf-0.19.0-py3-none-any.whl (120 kB)", "gguf-0.19.0-py3-none-any.whl"),
        ("Setting up xvfb (2:21.1.7) ...", "xvfb"),
        ("  warning: unused variable", None),
    ],
)
def test_what_a_line_tells(line: str, told: str | None) -> None:
    assert progress.happening(line) == told


def test_elapsed() -> None:
    assert [progress.elapsed(s) for s in (0.4, 59, 61, 754)] == ["0 s", "59 s", "1 min 01 s", "12 min 34 s"]


def test_a_command_is_logged_and_its_end_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = progress.Watched("counting", tmp_path / "log", " (a moment)")
    assert watched.run([sys.executable, "-c", "print('one'); print('two')"]) == 0
    assert (tmp_path / "log").read_text(encoding="utf-8").splitlines() == ["one", "two"]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[0] == "counting ... (a moment)"
    assert captured.err.splitlines()[-1].startswith("counting: done after ")


def test_a_failing_command_keeps_its_last_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = progress.Watched("breaking", tmp_path / "log")
    code = "import sys; print('WARNING: Retrying', 'x' * 9); sys.exit('no space left')"
    assert watched.run([sys.executable, "-c", code]) == 1
    assert watched.tail() == "  no space left"
    assert "breaking: failed after" in capsys.readouterr().err
