"""What a making knows so far, on the disk after every step, so that it goes on where it was stopped."""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from second_me.core.ports import EnvironmentFault

NAME = "making.json"
ROOM = 64_000_000
"""Bytes that stay free on the disk."""

Table = dict[str, dict[str, float]]


class Journal:
    """The journal of the ladder of one model's file (by its fingerprint); another file's is not believed.

    `errors`: by tensor, by type number, of sampled rows. `sensitivity`: by tensor. `made`: errors of whole
    rungs, by file, by tensor. `seconds`: spent, by phase. Raises EnvironmentFault ("disk_full", "read_only").
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.folder, self._fingerprint = folder, fingerprint
        known = _read(folder / NAME, fingerprint)
        self.errors: Table = known.get("errors", {})
        self.sensitivity: dict[str, float] = known.get("sensitivity", {})
        self.made: Table = known.get("made", {})
        self.seconds: dict[str, float] = known.get("seconds", {})

    def keep(self) -> None:
        """Write it, in one step."""
        shape = {
            "fingerprint": self._fingerprint,
            "errors": self.errors,
            "sensitivity": self.sensitivity,
            "made": self.made,
            "seconds": self.seconds,
        }
        with disk_faults(self.folder):
            fresh = self.folder / f"{NAME}.part"
            fresh.write_text(json.dumps(shape), "utf-8")
            fresh.replace(self.folder / NAME)


def _read(file: Path, fingerprint: str) -> dict[str, Any]:
    try:
        known = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) and known.get("fingerprint") == fingerprint else {}


def disk_full(needed: int, free: int) -> EnvironmentFault:
    """No room for the rungs."""
    return EnvironmentFault(
        "disk_full",
        f"The size steps of the model need {needed / 1e6:.0f} MB on the disk and {free / 1e6:.0f} MB are free.",
        "Free some room, then start it again: it goes on where it was.",
    )


@contextlib.contextmanager
def disk_faults(folder: Path, unfinished: Path | None = None) -> Iterator[None]:
    """Turn what the disk refuses into faults. On a full disk the unfinished file is removed, to give room."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise EnvironmentFault(
                "read_only",
                f"The folder {folder} cannot be written ({problem.strerror or problem}).",
                "Make it writable, then start it again.",
            ) from problem
        if unfinished is not None:
            with contextlib.suppress(OSError):
                unfinished.unlink()
        raise disk_full(ROOM, shutil.disk_usage(folder).free) from problem
