"""Finding a Python: real ones of this machine, and files that only look like one."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bootstrap import pythons

ROOT = Path(__file__).parents[2]
OLD_SYNTAX = (3, 8)

needs_posix = pytest.mark.skipif(os.name == "nt", reason="fakes a Python with a shell script")


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("version", "fits"),
    [((2, 7), False), ((3, 10), False), ((3, 11), True), ((3, 14), True), ((3, 15), False), ((4, 0), False)],
)
def test_range(version: tuple[int, int], fits: bool) -> None:
    assert pythons.in_range(version) is fits


def test_this_python_is_found_and_runs() -> None:
    found = pythons.find()
    assert found is not None
    run = subprocess.run([found, "-c", "import sys; print(sys.version_info >= (3, 11))"], capture_output=True)
    assert run.stdout.strip() == b"True"


@needs_posix
def test_what_is_old_torn_or_absent_is_passed_over(tmp_path: Path) -> None:
    assert pythons.probe(script(tmp_path / "old", "echo 3 10 /usr/bin/old")) is None
    assert pythons.probe(script(tmp_path / "torn", "echo no module named ensurepip >&2; exit 1")) is None
    assert pythons.probe(script(tmp_path / "shim", "echo pyenv: command not found; exit 127")) is None
    assert pythons.probe(str(tmp_path / "absent")) is None


@needs_posix
def test_path_with_spaces_survives_the_probe(tmp_path: Path) -> None:
    assert pythons.probe(script(tmp_path / "new", "echo 3 12 '/opt/my python/bin/python'")) == (
        "/opt/my python/bin/python"
    )


@needs_posix
def test_pyenv_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "versions" / "3.12.9" / "bin"
    folder.mkdir(parents=True)
    mine = script(folder / "python", "echo 3 12 here")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert mine in list(pythons.candidates())


@pytest.mark.parametrize(
    "path",
    [ROOT / "start.py", ROOT / "check.py", *sorted((ROOT / "packaging" / "bootstrap").glob("*.py"))],
    ids=lambda path: path.name,
)
def test_an_older_python_can_read_it(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=OLD_SYNTAX)


def older_pythons() -> list[Path]:
    """Pythons 3.8 to 3.10 that pyenv keeps on this machine."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    return [path for minor in (8, 9, 10) for path in root.glob(f"3.{minor}.*/bin/python")]


def test_an_older_python_hands_over_to_a_newer_one() -> None:
    older = older_pythons()
    if not older:
        pytest.skip("no Python 3.8, 3.9 or 3.10 under pyenv here")
    # Everything up to the hand-over runs in the old Python; the newer one then says who it is.
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import tempfile;"
        "from bootstrap import checking, starting;"
        "folder = Path(tempfile.mkdtemp());"
        "(folder / 'who.py').write_text('import sys; print(sys.version_info >= (3, 11), sys.argv[1:])');"
        "starting.with_right_python(folder, 'who.py'); print('no hand-over')"
    )
    for python in older:
        run = subprocess.run(
            [str(python), "-c", code, str(ROOT / "packaging")], capture_output=True, text=True, timeout=120
        )
        assert run.stdout.strip() == f"True ['{ROOT / 'packaging'}']", run.stderr


@pytest.mark.parametrize("command", ["start.py", "check.py"])
def test_help_needs_nothing(command: str) -> None:
    run = subprocess.run([sys.executable, str(ROOT / command), "--help"], capture_output=True, text=True)
    assert run.returncode == 0
    assert f"python3 {command}" in run.stdout
