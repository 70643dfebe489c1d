"""What the machine lacks, and what is said about it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from bootstrap import say, system

PACKAGING = Path(__file__).parents[2] / "packaging"
DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n'

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="about Linux")


def absent() -> bool:
    return False


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH without any command."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.delenv("CXX", raising=False)
    return tmp_path


@needs_linux
def test_no_compiler_and_no_cmake_on_a_bare_path(bare_path: Path) -> None:
    assert [need.what for need in system.building() if not need.here()] == ["a C and C++ compiler", "cmake"]


@needs_linux
def test_a_compiler_that_cannot_compile_is_none(bare_path: Path) -> None:
    for name in ("cc", "c++"):
        (bare_path / name).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (bare_path / name).chmod(0o755)
    assert not system.compiles()


def test_the_compiler_of_this_machine_is_found() -> None:
    if shutil.which("c++") is None:
        pytest.skip("no compiler here")
    assert system.compiles()


@needs_linux
def test_missing_libraries_are_told_from_present_ones() -> None:
    assert system._loads("libc.so.6")()
    assert not system._loads("libsecond-me-absent.so.1")()


def test_nothing_missing_asks_for_nothing() -> None:
    system.obtain([system.Need("Python", ("python3",), lambda: True)])


@needs_linux
def test_without_apt_the_fault_names_things_and_packages(bare_path: Path) -> None:
    with pytest.raises(say.Fault) as caught:
        here = system.Need("it", ("x",), lambda: True)
        system.obtain([system.Need("a thing", ("thing-dev",), absent), here])
    assert caught.value.what == "Missing on this machine: a thing."
    assert "thing-dev" in caught.value.action
    assert " x" not in caught.value.action
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("text", "like_debian"),
    [(DEBIAN, True), ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True), ("ID=fedora\n", False), ("", False)],
)
def test_debian_is_recognised(tmp_path: Path, text: str, like_debian: bool) -> None:
    if shutil.which("apt-get") is None:
        pytest.skip("no apt-get here")
    release = tmp_path / "os-release"
    release.write_text(text, encoding="utf-8")
    assert system.is_debian(release) is like_debian


@pytest.mark.parametrize(
    ("text", "packaged"), [(DEBIAN, True), ("ID=ubuntu\nID_LIKE=debian\n", False), ("", False)]
)
def test_a_browser_is_asked_for_where_it_is_a_package(tmp_path: Path, text: str, packaged: bool) -> None:
    release = tmp_path / "os-release"
    release.write_text(text, encoding="utf-8")
    packages = [name for need in system.browsers(release) for name in need.packages]
    assert ("chromium" in packages) is packaged
    assert system.browsers(tmp_path / "absent") == []


@needs_linux
def test_somebody_who_is_not_root_is_told_the_command_and_never_asked() -> None:
    if os.geteuid() != 0 or not system.is_debian():
        pytest.skip("runs as another user, which root alone can do, and on Debian")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from bootstrap import say, system\n"
        "def run():\n"
        "    system.obtain([system.Need('cmake', ('cmake',), lambda: False)])\n"
        "    return 0\n"
        "sys.exit(say.guarded(run))"
    )
    # A folder of its own: pytest's are closed to other users.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        shutil.copytree(PACKAGING / "bootstrap", Path(folder) / "bootstrap")
        run = _as_nobody(code, folder)
    assert run.returncode == 2, run.stderr
    assert "Missing on this machine: cmake." in run.stderr
    assert "sudo apt-get install -y --no-install-recommends cmake" in run.stderr
    assert "[Y/n]" not in run.stderr
    assert "Traceback" not in run.stderr


def _as_nobody(code: str, folder: str) -> subprocess.CompletedProcess[str]:
    python = "/usr/bin/python3"
    if not Path(python).exists():
        pytest.skip("no Python of the system, and root's own cannot be reached by another user")
    return subprocess.run(
        [python, "-B", "-c", code, folder],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        user=65534,
        group=65534,
        extra_groups=[],
    )


def test_a_fault_is_two_sentences_and_an_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> int:
        raise say.Fault("The disk is full.", "Make room, then start again.", 2)

    assert say.guarded(run) == 2
    captured = capsys.readouterr()
    assert captured.err == "The disk is full.\nMake room, then start again.\n"
    assert captured.out == ""
