"""Find a Python that is new enough."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OLDEST = (3, 11)
FIRST_TOO_NEW = (3, 15)
"""PySide6 6.11 has no wheels from there on."""

PREFERRED = ("3.11", "3.12", "3.13", "3.14")
"""The version that everything was measured on first."""

# A Python can lack parts of its own library: Debian's without python3-venv, pyenv's built without headers.
PROBE = (
    "import ctypes, ensurepip, lzma, sqlite3, ssl, sys, venv;"
    "print(sys.version_info[0], sys.version_info[1], getattr(sys, '_base_executable', '') or sys.executable)"
)


def in_range(version: tuple[int, int]) -> bool:
    """Whether this (major, minor) can run Second Me."""
    return OLDEST <= version < FIRST_TOO_NEW


def probe(executable: str) -> str | None:
    """The path of the Python behind a command, None when it is too old, too new or not whole."""
    try:
        command = [executable, "-c", PROBE]
        told = subprocess.check_output(command, stderr=subprocess.DEVNULL, text=True, timeout=30)
        major, minor, path = told.strip().split(" ", 2)
        version = (int(major), int(minor))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return path if in_range(version) else None


def candidates() -> Iterator[str]:
    """Commands and paths where a Python may be, the likeliest first. None of them is tried yet."""
    yield sys.executable
    for version in PREFERRED:
        found = shutil.which("python" + version)
        if found:
            yield found
    for name in ("python3", "python"):
        found = shutil.which(name)
        if found:
            yield found
    yield from (str(path) for folder in _folders() for path in sorted(folder, reverse=True))


def _folders() -> Iterator[Iterator[Path]]:
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    yield (pyenv / "versions").glob("3.*/bin/python")
    yield (home / ".local" / "share" / "uv" / "python").glob("cpython-3.*/bin/python3")
    local = os.environ.get("LOCALAPPDATA")
    if local:
        yield (Path(local) / "Programs" / "Python").glob("Python3*/python.exe")


def find() -> str | None:
    """The first Python that can run Second Me and make its environment."""
    for candidate in candidates():
        path = probe(candidate)
        if path:
            return path
    return None
