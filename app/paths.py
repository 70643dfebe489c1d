"""Where things lie: the home (`SECOND_ME_HOME`), and the runtime folder of its service."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

HOME_VARIABLE = "SECOND_ME_HOME"
LONGEST_RUNTIME = 70
"""Bytes: with a mark and a name behind it, a socket's path has at most 103 on every Unix."""


def home_folder() -> Path:
    """The folder that holds everything the app keeps."""
    named = os.environ.get(HOME_VARIABLE)
    return Path(named).expanduser().absolute() if named else Path(platformdirs.user_data_dir("second-me"))


@dataclass(frozen=True, slots=True)
class HomeLayout:
    """The places inside a home."""

    home: Path

    @property
    def vault(self) -> Path:
        """Folder of the encrypted database, its keys and its counter."""
        return self.home / "vault"

    @property
    def models(self) -> Path:
        """Folder of the model files."""
        return self.home / "models"

    @property
    def logs(self) -> Path:
        """Folder of logs and crash reports, without private data."""
        return self.home / "logs"

    @property
    def locked_marker(self) -> Path:
        """Present while the person has locked; only the person clears it."""
        return self.home / "locked"


def private_folder(folder: Path) -> Path:
    """Make a folder that only this user can enter; refuse one that is somebody else's.

    Raises EnvironmentFault("in_use") when the name is taken by another user or is a link.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sys.platform == "win32":
        return folder
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise EnvironmentFault(
            "in_use",
            tr("The folder {folder} belongs to somebody else.", folder=folder),
            tr("Remove it, or set XDG_RUNTIME_DIR to a folder of your own."),
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def runtime_folder(home: Path) -> Path:
    """The folder of the socket and its token, one for each home, 0700.

    It is not inside the home: a socket's path may have at most about 100 bytes.
    """
    base = os.environ.get("XDG_RUNTIME_DIR")
    user = "" if sys.platform == "win32" else f"-{os.getuid()}"
    root = Path(base) / "second-me" if base else Path(tempfile.gettempdir()) / f"second-me{user}"
    mark = hashlib.sha256(os.path.realpath(home).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    if sys.platform != "win32" and len(os.fsencode(root)) > LONGEST_RUNTIME:
        raise EnvironmentFault(
            "bad_parameters",
            tr("The path of the folder for sockets is too long: {folder}", folder=root),
            tr("Set XDG_RUNTIME_DIR to a folder with a shorter path."),
        )
    return private_folder(private_folder(root) / mark)
